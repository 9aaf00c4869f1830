"""A scan from files to files: read, detect, write, and account for it in a manifest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import describe_model
from vbl_detect.detection import detect
from vbl_detect.errors import ReaderError
from vbl_detect.lexicon import Lexicon
from vbl_detect.manifest import (
    InputFile,
    LexiconUsed,
    Manifest,
    RunCounts,
    manifest_path,
    now,
    write_manifest,
)
from vbl_detect.pipeline import ModelChoice, find_matcher, load
from vbl_detect.readers import ReadListener, ReadOptions, find_files, read_notes, read_stream
from vbl_detect.readers.reading import STDIN_NAME
from vbl_detect.records import SEVERITIES, Finding, Note, Show
from vbl_detect.selection import Selection
from vbl_detect.writers import RunInfo, choose_format, write_findings

#: The path that stands for standard input.
STDIN = Path("-")

FailOn = Literal["never", "low", "medium", "high"]
OnError = Literal["skip", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a scan was asked to do; the manifest keeps it."""

    read: ReadOptions = field(default_factory=ReadOptions)
    selection: Selection = field(default_factory=Selection)
    lexicons: tuple[Path, ...] = ()
    min_score: float | None = None
    model: ModelChoice = "full"
    output_format: str | None = None
    output: Path | None = None
    show: Show = "sentence"
    include_context: bool = False
    on_error: OnError = "skip"
    fail_on: FailOn = "never"
    stdin_filename: str = STDIN_NAME

    def as_dict(self) -> dict[str, Any]:
        """Return the settings that shape the findings, as values that JSON can hold."""
        return {
            "encoding": self.read.encoding,
            "fail_on": self.fail_on,
            "id_column": self.read.id_column,
            "ignore": list(self.selection.ignore),
            "keep_columns": list(self.read.keep_columns),
            "lexicons": [str(path) for path in self.lexicons],
            "min_score": self.min_score,
            "on_error": self.on_error,
            "select": list(self.selection.select),
            "sheet": self.read.sheet,
            "show": self.show,
            "text_columns": list(self.read.text_columns),
        }


class ScanListener(ReadListener):
    """Keeps what the readers say, for the manifest and the exit code.

    Parameters
    ----------
    on_error : {"skip", "fail"}
        Whether a row that cannot be read is named and skipped, or ends the run.

    Attributes
    ----------
    total_bytes : int
        The size of everything to be read.
    paths : list of Path
        The files opened so far.
    problems, warnings : list of str
        What could not be read, and what may have lost text before it came here.
    """

    def __init__(self, *, on_error: OnError = "skip") -> None:
        self._on_error = on_error
        self.total_bytes = 0
        self.paths: list[Path] = []
        self.problems: list[str] = []
        self.warnings: list[str] = []

    def opened(self, path: Path) -> None:
        """Take the next file."""
        self.paths.append(path)

    def warning(self, message: str) -> None:
        """Keep a warning."""
        self.warnings.append(message)

    def problem(self, error: ReaderError) -> None:
        """Keep a problem, or end the run with it."""
        if self._on_error == "fail":
            raise error
        self.problems.append(str(error))


def scan(paths: list[Path], settings: ScanSettings, listener: ScanListener) -> Manifest:
    """Scan files, write the findings, and return the manifest of the run.

    Parameters
    ----------
    paths : list of Path
        Files, folders, or ``-`` for standard input.
    settings : ScanSettings
        What to read, find and write.
    listener : ScanListener
        Hears what the readers say, and keeps it.

    Raises
    ------
    UsageError
        If an option names something that is not there.
    ReaderError
        If something cannot be read and the listener stops there.
    """
    chosen = choose_format(settings.output_format, settings.output)
    nlp = load(lexicons=settings.lexicons, model=settings.model)
    lexicon = find_matcher(nlp).lexicon
    settings.selection.codes(lexicon)  # a wrong name is told before anything is read
    files = _files(paths, settings, listener)
    listener.total_bytes = sum(path.stat().st_size for path in files if path != STDIN)
    counts = RunCounts()
    inputs: list[InputFile] = []
    manifest = Manifest(
        inputs=inputs,
        lexicon=_lexicon_used(lexicon),
        model=_model_used(settings.model),
        settings=settings.as_dict(),
        counts=counts,
        problems=listener.problems,
        started=now(),
    )
    notes = counts.count_notes(_read(files, settings, listener))
    findings = detect(notes, nlp, selection=settings.selection, min_score=settings.min_score)
    run = RunInfo(
        manifest=manifest,
        keep_columns=settings.read.keep_columns,
        include_context=settings.include_context,
    )
    shown = _finish(_shown(findings, settings.show), listener, counts, inputs)
    write_findings(shown, chosen, settings.output, run)
    manifest = replace(manifest, finished=now())
    if settings.output is not None:
        write_manifest(manifest, manifest_path(settings.output))
    return manifest


def fails(counts: RunCounts, fail_on: FailOn) -> bool:
    """Tell whether a run has a counted finding at or above `fail_on`.

    Parameters
    ----------
    counts : RunCounts
        The totals of the run.
    fail_on : {"never", "low", "medium", "high"}
        The severity from which on a finding fails the run.
    """
    if fail_on == "never":
        return False
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(number for (_, severity), number in counts.counted.items() if severity in grave)


def _files(paths: list[Path], settings: ScanSettings, listener: ScanListener) -> list[Path]:
    """Return what to read, in order; what this or an earlier run writes there is left out."""
    named = [path for path in paths if path != STDIN]
    files = find_files(named, listener)
    if settings.output is not None:
        written = {settings.output.resolve(), manifest_path(settings.output).resolve()}
        files = [path for path in files if path.resolve() not in written]
    return files + [STDIN] * (STDIN in paths)


def _read(files: list[Path], settings: ScanSettings, listener: ScanListener) -> Iterator[Note]:
    for path in files:
        listener.opened(path)
        if path == STDIN:
            stream, name = sys.stdin.buffer, settings.stdin_filename
            yield from read_stream(stream, settings.read, listener, name=name)
        else:
            yield from read_notes([path], settings.read, listener)


def _shown(findings: Iterable[Finding], show: Show) -> Iterator[Finding]:
    return (finding.shown(show) for finding in findings)


def _finish(
    findings: Iterable[Finding],
    listener: ScanListener,
    counts: RunCounts,
    inputs: list[InputFile],
) -> Iterator[Finding]:
    """Pass the findings on, and complete what writers read last: inputs, problems, warnings."""
    yield from findings
    counts.problems, counts.warnings = len(listener.problems), len(listener.warnings)
    inputs += [
        InputFile(path=STDIN_NAME) if path == STDIN else InputFile.of(path)
        for path in listener.paths
    ]


def _model_used(choice: ModelChoice) -> dict[str, Any]:
    scores = scoring.describe(resources.model_dir() / "lexicon-scores")
    return {
        **describe_model(resources.find_model(resources.MODEL)),
        "choice": choice,
        "lexicon_scores_sha256": scores["sha256"],
    }


def _lexicon_used(lexicon: Lexicon) -> LexiconUsed:
    own = lexicon.folders[1:]
    name = " + ".join(("built-in", *own))
    return LexiconUsed(name=name, sha256=lexicon.sha256, rows=len(lexicon.terms))
