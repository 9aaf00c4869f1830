from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect import Note
from vbl_detect.entries import find_entries, with_entries


def entries(text):
    return [(p.time, p.author, text[p.start : p.end].strip()) for p in find_entries(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12/03/2026 21:14 PC 1234 Smith: One. 13/03/2026 02:10 DS Jones – two.",
            [
                ("2026-03-12T21:14", "PC 1234 Smith", "One."),
                ("2026-03-13T02:10", "DS Jones", "two."),
            ],
        ),
        (
            "[6] 22/09 1903 PC 2817 ROSS: One. [7] 22/09 1947 PC 2817 ROSS: Two.",
            [
                ("22/09 19:03", "PC 2817 ROSS", "One."),
                ("22/09 19:47", "PC 2817 ROSS", "Two."),
            ],
        ),
        (
            "[11/11/25 18:20 - 4410 PC TULLY] One. [11/11/25 19:05 - 198 PS MARR] Two.",
            [
                ("2025-11-11T18:20", "4410 PC TULLY", "One."),
                ("2025-11-11T19:05", "198 PS MARR", "Two."),
            ],
        ),
        (
            "Heading\n21/03 0140 PC 4417 INITIAL\nOne.\n21/03 0350 SGT 1182 SUPERVISOR\nTwo.",
            [
                (None, None, "Heading"),
                ("21/03 01:40", "PC 4417", "INITIAL\nOne."),
                ("21/03 03:50", "SGT 1182", "SUPERVISOR\nTwo."),
            ],
        ),
        (
            "PS 4402  09/12/2025 1920\nOne.\r\n\r\nPS 4402 10/12/2025 0130\r\nTwo.",
            [("2025-12-09T19:20", "PS 4402", "One."), ("2025-12-10T01:30", "PS 4402", "Two.")],
        ),
        (
            "2026-03-12 21:14:05 | SMITH, John (1234) | one\n2026-03-12T22:14Z - two",
            [
                ("2026-03-12T21:14:05", "SMITH, John (1234)", "one"),
                ("2026-03-12T22:14", None, "two"),
            ],
        ),
        (
            "Thu 12 Mar 2026 at 9.14pm: one\n13th March 2026, 0210hrs DS Jones two",
            [("2026-03-12T21:14", None, "one"), ("2026-03-13T02:10", "DS Jones", "two")],
        ),
        (
            "2114hrs 12/03/26 PC 12 one\n02:10 13/03/26 PC 12 two",
            [
                ("2026-03-12T21:14", "PC 12", "one"),
                ("2026-03-13T02:10", "PC 12", "two"),
            ],
        ),
        (
            "Entry 3 - 12/03/2026 21:14 - PC\nOne\nEntry 4 - 12/03/2026 22:14 - PC 12\nTwo",
            [("2026-03-12T21:14", None, "PC\nOne"), ("2026-03-12T22:14", "PC 12", "Two")],
        ),
        (
            "12/03/2026 21:14 PC 12: no stop 13/03/2026 02:10 PC 12: next",
            [
                ("2026-03-12T21:14", "PC 12", "no stop"),
                ("2026-03-13T02:10", "PC 12", "next"),
            ],
        ),
        (
            "12/03/2026 21:14 SW Jones: one\n13/03/2026 02:10 PC 12: two",
            [
                ("2026-03-12T21:14", "SW Jones", "SW Jones: one"),
                ("2026-03-13T02:10", "PC 12", "two"),
            ],
        ),
        (
            "29/02 1010 PC 12 - a leap day\n01/03 1010 PC 12 - the next",
            [
                ("29/02 10:10", "PC 12", "a leap day"),
                ("01/03 10:10", "PC 12", "the next"),
            ],
        ),
    ],
)
def test_entries_are_found_with_time_and_author(text, expected):
    assert entries(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She is safe.",
        "12/03/2026 21:14 PC 1234 Smith: only one.",
        "Seen on 12/03/2026 21:14 by PC 1234 Smith and on 13/03/2026 02:10 by DS Jones.",
        "She was last seen on\n12/03/2026 21:14 by staff.\nShe was found at\n13/03/2026 02:10.",
        "32/13/2026 21:14 PC 12 a\n31/02/2026 21:14 PC 12 b\n12/03/2026 25:14 PC 12 c",
        "Version 1.2 10.30\n1.2 10.15",
        "12/03/2026\nOne.\n13/03/2026\nTwo.",
        "Rang 12/03/2026 21:14 PC 12 who went there, and 13/03/2026 02:10 PC 12 again.",
        "Out 12/03/2026 21:14, back 13/03/2026 02:10, out again 14/03/2026 20:00.",
        "He rang 07700 900123 twice\n07700 900456 once",
    ],
)
def test_dates_in_prose_are_no_headings(text):
    assert find_entries(text) == ()


def test_a_note_in_parts_stays_as_it_is_and_others_keep_their_text():
    text = "12/03/2026 21:14 One.\n13/03/2026 02:10 Two."
    note = with_entries(Note(text=text, row=3))

    assert (note.text, note.row, len(note.parts)) == (text, 3, 2)
    assert with_entries(note) is note
    assert with_entries(Note(text="One.")).parts == ()


PIECES = st.sampled_from(
    [
        "12/03/2026",
        "21:14",
        " ",
        "\n",
        "PC 12",
        "Smith",
        ":",
        "[",
        "]",
        "2026-03-12",
        "T",
        "on",
        ".",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_parts_are_in_order_and_leave_out_nothing_but_headings(text):
    parts = find_entries(text)

    edges = [edge for part in parts for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(text[part.start : part.end].strip() for part in parts)
    for before, after in pairwise(parts):
        assert len(text[before.end : after.start]) < 120
    assert not parts or not text[parts[-1].end :].strip()
