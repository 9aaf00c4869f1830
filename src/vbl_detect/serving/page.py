"""The page, whole: style and script in it, allowed by hash, and nothing else to ask for."""

from __future__ import annotations

from pathlib import Path

from vbl_detect.serving.documents import MAX_BYTES, SUFFIXES
from vbl_detect.serving.limits import MAX_CHARACTERS
from vbl_detect.web.page import content_policy, read_static, render_page, with_common_style

_HERE = Path(__file__).parent
#: What the script may ask: the server that the page came from.
_OWN = "'self'"


def page_and_policy() -> tuple[str, str]:
    """Return the page, and the policy that goes with it as a header."""
    style = read_static(_HERE / "static", "serve.css")
    script = read_static(_HERE / "static", "serve.js")
    policy = content_policy(with_common_style(style), script, _OWN)
    page = render_page(
        _HERE / "templates",
        "serve.html",
        style=style,
        script=script,
        connect=_OWN,
        most_characters=MAX_CHARACTERS,
        most_bytes=MAX_BYTES,
        suffixes=SUFFIXES,
    )
    # A page cannot say itself that none may frame it.
    return page, f"{policy}; frame-ancestors 'none'"
