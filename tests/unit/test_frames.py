import numpy as np
import pandas as pd
import pytest

from vbl_detect import detect_df
from vbl_detect.errors import UsageError
from vbl_detect.records import FINDING_COLUMNS

BLAME = "YP continues to put herself at risk."


@pytest.fixture
def df():
    return pd.DataFrame(
        {
            "ref": [101, 102, 103, 104],
            "text": ["All well.", f"{BLAME} {BLAME}", None, BLAME],
            "team": ["A", "B", "C", "D"],
            "score": [1, 2, 3, 4],
        },
        index=["w", "x", "y", "z"],
    )


def test_the_index_and_the_kept_columns_are_preserved(df, nlp):
    result = detect_df(df, nlp=nlp, id_column="ref")

    assert list(result.index) == ["x", "x", "z"]
    assert list(result.columns) == [*FINDING_COLUMNS, "team", "kept_score"]
    assert list(result["team"]) == ["B", "B", "D"]
    assert list(result["kept_score"]) == [2, 2, 4]
    assert list(result["record_id"]) == ["102", "102", "104"]
    assert result["phrase"].eq("put herself at risk").all()


def test_only_the_columns_asked_for_are_kept(df, nlp):
    assert list(detect_df(df, nlp=nlp, keep_columns=["team"]).columns[len(FINDING_COLUMNS) :]) == [
        "team"
    ]


def test_nothing_found_gives_every_column_and_no_row(df, nlp):
    result = detect_df(df.iloc[:1], nlp=nlp)

    assert result.empty
    assert list(result.columns) == [*FINDING_COLUMNS, "ref", "team", "kept_score"]


def test_missing_texts_are_no_notes(nlp):
    df = pd.DataFrame({"text": [np.nan, None, BLAME, 12]})

    assert list(detect_df(df, nlp=nlp).index) == [2]


def test_an_unknown_column_names_those_there_are(df, nlp):
    with pytest.raises(UsageError, match=r'no column "notes"; the columns are "ref", "text"'):
        detect_df(df, "notes", nlp=nlp)
    with pytest.raises(UsageError, match='no column "unit"'):
        detect_df(df, nlp=nlp, keep_columns=["unit"])
