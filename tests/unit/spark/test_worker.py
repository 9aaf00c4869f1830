"""What a worker does with its rows, without Spark."""

import json

import numpy as np
import pandas as pd
import pytest

from vbl_detect import __version__, detect_df
from vbl_detect.errors import IntegrityError
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import FINDING_COLUMNS
from vbl_detect.selection import Selection
from vbl_detect.spark import pipelines
from vbl_detect.spark.columns import output_names
from vbl_detect.spark.pipelines import Pipeline
from vbl_detect.spark.worker import BadRowError, Judging, note_text

BLAME = "YP continues to put herself at risk."
LOG = f"04/03/2024 21:10 PC 4411 Hale: all well.\n05/03/2024 22:00 PC 4411 Hale: {BLAME}"


@pytest.fixture
def judging(nlp, monkeypatch):
    """Return a function that judges texts as a worker would."""
    monkeypatch.setattr(Pipeline, "load", lambda self: nlp)

    def judging(texts, *, batches=1, refs=None, **settings):
        judge = Judging(
            **{
                "pipeline": Pipeline(None, (), __version__, ""),
                "selection": Selection(),
                "min_score": None,
                "split": True,
                "mask": False,
                "max_characters": 1_000,
                "kept": ("Team", "Officer"),
            }
            | settings
        )
        frame = pd.DataFrame(
            {
                "text": pd.Series(texts, dtype=object),
                "reference": refs or [f"M-{number}" for number in range(len(texts))],
                "kept_0": [f"team {number}".encode() for number in range(len(texts))],
                "kept_1": [b"Jade Okafor"] * len(texts),
            }
        )
        size = max(len(frame) // batches, 1)
        frames = [frame.iloc[at : at + size] for at in range(0, len(frame), size)]
        given = [out for out in judge(iter(frames)) if len(out)]
        return pd.concat(given).reset_index(drop=True) if given else pd.DataFrame()

    return judging


def records(df):
    df = df[list(FINDING_COLUMNS)].astype(object)
    return df.where(df.notna(), None).to_dict("records")


def test_findings_are_those_of_one_machine(judging, nlp, corpus_dir):
    lines = (corpus_dir / "dev.jsonl").read_text("utf-8").splitlines()[:40]
    texts = [json.loads(line)["text"] for line in lines] + [LOG]
    df = pd.DataFrame({"text": texts, "ref": [f"M-{number}" for number in range(len(texts))]})
    expected = detect_df(df, id_column="ref", keep_columns=[], nlp=nlp)

    for batches in (1, 7):
        result = judging([text.encode() for text in texts], batches=batches)

        assert result["error"].isna().all()
        assert records(result) == records(expected)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "it is null"),
        (np.nan, "it is null"),
        (pd.NA, "it is null"),
        (pd.NaT, "it is null"),
        (12, r"no text \(int\); cast"),
        (["a"], r"no text \(list\); cast"),
        (b"caf\xe9 and more", r"not UTF-8 \(byte 4\)"),
        ("x" * 11, "has 11 characters, more than the 10"),
    ],
)
def test_what_is_no_note_is_told(value, reason):
    with pytest.raises(BadRowError, match=reason):
        note_text(value, 10)


def test_what_is_a_note_stays_as_it_is():
    assert note_text("", 10) == ""
    assert note_text("naïve 👍".encode(), 10) == "naïve 👍"
    assert note_text("\ufeffa\r\n", 10) == "\ufeffa\r\n"


def test_a_bad_row_keeps_reference_and_columns_and_the_others_are_judged(judging):
    result = judging([BLAME, None, 7, b"\xff", "y" * 1_001, BLAME])

    good, bad = result[result["error"].isna()], result[result["error"].notna()]
    assert list(good["record_id"]) == ["M-0", "M-5"]
    assert list(bad["record_id"]) == ["M-1", "M-2", "M-3", "M-4"]
    assert list(bad["kept_0"]) == [b"team 1", b"team 2", b"team 3", b"team 4"]
    assert bad.drop(columns=["record_id", "error", "kept_0", "kept_1"]).isna().all().all()


def test_an_error_concerns_its_note_alone_and_its_message_is_not_told(judging, nlp, monkeypatch):
    pipe = nlp.pipe

    def failing(texts, **settings):
        def checked():
            for given in texts:
                if "Jade" in str(given):
                    raise RuntimeError(given)
                yield given

        return pipe(checked(), **settings)

    monkeypatch.setattr(nlp, "pipe", failing)
    result = judging([BLAME, "Jade went out.", BLAME, BLAME, "To Jade: call."])

    assert list(result["record_id"]) == ["M-0", "M-1", "M-2", "M-3", "M-4"]
    assert list(result["error"].notna()) == [False, True, False, False, True]
    assert result["error"][1].startswith("judging failed (RuntimeError in test_worker.py:")
    assert "Jade" not in " ".join(result["error"].dropna())


def test_a_mask_is_over_findings_faults_and_kept_columns(judging):
    result = judging(["Jade Okafor is streetwise.", None], mask=True)

    assert len(result) == 2
    assert not result.astype(str).stack().str.contains("Jade|Okafor").any()
    assert list(result["kept_0"]) == ["team 0", "team 1"]


def test_a_log_is_judged_entry_by_entry_unless_told_otherwise(judging):
    assert set(judging([LOG])["sentence"]) == {BLAME}
    assert set(judging([LOG], split=False)["sentence"]) != {BLAME}


def test_without_rows_nothing_is_loaded(monkeypatch, judging):
    monkeypatch.setattr(Pipeline, "load", lambda self: pytest.fail("loaded"))

    assert judging([]).empty


def test_another_version_or_lexicon_than_the_driver_s_is_refused(nlp, monkeypatch):
    monkeypatch.setattr(pipelines, "load", lambda **settings: nlp)
    sha256 = find_matcher(nlp).lexicon.sha256

    assert Pipeline(None, (), __version__, sha256).load() is nlp
    with pytest.raises(
        IntegrityError, match=f"driver has vbl-detect 0.0.0 and a worker {__version__}"
    ):
        Pipeline(None, (), "0.0.0", sha256).load()
    with pytest.raises(IntegrityError, match="lexicon is not the driver's"):
        Pipeline(None, (), __version__, "00").load()


def test_kept_columns_never_have_the_name_of_another_in_any_case():
    assert output_names(["team", "Score", "row", "ERROR", "Unit"]) == [
        "team", "kept_Score", "kept_row", "kept_ERROR", "Unit",
    ]  # fmt: skip
