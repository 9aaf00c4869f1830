"""Rewriting tasks, made of exercises with phrases to mark, and checked by the detector."""

import dataclasses
import json

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.exercises import Exercise, as_record, read_exercises, rewritings, with_words
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.resources import exercise_bank
from vbl_detect.rewriting_checks import check_rewriting

TEXT = "Review 0340. She puts herself at risk. Night DS to find the driver."


def exercise(phrase="puts herself at risk", **changes):
    start = TEXT.index(phrase)
    span = GoldSpan(
        start=start, end=start + len(phrase), category="risk-and-choice", context="asserted"
    )
    note = GoldNote(
        id="x", note_type="other", text=TEXT, spans=(dataclasses.replace(span, **changes),)
    )
    return Exercise(note=note, difficulty=1, focus="risk-and-choice", why="w", better="b")


def test_the_sentence_with_the_phrase_is_to_be_rewritten():
    [task] = rewritings([exercise()])

    assert task.id == "x-rewrite"
    assert TEXT[slice(*task.rewrite)] == "She puts herself at risk."
    assert rewritings([task]) == [task]


@pytest.mark.parametrize("change", [{"context": "quoted"}, {"borderline": True}])
def test_where_there_is_nothing_sure_to_mend_there_is_no_task(change):
    assert rewritings([exercise(**change)]) == []


def test_every_task_of_the_bank_covers_its_phrases_and_is_read_back(tmp_path):
    tasks = rewritings(read_exercises(exercise_bank()))
    path = tmp_path / "tasks.jsonl"
    path.write_text("".join(json.dumps(as_record(task)) + "\n" for task in tasks), "utf-8")

    assert len(tasks) > 100
    assert read_exercises(path) == tasks
    for task in tasks:
        start, end = task.rewrite
        stretch = task.note.text[start:end]
        assert stretch == stretch.strip()
        assert all(start <= span.start and span.end <= end for span in task.note.spans)


@pytest.mark.parametrize("stretch", [[3], [5, 5], [0, 999], ["0", 4], "0-4", [0.0, 4.0]])
def test_a_stretch_that_is_none_is_named(tmp_path, stretch):
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(as_record(exercise()) | {"rewrite": stretch}) + "\n", "utf-8")

    with pytest.raises(ReaderError, match="names no stretch"):
        read_exercises(path)


def test_words_stand_in_the_place_of_the_stretch():
    [task] = rewritings([exercise()])

    text, start, end = with_words(task, "He harms her.")

    assert text == "Review 0340. He harms her. Night DS to find the driver."
    assert text[start:end] == "He harms her."


def test_what_is_left_is_found_and_only_there(nlp):
    [task] = rewritings([exercise()])

    left = check_rewriting(task, "She is putting herself at risk.", nlp)
    clear = check_rewriting(task, "A man in a silver Astra is a danger to her.", nlp)

    assert left.findings
    assert not left.clear
    assert clear.clear


def test_a_phrase_that_the_detector_does_not_know_may_not_stay_word_for_word(nlp):
    [task] = rewritings([exercise("Night DS to find the driver")])

    assert check_rewriting(task, "night  DS to find the Driver, please", nlp).kept
    assert check_rewriting(task, "The night DS will look for him.", nlp).clear
