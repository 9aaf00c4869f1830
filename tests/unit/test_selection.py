import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.errors import UsageError
from vbl_detect.lexicon import read_lexicon
from vbl_detect.selection import Selection


@pytest.fixture
def lexicon(tmp_path):
    rows = [term(), term(code="RC002", severity="low", patterns="reckless", term="reckless")]
    return read_lexicon([write_lexicon(tmp_path, *rows)])


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), {"RC001", "RC002", "RC000", "NE000"}),
        (("RC002",), (), {"RC002"}),
        (("rc",), (), {"RC001", "RC002", "RC000"}),
        (("RC",), ("RC001",), {"RC002", "RC000"}),
        (("RC",), ("RC000",), {"RC001", "RC002"}),
        (("risk-and-choice",), ("low",), {"RC001", "RC000"}),
        (("high",), (), {"RC001"}),
        (("medium",), (), {"RC000", "NE000"}),
        (("non-engagement",), (), {"NE000"}),
    ],
)
def test_codes_are_chosen_by_code_beginning_category_or_severity(lexicon, select, ignore, codes):
    assert Selection(select, ignore).codes(lexicon) == codes


@pytest.mark.parametrize(
    ("name", "hint"),
    [("RC0O1", "did you mean 'RC001'"), ("hgih", "did you mean 'high'"), ("XQ", "see 'vbl-detect")],
)
def test_an_unknown_name_is_refused_with_the_nearest(lexicon, name, hint):
    with pytest.raises(UsageError, match=hint):
        Selection((name,)).codes(lexicon)
