"""A real Spark of several processes, whose workers have the built wheel and no checkout.

Where there is no PySpark or no Java these tests are skipped, unless `VBL_SPARK=required` says that
they must run, as CI does.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
CLUSTER = "local-cluster[2,1,1024]"  # two executors of one core and 1,024 MB each
#: A short life needs no optimising compiler.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def missing():
    if importlib.util.find_spec("pyspark") is None:
        return "there is no PySpark; install the extra [spark]"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "there is no Java; install Debian's package openjdk-17-jre-headless"
    return None


@pytest.fixture(scope="session")
def pyspark_and_java():
    reason = missing()
    if reason is not None:
        if os.environ.get("VBL_SPARK") == "required":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def installed_wheel(pyspark_and_java, tmp_path_factory):
    """A folder with the built wheel, installed as pip does it."""
    dist, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    python = [sys.executable, "-m"]
    build = [*python, "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = dist.glob("*.whl")
    install = [*python, "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return target


@pytest.fixture(scope="session")
def spark(installed_wheel, tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    spark = (
        SparkSession.builder.master(CLUSTER)
        .appName("vbl-detect tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "512m")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", JAVA_OPTIONS)
        .config("spark.executor.extraJavaOptions", JAVA_OPTIONS)
        .config("spark.executorEnv.PYTHONPATH", str(installed_wheel))
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "Europe/London")
        .getOrCreate()
    )
    logs = work_folder(spark)
    yield spark
    spark.stop()
    shutil.rmtree(logs, ignore_errors=True)
    patch.undo()


def work_folder(spark):
    """Return where the executors write their logs."""
    import pyspark  # noqa: PLC0415 - an extra

    home = os.environ.get("SPARK_HOME") or str(Path(pyspark.__file__).parent)
    return Path(home, "work", spark.sparkContext.applicationId)


@pytest.fixture(scope="session")
def notes(corpus_dir):
    """Several hundred notes, with what people keep of them."""
    lines = [
        json.loads(line)
        for name in ("dev", "train-1", "train-2")
        for line in (corpus_dir / f"{name}.jsonl").read_text("utf-8").splitlines()[:120]
    ]
    df = pd.DataFrame({"text": [line["text"] for line in lines]})
    df["ref"] = [f"M-{number}" for number in range(len(df))]
    df["number"] = range(len(df))
    return df


@pytest.fixture(scope="session")
def sdf(spark, notes):
    return spark.createDataFrame(list(notes.itertuples(index=False, name=None)), list(notes))
