"""`vbl_detect.spark.detect_df` and `scan --engine spark` on several executor processes."""

import os
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vbl_detect
from tests.spark.conftest import work_folder
from vbl_detect.cli import app
from vbl_detect.records import FINDING_COLUMNS

pytestmark = pytest.mark.slow

BLAME = "YP continues to put herself at risk."


def rows(found):
    """Return findings as comparable rows, in order."""
    records = [row if isinstance(row, dict) else row.asDict() for row in found]
    own = [tuple(record[name] for name in FINDING_COLUMNS) for record in records]
    return sorted(own, key=repr)


@pytest.fixture(scope="module")
def local(notes):
    """Return what one machine finds, by model."""
    results = {}

    def local(model, df=notes):
        key = (model, len(df))
        if key not in results:
            found = vbl_detect.detect_df(
                df, id_column="ref", keep_columns=[], nlp=vbl_detect.load(model=model)
            ).astype(object)
            results[key] = rows(found.where(found.notna(), None).to_dict("records"))
        return results[key]

    return local


@pytest.mark.parametrize("model", ["full", "fast"])
def test_findings_are_those_of_one_machine(sdf, local, model):
    found = vbl_detect.spark.detect_df(sdf.repartition(6), id_column="ref", model=model).collect()

    assert len(found) > 300
    assert all(row["error"] is None for row in found)
    assert all(row["record_id"] == f"M-{row['number']}" for row in found)
    assert rows(found) == local(model)


def test_the_workers_have_the_wheel_and_nothing_else(spark, installed_wheel):
    def where(frames):
        from vbl_detect import resources  # noqa: PLC0415 - the worker's

        for frame in frames:
            yield frame.assign(at=str(resources.lexicon_dir()))[["at"]]

    found = spark.range(2).repartition(2).mapInPandas(where, "at string").collect()

    assert found
    assert all(Path(row["at"]).is_relative_to(installed_wheel) for row in found)


def test_a_lost_executor_costs_nothing_but_time(spark, sdf, local):
    found = []
    job = vbl_detect.spark.detect_df(sdf.repartition(24), id_column="ref", model="fast")
    thread = threading.Thread(target=lambda: found.extend(job.collect()))
    before = set(executors(spark))
    thread.start()
    wait_for_a_task(spark)
    killed = min(before)
    assert executors(spark)[killed].destroyForcibly()
    assert thread.is_alive()
    thread.join(timeout=600)

    assert rows(found) == local("fast")
    assert killed not in executors(spark)
    assert set(executors(spark)) - before, "no executor came in its place"


def executors(spark):
    """Return the executors that this Spark has started, by process id."""
    me = spark._jvm.java.lang.ProcessHandle.current()
    children = me.children().toArray()
    return {
        child.pid(): child
        for child in children
        if "CoarseGrainedExecutorBackend" in child.info().commandLine().orElse("")
        and child.isAlive()
    }


def wait_for_a_task(spark):
    tracker, end = spark.sparkContext.statusTracker(), time.monotonic() + 300
    while time.monotonic() < end:
        stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
        if any(stage and stage.numTasks == 24 and stage.numCompletedTasks for stage in stages):
            return
        time.sleep(0.05)
    pytest.fail("no task was done within five minutes")


def test_skewed_partitions_are_judged_all_the_same(sdf, local):
    skewed = sdf.repartition(8, (sdf["number"] < 320).cast("string"))
    sizes = skewed.rdd.glom().map(len).collect()
    found = vbl_detect.spark.detect_df(skewed, id_column="ref", model="fast").collect()

    assert max(sizes) >= 320
    assert 0 in sizes
    assert rows(found) == local("fast")


def test_no_rows_give_every_column(spark, sdf):
    found = vbl_detect.spark.detect_df(sdf.limit(0), id_column="ref", model="fast")

    assert found.columns == [*FINDING_COLUMNS, "number", "error"]
    assert found.collect() == []


def test_ten_thousand_rows_in_one_batch(spark):
    sdf = spark.range(10_000).selectExpr(
        "cast(id as string) as ref", f"if(id % 1000 = 7, '{BLAME}', 'Bus times asked for.') as text"
    )
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
    try:
        found = vbl_detect.spark.detect_df(sdf.coalesce(1), id_column="ref", model="fast").collect()
    finally:
        spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")

    assert sorted(int(row["record_id"]) for row in found) == list(range(7, 10_000, 1_000))


def test_kept_columns_come_back_as_they_were_and_bad_rows_do_not_stop_the_job(spark):
    moment = datetime(2024, 10, 27, 1, 30)
    first = (
        *(1.0, 2**60, float("nan"), moment, Decimal("1.20"), date(9999, 12, 31)),
        *(["a"], {"x": 1}, b"\xff", True, "naïve"),
    )
    nothing = (None,) * len(first)
    schema = (
        "text binary, `my.ref` int, f float, big bigint, d double, ts timestamp, "
        "dec decimal(10,2), day date, arr array<string>, m map<string,int>, raw binary, "
        "Score boolean, s string"
    )
    sdf = spark.createDataFrame(
        [(BLAME.encode(), 1, *first), (None, 2, *nothing), (b"caf\xe9", 3, *first),
         (b"x" * 99, 4, *nothing)],
        schema,
    )  # fmt: skip
    found = vbl_detect.spark.detect_df(
        sdf, id_column="MY.REF", model="fast", max_characters=50
    ).orderBy("record_id")
    kept = ["f", "big", "d", "ts", "dec", "day", "arr", "m", "raw", "kept_Score", "s"]
    good, null, latin, long = found.collect()

    assert found.columns[len(FINDING_COLUMNS) :] == [*kept, "error"]
    assert repr([good[name] for name in kept]) == repr([*first[:6], '["a"]', '{"x":1}', *first[8:]])
    assert [row["error"] and row["error"].split(";")[0] for row in (good, null, latin, long)] == [
        None,
        "there is no text: it is null",
        "the text is not UTF-8 (byte 4)",
        "the text has 99 characters, more than the 50 that are judged",
    ]
    assert [row["code"] for row in (null, latin, long)] == [None] * 3
    assert repr([latin[name] for name in kept]) == repr([good[name] for name in kept])
    assert dict(found.dtypes)["big"] == "bigint"


