"""From notes to findings, with the shipped lexicon."""

import tracemalloc

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect import Note, detect, hits, load
from vbl_detect.errors import UsageError
from vbl_detect.records import FINDING_COLUMNS, Part
from vbl_detect.selection import Selection

BLAME = "YP continues to put herself at risk."


def found(nlp, text, **where):
    return list(detect([Note(text=text, **where)], nlp))


def test_a_finding_says_what_where_and_why(nlp):
    text = f"Log entry one.\nMum called. {BLAME} CSC aware."
    note = Note(text=text, record_id="42", path="a.csv", row=7, column="Entry", meta={"Team": "B"})

    [finding] = detect([note], nlp)

    assert finding.phrase == text[finding.start : finding.end] == "put herself at risk"
    assert finding.sentence == BLAME
    assert finding.sentence[finding.phrase_offset :].startswith(finding.phrase)
    assert (finding.line, finding.col) == (2, 29)
    assert (finding.code, finding.category, finding.severity) == (
        "RC001",
        "risk-and-choice",
        "high",
    )
    assert (finding.record_id, finding.path, finding.row, finding.column) == (
        "42",
        "a.csv",
        7,
        "Entry",
    )
    assert finding.meta == {"Team": "B"}
    assert (finding.detector, finding.context, finding.counted) == ("lexicon", "asserted", True)
    assert finding.why
    assert finding.suggestion
    assert finding.source


@pytest.mark.parametrize("score", [2, -0.1, float("nan")])
def test_a_score_that_is_none_is_told(nlp, score):
    with pytest.raises(UsageError, match=r"min_score is .*; give a number from 0 to 1"):
        list(detect([Note(text=BLAME)], nlp, min_score=score))


def test_a_text_among_the_notes_is_told(nlp):
    with pytest.raises(UsageError, match=r"note 2 is of type str; give vbl_detect\.Note"):
        list(detect([Note(text=BLAME), BLAME], nlp))


def test_findings_come_in_the_order_of_notes_and_offsets(nlp):
    notes = [Note(text=f"Ok. {BLAME} {BLAME}", row=n) for n in range(1200)]

    rows = [(finding.row, finding.start) for finding in detect(notes, nlp)]

    assert len(rows) == 2400
    assert rows == sorted(rows)


def test_the_fingerprint_survives_edits_elsewhere_and_new_line_breaks(nlp):
    [before] = found(nlp, f"Misper located. {BLAME}", record_id="1")
    [after] = found(
        nlp, f"Found safe at 0200, tired. {BLAME.replace(' at', chr(10) + 'at')}", record_id="1"
    )

    assert before.finding_id == after.finding_id
    assert len(before.finding_id) == 16
    int(before.finding_id, 16)


def test_the_fingerprint_differs_by_record_sentence_and_copy(nlp):
    one = found(nlp, BLAME, record_id="1")
    other_record = found(nlp, BLAME, record_id="2")
    other_sentence = found(nlp, BLAME.replace("YP", "VP"), record_id="1")
    copies = found(nlp, f"{BLAME} {BLAME}", record_id="1")

    ids = {f.finding_id for f in (*one, *other_record, *other_sentence, *copies)}
    assert len(ids) == 4  # the first copy is the one sentence of `one`


def test_without_a_record_the_file_name_and_row_stand_in_for_it(nlp):
    [here] = found(nlp, BLAME, path="/a/export.csv", row=3)
    [moved] = found(nlp, BLAME, path="C:\\b\\export.csv", row=3)
    [other] = found(nlp, BLAME, path="/a/export.csv", row=4)

    assert here.finding_id == moved.finding_id != other.finding_id


def test_the_paragraph_is_that_of_the_phrase(nlp):
    text = f"One.\nTwo. {BLAME}"

    [finding] = found(nlp, text, paragraph=1, paragraph_starts=(0, 5))

    assert finding.paragraph == 2


def test_only_what_is_asked_for_is_found(nlp):
    note = Note(text=BLAME)

    assert list(detect([note], nlp, selection=Selection(ignore=("RC",)))) == []
    assert len(list(detect([note], nlp, selection=Selection(select=("RC001",))))) == 1


def test_findings_below_the_threshold_are_given_but_do_not_count(nlp):
    [finding] = detect([Note(text=BLAME)], nlp, min_score=1.0)

    assert not finding.counted
    assert 0 < finding.score < 1


def test_a_finding_shows_no_more_than_asked(nlp):
    [finding] = found(nlp, BLAME)

    assert finding.shown("sentence") == finding
    assert (finding.shown("phrase").phrase, finding.shown("phrase").sentence) == (
        "put herself at risk",
        None,
    )
    reference = finding.shown("reference")
    assert reference.phrase is reference.sentence is None
    assert reference.finding_id == finding.finding_id


