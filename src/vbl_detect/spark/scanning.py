"""A scan of Parquet and CSV files on Spark; what it writes is what a scan on one machine writes.

A worker reads a file from its beginning to its end, since only so a row has its number and a cell
may hold line breaks; all workers judge the notes of all files.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vbl_detect import __version__, files
from vbl_detect.counts import RunCounts
from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.manifest import Manifest, manifest_path, write_manifest
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.readers import find_files
from vbl_detect.records import Finding
from vbl_detect.running import STDIN, RunListener, RunSettings, run, size_of
from vbl_detect.spark.extra import require_java, require_pyspark
from vbl_detect.spark.file_worker import (
    JUDGED_SCHEMA,
    READ_SCHEMA,
    JudgingNotes,
    Reading,
    finding_of,
)
from vbl_detect.spark.frames import map_in_pandas
from vbl_detect.spark.pipelines import Pipeline
from vbl_detect.spark.progress import telling
from vbl_detect.spark.session import session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What can be read: tables of which a row is a note.
SUFFIXES = (".csv", ".tsv", ".tab", ".parquet")
#: A task judges about so much; more tasks than four for each core make up for those that last.
_BYTES_PER_TASK, _TASKS_PER_CORE = 4_000_000, 4


def scan(paths: list[Path], settings: RunSettings, listener: RunListener) -> Manifest:
    """Scan files on Spark, write the findings, and return the manifest of the run.

    Parameters
    ----------
    paths : list of Path
        Parquet and CSV files, and folders of them, which every worker can open under the same path.
    settings : RunSettings
        What to read, find and write; the writing is the driver's.
    listener : RunListener
        Hears what the readers say, and keeps it.

    Raises
    ------
    UsageError
        If Spark is not installed, a path or an option names something that is not there, or an
        option has no meaning here.
    ReaderError
        If something cannot be read and the listener stops there.
    SparkJobError
        If Spark gives the job up.
    """
    require_pyspark()
    require_java()
    named = _files(paths, settings, listener)
    with ExitStack() as stack:

        def find(counts: RunCounts) -> Iterator[Finding]:
            return stack.enter_context(closing(_found(named, settings, listener, counts)))

        manifest = run(named, (), settings, listener, find=find)
    if settings.output is not None:
        write_manifest(manifest, manifest_path(settings.output))
    return manifest


def _files(paths: list[Path], settings: RunSettings, listener: RunListener) -> list[Path]:
    """Return what to read, once it is plain that it can be and that the output can be written."""
    if settings.resume is not None:
        raise UsageError(
            "--resume is not for --engine spark, which goes on by itself when it loses a worker; "
            "leave it out"
        )
    if settings.read.sheet is not None:
        raise UsageError(
            "--sheet is not for --engine spark, which reads no workbooks; leave it out"
        )
    if settings.workers not in (None, 1):
        raise UsageError(
            "--workers is for one machine; how many judge at once with --engine spark is set up in "
            "Spark (spark.master); leave it out"
        )
    if STDIN in paths:
        raise UsageError(
            "--engine spark reads no standard input; name files, or leave --engine out"
        )
    if settings.output is not None:
        files.check_place(settings.output)
    found = find_files(paths, listener, suffixes=SUFFIXES)
    for path in found:
        if path.suffix.lower() not in SUFFIXES:
            raise UsageError(
                f"{path}: --engine spark reads {', '.join(SUFFIXES)}; scan this file without it"
            )
    if settings.output is not None:
        files.check_not_read(settings.output, found)
    return found


def _found(
    named: Sequence[Path], settings: RunSettings, listener: RunListener, counts: RunCounts
) -> Generator[Finding, None, None]:
    """Yield the findings in order, and tell the listener what the workers' readers said."""
    if not named:
        return
    opened = -1
    with session() as spark:
        tasks = _tasks(spark, named)
        judged = _judged(spark, named, settings, tasks)
        with telling(spark.sparkContext.statusTracker(), tasks, listener):
            # All is judged before the first row comes: sorting waits for the last.
            rows = judged.sort("file", "number", "finding").toLocalIterator()
        for row in rows:
            while opened < row.file:
                opened += 1
                listener.opened(named[opened])
            if row.kind == "finding":
                yield finding_of(row.content)
            elif row.kind == "end":
                counts.notes += int(row.content)
            else:
                _tell(row.kind, row.content, listener)
        judged.unpersist()


def _tell(kind: str, content: str, listener: RunListener) -> None:
    match kind:
        case "notice":
            listener.notice(content)
        case "warning":
            listener.warning(content)
        case "problem":
            values = json.loads(content)
            listener.problem(ReaderError(values.pop("message"), **values))
        case _:
            raise UsageError(content)


def _tasks(spark: SparkSession, named: Sequence[Path]) -> int:
    """Return in how many tasks to judge."""
    by_cores: int = spark.sparkContext.defaultParallelism * _TASKS_PER_CORE
    return max(by_cores, sum(map(size_of, named)) // _BYTES_PER_TASK)


def _judged(
    spark: SparkSession, named: Sequence[Path], settings: RunSettings, tasks: int
) -> DataFrame:
    from pyspark import StorageLevel  # noqa: PLC0415 - an extra

    places = tuple((str(path.absolute()), str(path)) for path in named)
    read = map_in_pandas(
        spark.range(0, len(named), 1, len(named)), Reading(places, settings.read), READ_SCHEMA
    )
    lexicons = tuple(str(path.absolute()) for path in settings.lexicons)
    lexicon = find_matcher(load(lexicons=lexicons, model=None)).lexicon
    judging = JudgingNotes(
        pipeline=Pipeline(settings.model, lexicons, __version__, lexicon.sha256),
        selection=replace(settings.selection, places={}),
        min_score=settings.min_score,
        mask=settings.mask,
    )
    # Sorting looks at its input twice; without a copy on the workers' disks it would be judged
    # twice. The rows' own numbers share them out, so that a lost share comes out the same again.
    spread = read.repartition(tasks, "file", "number")
    judged = map_in_pandas(spread, judging, JUDGED_SCHEMA)
    return judged.persist(StorageLevel.DISK_ONLY)
