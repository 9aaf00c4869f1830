"""The Spark session of a command: as the user has set Spark up, or all on this machine."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from vbl_detect.errors import IntegrityError, VblDetectError
from vbl_detect.spark.extra import require_java, require_pyspark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

logger = logging.getLogger(__name__)

#: What says that the user has set Spark up; otherwise it runs on this machine and nowhere else.
_SET_UP = ("PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME", "MASTER")
_HERE: dict[str, bool | float | int | str | None] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
}
#: Rows that go to a worker at a time; the ten thousand of the default can be gigabytes.
_ROWS_PER_BATCH = "1000"
_OWN_ERROR = re.compile(r"^vbl_detect\.errors\.(\w+): (.+)$", re.MULTILINE)


class SparkJobError(VblDetectError):
    """A Spark job that ended early, or a Spark that did not start."""


@contextmanager
def session() -> Iterator[SparkSession]:
    """Give a Spark session, and end it after the block if it was started for it.

    What Java writes goes nowhere, unless the log level is DEBUG. What Spark raises within the
    block becomes a `SparkJobError`, whose message holds no word of it.

    Raises
    ------
    UsageError
        If PySpark or Java is not installed.
    IntegrityError
        If a worker has another vbl-detect or another lexicon.
    SparkJobError
        If Spark does not start, or a job fails.
    """
    require_pyspark()
    require_java()
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    running = SparkSession.getActiveSession()
    try:
        with nullcontext() if logger.isEnabledFor(logging.DEBUG) else _java_unheard():
            spark = running or _start()
    except (PySparkException, Py4JError, OSError) as error:
        raise SparkJobError(
            "Spark did not start; see that 'java -version' tells 17 or newer, and run it again "
            "with -v for what Spark says"
        ) from error
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        logger.debug("what Spark says", exc_info=True)
        raise _plain(error) from None
    finally:
        if running is None:
            spark.stop()


def _start() -> SparkSession:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("vbl-detect")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", _ROWS_PER_BATCH)
    if not any(os.environ.get(name) for name in _SET_UP):
        builder = builder.master("local[*]").config(map=_HERE)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return builder.getOrCreate()


def _plain(error: Exception) -> VblDetectError:
    """Return an error of ours for one of Spark's, which may quote what a worker held."""
    own = _OWN_ERROR.findall(str(error))
    if own:
        kind, message = own[-1]
        made: type[VblDetectError] = IntegrityError if kind == "IntegrityError" else SparkJobError
        return made(f"a Spark worker could not begin: {message}")
    condition = getattr(error, "getCondition", lambda: None)()
    return SparkJobError(
        f"Spark gave the job up ({condition or type(error).__name__}); run it again with -v for "
        "what Spark says"
    )


@contextmanager
def _java_unheard() -> Iterator[None]:
    """Let processes started in the block write nothing to our streams, for all their lives."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = {stream: os.dup(stream) for stream in (1, 2)}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for stream in kept:
            os.dup2(nowhere, stream)
        yield
    finally:
        for stream, copy in kept.items():
            os.dup2(copy, stream)
            os.close(copy)
        os.close(nowhere)
