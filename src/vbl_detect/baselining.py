"""Making a baseline of drafts, and taking out of it what has been put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language

from vbl_detect.checking import find_drafts
from vbl_detect.errors import UsageError
from vbl_detect.readers import DOCUMENTS, READERS
from vbl_detect.running import STDIN, RunListener, RunSettings
from vbl_detect.suppressing import judge
from vbl_detect.suppression import Suppressor
from vbl_detect.suppression.baseline import baseline_of, read_baseline, rebased, write_baseline


class Made(NamedTuple):
    """What a baseline was made of: its findings that count, the drafts they are in, all drafts."""

    findings: int
    drafts: int
    files: int


class Pruned(NamedTuple):
    """How many findings a baseline held, and how many it holds now; both with quiet ones."""

    before: int
    after: int


def create(
    paths: Sequence[Path],
    output: Path,
    nlp: Language,
    settings: RunSettings,
    listener: RunListener,
    *,
    today: date,
    replace: bool = False,
) -> Made:
    """Accept what is found in drafts now, and write that into a baseline.

    What is suppressed already is not taken into it.

    Parameters
    ----------
    paths : sequence of Path
        Drafts, folders or patterns of them.
    output : Path
        The baseline.
    nlp : Language
        The pipeline.
    settings : RunSettings
        How to read, and what counts.
    listener : RunListener
        Hears what cannot be read.
    today : date
        The present day.
    replace : bool
        Whether a baseline that is there may be replaced.

    Raises
    ------
    UsageError
        If the baseline is there already, or a draft has no name.
    """
    if STDIN in paths:
        raise UsageError("a baseline is of files: standard input has no name to keep it under")
    if output.exists() and not replace:
        raise UsageError(
            f"{output}: this baseline is there already, and a new one accepts all that was written "
            "since; take out what was put right with 'vbl-detect baseline prune', or say --replace"
        )
    files = find_drafts(paths, listener)
    for file in files:
        if file.suffix.lower() in READERS.keys() - DOCUMENTS:
            raise UsageError(
                f"{file}: this is a table of records, not a draft; a baseline is of drafts"
            )
    suppressor = Suppressor(today=today)
    findings = list(suppressor.apply(judge(files, nlp, settings, listener, suppressor)))
    write_baseline(baseline_of(findings, output))
    counted = [finding for finding in findings if finding.counted]
    return Made(len(counted), len({finding.path for finding in counted}), len(files))


def prune(
    path: Path,
    paths: Sequence[Path],
    nlp: Language,
    settings: RunSettings,
    listener: RunListener,
    *,
    today: date,
) -> Pruned:
    """Take out of a baseline what is no longer in the drafts; nothing is added.

    Parameters
    ----------
    path : Path
        The baseline.
    paths : sequence of Path
        Where to look for drafts beside those it names, which may have been moved.
    nlp : Language
        The pipeline.
    settings : RunSettings
        How to read, and what counts.
    listener : RunListener
        Hears what cannot be read; then nothing is taken out.
    today : date
        The present day.
    """
    baseline = read_baseline(path)
    known = [
        file for name in sorted(baseline.drafts) if (file := baseline.draft_path(name)).exists()
    ]
    files = find_drafts([*known, *paths], listener)
    suppressor = Suppressor(today=today)
    after = rebased(baseline, judge(files, nlp, settings, listener, suppressor))
    if listener.problems:
        return Pruned(baseline.total, baseline.total)
    if after != baseline:
        write_baseline(after)
    return Pruned(baseline.total, after.total)
