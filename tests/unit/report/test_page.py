"""The page: whole, escaped, the same every time."""

import re

import pytest
from lxml import etree

from tests.unit.report.conftest import finding, findings_file
from vbl_detect.report.page import as_page
from vbl_detect.report.tally import tally

HOSTILE = '</style><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"\u202e'


@pytest.fixture
def page(units):
    return as_page(tally([units], by=["Unit"]), title="Audit", marking='OFFICIAL"; } body { x')


def tree(page):
    return etree.HTML(page)


def test_the_page_asks_for_nothing(page):
    names = {name for element in tree(page).iter() for name in element.attrib}

    assert not names & {"src", "srcset", "style", "onload", "onclick", "action"}
    assert re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org)", page) is None
    assert "unsafe-inline" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_each_chart_has_its_words_and_a_table(page):
    figures = list(tree(page).iter("figure"))

    assert len(figures) == 3
    for figure in figures:
        assert figure.find("svg").get("aria-label")
        assert figure.getparent().find(".//table") is not None
        assert "font-family" not in etree.tostring(figure, encoding="unicode")


def test_ids_are_unique_and_links_lead_somewhere(page):
    ids = [element.get("id") for element in tree(page).iter() if element.get("id")]
    asked = {e.get("href").removeprefix("#") for e in tree(page).iter() if e.get("href")}

    assert len(ids) == len(set(ids))
    assert asked <= set(ids)


def test_text_of_a_note_stays_text():
    meta = {"Note type": HOSTILE, "$x$": HOSTILE}
    found = [
        finding(row, sentence=HOSTILE, phrase="alert", record_id=HOSTILE, path=HOSTILE, meta=meta)
        for row in range(2, 30)
    ]
    calm = as_page(tally([findings_file([finding(2)], 40)]), title="Audit")

    page = as_page(tally([findings_file(found, 40)], by=["Note type", "$x$"]), title=HOSTILE)

    count = len(list(tree(calm).iter("script", "style", "img")))
    assert len(list(tree(page).iter("script", "style", "img"))) == count == 2
    assert "\u202e" not in page
    assert "49" not in etree.tostring(tree(page).find(".//h1"), encoding="unicode")


def test_the_phrase_is_marked_and_advice_is_given_once_a_wording(page):
    marks = [mark.text for mark in tree(page).iter("mark")]

    assert marks == ["putting herself at risk"] * 65
    assert page.count("is being put at risk by [person]") == 1


def test_hidden_groups_have_no_name_anywhere(page):
    assert "North" in page
    assert "West" not in page
    assert "East" not in page


def test_a_file_without_text_makes_a_page():
    found = [finding(2, sentence=None, phrase=None), finding(3, sentence=None)]

    page = as_page(tally([findings_file(found)]), title="Audit")

    assert [mark.text for mark in tree(page).iter("mark")] == ["putting herself at risk"]
    assert "export.csv row 2, &#34;Note&#34;, record R-2" in page
    assert "number of notes read not known" in page


def test_what_is_cut_is_told_and_the_gravest_stay():
    found = [finding(2, severity="low"), finding(3), finding(4, score=0.95)]

    page = as_page(tally([findings_file(found, 9)]), title="Audit", max_findings=2)

    assert "record R-2" not in page
    assert "2 gravest and surest of 3" in page


def test_uncounted_and_suppressed_are_told_apart():
    told = {"by": "A. Reader", "reason": "quoted in training", "expires": "2031-01-01"}
    found = [
        finding(2, counted=False, context="quoted", cue="he said"),
        finding(3, counted=False, score=0.1),
        finding(4, counted=False, suppressed=told),
    ]

    text = " ".join(
        "".join(tree(as_page(tally([findings_file(found, 9)]), title="A")).itertext()).split()
    )

    assert "Not counted: quoted: “he said”" in text
    assert "Not counted: below the threshold (score 0.10)" in text
    assert "Not counted: quoted in training, by A. Reader, until 2031-01-01" in text
    assert "No findings that count in 9 notes." in text


def test_the_same_findings_give_the_same_page(units, page):
    again = as_page(tally([units], by=["Unit"]), title="Audit", marking='OFFICIAL"; } body { x')

    assert again == page


def test_a_lone_surrogate_does_not_break_the_page():
    found = [finding(2, sentence="She\ud800 is putting herself at risk.")]

    as_page(tally([findings_file(found, 9)]), title="Audit").encode("utf-8")