def test_text_columns_of_another_type_are_told_row_by_row(spark):
    sdf = spark.createDataFrame([(1, 2), (None, 3)], "text int, n int")
    found = vbl_detect.spark.detect_df(sdf, model="fast").orderBy("n").collect()

    assert [row["n"] for row in found] == [2, 3]
    assert all(row["error"] for row in found)
    with pytest.raises(
        vbl_detect.errors.UsageError, match='no column "txt"; the columns are "text"'
    ):
        vbl_detect.spark.detect_df(sdf, "txt")


def test_no_note_s_text_is_in_a_log_or_an_error(spark, monkeypatch, capfd):
    spark.sparkContext.addPyFile(str(Path(__file__).with_name("failing_pipeline.py")))
    failing = import_module("failing_pipeline")  # as the workers know it
    monkeypatch.setattr("vbl_detect.spark.frames.Pipeline", failing.FailingPipeline)
    texts = [(BLAME,), (f"{BLAME} She watched the {failing.CANARY}.",), (BLAME,)]
    found = vbl_detect.spark.detect_df(
        spark.createDataFrame(texts, "text string"), model="fast"
    ).collect()
    logs = list(work_folder(spark).rglob("std*"))

    assert sorted(row["error"] is None for row in found) == [False, True, True]
    [error] = [row["error"] for row in found if row["error"]]
    assert "judging failed (RuntimeError in failing_pipeline.py:" in error
    assert logs
    told = "".join(path.read_text("utf-8", "replace") for path in logs) + "".join(
        capfd.readouterr()
    )
    assert failing.CANARY not in told + error


@pytest.fixture
def exports(tmp_path, notes, monkeypatch):
    """A folder of Parquet and CSV files, one of them damaged."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "exports"
    (folder / "more").mkdir(parents=True)
    table = notes.rename(columns={"text": "Entry text", "ref": "Ref", "number": "Team"})
    table[:100].to_parquet(folder / "one.parquet")
    table[100:130].to_csv(folder / "two.csv", index=False, encoding="cp1252", errors="replace")
    table[130:160].to_csv(folder / "more" / "three.csv", index=False, lineterminator="\r\n")
    (folder / "bad.parquet").write_text("no")
    (folder / "readme.docx").write_text("no")
    return folder


def scan(*args):
    return CliRunner().invoke(app, ["scan", *map(str, args)])


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_scan_writes_what_one_machine_writes(spark, exports, suffix):
    (exports / "readme.docx").unlink()
    common = [exports, "--keep-columns", "Team", "--model", "fast"]
    here, there = exports.parent / f"here.{suffix}", exports.parent / f"there.{suffix}"
    alone = scan(*common, "-o", here)
    result = scan(*common, "-o", there, "--engine", "spark")

    assert (result.exit_code, alone.exit_code) == (3, 3)
    assert there.read_bytes() == here.read_bytes()
    assert result.stderr.replace("there.", "here.") == alone.stderr
    assert there.with_name(f"{there.name}.manifest.json").exists()


def test_what_a_scan_cannot_read_or_find_ends_it_as_on_one_machine(spark, exports):
    common = [exports, "--model", "fast", "--format", "jsonl", "--engine", "spark"]

    assert scan(*common, "--text-column", "Nots").exit_code == 2
    failed = scan(*common, "--on-error", "fail")
    assert (failed.exit_code, failed.stdout) == (3, "")
    assert "bad.parquet" in failed.stderr
    (exports / "bad.parquet").unlink()
    assert scan(*common, "--fail-on", "high", "-q").exit_code == 1


def test_workers_with_another_version_end_the_scan_with_one_sentence(spark, exports, monkeypatch):
    monkeypatch.setattr("vbl_detect.spark.scanning.__version__", "9.9.9")
    result = scan(exports / "two.csv", "--engine", "spark", "--format", "jsonl", "--model", "fast")

    assert result.exit_code == 4
    assert "the driver has vbl-detect 9.9.9 and a worker" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_installed_command_starts_a_spark_that_is_not_heard(installed_wheel, exports):
    (exports / "bad.parquet").unlink()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SPARK", "PYSPARK"))
    }
    environment |= {
        "PYTHONPATH": str(installed_wheel),
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m",
    }
    command = [sys.executable, "-m", "vbl_detect", "scan", "exports/two.csv", "--model", "fast"]
    local = subprocess.run(
        [*command, "--format", "jsonl"], env=environment, capture_output=True, check=True
    )
    done = subprocess.run(
        [*command, "--format", "jsonl", "--engine", "spark"],
        env=environment,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0
    assert done.stdout == local.stdout
    assert done.stderr == local.stderr
