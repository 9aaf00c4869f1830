"""What somebody most likely meant by a name that is not there."""

import pytest

from vbl_detect.closest import closest, did_you_mean


@pytest.mark.parametrize(
    ("written", "names", "meant"),
    [
        ("hihg", ("high", "low"), "high"),
        ("rc0O1", ("RC001", "SL020"), "RC001"),
        (" Nots ", ("Ref", "Notes"), "Notes"),
        ("min_score", ("min-score", "model"), "min-score"),
        ("zebra", ("high", "low"), None),
        ("", ("high",), None),
        ("high", (), None),
    ],
)
def test_the_closest_name_is_found_whatever_its_case(written, names, meant):
    assert closest(written, names) == meant


def test_the_hint_is_empty_where_nothing_is_close():
    assert did_you_mean("zebra", ("high", "low")) == ""
    assert did_you_mean("hihg", ("high", "low")) == "; did you mean 'high'?"
    assert did_you_mean("hihg", ("high", "low"), quote='"') == '; did you mean "high"?'
