"""The report's page in a real browser: filters, silence, hostile text, keyboard, axe."""

import re

import pytest

from tests.unit.report.conftest import finding, findings_file
from vbl_detect.report.page import as_page
from vbl_detect.report.tally import tally

pytestmark = pytest.mark.slow

EVIL = (
    "<script>window.ran = 1</script><img src=http://x.example/a onerror='window.ran = 2'>"
    '"><svg onload=window.ran=3><a href="javascript:window.ran=4">x</a></style></script>'
)


def findings():
    for row in range(2, 40):
        north = row % 2 == 0
        yield finding(
            row,
            start=row,
            severity="high" if row % 3 else "low",
            category="risk-and-choice" if row < 30 else "adultification",
            code="RC001" if row < 30 else "AD003",
            term="putting herself at risk" if row < 30 else "streetwise",
            sentence=EVIL if row == 7 else f"She, number {row}, is putting herself at risk.",
            phrase="x.example" if row == 7 else "putting herself at risk",
            meta={
                "Unit": "North" if north else EVIL,
                "Opened": f"{row % 28 + 1}/{row % 3 + 1}/2026",
            },
        )
    told = {"by": "A. Reader", "reason": EVIL}
    yield finding(50, counted=False, context="quoted", cue=EVIL)
    yield finding(51, counted=False, suppressed=told)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    file = findings_file(findings(), 120, inputs=[{"path": EVIL, "sha256": "ab"}], problems=[EVIL])
    page = as_page(tally([file], by=["Unit"]), title="Audit", marking="OFFICIAL-SENSITIVE")
    path.write_text(page, "utf-8")
    return path


def shown(page):
    return page.locator(".listing .found li:visible").count()


def test_nothing_is_asked_of_any_network_and_no_text_runs(open_page, path):
    page = open_page(path)
    page.locator("details").evaluate("element => element.open = true")
    page.wait_for_timeout(300)

    assert page.heard.requests == [path.as_uri()]
    assert page.heard.complaints == []
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.locator("img, iframe, object, link, main script, main style").count() == 0
    assert page.get_by_text("<script>window.ran = 1</script>").first.is_visible()


def test_the_policy_stops_what_would_slip_through(open_page, path):
    page = open_page(path)

    page.evaluate(
        """() => { const script = document.createElement('script');
        try { script.textContent = 'window.ran = 5'; } catch (error) { return; }
        document.body.append(script); }"""
    )
    refused = page.evaluate("fetch('http://x.example/').then(() => false, () => true)")

    assert page.evaluate("typeof window.ran") == "undefined"
    assert refused
    assert all("x.example" not in url for url in page.heard.requests)


def test_what_was_chosen_stands_on_the_first_screen_for_eye_and_ear(open_page, tmp_path, faults):
    told = ["Of the findings in the files, this report holds those of RC.", EVIL]
    path = tmp_path / "chosen.html"
    path.write_text(as_page(tally([findings_file(findings(), 120)], chosen=told), title="Audit"))

    page = open_page(path, viewport={"width": 1200, "height": 800})
    note = page.get_by_role("note", name="This report is of chosen findings.")

    assert note.get_by_role("listitem").all_inner_texts() == told
    assert note.bounding_box()["y"] + note.bounding_box()["height"] < 800
    assert page.evaluate("typeof window.ran") == "undefined"
    assert faults(page) == []


def test_filters_work_together_and_tell_how_many_are_left(open_page, path):
    page = open_page(path)
    assert shown(page) == 38

    page.locator("select[name=severity]").select_option("low")
    low = shown(page)
    page.get_by_role("combobox", name="Unit").select_option("North")
    low_north = shown(page)
    page.get_by_role("combobox", name="Category").select_option(label="Adultification")
    rest = shown(page)

    assert (low, low_north, rest) == (13, 6, 2)
    assert page.locator("#shown").inner_text() == "2 of 38 listed findings shown"
    assert page.locator(".listing").get_by_role("heading", name="Risk and choice").count() == 0
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.getElementById('shown').textContent.startsWith('38 of')")
    assert shown(page) == 38


def test_search_finds_sentences_references_and_wordings(open_page, path):
    page = open_page(path)
    search = page.get_by_role("searchbox")

    for words, count in (("number 12,", 1), ("R-33", 1), ("STREETWISE", 10), ("nowhere", 0)):
        search.fill(words)
        assert shown(page) == count, words


def test_the_page_is_worked_by_keyboard_alone(open_page, path):
    page = open_page(path)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "search":
            break
    page.keyboard.type("number 12,")
    assert shown(page) == 1
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "severity"
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.value") == "low"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_no_serious_fault(open_page, path, faults, scheme, width):
    page = open_page(path, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.locator("details").evaluate("element => element.open = true")

    assert faults(page) == []


def test_a_narrow_window_needs_no_scrolling_sideways(open_page, path):
    page = open_page(path, viewport={"width": 360, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_charts_take_the_colours_of_the_theme(open_page, path):
    inks = {
        open_page(path, color_scheme=scheme)
        .locator("figure svg text")
        .first.evaluate("element => getComputedStyle(element).fill")
        for scheme in ("light", "dark")
    }

    assert len(inks) == 2


def test_it_is_whole_without_script_and_in_print(open_page, path):
    still = open_page(path, java_script_enabled=False)
    assert still.locator(".listing .found li").count() == 38
    assert not still.locator("#filters").is_visible()

    page = open_page(path)
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 3
