"""Writing into suppressions files without losing what else stands there."""

import stat
import sys
from datetime import date

import pytest

from tests.unit.suppression.conftest import TODAY
from vbl_detect.errors import SuppressionError
from vbl_detect.suppression.sidecar import read_sidecar
from vbl_detect.suppression.sidecar_edits import (
    NewEntry,
    add_entries,
    remove_entries,
    without_entries,
)


def entry(finding_id, **changes):
    values = {
        "finding_id": finding_id,
        "reason": 'she says "streetwise"\\',
        "author": "Ä. Reader",
        "expires": date(2026, 12, 31),
    }
    return NewEntry(**{**values, **changes})


KEPT = """\
# Agreed by the team.

# The first: a quotation.
[[suppression]]
finding_id = "aaaaaaaaaaaaaaaa"  # see 4.2
reason = "x"
author = "A"
expires = 2026-12-31
# said twice

# About the rest.

# The second.
[[suppression]]
finding_id = "bbbbbbbbbbbbbbbb"
reason = '''
# no comment
'''
author = "B"
expires = 2026-12-30

[[suppression]]
finding_id = "cccccccccccccccc"
reason = "z"
author = "C"
expires = "2026-12-29"
"""


def test_a_new_file_is_read_again(tmp_path):
    path = tmp_path / ".vbl-suppressions.toml"

    renewed = add_entries(path, [entry("a" * 16, code="RC001", path="ä.md")], TODAY)

    [read] = read_sidecar(path, TODAY).entries
    assert renewed == []
    assert (read.finding_id, read.path, read.author) == ("a" * 16, "ä.md", "Ä. Reader")
    assert read.reason == 'she says "streetwise"\\'
    assert path.read_text("utf-8").startswith("# Accepted wording")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_adding_keeps_every_line_and_the_line_ends(sidecar, newline):
    path = sidecar(text="")
    path.write_bytes(KEPT.replace("\n", newline).encode())

    add_entries(path, [entry("d" * 16)], TODAY)

    content = path.read_bytes().decode()
    assert content.startswith(KEPT.replace("\n", newline))
    assert content.count("\n") == content.count(newline)
    assert [e.finding_id[0] for e in read_sidecar(path, TODAY).entries] == ["a", "b", "c", "d"]


def test_what_is_there_already_is_renewed_in_its_place(sidecar):
    path = sidecar(text=KEPT)

    renewed = add_entries(path, [entry("a" * 16, expires=date(2027, 1, 31))], TODAY)

    text = path.read_text("utf-8")
    assert renewed == ["a" * 16]
    assert 'finding_id = "aaaaaaaaaaaaaaaa"  # see 4.2' in text
    assert "# The first: a quotation.\n" in text
    assert read_sidecar(path, TODAY).entries[0].expires == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("lines", "gone", "left"),
    [
        ([4], ["aaaa", "The first", "said twice"], ["Agreed", "About the rest", "The second"]),
        ([14], ["bbbb", "The second", "no comment"], ["said twice", "About the rest", "cccc"]),
        ([22], ["cccc", "29"], ["bbbb", "The second", "no comment"]),
        ([4, 14, 22], ["suppression"], ["Agreed", "About the rest"]),
        ([], [], ["aaaa", "bbbb", "cccc"]),
    ],
)
def test_removing_takes_an_entry_and_the_comments_that_touch_it(sidecar, lines, gone, left):
    path = sidecar(text=KEPT)

    remove_entries(path, lines, TODAY)

    text = path.read_text("utf-8")
    assert all(words not in text for words in gone)
    assert all(words in text for words in left)
    assert "\n\n\n" not in text
    assert len(read_sidecar(path, TODAY).entries) == 3 - len(lines)


def test_a_file_of_nothing_but_entries_becomes_empty():
    text = KEPT.partition("\n\n")[2].partition("# said")[0]

    assert without_entries(text, [2]) == ""


def test_a_file_with_faults_is_left_alone(sidecar):
    path = sidecar(text="[[suppression]]\nreason = 'x'\n")
    before = path.read_bytes()

    with pytest.raises(SuppressionError, match="author is missing"):
        add_entries(path, [entry("a" * 16)], TODAY)

    assert path.read_bytes() == before
