"""Which of the findings a report is of, and from which score on they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vbl_detect.counts import how_many
from vbl_detect.findings_files import FindingsFile
from vbl_detect.lexicon import read_lexicon
from vbl_detect.records import Finding
from vbl_detect.resources import lexicon_dir
from vbl_detect.selection import Selection
from vbl_detect.settings import Settings, told
from vbl_detect.settings.adjusting import adjust, counted_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to choose.

    Attributes
    ----------
    selection : Selection
        The codes to report.
    min_score : float, optional
        The score from which findings count; None: as they counted when they were found.
    settings : Settings
        The settings file, with what it says of single files and of phrases that are all right.
    lexicons : tuple of Path
        Lexicon folders laid over the built-in one.
    """

    selection: Selection = field(default_factory=Selection)
    min_score: float | None = None
    settings: Settings = field(default_factory=Settings)
    lexicons: tuple[Path, ...] = ()


def choose(
    files: Sequence[FindingsFile], choice: Choice
) -> tuple[Sequence[FindingsFile], Sequence[str]]:
    """Return the files with the findings chosen, and what was chosen, in sentences.

    Parameters
    ----------
    files : sequence of FindingsFile
        The files, with their findings as they were written.
    choice : Choice
        What to choose.

    Raises
    ------
    UsageError
        If a name fits no code, category or severity.
    LexiconError
        If a lexicon has faults.
    """
    selection, settings = choice.selection, choice.settings
    selects = bool(selection.select or selection.ignore)
    if not selects and choice.min_score is None and not settings.per_file and not settings.allow:
        return files, ()
    lexicon = read_lexicon([lexicon_dir(), *choice.lexicons])
    selection.check(lexicon, (finding for file in files for finding in file.findings))

    def chosen(findings: Sequence[Finding]) -> Iterator[Finding]:
        kept = (finding for finding in findings if selection.keeps(finding))
        if choice.min_score is not None:
            kept = (counted_from(choice.min_score, finding) for finding in kept)
        return adjust(kept, settings, lexicon)

    fewer = [file.with_findings(tuple(chosen(file.findings))) for file in files]
    if not selects and choice.min_score is None and _same(files, fewer):
        return files, ()
    return fewer, [*_asked(choice), _became(files, fewer), _OF_ALL]


_OF_ALL = (
    "The number of notes read, and the shares of them, are of all notes that the scan read, "
    "whatever was found in them."
)


def _same(before: Sequence[FindingsFile], after: Sequence[FindingsFile]) -> bool:
    return all(one.findings == other.findings for one, other in zip(before, after, strict=True))


def _asked(choice: Choice) -> Iterator[str]:
    """Yield what was asked for."""
    selection = choice.selection
    if selection.select or selection.ignore:
        parts = [f"those of {_listed(selection.select)}"] if selection.select else ["all"]
        if selection.ignore:
            parts.append(f"those of {_listed(selection.ignore)}")
        held = (", without " if selection.select else " but ").join(parts)
        yield f"Of the findings in the files, this report holds {held}."
    if choice.min_score is not None:
        yield f"Findings count from score {choice.min_score:g} on."
    if choice.settings.path is not None:
        yield f"The settings of {told(choice.settings.path)} are in force."


def _became(before: Sequence[FindingsFile], after: Sequence[FindingsFile]) -> str:
    """Return how many findings are left."""
    (all_, all_counted), (left, left_counted) = _sizes(before), _sizes(after)
    return (
        f"The files hold {how_many(all_, 'finding')}, {all_counted:,} of which counted when they "
        f"were scanned; this report holds {left:,}, {left_counted:,} of which count."
    )


def _sizes(files: Sequence[FindingsFile]) -> tuple[int, int]:
    findings = [finding for file in files for finding in file.findings]
    return len(findings), sum(finding.counted for finding in findings)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
