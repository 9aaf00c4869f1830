"""The bank: sound labels, every category, context and difficulty, and nothing of the corpus."""

import json
import re
from collections import Counter

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.exercises import CLEAN, DIFFICULTIES, read_exercises
from vbl_detect.lexicon import read_lexicon
from vbl_detect.records import CONTEXTS
from vbl_detect.resources import exercise_bank, lexicon_dir


@pytest.fixture(scope="module")
def bank():
    return read_exercises(exercise_bank())


@pytest.fixture(scope="module")
def categories():
    return set(read_lexicon([lexicon_dir()]).categories)


def runs(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_two_hundred_exercises_and_more_each_with_its_own_id_and_explanation(bank):
    assert len(bank) >= 200
    for key in (lambda e: e.id, lambda e: e.note.text, lambda e: e.why, lambda e: e.better):
        assert len({key(exercise) for exercise in bank}) == len(bank)


def test_all_categories_contexts_and_difficulties_are_taught(bank, categories):
    spans = [span for exercise in bank for span in exercise.note.spans]
    focus = Counter(exercise.focus for exercise in bank)

    assert {span.category for span in spans} == categories
    assert focus.keys() == categories | {CLEAN}
    assert min(focus.values()) >= 15
    assert min(Counter(s.context for s in spans)[context] for context in CONTEXTS) >= 10
    assert min(Counter(e.difficulty for e in bank)[level] for level in DIFFICULTIES) >= 50


def test_every_mark_covers_whole_words(bank):
    for exercise in bank:
        text = exercise.note.text
        for span in exercise.note.spans:
            phrase = text[span.start : span.end]
            assert phrase == phrase.strip(" \t\r\n.,;:"), (exercise.id, phrase)
            for edge in (span.start, span.end):
                around = text[edge - 1 : edge + 1] if edge else ""
                assert not (len(around) == 2 and around.isalpha()), (exercise.id, phrase)


def test_the_focus_is_what_the_note_holds(bank):
    for exercise in bank:
        held = {span.category for span in exercise.note.spans}
        assert exercise.focus in held or (exercise.focus == CLEAN and not held), exercise.id


def test_none_repeats_a_note_that_models_are_fitted_on(bank, corpus_dir):
    of_bank = {exercise.id: runs(exercise.note.text) for exercise in bank}
    holders = {}
    for name, held in of_bank.items():
        for run in held:
            holders.setdefault(run, []).append(name)
    assert sum(map(len, of_bank.values())) > 5_000
    for path in sorted(corpus_dir.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            note = json.loads(line)
            held = runs(note["text"])
            shared = Counter(name for run in held & holders.keys() for name in holders[run])
            for name, number in shared.items():
                assert number <= 0.3 * min(len(held), len(of_bank[name])), (name, note["id"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"difficulty": 4}, "difficulty 4 is not 1, 2 or 3"),
        ({"why": " "}, "has no why"),
        ({"better": None}, "has no better"),
        ({"spans": 3}, "no labelled note"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, change, said):
    sound = json.loads(exercise_bank().read_text("utf-8").splitlines()[0])
    path = tmp_path / "bank.jsonl"
    path.write_text(json.dumps(sound) + "\n\n" + json.dumps(sound | change) + "\n", "utf-8")

    with pytest.raises(ReaderError, match=said) as caught:
        read_exercises(path)

    assert caught.value.row == 3
