"""Which groups are too small to be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.report.groups import group, too_small


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 30, "b": 20}, set()),
        ({"a": 30, "b": 20, "c": 10}, set()),
        ({"a": 30, "b": 20, "c": 9}, {"b", "c"}),  # c alone could be reckoned from the total
        ({"a": 30, "b": 20, "c": 2, "d": 3}, {"b", "c", "d"}),  # 5 together are too few as well
        ({"a": 30, "b": 20, "c": 6, "d": 4}, {"c", "d"}),
        ({"a": 30, "b": 20, "c": 9, "d": 0}, {"b", "c"}),  # nothing in d hides nobody
        ({"a": 3}, {"a"}),
        ({}, set()),
    ],
)
def test_what_could_be_reckoned_from_the_total_is_hidden_too(sizes, hidden):
    assert too_small(sizes, 10) == hidden


SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8)


@given(SIZES, st.integers(1, 15))
def test_no_small_group_can_be_told_from_what_is_shown(sizes, min_n):
    hidden = too_small(sizes, min_n)
    shown = {name: size for name, size in sizes.items() if name not in hidden}
    missing = sum(sizes.values()) - sum(shown.values())

    assert all(size >= min_n or size == 0 for size in shown.values())
    if hidden and any(shown.values()):
        assert len(hidden) >= 2
        assert missing >= min_n


def test_the_hidden_stand_together_without_their_names():
    notes = {"North": 30, "South": 20, "Tiny": 2}

    of = group("Unit", notes, {"North": 60, "South": 21, "Tiny": 5}, min_n=10)

    assert [(g.name, g.notes, g.findings) for g in of.shown] == [("North", 30, 60)]
    assert (of.others.notes, of.others.findings) == (22, 26)
    assert "Tiny" not in of.others.name
