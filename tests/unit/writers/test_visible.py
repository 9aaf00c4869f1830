from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.writers.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("a\r\nb\nc\u2028d", "a⏎b⏎c⏎d"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202egnp", "\\u202egnp"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("日本 👩\u200d🚒", "日本 👩\u200d🚒"),
    ],
)
def test_what_a_screen_would_act_upon_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("‘it’ – “x”…", "'it' - \"x\"..."), ("a\nb", "a\\nb"), ("é日", "\\xe9\\u65e5")],
)
def test_what_the_encoding_cannot_hold_becomes_a_plain_mark_or_an_escape(
    text: str, shown: str
) -> None:
    assert visible(text, "ascii") == shown


def test_a_windows_code_page_keeps_what_it_can_hold() -> None:
    assert visible("‘é’ …\n日", "cp1252") == "‘é’ …\\n\\u65e5"


@given(st.text())
def test_shown_text_is_one_line_that_the_encoding_can_hold(text: str) -> None:
    shown = visible(text, "cp1252")

    assert len(shown.splitlines()) <= 1
    shown.encode("cp1252")
