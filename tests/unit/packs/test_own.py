"""Exercises from one's own findings."""

import dataclasses
import json

import pytest

from vbl_detect.detection import detect
from vbl_detect.errors import UsageError
from vbl_detect.exercises import Answer, AnswerSpan, mark
from vbl_detect.packs.own import GAP, choose_own, read_own, with_unlisted
from vbl_detect.records import Finding, Note

TEXT = (
    "Jade Okafor (14) puts herself at risk. She is streetwise.\r\nBus timetable asked for. "
    "Mum said she is promiscuous. 😀 She is streetwise."
)


def finding(text, phrase, sentence, *, at=0, **changes):
    start = text.index(phrase, at)
    values = {
        "finding_id": f"{start:016x}",
        "code": "RC001",
        "term": "t",
        "category": "risk-and-choice",
        "severity": "high",
        "score": 0.9,
        "detector": "both",
        "context": "asserted",
        "counted": True,
        "path": "a.csv",
        "row": 2,
        "start": start,
        "end": start + len(phrase),
        "line": 1,
        "col": 1,
        "phrase": phrase,
        "sentence": sentence,
        "why": "It harms.",
        "suggestion": "Name him.",
        "source": "s",
    }
    return Finding(**(values | changes))


FIRST = finding(TEXT, "puts herself at risk", "Jade Okafor (14) puts herself at risk.")
SECOND = finding(TEXT, "streetwise", "She is streetwise.", category="adultification")
QUOTED = finding(
    TEXT, "promiscuous", "Mum said she is promiscuous.", context="reported", counted=False
)
LAST = finding(TEXT, "streetwise", "She is streetwise.", at=100)


def written(folder, *findings):
    path = folder / "findings.jsonl"
    lines = [json.dumps(one.as_row(), default=str) + "\n" for one in findings]
    path.write_text("".join(lines), "utf-8")
    return path


def phrases(exercise):
    return [exercise.note.text[span.start : span.end] for span in exercise.note.spans]


def test_findings_of_one_note_are_one_exercise_with_their_sentences(tmp_path):
    [exercise] = read_own([written(tmp_path, FIRST, SECOND, QUOTED)], mask=False)

    assert exercise.note.text == (
        "Jade Okafor (14) puts herself at risk. She is streetwise."
        f"{GAP}Mum said she is promiscuous."
    )
    assert phrases(exercise) == ["puts herself at risk", "streetwise", "promiscuous"]
    assert [span.context for span in exercise.note.spans] == ["asserted", "asserted", "reported"]
    assert "context is reported" in exercise.why
    assert exercise.id.startswith("own-")


def test_masked_unless_asked_and_phrases_stay_where_they_are(tmp_path):
    path = written(tmp_path, FIRST)

    [masked], [plain] = read_own([path], mask=True), read_own([path], mask=False)

    assert "Jade" not in json.dumps(dataclasses.asdict(masked))
    assert "Jade" in plain.note.text
    assert phrases(masked) == phrases(plain)


def test_a_phrase_twice_in_a_sentence_is_marked_twice(tmp_path):
    text = "He is streetwise, streetwise."
    twice = [finding(text, "streetwise", text), finding(text, "streetwise", text, at=10)]

    [exercise] = read_own([written(tmp_path, *twice)], mask=False)

    assert exercise.note.text == text
    assert [span.start for span in exercise.note.spans] == [6, 18]


def test_what_is_below_the_threshold_is_borderline_and_counts_against_nobody(tmp_path):
    low = dataclasses.replace(FIRST, counted=False, score=0.2)

    [exercise] = read_own([written(tmp_path, low)], mask=False)

    assert exercise.note.spans[0].borderline
    assert mark(exercise.note, Answer(id=exercise.id)).right


def test_overlapping_findings_give_the_one_that_counts(tmp_path):
    wide = finding(TEXT, "herself at risk. She", FIRST.sentence, counted=False, score=0.99)

    [exercise] = read_own([written(tmp_path, FIRST, wide)], mask=False)

    assert phrases(exercise) == ["puts herself at risk"]


def test_many_sentences_of_one_note_are_several_exercises_and_the_same_ones_one(tmp_path):
    many = [
        finding(TEXT, "streetwise", f"{number} She is streetwise.", row=9) for number in range(7)
    ]
    many = [
        dataclasses.replace(one, start=100 * n + 9, end=100 * n + 19, finding_id=str(n))
        for n, one in enumerate(many)
    ]
    again = [dataclasses.replace(one, row=10) for one in many]

    assert len(read_own([written(tmp_path, *many, *again)], mask=False)) == 3


def test_half_of_a_pack_has_nothing_that_counts_where_there_is_so_much(tmp_path):
    findings = [
        dataclasses.replace(
            FIRST, row=n, finding_id=str(n), sentence=f"{n} {FIRST.sentence}", counted=n % 3 == 0
        )
        for n in range(30)
    ]
    exercises = read_own([written(tmp_path, *findings)], mask=False)

    chosen = choose_own(exercises, 8, seed=1)

    assert sum(any(s.counts for s in e.note.spans) for e in chosen) == 4
    assert len(choose_own(exercises, 25, seed=1)) == 25
    assert choose_own(exercises, 8, seed=1) == chosen != choose_own(exercises, 8, seed=2)


@pytest.mark.parametrize("show", ["phrase", "reference"])
def test_findings_without_sentences_are_refused_with_the_remedy(tmp_path, show):
    path = written(tmp_path, FIRST.shown(show))

    with pytest.raises(UsageError, match=f"--show {show}.*scan again with --show sentence"):
        read_own([path], mask=True)


def test_a_category_of_one_s_own_lexicon_has_a_title(tmp_path):
    exercises = read_own(
        [written(tmp_path, dataclasses.replace(FIRST, category="night-life"))], mask=True
    )

    assert with_unlisted({}, exercises)["night-life"].title == "Night life"


def test_real_findings_mark_what_they_found(tmp_path, nlp):
    notes = [Note(text=TEXT, row=2), Note(text=TEXT[60:], row=3)]
    found = list(detect(notes, nlp))
    path = written(tmp_path, *found)

    exercises = read_own([path], mask=False)

    assert found
    marked = {phrase for exercise in exercises for phrase in phrases(exercise)}
    assert {one.phrase for one in found if one.counted} <= marked
    for exercise in exercises:
        for span in exercise.note.spans:
            own = Answer(
                id=exercise.id,
                spans=(
                    AnswerSpan(
                        start=span.start,
                        end=span.end,
                        category=span.category,
                        context=span.context,
                    ),
                ),
            )
            assert not mark(exercise.note, own).extra
