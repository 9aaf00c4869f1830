"""A real browser for pages: Debian's chromium, with no way out, and axe.

Where there is no chromium these tests are skipped, unless `VBL_BROWSER=required` says that they
must run, as CI does.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Heard:
    """What a page asked for and complained of.

    Attributes
    ----------
    requests : list of str
        Addresses it asked for, its own included.
    complaints : list of str
        Errors, refusals of the content policy, dialogues.
    """

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium") or CHROMIUM
    if not os.path.exists(path):  # noqa: PTH110
        reason = f"there is no {CHROMIUM}; install Debian's package chromium"
        if os.environ.get("VBL_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Open a file or an address; whatever else it asks for is refused and kept in `page.heard`."""
    contexts = []

    def open_page(target, *, allowed=(), **settings):
        address = target.as_uri() if hasattr(target, "as_uri") else target
        context = browser.new_context(**settings)
        contexts.append(context)
        heard = Heard()
        context.route(
            lambda url: url != address and not url.startswith(tuple(allowed) or ("\0",)),
            lambda route: route.abort(),
        )
        page = context.new_page()
        page.heard = heard
        page.on("request", lambda request: heard.requests.append(request.url))
        page.on("pageerror", lambda error: heard.complaints.append(str(error)))
        page.on("console", lambda said: heard.complaints.append(said.text))
        page.on("dialog", lambda dialog: (heard.complaints.append("dialog"), dialog.dismiss()))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def faults():
    """Return axe's serious and critical faults of a page, as text."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")

    def faults(page):
        found = axe.Axe().run(page).response["violations"]
        return [
            f"{fault['id']}: {fault['help']}: {[node['target'] for node in fault['nodes'][:5]]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]

    return faults
