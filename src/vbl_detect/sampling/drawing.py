"""A sample from files: every note put into its stratum, some drawn, and their texts fetched."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.readers import ReadListener, ReadOptions, find_files, read_notes
from vbl_detect.records import Note
from vbl_detect.report.columns import refuse_people
from vbl_detect.sampling.allocation import allocate, choose
from vbl_detect.sampling.planning import Expected, Plan, plan_for
from vbl_detect.sampling.strata import Design, Stratum
from vbl_detect.sampling.verdicts import NoteKey, Verdicts, input_of, key_of, read_verdicts

_NO_VALUE = "(empty)"
_STDIN = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to draw.

    Attributes
    ----------
    size : int
        Notes in all.
    by : tuple of str
        Columns whose values part the strata.
    seed : int
        What decides the draw.
    minimum : int
        Least number from each stratum.
    per_stratum : int, optional
        As many from each stratum, in place of `size`.
    flagged_share : float
        The flagged notes' part of the sample, from 0 to 1.
    """

    size: int
    by: tuple[str, ...] = ()
    seed: int = 1
    minimum: int = 5
    per_stratum: int | None = None
    flagged_share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """All notes, by stratum.

    Attributes
    ----------
    paths : sequence of Path
        The files.
    inputs : sequence of (str, str)
        Their names and SHA-256.
    options : ReadOptions
        How they were read.
    strata : sequence of Stratum
        In order of their names, flagged before others.
    stratum_of : array of int
        Of each note, in the order read, the stratum's index.
    verdicts : Verdicts, optional
        What the tool found.
    """

    paths: Sequence[Path]
    inputs: Sequence[tuple[str, str]]
    options: ReadOptions
    strata: Sequence[Stratum]
    stratum_of: array[int]
    verdicts: Verdicts | None = None

    @property
    def remarks(self) -> Sequence[str]:
        """What a reader of the sample has to know."""
        if self.verdicts is None:
            return [
                "without --findings, the tool's precision and recall cannot be estimated; scan "
                "these files first to have them"
            ]
        return self.verdicts.remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A sample: its design, and its notes in the order of their numbers."""

    design: Design
    notes: Sequence[Note]
    phrases: Sequence[Sequence[str]] = field(default_factory=tuple)


def read_population(
    paths: Sequence[Path],
    findings: Path | None,
    by: Sequence[str],
    options: ReadOptions,
    listener: ReadListener,
) -> Population:
    """Read all notes once and return how many there are in each stratum.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    findings : Path, optional
        What ``scan -o`` wrote of them.
    by : sequence of str
        Columns whose values part the strata.
    options : ReadOptions
        How to read them.
    listener : ReadListener
        Hears what the readers say.

    Raises
    ------
    UsageError
        If a column or file is not there, a column names staff, or the findings are of other files.
    ReaderError
        If the findings cannot be read.
    """
    if _STDIN in paths:
        raise UsageError("-: a sample is read twice, and standard input is not; save it to a file")
    found = find_files(paths, listener)
    kept = set() if findings is None else {findings.resolve()}
    found = [path for path in found if path.resolve() not in kept]
    inputs = [input_of(path) for path in found]
    verdicts = None if findings is None else read_verdicts(findings, inputs)
    if verdicts is not None:
        options = verdicts.options(options)
    options = replace(options, keep_columns=tuple(by), split=False)
    numbers: dict[tuple[bool | None, tuple[str, ...]], int] = {}
    stratum_of = array("l")
    unmatched = set(verdicts.phrases) if verdicts else set()
    for note in read_notes(found, options, listener):
        key = key_of(note)
        unmatched.discard(key)
        flagged = None if verdicts is None else key in verdicts.phrases
        values = tuple(_value(note.meta.get(name)) for name in by)
        stratum_of.append(numbers.setdefault((flagged, values), len(numbers)))
    _check(unmatched, verdicts, stratum_of)
    for place, name in enumerate(by):
        refuse_people(name, sorted({values[place] for _, values in numbers}))
    order = sorted(numbers, key=lambda key: (key[1], key[0] is not True))
    new = {numbers[key]: index for index, key in enumerate(order)}
    stratum_of = array("l", (new[number] for number in stratum_of))
    sizes = [0] * len(order)
    for number in stratum_of:
        sizes[number] += 1
    strata = [
        Stratum(flagged=flagged, values=values, notes=size)
        for (flagged, values), size in zip(order, sizes, strict=True)
    ]
    return Population(
        paths=found,
        inputs=inputs,
        options=options,
        strata=strata,
        stratum_of=stratum_of,
        verdicts=verdicts,
    )


def _check(unmatched: Set[NoteKey], verdicts: Verdicts | None, notes: Sequence[int]) -> None:
    if not notes:
        raise UsageError("there is no note in these files; name others, or their --text-column")
    if unmatched and verdicts is not None:
        raise UsageError(
            f"{verdicts.path}: {len(unmatched):,} of the notes it tells of are not in these files "
            "as they are read now; give --text-column and --sheet as scan had them"
        )


def _value(value: object) -> str:
    return _NO_VALUE if value is None or str(value).strip() == "" else str(value).strip()


def plan_of(population: Population, wanted: Wanted, expected: Expected) -> list[Plan]:
    """Return what the sample can be expected to tell, then one half and one twice its size.

    Parameters
    ----------
    population : Population
        All notes.
    wanted : Wanted
        What to draw.
    expected : Expected
        What is expected of the notes.

    Raises
    ------
    UsageError
        If the strata are too many for the sample.
    """
    plans = [plan_for(allotted(population, wanted), expected)]
    for factor in (0.5, 2):
        number = None if wanted.per_stratum is None else max(1, int(wanted.per_stratum * factor))
        other = replace(wanted, size=max(1, int(wanted.size * factor)), per_stratum=number)
        with suppress(UsageError):  # half of it may be too small for the strata
            plans.append(plan_for(allotted(population, other), expected))
    return list({one.drawn: one for one in reversed(plans)}.values())[::-1]


def allotted(population: Population, wanted: Wanted) -> list[Stratum]:
    """Return the strata with how many notes are to be drawn from each.

    Parameters
    ----------
    population : Population
        All notes.
    wanted : Wanted
        What to draw.

    Raises
    ------
    UsageError
        If the strata are too many for the sample.
    """
    if wanted.per_stratum is not None:
        return [replace(s, drawn=min(wanted.per_stratum, s.notes)) for s in population.strata]
    verdicts = {stratum.flagged for stratum in population.strata}
    share = wanted.flagged_share if verdicts == {True, False} else None
    return allocate(population.strata, wanted.size, minimum=wanted.minimum, flagged_share=share)


def draw(population: Population, wanted: Wanted) -> Drawn:
    """Draw a sample and fetch its texts.

    Parameters
    ----------
    population : Population
        All notes.
    wanted : Wanted
        What to draw.

    Raises
    ------
    UsageError
        If the strata are too many for the sample, or the files have changed since they were read.
    """
    strata = allotted(population, wanted)
    chosen = choose(strata, population.stratum_of, wanted.seed)
    texts = dict(_fetch(population, set(chosen)))
    verdicts = population.verdicts
    notes = [texts[position] for position in chosen]
    design = Design(
        strata=strata,
        items=[
            (population.stratum_of[position], reference_of(texts[position])) for position in chosen
        ],
        by=wanted.by,
        seed=wanted.seed,
        inputs=population.inputs,
        findings=None if verdicts is None else (verdicts.path, verdicts.sha256),
    )
    phrases = [verdicts.phrases.get(key_of(n), []) if verdicts else [] for n in notes]
    return Drawn(design=design, notes=notes, phrases=phrases)


def reference_of(note: Note) -> str:
    """Return what readers know a note by: its record's reference, or its file and row."""
    return note.record_id or place_of_note(note)


def place_of_note(note: Note) -> str:
    """Return where a note stands: file, sheet and row."""
    row = None if note.row is None else f"row {note.row}"
    return ", ".join(part for part in (note.path, note.sheet, row) if part)


def _fetch(population: Population, positions: set[int]) -> Iterator[tuple[int, Note]]:
    number = 0
    for note in read_notes(population.paths, population.options, _Silent()):
        if number in positions:
            yield number, note
        number += 1
    if number != len(population.stratum_of):
        raise UsageError("the files changed while they were read; draw the sample again")


class _Silent(ReadListener):
    """Says nothing a second time."""

    def notice(self, message: str) -> None:
        pass

    def warning(self, message: str) -> None:
        pass

    def problem(self, error: ReaderError) -> None:
        pass