def test_a_row_has_the_columns_of_the_contract_then_the_kept_ones(nlp):
    [finding] = found(nlp, BLAME, meta={"Team": "B", "score": 3})

    row = finding.as_row()

    assert list(row) == [*FINDING_COLUMNS, "Team", "kept_score"]
    assert (row["Team"], row["kept_score"]) == ("B", 3)


def test_a_pipeline_without_the_matcher_is_refused():
    with pytest.raises(UsageError, match=r"make it with vbl_detect\.load\(\)"):
        list(detect([Note(text=BLAME)], spacy.blank("en")))


def test_a_model_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="there is no model 'quick'; it is 'full' or 'fast'"):
        load(model="quick")


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_offsets_always_point_into_the_text_as_read(nlp, before, after):
    text = f"{before}\n\n{BLAME}\n\n{after}"

    findings = found(nlp, text)

    assert any(finding.phrase == "put herself at risk" for finding in findings)
    for finding in findings:
        assert finding.phrase == text[finding.start : finding.end]
        assert finding.phrase in finding.sentence
        start = finding.phrase_offset
        assert finding.sentence[start : start + len(finding.phrase)] == finding.phrase


@pytest.mark.slow
def test_memory_stays_flat_over_many_notes_of_ever_new_words(nlp, monkeypatch):
    monkeypatch.setattr(hits, "MOST_WORDS", 5_000)

    def notes(count):
        for number in range(count):
            yield Note(text=f"Entry {number} word{number} code{number * 7}. {BLAME}", row=number)

    def kept(count):
        tracemalloc.start()
        words = len(nlp.vocab.strings)
        for _ in detect(notes(count), nlp):
            pass
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return size, len(nlp.vocab.strings) - words

    few, _ = kept(8_000)  # more new words than the matcher remembers
    many, new_words = kept(32_000)

    # What the matcher remembers of words comes and goes; remembering all would add over 10 MB.
    assert many < few + 4_000_000
    assert new_words < 1_000


def test_a_part_is_judged_by_itself_and_its_offsets_are_the_note_s(nlp):
    text = "Intro.\nShe is streetwise.\r\nMore.\nShe is streetwise."
    cut = text.index("More")
    parts = (
        Part(start=0, end=cut, time="2026-05-03T10:14:00", author="PC 1"),
        Part(start=cut, end=len(text), quoted="On Monday A. Hale wrote:"),
    )
    meta = {"entry_author": None, "entry_time": None, "unit": "North"}

    own, repeated = detect([Note(text=text, parts=parts, meta=meta)], nlp)

    assert [text[f.start : f.end] for f in (own, repeated)] == ["streetwise", "streetwise"]
    assert [(f.line, f.col) for f in (own, repeated)] == [(2, 8), (4, 8)]
    assert [(f.context, f.counted) for f in (own, repeated)] == [
        ("asserted", True),
        ("quoted", False),
    ]
    assert repeated.cue == "On Monday A. Hale wrote:"
    assert own.meta == {
        "entry_author": "PC 1",
        "entry_time": "2026-05-03T10:14:00",
        "unit": "North",
    }
    # The same sentence twice in one note: two findings, whatever part they stand in.
    assert own.finding_id != repeated.finding_id


def test_the_time_of_a_part_is_kept_only_where_it_was_asked_for(nlp):
    text = "She is streetwise."
    part = Part(start=0, end=len(text), time="2026-05-03T10:14:00")

    (finding,) = detect([Note(text=text, parts=(part,))], nlp)

    assert finding.meta == {}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": BLAME, "record_id": 7}, "note 1: its record_id is of type int; give a str"),
        ({"text": float("nan")}, "note 1: its text is of type float; give a str"),
        ({"text": BLAME.encode()}, "note 1: its text is of type bytes; give a str"),
    ],
)
def test_a_note_that_holds_no_text_is_told(nlp, fields, told):
    with pytest.raises(UsageError, match=told):
        list(detect([Note(**fields)], nlp))


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e", "\ufeff", "\u202e", "\0", "\u2060\u2060"])
def test_what_no_screen_shows_beside_a_word_hides_nothing(nlp, unseen):
    text = f"She is {unseen}streetwise{unseen}.{unseen}"

    found = [finding for finding in detect([Note(text=text)], nlp) if finding.code == "AD001"]

    assert [text[finding.start : finding.end] for finding in found] == ["streetwise"]
