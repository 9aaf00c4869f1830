"""`vbl-detect scan --engine spark`: what it refuses, before Spark is started."""

import importlib.util
import shutil

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.spark import scanning


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("Ref,Entry text\n1,All is well tonight.\n", "utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"")

    def run(*args):
        return CliRunner().invoke(app, ["scan", "--engine", "spark", *args])

    return run


@pytest.fixture
def there(monkeypatch):
    for name in ("require_pyspark", "require_java"):
        monkeypatch.setattr(scanning, name, lambda: None)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["a.csv", "--resume"], "--resume is not for --engine spark"),
        (["a.csv", "--no-resume"], "--resume is not for --engine spark"),
        (["a.csv", "--sheet", "Log"], "--sheet is not for --engine spark"),
        (["a.csv", "--workers", "3"], "--workers is for one machine"),
        (["-"], "reads no standard input"),
        (["a.xlsx"], "a.xlsx: --engine spark reads .csv, .tsv, .tab, .parquet"),
        (["b.csv"], "b.csv: there is no such file"),
        (["a.csv", "-o", "none/x.jsonl"], "there is no folder none"),
        (["a.csv", "--select", "ZZ"], "'ZZ' is no code"),
        (["a.csv", "--format", "parquet"], "cannot be written to standard output"),
    ],
)
def test_what_has_no_meaning_is_refused_before_spark_starts(run, there, args, told, monkeypatch):
    monkeypatch.setattr(scanning, "session", lambda: pytest.fail("started"))

    result = run(*args)

    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_without_pyspark_the_remedy_is_told(run, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "vbl_detect.spark.extra.find_spec",
        lambda name: None if name == "pyspark" else find(name),
    )

    result = run("a.csv")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: Spark needs PySpark, which is not installed; install it with pip install "
        "'vbl-detect[spark]', and Java 17\n"
    )


@pytest.mark.parametrize(
    ("home", "told"),
    [("/none", "JAVA_HOME is /none, where there is no bin/java"), ("", "Spark needs Java")],
)
def test_without_java_the_remedy_is_told(run, monkeypatch, home, told):
    monkeypatch.setattr(scanning, "require_pyspark", lambda: None)
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)

    result = run("a.csv")

    assert result.exit_code == 2
    assert told in result.stderr
