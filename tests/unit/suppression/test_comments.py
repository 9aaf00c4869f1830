"""Comments in Markdown and text files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.suppression.conftest import BLAME, STREETWISE, TODAY
from vbl_detect import Note
from vbl_detect.suppression.comments import read_comments

FIELDS = 'until 2026-12-31 reason="the child\'s own words, see 4.2" author="A. Reader"'
ALLOW = f"<!-- vbl: allow RC001 {FIELDS} -->"


def suppressed(findings):
    return [(f.code, f.line) for f in findings if f.suppressed is not None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("review.txt", f"vbl: alow RC001 {FIELDS}"),
        ("review.txt", "vbl: disable RC001"),
        ("review.txt", "vbl: ignore"),
        ("review.txt", f"vbl;allow RC001 {FIELDS}"),
        ("review.txt", f"vbl-detect: allow RC001 {FIELDS}"),
        ("review.md", f"<!-- vlb: allow RC001 {FIELDS} -->"),
        ("review.md", f"<!-- vbl allow RC001 {FIELDS} -->"),
        ("review.md", f"<!-- vbl : allow RC001 {FIELDS} -->"),
    ],
)
def test_a_comment_that_is_nearly_right_is_told_and_hides_nothing(judged, name, text):
    findings, suppressor = judged({name: f"{text}\n{BLAME}"})

    assert [(f.code, f.line, f.counted) for f in findings] == [("RC001", 2, True)]
    [message] = suppressor.messages
    assert message.startswith(f"{name}:1: the comment ")
    assert message.endswith("until then it accepts nothing")


@pytest.mark.parametrize(
    "text", ["VBL training", "vbl: see the notes of the day", "<!-- vbl, as taught -->"]
)
def test_words_about_the_subject_are_no_comment(text):
    note = Note(text=text, path="review.md")

    assert read_comments(note, TODAY).note is note


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{ALLOW}\n{BLAME}", 2),
        (f"{ALLOW}\r\n\r\n{BLAME}\r\n", 3),
        (f"{BLAME} {ALLOW}\n", 1),
        (f"Seen.\n\n{ALLOW}\n<!-- vbl: allow AD001 {FIELDS} -->\n{BLAME}", 5),
        (f"<!--vbl:allow rc001,AD001 {FIELDS}-->\r{BLAME}", 2),
    ],
)
def test_a_comment_speaks_of_its_own_line_or_the_next_with_words(judged, text, line):
    findings, suppressor = judged({"review.md": text})

    assert suppressed(findings) == [("RC001", line)]
    assert findings[0].suppressed == {
        "by": "A. Reader",
        "reason": "the child's own words, see 4.2",
        "expires": "2026-12-31",
    }
    assert suppressor.messages == []


def test_it_speaks_of_no_other_line_and_no_other_code(judged):
    text = f"{BLAME}\n{ALLOW}\n{STREETWISE}\n\n{BLAME}"

    findings, suppressor = judged({"review.md": text})

    assert suppressed(findings) == []
    assert [f.line for f in findings] == [1, 3, 5]
    assert not suppressor.used


def test_text_files_have_a_line_instead(judged):
    text = f"vbl: allow RC001 {FIELDS}\n{BLAME}\n"

    assert suppressed(judged({"review.txt": text})[0]) == [("RC001", 2)]
    assert suppressed(judged({"<stdin>": text})[0]) == [("RC001", 2)]


def test_curly_quotation_marks_are_understood(judged):
    fields = FIELDS.replace('="', "=“").replace('"', "”")

    assert suppressed(judged({"a.txt": f"vbl: allow RC001 {fields}\n{BLAME}"})[0])


def test_the_comment_is_never_judged_and_nothing_moves(judged, found):
    comment = (
        f"<!-- vbl: allow RC001 {FIELDS.replace('the child', 'She is streetwise 🙂, a child')} -->"
    )
    text = f"Log.\n\n{comment}\n{BLAME} {STREETWISE}"
    plain = f"Log.\n\n{' ' * len(comment)}\n{BLAME} {STREETWISE}"

    findings, _ = judged({"review.md": text})

    assert [(f.start, f.line, f.col, f.finding_id) for f in findings] == [
        (f.start, f.line, f.col, f.finding_id) for f in found(plain)
    ]
    assert [text[f.start : f.end] for f in findings] == ["put herself at risk", "streetwise"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- vbl: allow RC001 -->", "has no until and no reason and no author; write vbl: allow"),
        (f"<!-- vbl: alow RC001 {FIELDS} -->", "says 'alow', and only 'allow' is understood"),
        (f"<!-- vbl: allow {FIELDS} -->", "names no code"),
        (f"<!-- vbl: allow RC {FIELDS} -->", "'RC' is no code"),
        (f"<!-- vbl: allow RC001 {FIELDS}", "does not end on its line"),
        (ALLOW.replace("reason", "reson"), "has no key 'reson'; did you mean 'reason'?"),
        (ALLOW.replace("2026-12-31", "2031-01-01"), "more than a year ahead"),
        (ALLOW.replace("2026-12-31", "spring"), "expires is 'spring'"),
        (ALLOW.replace('"A. Reader"', '" "'), "author is empty"),
        (ALLOW.replace('"A. Reader"', "A. Reader"), "for want of quotation marks"),
        (ALLOW.replace(" -->", ' author="B" -->'), "says author twice"),
        (ALLOW.replace("RC001", "RC00I"), "'RC00I' is no code"),
        (
            ALLOW.replace("RC001", "RC991"),
            "there is no code 'RC991'; see 'vbl-detect lexicon list'; did you mean 'RC001'?",
        ),
    ],
)
def test_a_wrong_comment_accepts_nothing_and_is_told(judged, comment, message):
    findings, suppressor = judged(
        {"review.md": f"Log.\n{comment}\n{BLAME}"}, known_codes={"RC001", "AD001"}
    )

    assert suppressed(findings) == []
    [wrong] = suppressor.wrong_comments
    assert wrong.place == "review.md:2"
    assert message in wrong.message
    assert suppressor.messages == [f"review.md:2: {wrong.message}; until then it accepts nothing"]


def test_what_has_ended_counts_again_and_is_told(judged):
    ended = ALLOW.replace("2026-12-31", "2026-07-31")

    findings, suppressor = judged({"review.md": f"{ended}\n{BLAME}"})

    assert suppressed(findings) == []
    assert (
        "review.md:1: what A. Reader accepted (RC001 in review.md) ended on 2026-07-31"
        in (suppressor.messages[0])
    )
    assert "move the day in the comment" in suppressor.messages[0]


@pytest.mark.parametrize(
    "note",
    [
        Note(text=f"{ALLOW}\n{BLAME}", path="review.docx", paragraph=1),
        Note(text=f"{ALLOW}\n{BLAME}", path="export.md", row=2),
        Note(text="VBL: allowed for now, see the guidance.", path="a.md"),
    ],
)
def test_other_notes_have_no_comments(note):
    read = read_comments(note, TODAY)

    assert (read.note, read.comments, read.wrong) == (note, (), ())


@given(st.text(alphabet=st.sampled_from('<!-> vbl:alow RC01,until="“”\n\r\ud800🙂'), max_size=80))
def test_blanking_keeps_every_offset_whatever_the_text(text):
    read = read_comments(Note(text=text, path="a.md"), TODAY)

    assert len(read.note.text) == len(text)
    assert all(b in (a, " ") for a, b in zip(text, read.note.text, strict=True))
    assert [c for c in read.note.text if c in "\r\n"] == [c for c in text if c in "\r\n"]
