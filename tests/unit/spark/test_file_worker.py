"""Reading and judging as workers of a scan do, without Spark, beside a scan on one machine."""

import json

import pandas as pd
import pytest

from vbl_detect import __version__, detect
from vbl_detect.detection import detect_with_masks
from vbl_detect.readers import ReadListener, ReadOptions, read_notes
from vbl_detect.selection import Selection
from vbl_detect.spark.file_worker import JudgingNotes, Reading, finding_of
from vbl_detect.spark.pipelines import Pipeline

BLAME = "YP continues to put herself at risk."
LOG = f"04/03/2024 21:10 PC 4411 Hale: all well.\n05/03/2024 22:00 PC 4411 Hale: {BLAME}"
KEPT = ("Score", "entry_time")


class Heard(ReadListener):
    def __init__(self):
        self.said = []

    def notice(self, message):
        self.said.append(("notice", message))

    def warning(self, message):
        self.said.append(("warning", message))

    def problem(self, error):
        self.said.append(("problem", str(error)))


@pytest.fixture
def files(tmp_path):
    table = pd.DataFrame({"Ref": ["A-1", None, "A-3"], "Entry text": [BLAME, LOG, "Naïve 👍\0."]})
    table["Score"] = [1.5, None, 2**60]
    table.to_csv(tmp_path / "a.csv", index=False, lineterminator="\r\n")
    table.to_parquet(tmp_path / "b.parquet")
    (tmp_path / "c.csv").write_text("Ref,Entry text\n1,a,b,c\n", "utf-8")
    (tmp_path / "d.parquet").write_text("no", "utf-8")
    (tmp_path / "e.csv").write_text("", "utf-8")
    return sorted(tmp_path.iterdir())


@pytest.fixture
def workers(nlp, monkeypatch):
    monkeypatch.setattr(Pipeline, "load", lambda self: nlp)

    def workers(files, options, *, mask=False):
        reading = Reading(tuple((str(path), path.name) for path in files), options)
        judging = JudgingNotes(
            pipeline=Pipeline(None, (), __version__, ""),
            selection=Selection(),
            min_score=None,
            mask=mask,
        )
        numbers = pd.DataFrame({"id": range(len(files))})
        frames = list(judging(reading(iter([numbers]))))
        return pd.concat(frames).sort_values(["file", "number", "finding"])

    return workers


@pytest.mark.parametrize("mask", [False, True])
def test_findings_and_messages_are_those_of_one_machine(files, workers, nlp, mask, monkeypatch):
    monkeypatch.chdir(files[0].parent)
    options = ReadOptions(keep_columns=KEPT)
    heard = Heard()
    files = [path.relative_to(files[0].parent) for path in files if path.name != "c.csv"]
    notes = list(read_notes(files, options, heard))
    expected = list(detect_with_masks(notes, nlp, mask=mask))

    rows = workers([path.absolute() for path in files], options, mask=mask)

    assert [finding_of(row.content) for row in rows.itertuples() if row.kind == "finding"] == (
        expected
    )
    assert len(expected) >= 4
    assert [
        (row.kind, _message(row)) for row in rows.itertuples() if row.kind not in ("finding", "end")
    ] == heard.said
    assert sum(int(row.content) for row in rows.itertuples() if row.kind == "end") == len(notes)


def _message(row):
    if row.kind != "problem":
        return row.content
    values = json.loads(row.content)
    place = values["path"] + (f", row {values['row']}" if values["row"] else "")
    return f"{place}: {values['message']}"


def test_a_column_that_is_not_there_ends_up_as_a_row(files, workers):
    rows = workers(files[:1], ReadOptions(text_columns=("Notez",)))

    assert list(rows["kind"]) == ["usage", "end"]
    assert 'a.csv: there is no column "Notez"' in rows["content"].iloc[0]


def test_rows_come_in_frames_of_a_bounded_size(tmp_path, nlp):
    path = tmp_path / "many.csv"
    path.write_text("Ref,Entry text\n" + "1,All is well tonight at home.\n" * 2_500, "utf-8")

    frames = list(
        Reading(((str(path), "many.csv"),), ReadOptions())(iter([pd.DataFrame({"id": [0]})]))
    )

    assert max(map(len, frames)) == 1_000
    assert sum(len(frame[frame["kind"] == "note"]) for frame in frames) == 2_500


def test_a_file_that_a_worker_cannot_see_is_named(tmp_path, workers):
    rows = workers([tmp_path / "gone.csv"], ReadOptions())

    assert list(rows["kind"]) == ["problem", "end"]
    assert "gone.csv" in rows["content"].iloc[0]


def test_detect_and_its_masked_form_stay_apart(nlp, workers, files):
    rows = workers(files[:1], ReadOptions(), mask=True)
    found = [finding_of(row.content) for row in rows.itertuples() if row.kind == "finding"]

    assert all(finding.masked is not None for finding in found)
    assert [finding.hidden().masked for finding in found] == [None] * len(found)
    assert list(detect([], nlp)) == []
