from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vbl_detect.records import Finding
from vbl_detect.writers.frame import frame_of, shortened


def finding_in(before: str, phrase: str, after: str, **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "finding_id": "0", "code": "RC001", "term": "t", "category": "c", "severity": "high",
        "score": 1.0, "detector": "lexicon", "context": "asserted", "counted": True, "start": 0,
        "end": len(phrase), "line": 1, "col": 1, "phrase": phrase,
        "sentence": before + phrase + after, "why": "", "suggestion": "", "source": "",
        "phrase_offset": len(before),
    }  # fmt: skip
    return Finding(**{**values, **changes})


def framed(finding: Finding, width: int = 60, encoding: str = "utf-8") -> tuple[str, str]:
    frame = frame_of(finding, width=width, encoding=encoding)
    assert frame is not None
    return frame.before + frame.phrase + frame.after, " " * frame.indent + "^" * frame.marks


def test_a_short_sentence_is_shown_whole_with_the_phrase_marked() -> None:
    line, marks = framed(finding_in("She was ", "asking for it", " again."))

    assert line == "She was asking for it again."
    assert marks == "        ^^^^^^^^^^^^^"


@pytest.mark.parametrize(
    ("before", "indent"),
    [("日本 ", 5), ("😀 ", 3), ("a\tb ", 4), ("a\r\nb ", 4), ("e\u0301 ", 2), ("\x1b ", 5)],
)
def test_marks_stand_under_the_phrase_after_wide_and_unseen_characters(
    before: str, indent: int
) -> None:
    line, marks = framed(finding_in(before, "asking", " again"))

    assert cell_len(line[: line.index("asking")]) == indent
    assert marks == " " * indent + "^" * 6


def test_a_long_sentence_is_cut_at_words_on_both_sides() -> None:
    finding = finding_in("before words " * 20, "asking for it", " after words" * 20)

    line, marks = framed(finding)

    assert line == "…words before words asking for it after words after words…"
    assert line[marks.index("^") : len(marks)] == "asking for it"


def test_room_that_one_side_does_not_need_goes_to_the_other() -> None:
    line, _ = framed(finding_in("", "asking", " after words" * 20))

    assert line.startswith("asking after words after words")
    assert 50 < cell_len(line) <= 60


def test_a_long_phrase_loses_its_middle() -> None:
    line, marks = framed(finding_in("She ", "begins " + "x" * 500 + " ends", "."))

    assert "begins" in line
    assert "ends" in line
    assert "…" in line
    assert len(marks) <= 60


def test_ascii_streams_get_an_ascii_ellipsis() -> None:
    line, _ = framed(finding_in("日 " * 50, "asking", ""), encoding="ascii")

    assert line.isascii()
    assert line.startswith("...")


def test_a_masked_sentence_finds_its_phrase_where_it_is_now() -> None:
    finding = finding_in("", "asking", "", sentence="[NAME] was asking", phrase_offset=3)

    line, marks = framed(finding)

    assert line[marks.index("^") :] == "asking"


def test_a_phrase_that_cannot_be_found_is_not_marked() -> None:
    line, marks = framed(finding_in("", "asking", "", sentence="[NAME] was there"))

    assert (line, marks) == ("[NAME] was there", "")


def test_without_a_sentence_there_is_no_frame() -> None:
    finding = finding_in("", "asking", "", sentence=None)

    assert frame_of(finding, width=60, encoding="utf-8") is None


def test_shortened_keeps_what_fits() -> None:
    assert shortened("abcdef", 6, "utf-8") == "abcdef"
    assert shortened("abcdefg", 5, "utf-8") == "ab…fg"


_TEXT = st.text(
    alphabet=st.sampled_from("ab  ñ日😀\u0301\t\n\r\x1b\u202e\u200b\u200d"), max_size=200
)


@given(before=_TEXT, phrase=st.text("xyz日 ", min_size=1, max_size=80), after=_TEXT)
def test_a_frame_is_one_printable_line_within_its_width(
    before: str, phrase: str, after: str
) -> None:
    line, marks = framed(finding_in(before, phrase, after))

    assert line.replace("\u200d", "").isprintable()
    assert cell_len(line) <= 60
    assert marks.strip(" ")
