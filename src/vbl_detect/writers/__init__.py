"""Writers of findings: every output format, which one is meant, and where it goes.

To add a format, write a module with ``write(findings, out, run)`` and add a line to `WRITERS`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from vbl_detect import files
from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.records import Finding
from vbl_detect.writers.base import Format, RunInfo

__all__ = [
    "DEFAULT_FORMAT",
    "WRITERS",
    "RunInfo",
    "choose_format",
    "write_findings",
]

#: Every format by name, in the order `--help` shows them; the first is the default.
WRITERS: dict[str, Format] = {
    "full": Format(module="full", suffixes=(".txt",), terminal=True),
    "concise": Format(module="concise", other_suffixes=(".txt", ".log"), terminal=True),
    "table": Format(module="table", other_suffixes=(".txt", ".log"), terminal=True),
    "jsonl": Format(
        module="json_lines",
        suffixes=(".jsonl", ".ndjson"),
        other_suffixes=(".json", ".txt"),
        data=True,
    ),
    "json": Format(
        module="json_lines",
        function="write_array",
        suffixes=(".json",),
        other_suffixes=(".txt",),
        data=True,
    ),
    # Excel takes a file for UTF-8 only if it begins with a byte order mark.
    "csv": Format(
        module="delimited",
        suffixes=(".csv",),
        other_suffixes=(".txt",),
        data=True,
        file_encoding="utf-8-sig",
    ),
    "xlsx": Format(module="workbook", suffixes=(".xlsx",), binary=True, data=True),
    "parquet": Format(module="parquet", suffixes=(".parquet", ".pq"), binary=True, data=True),
    "md": Format(module="markdown", suffixes=(".md", ".markdown"), other_suffixes=(".txt",)),
    "sarif": Format(module="sarif", suffixes=(".sarif",), other_suffixes=(".json",), show="phrase"),
    "github": Format(module="github", other_suffixes=(".txt", ".log"), show="phrase"),
    "junit": Format(module="junit", suffixes=(".xml",), show="phrase"),
    "rdjson": Format(
        module="rdjson", suffixes=(".rdjson",), other_suffixes=(".json",), show="phrase"
    ),
}

#: What ``--statistics`` writes in place of the findings, by format.
TALLIES: dict[str, Format] = {
    "full": Format(module="tally", terminal=True),
    "concise": Format(module="tally", terminal=True),
    "jsonl": Format(module="tally", function="write_lines"),
    "json": Format(module="tally", function="write_array"),
}

DEFAULT_FORMAT = next(iter(WRITERS))


def choose_format(name: str | None, output: Path | None, *, tally: bool = False) -> str:
    """Return the name of the format that ``--format`` and ``-o`` ask for together.

    Parameters
    ----------
    name : str, optional
        The format asked for; it decides, unless the file's name belongs to another format.
    output : Path, optional
        The file to be written; None: standard output.
    tally : bool
        Whether it is to be the format of ``--statistics``.

    Raises
    ------
    UsageError
        If there is no such format, the file's name tells none or another one, or the format
        cannot go to standard output or hold statistics.
    """
    chosen = _choose(name, output)
    if tally and chosen not in TALLIES:
        raise UsageError(
            f"--statistics cannot be written as {chosen}; the formats that can be are "
            f"{', '.join(TALLIES)}"
        )
    return chosen


#: What a page is asked for by; `report` makes it, from findings.
_PAGES = {"html", "htm"}


def _choose(name: str | None, output: Path | None) -> str:
    ending = "" if output is None else output.suffix.lower()[1:]
    if name in _PAGES or (name is None and ending in _PAGES):
        page = output if ending in _PAGES else "report.html"
        raise UsageError(
            "a page is made from findings: write them with -o findings.jsonl, then "
            f"vbl-detect report findings.jsonl -o {page}"
        )
    if name is not None and name not in WRITERS:
        hint = did_you_mean(name, WRITERS)
        raise UsageError(f"there is no format {name!r}; the formats are {', '.join(WRITERS)}{hint}")
    if output is None:
        name = name or DEFAULT_FORMAT
        if WRITERS[name].binary:
            suffix = WRITERS[name].suffixes[0]
            raise UsageError(
                f"the format {name} cannot be written to standard output; "
                f"name a file with -o, such as -o findings{suffix}"
            )
        return name
    suffix = output.suffix.lower()
    inferred = _by_suffix().get(suffix)
    if name is None:
        if inferred is None:
            raise UsageError(
                f"{output}: the name does not tell the format; choose one with --format "
                f"({', '.join(WRITERS)}) or end the name in one of {', '.join(_by_suffix())}"
            )
        return inferred
    accepted = WRITERS[name].suffixes + WRITERS[name].other_suffixes
    if inferred is not None and suffix not in accepted:
        raise UsageError(
            f"{output}: the name says {inferred} but --format says {name}; leave out --format or "
            f"end the name in {' or '.join(accepted)}"
        )
    return name


def write_findings(
    findings: Iterable[Finding],
    name: str,
    output: Path | None,
    run: RunInfo,
    *,
    stdout: TextIO | None = None,
    folder: Path | None = None,
) -> None:
    """Write `findings` in one format, counting all of them in ``run.counts`` as they pass.

    A file appears whole or not at all, and only its owner can read it.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output; taken one at a time.
    name : str
        The format, see `choose_format`.
    output : Path, optional
        The file to write; None: standard output.
    run : RunInfo
        What the writer is told of the run.
    stdout : TextIO, optional
        What to write to in place of standard output.
    folder : Path, optional
        Where the file stands while it is half-written; None: beside `output`.

    Raises
    ------
    UsageError
        If the file cannot be written there, or the format cannot go to standard output.
    """
    name = choose_format(name, output, tally=run.tally)
    counted: Iterable[Finding] = run.counts.count_findings(findings)
    if run.tally:
        chosen = TALLIES[name]
    else:
        chosen = WRITERS[name]
        counted = run.limited(counted, data=chosen.data)
    if output is not None:
        with files.writing(output, folder=folder) as temporary:
            chosen.write_file(counted, temporary, run)
        return
    with _text_stream(chosen, stdout or sys.stdout) as out:
        chosen.write_text(counted, out, run)
        out.flush()


def _by_suffix() -> dict[str, str]:
    return {suffix: name for name, chosen in WRITERS.items() for suffix in chosen.suffixes}


@contextmanager
def _text_stream(chosen: Format, stream: TextIO) -> Iterator[TextIO]:
    """Give the stream to write to: the screen as it is, or UTF-8 with the format's own line ends.

    On Windows standard output would otherwise turn line ends into CR LF and refuse what the local
    code page cannot hold.
    """
    buffer = getattr(stream, "buffer", None)
    if chosen.terminal or buffer is None:
        yield stream
        return
    stream.flush()
    utf8 = io.TextIOWrapper(buffer, encoding="utf-8", newline="", errors="replace")
    try:
        yield utf8
    finally:
        utf8.detach()  # standard output stays open
