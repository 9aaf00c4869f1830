import re

from vbl_detect.reference import find_rule, markdown


def test_text_of_the_lexicon_is_escaped(reference):
    page = markdown.entry(reference.entry(find_rule("RC001", reference.lexicon)))

    assert page.startswith('<a id="rc001"></a>\n\n# RC001: putting herself at risk\n')
    assert r"is being put at risk by \[person or group\]" in page


def test_every_rule_stands_once_in_the_whole_document_and_on_one_page(reference):
    lexicon = reference.lexicon
    letters = [category.letters for category in lexicon.categories.values()]
    codes = sorted(map(str.lower, [*letters, *lexicon.terms, *lexicon.context_rules]))
    pages = markdown.pages(reference)

    assert sorted(anchors(markdown.whole(reference))) == codes
    assert sorted(anchor for page in pages.values() for anchor in anchors(page)) == codes


def test_links_lead_to_anchors_and_pages(reference):
    pages = markdown.pages(reference)

    for name, page in {**pages, "": markdown.whole(reference)}.items():
        for link in re.findall(r"\]\((\S+)\)", page):
            place, _, anchor = link.partition("#")
            assert (place or name) in {*pages, ""}
            assert not anchor or anchor in anchors(page)


def anchors(page):
    return re.findall(r'<a id="(\w+)">', page)
