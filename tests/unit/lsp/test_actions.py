"""What a writer may choose, and what is never done."""

import csv

import pytest
from lsprotocol.types import CodeActionKind, Diagnostic, Position, Range

from tests.unit.lsp.conftest import TODAY
from vbl_detect import resources
from vbl_detect.lsp.actions import SHOW_WORDING, Asked, actions, wants_quick_fixes
from vbl_detect.lsp.wordings import drop_in

with resources.drop_in_wordings().open(encoding="utf-8") as file:
    WORDINGS = list(csv.DictReader(file))
#: What goes around a phrase so that the lexicon hears it.
FRAMES = ("Review: {} on Tuesday.", "VP {} that he hit her.", "VP {} he hit her.", "{} was noted.")


def offered(located, text, name="draft.md", **asked):
    judged, positions = located(text, name)
    everywhere = Asked(start=0, end=len(text), today=TODAY, **asked)
    return actions(judged, positions, everywhere)


def applied(text, action):
    """Return the text after the one edit of an action, for texts of one unit a character."""
    [document] = action.edit.document_changes
    [edit] = document.edits
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    start, end = (starts[at.line] + at.character for at in (edit.range.start, edit.range.end))
    return text[:start] + edit.new_text + text[end:]


def titles(found):
    return [action.title for action in found]


def test_a_wording_that_asks_for_facts_is_shown_and_never_put_in(located):
    shown, accepted = offered(located, "She is streetwise.")

    assert shown.title.startswith("Better words: is a child of [age]")
    assert shown.edit is None
    assert shown.command.command == SHOW_WORDING
    assert "Accept AD001" in accepted.title


def test_a_wording_that_says_the_same_can_be_chosen(located):
    text = "Device held child\n  pornography."

    replacing = offered(located, text)[0]

    assert replacing.title == "Replace with “child sexual abuse material”"
    assert applied(text, replacing) == "Device held child sexual abuse material."
    assert replacing.edit.document_changes[0].text_document.version == 1
    assert not any(action.is_preferred for action in offered(located, text))


@pytest.mark.parametrize(
    ("phrase", "wording"),
    [
        ("child porn", "child sexual abuse material"),
        ("Child porn", "Child sexual abuse material"),
        ("CHILD PORN", "CHILD SEXUAL ABUSE MATERIAL"),
    ],
)
def test_a_wording_takes_the_phrase_s_case(located, phrase, wording):
    assert titles(offered(located, f"{phrase} was found."))[0] == f"Replace with “{wording}”"


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row["phrase"])
def test_every_wording_is_offered_and_is_no_finding_itself(judged, row):
    hits = [
        (frame, finding)
        for frame in FRAMES
        for finding in judged(frame.format(row["phrase"])).findings
        if drop_in(finding) == row["wording"]
    ]

    assert hits, "the lexicon does not find this phrase under this code"
    better = hits[0][0].format(row["wording"])
    assert judged(better).findings == ()


def test_an_editor_that_knows_no_versions_gets_plain_changes(located):
    replacing = offered(located, "Child porn was found.", versioned=False)[0]

    assert list(replacing.edit.changes) == ["file:///draft.md"]


@pytest.mark.parametrize("name", ["draft.md", "draft.txt", "Untitled-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_to_fill_in_accepts_nothing_until_it_is_filled_in(located, judged, name, end):
    text = f"One.{end}- She is streetwise.{end}"
    accepting = offered(located, text, name)[-1]

    with_comment = applied(text, accepting)

    assert text.splitlines()[1] in with_comment
    after = judged(with_comment, name)
    assert [finding.code for finding in after.findings] == ["AD001"]
    assert "empty" in after.remarks[0].message
    filled = with_comment.replace('reason=""', 'reason="log"').replace('author=""', 'author="A"')
    assert judged(filled, name).findings == ()
    assert with_comment.count("\r\n") in {0, with_comment.count("\n")}


def test_the_editor_tells_that_an_unsaved_draft_is_markdown(located):
    text = "She is streetwise.\n"

    assert applied(text, offered(located, text, "Untitled-1", markdown=True)[-1]).startswith(
        "She is streetwise. <!-- vbl: allow AD001 until 2030-05-30"
    )
    assert applied(text, offered(located, text, "Untitled-1")[-1]).startswith("vbl: allow AD001")


def test_drafts_in_which_no_comment_counts_are_offered_none(located):
    assert len(offered(located, "She is streetwise.", "draft.rst")) == 1


def test_only_what_the_writer_points_at_is_offered(located):
    text = "She is streetwise. Device held child porn."
    judged, positions = located(text)
    at = text.index("porn")

    found = actions(judged, positions, Asked(start=at, end=at, today=TODAY))

    assert "child sexual abuse material" in found[0].title
    assert not any("AD001" in title for title in titles(found))
    assert actions(judged, positions, Asked(start=0, end=1, today=TODAY)) == []


def test_an_action_names_the_diagnostic_it_is_for(located):
    judged, _ = located("She is streetwise.")
    place = Range(Position(0, 0), Position(0, 1))
    mine = Diagnostic(place, "", data={"finding_id": judged.findings[0].finding_id})
    others = (Diagnostic(place, ""), Diagnostic(place, "", data=["x"]))

    found = offered(located, "She is streetwise.", diagnostics=(mine, *others))

    assert all(action.diagnostics == [mine] for action in found)


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        (None, True),
        ([], False),
        ([""], True),
        ([CodeActionKind.QuickFix], True),
        ([CodeActionKind.SourceFixAll], False),
        ([CodeActionKind.Refactor], False),
        (["quick"], False),
    ],
)
def test_nothing_is_offered_to_whom_asks_to_fix_everything(only, wanted):
    assert wants_quick_fixes(only) is wanted
