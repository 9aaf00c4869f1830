"""Lexicons made to blow up: refused in a moment, each fault by its line."""

import csv
from contextlib import suppress
from time import process_time

import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.components.compiled import lexicon_expander
from vbl_detect.lexicon import NotationError, compile_pattern, read_with_faults
from vbl_detect.lexicon_checks import check

WORDS = [first + last for first in "abcdefghijklmnopqrstuvwxyz" for last in "bcdfgh"]
#: Seconds of the processor; unbounded, each takes minutes or all memory.
AT_MOST = 20
OPTIONAL = " ".join(f"({word})" for word in WORDS[:11])
HOSTILE = {
    "long": "risk " * 1_000,
    "optional words": " ".join(["risk", *(f"({word})" for word in WORDS)]),
    "choices of optional words": f"[{'/'.join(f'{w} {OPTIONAL}' for w in WORDS[:30])}] risk",
    "choices of choices": " ".join(f"[{'/'.join(WORDS[n : n + 9])} risk]" for n in range(40)),
    "pairs upon pairs": "<pairs> <pairs>",
    "lists of lists": "<l5>",
}
LISTS = {
    "pairs": [f"x{number} y{number}" for number in range(1_500)],
    "l0": ["a b", "c d e"],
    **{f"l{n}": [f"<l{n - 1}> and <l{n - 1}>", f"<l{n - 1}> or <l{n - 1}>"] for n in range(1, 6)},
}


@pytest.fixture
def folder(tmp_path):
    rows = [
        term(code=f"RC{number:03}", term=name, patterns=pattern)
        for number, (name, pattern) in enumerate(HOSTILE.items(), 1)
    ]
    folder = write_lexicon(tmp_path, *rows)
    lines = [f"{name},{'|'.join(entries)}" for name, entries in LISTS.items()]
    (folder / "_lists.csv").write_text("\n".join(["list,words", *lines]) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pattern_cannot_blow_up(folder, name, blank_nlp):
    lexicon, _ = read_with_faults([folder])
    expander = lexicon_expander(lexicon, blank_nlp)
    begun = process_time()

    with pytest.raises(NotationError, match="write it as several patterns"):
        expander.expand(HOSTILE[name])
    with suppress(NotationError):
        compile_pattern(HOSTILE[name], expander)

    assert process_time() - begun < AT_MOST


def test_check_names_each_pattern_by_its_line(folder, blank_nlp):
    begun = process_time()

    _, faults = check([folder], blank_nlp)

    assert process_time() - begun < AT_MOST
    lines = {fault.line for fault in faults if "several patterns" in fault.message}
    assert lines == set(range(2, 2 + len(HOSTILE)))


def test_a_table_that_cannot_be_cut_into_rows_is_a_fault(folder):
    path = folder / "_spellings.csv"
    path.write_text(f'word,variants\na,b\n"{"x" * 2_000}",c\n', "utf-8")
    limit = csv.field_size_limit(1_000)
    try:
        _, faults = read_with_faults([folder])
    finally:
        csv.field_size_limit(limit)

    [fault] = [fault for fault in faults if fault.path == str(path)]
    assert (fault.line, "cannot be cut into rows" in fault.message) == (2, True)
