"""The one path of every run over files: judge notes, write findings, account for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import describe_model
from vbl_detect.journal import Journal
from vbl_detect.judging import judge
from vbl_detect.lexicon import Lexicon
from vbl_detect.manifest import InputFile, LexiconUsed, Manifest, RunCounts, now
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.readers import STDIN_NAME, read_stream
from vbl_detect.readers.base import Source
from vbl_detect.readers.reading import read_source
from vbl_detect.records import SEVERITIES, FailOn, Finding, ModelChoice, Note
from vbl_detect.run_listener import RunListener, size_of
from vbl_detect.run_settings import STDIN, OnError, RunSettings
from vbl_detect.settings.adjusting import adjust
from vbl_detect.suppression import Suppressor, read_baseline
from vbl_detect.writers import WRITERS, RunInfo, choose_format, write_findings

__all__ = [
    "STDIN",
    "OnError",
    "RunListener",
    "RunSettings",
    "fails",
    "read_file",
    "run",
    "size_of",
]

#: Settings that do not change what is found in a note.
_AFTERWARDS = {
    "baseline", "fail_on", "keep_columns", "mask", "on_error", "show", "suppressions",
}  # fmt: skip


def run(
    files: Sequence[Path],
    notes: Iterable[Note],
    settings: RunSettings,
    listener: RunListener,
    *,
    journal: Journal | None = None,
    find: Callable[[RunCounts], Iterable[Finding]] | None = None,
) -> Manifest:
    """Judge the notes of files, write the findings, and return the manifest of the run.

    Parameters
    ----------
    files : sequence of Path
        What the notes come from, in order; ``-`` is standard input.
    notes : iterable of Note
        Their notes, as `read_file` yields them; nothing is read before the settings are found good.
    settings : RunSettings
        What to find and write.
    listener : RunListener
        Hears what the readers say, and keeps it.
    journal : Journal, optional
        Where to keep what is judged until the run is done; None: nowhere.
    find : callable, optional
        What finds in the notes' place, and counts the notes; None: they are judged here.

    Raises
    ------
    UsageError
        If an option names something that is not there, or the journal is of another run.
    ReaderError
        If something cannot be read and the listener stops there.
    """
    chosen = choose_format(settings.output_format, settings.output, tally=settings.statistics)
    show = settings.show or WRITERS[chosen].show
    nlp = load(lexicons=settings.lexicons, model=settings.model)
    lexicon = find_matcher(nlp).lexicon
    settings.selection.codes(lexicon)  # a wrong name is told before anything is read
    listener.total_bytes = sum(size_of(path) for path in files)
    counts = RunCounts()
    inputs: list[InputFile] = []
    manifest = Manifest(
        inputs=inputs,
        lexicon=_lexicon_used(lexicon),
        model=_model_used(settings.model),
        settings={**settings.as_dict(), "show": show},
        counts=counts,
        problems=listener.problems,
        started=now(),
    )
    info = RunInfo(
        manifest=manifest,
        keep_columns=settings.read.keep_columns,
        include_context=settings.include_context,
        details=settings.details,
        max_findings=settings.max_findings,
        tally=settings.statistics,
    )
    today = date.today()
    if journal is not None:
        _open(journal, manifest, files, today, listener)
        manifest, today = replace(manifest, started=journal.started), journal.day
        info = replace(info, manifest=manifest)
    suppressor = _suppressor(settings, lexicon, today)
    found = (
        find(counts)
        if find is not None
        else judge(
            suppressor.prepare(counts.count_notes(notes)),
            nlp,
            journal,
            listener,
            selection=settings.selection,
            min_score=settings.min_score,
            mask=settings.mask,
            workers=settings.workers,
            lexicons=settings.lexicons,
            model=settings.model,
        )
    )
    adjusted = adjust(found, settings.file, lexicon, today=today)
    findings = (finding.hidden().shown(show) for finding in suppressor.apply(adjusted))
    shown = _finish(findings, listener, suppressor, counts, inputs)
    folder = None if journal is None else journal.folder
    write_findings(shown, chosen, settings.output, info, folder=folder)
    return replace(manifest, finished=now())


def read_file(path: Path, settings: RunSettings, listener: RunListener) -> Iterator[Note]:
    """Yield the notes of one file, or of standard input.

    Parameters
    ----------
    path : Path
        The file; ``-`` is standard input.
    settings : RunSettings
        How to read it.
    listener : RunListener
        Hears what the reader says.
    """
    listener.opened(path)
    before = _state(path)
    if path == STDIN:
        stream, name = sys.stdin.buffer, settings.stdin_filename
        yield from read_stream(stream, settings.read, listener, name=name)
    else:
        yield from read_source(Source.of(path), settings.read, listener)
        if _state(path) != before:
            listener.warning(
                f"{path}: the file was changed while it was read, so some of it may be missing; "
                "scan it again when no program writes to it"
            )


def _state(path: Path) -> tuple[int, int] | None:
    """Return size and time of change of a file; None if it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


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


def _open(
    journal: Journal, manifest: Manifest, files: Sequence[Path], today: date, listener: RunListener
) -> None:
    """Open a journal by all that the findings depend on."""
    inputs = {str(path): InputFile.of(path).sha256 for path in files if path != STDIN}
    basis = {
        "vbl-detect": manifest.tool_version,
        "the version of": dict(manifest.library_versions),
        "the lexicon": manifest.lexicon and manifest.lexicon.sha256,
        "the model": manifest.model,
        "the setting": {k: v for k, v in manifest.settings.items() if k not in _AFTERWARDS},
        "the input": inputs,
    }
    message = journal.open(basis, started=manifest.started or now(), today=today)
    if message is not None:
        listener.notice(message)


def _suppressor(settings: RunSettings, lexicon: Lexicon, today: date) -> Suppressor:
    baseline = None if settings.baseline is None else read_baseline(settings.baseline)
    return Suppressor(
        today=today,
        baseline=baseline,
        known_codes=lexicon.reportable,
        heed=settings.suppressions,
    )


def _finish(
    findings: Iterable[Finding],
    listener: RunListener,
    suppressor: Suppressor,
    counts: RunCounts,
    inputs: list[InputFile],
) -> Iterator[Finding]:
    """Pass the findings on, and complete what writers read last: inputs, problems, warnings."""
    yield from findings
    for message in suppressor.messages:
        listener.warning(message)
    counts.problems, counts.warnings = len(listener.problems), len(listener.warnings)
    inputs += [
        InputFile(path=STDIN_NAME) if path == STDIN else InputFile.of(path)
        for path in (*listener.paths, *suppressor.files)
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
