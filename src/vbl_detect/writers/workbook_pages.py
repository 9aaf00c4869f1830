"""What stands on the workbook's sheets Summary and About this run, as styled rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vbl_detect.counts import RunCounts, summary
from vbl_detect.records import CONTEXTS, SEVERITIES
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import Plain, plain

#: A style of `vbl_detect.writers.cells` and the values of one row.
Row = tuple[str, list[Plain]]

#: Widths of the first columns, in characters.
PAGE_WIDTHS = (40, 40, 12, 12, 12)

_TOP_WORDINGS = 20
_MOST_PROBLEMS = 1_000
_EMPTY: Row = ("plain", [])


def summary_rows(run: RunInfo) -> Iterator[Row]:
    """Return the rows of Summary: headline figures, then tables of what was found.

    Parameters
    ----------
    run : RunInfo
        The run, its findings used up.
    """
    counts = run.counts
    yield "title", ["Victim-blaming language: summary"]
    yield "plain", [summary(counts)]
    yield _EMPTY
    yield "header", ["Headline", "Number"]
    yield "plain", ["Notes read", counts.notes]
    yield "plain", ["Notes with findings that count", counts.notes_with_findings]
    if counts.notes:
        share = counts.notes_with_findings / counts.notes
        yield "share", ["Share of notes with findings that count", share]
    yield "plain", ["Findings that count", counts.total_counted]
    yield "plain", ["Findings in context (not counted)", counts.in_context]
    yield "plain", ["Findings suppressed (not counted)", counts.suppressed]
    yield "plain", ["Findings below the threshold (not counted)", counts.below_threshold]
    yield "plain", ["Rows or files that could not be read", counts.problems]
    yield "plain", ["Warnings", counts.warnings]
    yield _EMPTY
    yield from _category_rows(counts)
    yield _EMPTY
    yield "header", ["By severity", "Findings"]
    for severity, count in counts.by_severity().items():
        yield severity, [severity, count]
    yield _EMPTY
    yield "header", ["By context", "Findings"]
    yield "plain", ["asserted (counts)", counts.total_counted]
    for context in CONTEXTS[1:]:
        yield "plain", [f"{context} (not counted)", counts.by_context[context]]
    yield _EMPTY
    yield "header", ["Top wordings", "Code", "Findings"]
    wordings = sorted(counts.by_term.items(), key=lambda item: (-item[1], item[0]))
    for (code, term), count in wordings[:_TOP_WORDINGS]:
        yield "plain", [term or "(found by the classifier alone)", code, count]


def _category_rows(counts: RunCounts) -> Iterator[Row]:
    yield "header", ["By category", *SEVERITIES, "all"]
    for category, total in counts.by_category().items():
        each = [counts.counted[category, severity] for severity in SEVERITIES]
        yield "plain", [category, *each, total]


def about_rows(run: RunInfo) -> Iterator[Row]:
    """Return the rows of About this run: versions, hashes, settings, inputs, problems.

    What changes from one run to the next with the same input, such as the time, is left to the
    manifest: the same findings give the same workbook.

    Parameters
    ----------
    run : RunInfo
        The run, its findings used up.
    """
    manifest = run.manifest
    yield "title", ["About this run"]
    yield "plain", ["vbl-detect version", manifest.tool_version]
    yield "plain", ["Version of the columns", manifest.schema_version]
    yield "plain", ["spaCy version", manifest.library_versions.get("spacy")]
    if manifest.lexicon is not None:
        yield "plain", ["Lexicon", manifest.lexicon.name]
        yield "plain", ["Lexicon version", manifest.lexicon.version]
        yield "plain", ["Lexicon SHA-256", manifest.lexicon.sha256]
        yield "plain", ["Lexicon rows", manifest.lexicon.rows]
    if manifest.model is None:
        yield "plain", ["Model", "none"]
    else:
        for name, value in manifest.model.items():
            yield "plain", [f"Model {name}", plain(value)]
    yield _EMPTY
    yield "header", ["Setting", "Value"]
    for name, value in manifest.settings.items():
        yield "plain", [name, plain(value)]
    yield _EMPTY
    yield "header", ["Input", "SHA-256", "Bytes"]
    for file in manifest.inputs:
        yield "plain", [file.path, file.sha256, file.bytes]
    if manifest.problems:
        yield _EMPTY
        yield "header", ["Could not be read"]
        for problem in islice(manifest.problems, _MOST_PROBLEMS):
            yield "plain", [problem]
        if len(manifest.problems) > _MOST_PROBLEMS:
            yield (
                "plain",
                [f"and {len(manifest.problems) - _MOST_PROBLEMS:,} more; see the manifest"],
            )
