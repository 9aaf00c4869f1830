"""What holds for any text and any damage: offsets, round trips, readers that never fall over."""

import random
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vbl_detect import Note, detect
from vbl_detect.readers import ReadListener, ReadOptions, read_notes

from .conftest import BLAME

sys.path.append(str(Path(__file__).parents[2] / "scripts"))

import fuzz

QUIET = settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
#: Any text that a file in UTF-8 can hold, and that is more than white space; NUL ends text in CSV.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)
NOTES = st.lists(TEXTS.map(lambda text: f"{text}. Seen at home."), min_size=3, max_size=6)
SEEDS = fuzz.seeds()


@QUIET
@given(NOTES)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json", ".parquet"])
def test_notes_come_out_of_a_table_as_they_went_in(tmp_path, suffix, texts):
    path = tmp_path / f"a{suffix}"
    df = pd.DataFrame({"Ref": [f"A{n}" for n in range(len(texts))], "Notes": texts})
    match suffix:
        case ".csv":
            df.to_csv(path, index=False, quoting=1)
        case ".parquet":
            df.to_parquet(path)
        case _:
            df.to_json(path, orient="records", lines=suffix == ".jsonl")
    options = ReadOptions(text_columns=("Notes",), id_column="Ref")

    notes = list(read_notes([path], options, ReadListener()))

    assert [note.text for note in notes] == texts
    assert [note.record_id for note in notes] == list(df["Ref"])


@QUIET
@given(before=st.text(), after=st.text(), mask=st.booleans())
def test_offsets_are_those_of_the_text_as_it_was_given(nlp, before, after, mask):
    note = Note(text=f"{before}\n\n{BLAME}\n\n{after}")

    found = list(detect([note], nlp, mask=mask))

    assert found == sorted(found, key=lambda one: (one.start, one.end))
    for one in found:
        assert len(one.phrase) == one.end - one.start
        if not mask:
            assert note.text[one.start : one.end] == one.phrase
        lines = note.text[: one.start].count("\n")
        assert one.line > lines


@pytest.mark.parametrize("suffix", SEEDS)
def test_a_damaged_file_is_told_and_never_a_crash(suffix):
    for seed in range(12):
        content = fuzz.mutated(SEEDS[suffix], random.Random(seed))

        assert fuzz.read_all(suffix, content) < fuzz.SECONDS_A_FILE


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SEEDS)
def test_no_damage_of_many_crashes_a_reader(suffix):
    assert list(fuzz.faults(suffix, SEEDS[suffix], 6, random.Random(6))) == []
