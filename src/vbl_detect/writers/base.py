"""What every writer shares: what it is told of the run, its signature, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TextIO, cast

from vbl_detect.manifest import Manifest, RunCounts
from vbl_detect.records import FINDING_COLUMNS, Finding, Show, kept_column_name
from vbl_detect.writers.visible import without_surrogates


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """What a writer is told of the run.

    Attributes
    ----------
    manifest : Manifest
        The run so far. Its counts are complete once the findings are used up, so a writer reads
        them last.
    keep_columns : tuple of str
        The names of the columns kept from the source, as they stand in `Finding.meta`; told here
        so that an empty result has them too.
    include_context : bool
        Whether formats meant for people show findings that do not count; data formats always do.
    details : bool
        Whether `full` names score and source beside the reason and the better words.
    max_findings : int, optional
        How many findings to write at most; None: all.
    tally : bool
        Whether to write how many findings each code has in place of the findings.
    paths_left_out : set of str or None
        The files of findings that `max_findings` left out; complete once the findings are used up.
    """

    manifest: Manifest = field(default_factory=Manifest)
    keep_columns: tuple[str, ...] = ()
    include_context: bool = False
    details: bool = True
    max_findings: int | None = None
    tally: bool = False
    paths_left_out: set[str | None] = field(default_factory=set)

    @property
    def counts(self) -> RunCounts:
        """The totals of the run, complete once its findings are used up."""
        return self.manifest.counts

    @property
    def kept_names(self) -> tuple[str, ...]:
        """The output names of the kept columns, each once."""
        return tuple(dict.fromkeys(output_name(name) for name in self.keep_columns))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the output: the finding's own, then the kept ones."""
        return FINDING_COLUMNS + self.kept_names

    def shown(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Pass on the findings that a format meant for people shows."""
        return (finding for finding in findings if finding.counted or self.include_context)

    def limited(self, findings: Iterable[Finding], *, data: bool) -> Iterator[Finding]:
        """Pass on no more findings than `max_findings`, and count those left out.

        Parameters
        ----------
        findings : iterable of Finding
            All findings, used up whatever the limit is, so that the counts are complete.
        data : bool
            Whether the format writes those that do not count as well.
        """
        written = 0
        for finding in findings:
            if finding.counted or self.include_context or data:
                if written == self.max_findings:
                    self.counts.left_out += 1
                    self.paths_left_out.add(finding.path)
                    continue
                written += 1
            yield finding


def output_name(kept: str) -> str:
    """Return the output name of a kept column, as a file can hold it."""
    return without_surrogates(kept_column_name(kept))


#: Writes findings to an open stream; lines end in what the format asks for.
TextWriter = Callable[[Iterable[Finding], TextIO, RunInfo], None]
#: Writes findings to a path, which exists and may be overwritten.
FileWriter = Callable[[Iterable[Finding], Path, RunInfo], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One output format; its module is imported only when it is used.

    Attributes
    ----------
    module, function : str
        Where the writer is: a module of this package and a function in it.
    suffixes : tuple of str
        The endings of a file's name that choose the format.
    other_suffixes : tuple of str
        Further endings that are right for it when it is asked for by name.
    binary : bool
        Whether it is a `FileWriter`, which cannot write to standard output.
    terminal : bool
        Whether it is laid out for a screen and keeps to the stream's own encoding; other text
        formats are UTF-8 everywhere.
    data : bool
        Whether it holds every finding, those that do not count included, for programs to read.
    show : {"reference", "phrase", "sentence"}
        How much of the note's text it holds unless told otherwise: no more than the phrase in a
        format that ends up in the logs of other systems.
    file_encoding : str
        The encoding in a file.
    """

    module: str
    function: str = "write"
    suffixes: tuple[str, ...] = ()
    other_suffixes: tuple[str, ...] = ()
    binary: bool = False
    terminal: bool = False
    data: bool = False
    show: Show = "sentence"
    file_encoding: str = "utf-8"

    def write_text(self, findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
        """Write `findings` to an open stream; for a format that is text."""
        cast("TextWriter", self._writer())(findings, out, run)

    def write_file(self, findings: Iterable[Finding], path: Path, run: RunInfo) -> None:
        """Write `findings` into the file at `path`, in place."""
        if self.binary:
            cast("FileWriter", self._writer())(findings, path, run)
            return
        with path.open("w", encoding=self.file_encoding, newline="", errors="replace") as out:
            self.write_text(findings, out, run)

    def _writer(self) -> object:
        return getattr(import_module(f"vbl_detect.writers.{self.module}"), self.function)
