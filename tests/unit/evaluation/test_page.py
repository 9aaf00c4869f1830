import pytest
from lxml import etree

from tests.unit.evaluation.conftest import SECRET
from vbl_detect.evaluation.page import as_page


@pytest.fixture(scope="module")
def page(figures):
    return as_page(figures)


def test_the_page_is_well_formed_and_has_a_title_tables_and_three_plots(page):
    # Strict XML, but for the elements that HTML leaves open.
    closed = page.replace("<!DOCTYPE html>\n", "")
    for line in [line for line in closed.splitlines() if line.startswith("<meta")]:
        closed = closed.replace(line, "")
    root = etree.fromstring(closed)

    assert root.findtext("head/title") == "Evaluation of full model vbl-0"
    assert len(root.findall(".//svg")) == 3
    assert len(root.findall(".//table")) >= 8
    assert all(table.find("caption") is not None for table in root.iter("table"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_asks_for_nothing(page):
    assert "Content-Security-Policy" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    for words in ("http:", "https:", "//", "src=", "@import", "<script", "style="):
        assert words not in page


def test_references_in_plots_lead_to_what_is_there(page):
    root = etree.HTML(page)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    asked = {element.get("href") for element in root.iter() if element.get("href")}

    assert asked
    assert {reference.removeprefix("#") for reference in asked} <= ids


def test_plots_have_a_text_beside_them(page):
    for figure in etree.HTML(page).iter("figure"):
        assert figure.find("svg").get("role") == "img"
        assert figure.find("svg").get("aria-label") == figure.findtext("figcaption")


def test_the_page_holds_no_note_and_escapes_names(page):
    assert "Zanzibar" not in page
    assert SECRET not in page
    assert "part&lt;1&gt; &amp; co" in page
    assert "<1>" not in page


def test_the_same_figures_give_the_same_page(page, figures):
    assert as_page(figures) == page
