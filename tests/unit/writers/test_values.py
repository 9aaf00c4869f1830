from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from vbl_detect.writers.values import looks_like_formula, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        ("a\ud800", "a\ufffd"),
        (True, True),
        (3, 3),
        (0.5, 0.5),
        (math.nan, None),
        (math.inf, None),
        (None, None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.float32("nan"), None),
        (np.bool_(True), True),
        (np.datetime64("2031-02-03"), "2031-02-03"),
        (dt.date(2031, 2, 3), "2031-02-03"),
        (dt.datetime(2031, 2, 3, 4, 5, tzinfo=dt.UTC), "2031-02-03T04:05:00+00:00"),
        (pd.Timestamp("2031-02-03 04:05"), "2031-02-03T04:05:00"),
        (dt.time(4, 5), "04:05:00"),
        (dt.timedelta(hours=1), "1:00:00"),
        (Decimal("1.10"), "1.10"),
        ({"a": [1, "é"]}, '{"a": [1, "é"]}'),
        ([dt.date(2031, 2, 3)], '["2031-02-03"]'),
    ],
)
def test_a_value_becomes_plain(value: Any, expected: Any) -> None:
    result = plain(value)

    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    "text", ["=1", "+44 7700", "-x", "@x", "\tx", "\rx", "\nx", " \n=x", "＋1"]
)
def test_text_that_might_run_is_known(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "x=1", "-5", "-5.25", " x", "5-6", "’=", "#N/A"])
def test_text_that_cannot_run_is_left_alone(text: str) -> None:
    assert not looks_like_formula(text)
