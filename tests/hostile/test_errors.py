"""What readers tell of a file holds no word of its notes, whatever is wrong with it."""

import logging
import random
import sys
from pathlib import Path

import pytest

from vbl_detect.errors import VblDetectError
from vbl_detect.readers import READERS, ReadListener, ReadOptions, read_notes

sys.path.append(str(Path(__file__).parents[2] / "scripts"))

import fuzz

SEEDS = fuzz.seeds()
#: As a name of columns, sheets or encodings that no file has, and as none.
ASKED = (
    ReadOptions(),
    ReadOptions(text_columns=("Notse",)),
    ReadOptions(id_column="Reef", keep_columns=("Team",)),
    ReadOptions(sheet="Lgo"),
    ReadOptions(encoding="utf-8"),
)


class Heard(ReadListener):
    def __init__(self):
        self.told = []

    def notice(self, message):
        self.told.append(str(message))

    warning = problem = notice


def told(path, options):
    """Return everything that is said while a file is read, and whether its notes came out."""
    heard, notes = Heard(), []
    try:
        notes += read_notes([path], options, heard)
    except VblDetectError as error:
        heard.told.append(str(error))
    return heard.told, any(fuzz.NAME in note.text for note in notes)


def leaks(messages):
    """Return the messages with a part of the name, which a changed byte may have cut."""
    parts = (fuzz.NAME[:5], fuzz.NAME[-5:])
    return [m for m in messages if any(part.lower() in m.lower() for part in parts)]


def test_every_format_has_a_seed_with_the_name_in_it(tmp_path):
    other_names = {".tsv", ".tab", ".xlsm", ".ndjson", ".log", ".markdown"}
    assert READERS.keys() - other_names == SEEDS.keys()
    for suffix, content in SEEDS.items():
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        assert told(path, ReadOptions())[1], suffix


@pytest.mark.parametrize("suffix", SEEDS)
def test_what_is_said_of_a_damaged_file_holds_nothing_of_its_notes(suffix, tmp_path, caplog):
    chance, said = random.Random(suffix), 0
    caplog.set_level(logging.DEBUG, "vbl_detect")
    path = tmp_path / f"a{suffix}"
    for number in range(30):
        path.write_bytes(SEEDS[suffix] if number == 0 else fuzz.mutated(SEEDS[suffix], chance))
        for options in ASKED if number < 6 else ASKED[:1]:
            messages, _ = told(path, options)
            said += len(messages)

            assert leaks([*messages, caplog.text]) == []
    assert said > 0 or suffix in {".txt", ".md"}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SEEDS)
def test_what_is_said_of_many_damaged_files_holds_nothing_of_their_notes(suffix, tmp_path):
    chance = random.Random(19)
    path = tmp_path / f"a{suffix}"
    for _ in range(400):
        path.write_bytes(fuzz.mutated(SEEDS[suffix], chance))
        for options in ASKED[:2]:
            assert leaks(told(path, options)[0]) == []
