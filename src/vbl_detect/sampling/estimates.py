"""What the answers of a sample say of all notes, and of the tool."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from vbl_detect.sampling.shares import Floats, Limits, stratified
from vbl_detect.sampling.strata import Answers, Design, Stratum

#: Limits of a 95 % interval.
_LOW, _HIGH = 0.025, 0.975
_NOTHING = 1e-12

_Read = tuple[Stratum, Answers]


class Tally(NamedTuple):
    """A stratum, how many of its notes were answered yes or no, and how many with yes.

    The numbers need not be whole: a plan reckons with what it expects.
    """

    stratum: Stratum
    decided: float
    yes: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its 95 % interval, from 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a sample; None where the answers cannot tell.

    Attributes
    ----------
    share : Figure, optional
        Notes that hold such language, of all notes.
    precision : Figure, optional
        Flagged notes that hold it, of all flagged notes.
    recall : Figure, optional
        Notes that hold it and are flagged, of all that hold it.
    """

    share: Figure | None = None
    precision: Figure | None = None
    recall: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a sample says.

    Attributes
    ----------
    design : Design
        How it was drawn.
    answers : sequence of Answers
        What was answered, stratum by stratum.
    figures : Figures
        From yes and no; notes answered with "unsure", or not at all, as if they had not been drawn.
    bounds : Figures, optional
        The same from the lowest limit to the highest, whatever the unsure answers should have
        been; the value is that of `figures`. None without such answers.
    remarks : sequence of str
        What a reader of the figures has to know.
    """

    design: Design
    answers: Sequence[Answers]
    figures: Figures
    bounds: Figures | None
    remarks: Sequence[str]

    @property
    def total(self) -> tuple[int, int, int] | None:
        """How many notes hold such language, with the limits rounded outwards; None: unknown."""
        share, notes = self.figures.share, self.design.notes
        if share is None:
            return None
        low, high = math.floor(share.low * notes + 1e-6), math.ceil(share.high * notes - 1e-6)
        return round(share.value * notes), low, high


def estimate(design: Design, answers: Sequence[Answers], remarks: Sequence[str] = ()) -> Estimate:
    """Return what the answers say of all notes.

    Parameters
    ----------
    design : Design
        How the sample was drawn.
    answers : sequence of Answers
        What was answered, stratum by stratum.
    remarks : sequence of str
        What was told while the answers were read.
    """
    read = list(zip(design.strata, answers, strict=True))
    figures = _of(read)
    bounds = None
    if any(one.unsure for one in answers):
        bounds = _bounds(read, figures)
    return Estimate(
        design=design,
        answers=answers,
        figures=figures,
        bounds=bounds,
        remarks=[*remarks, *_remarks(read)],
    )


def figures_of(tallies: Sequence[Tally]) -> Figures:
    """Return the figures of some answers.

    Parameters
    ----------
    tallies : sequence of Tally
        The answers of every stratum.
    """
    everything = [tally for tally in tallies if tally.stratum.notes]
    if any(tally.stratum.flagged is None for tally in everything):
        limits = _limits(everything)
        return Figures(share=None if limits is None else _figure(limits.value, limits))
    flagged = [tally for tally in everything if tally.stratum.flagged]
    others = [tally for tally in everything if not tally.stratum.flagged]
    right, missed = _limits(flagged), _limits(others)
    precision = None if right is None else _figure(right.value, right)
    # Where there are no such notes, nothing of them needs to be known.
    right = right or (None if flagged else _none())
    missed = missed or (None if others else _none())
    if right is None or missed is None:
        return Figures(precision=precision)
    sizes = _size(flagged), _size(others)
    return Figures(
        share=_share(right, missed, *sizes),
        precision=precision,
        recall=_recall(right, missed, *sizes),
    )


def _limits(tallies: Sequence[Tally]) -> Limits | None:
    """Return the share of yes; strata that nobody answered are taken to be as the others are."""
    answered = [tally for tally in tallies if tally.decided]
    if not answered:
        return None
    scale = _size(tallies) / _size(answered)
    return stratified(
        [tally.stratum.notes * scale for tally in answered],
        [tally.decided for tally in answered],
        [tally.yes for tally in answered],
    )


def _none() -> Limits:
    return stratified([1], [1], [0])


def _size(tallies: Sequence[Tally]) -> int:
    return sum(tally.stratum.notes for tally in tallies)


def _of(read: Sequence[_Read]) -> Figures:
    return figures_of([Tally(stratum, one.decided, one.yes) for stratum, one in read])


def _figure(value: float, limits: Limits) -> Figure:
    low, high = np.quantile(limits.lower, _LOW), np.quantile(limits.upper, _HIGH)
    return _around(value, float(low), float(high))


def _around(value: float, low: float, high: float) -> Figure:
    return Figure(value, min(low, value), max(high, value))


def _share(right: Limits, missed: Limits, flagged: int, others: int) -> Figure:
    def crossed(one: Floats, other: Floats) -> Floats:
        return (flagged * one[:, None] + others * other[None, :]) / (flagged + others)

    value = (flagged * right.value + others * missed.value) / (flagged + others)
    low = np.quantile(crossed(right.lower, missed.lower), _LOW)
    high = np.quantile(crossed(right.upper, missed.upper), _HIGH)
    return _around(value, float(low), float(high))


def _recall(right: Limits, missed: Limits, flagged: int, others: int) -> Figure | None:
    found, overlooked = flagged * right.value, others * missed.value
    if found + overlooked < _NOTHING:
        return None  # a part of nothing

    def crossed(one: Floats, other: Floats) -> Floats:
        hits, misses = flagged * one[:, None], others * other[None, :]
        return hits / np.maximum(hits + misses, _NOTHING)

    low = np.quantile(crossed(right.lower, missed.upper), _LOW)
    high = np.quantile(crossed(right.upper, missed.lower), _HIGH)
    return _around(found / (found + overlooked), float(low), float(high))


def _bounds(read: Sequence[_Read], figures: Figures) -> Figures:
    """Return the widest limits that any reading of the unsure answers gives."""
    all_no = _of([(s, _settled(a, yes=False)) for s, a in read])
    all_yes = _of([(s, _settled(a, yes=True)) for s, a in read])
    # Recall is lowest if every doubt about a flagged note is a no, and about others a yes.
    worst = _of([(s, _settled(a, yes=not s.flagged)) for s, a in read])
    best = _of([(s, _settled(a, yes=bool(s.flagged))) for s, a in read])
    return Figures(
        share=_between(all_no.share, figures.share, all_yes.share),
        precision=_between(all_no.precision, figures.precision, all_yes.precision),
        recall=_between(worst.recall, figures.recall, best.recall),
    )


def _settled(answers: Answers, *, yes: bool) -> Answers:
    name = "yes" if yes else "no"
    return replace(answers, unsure=0, **{name: getattr(answers, name) + answers.unsure})


def _between(low: Figure | None, middle: Figure | None, high: Figure | None) -> Figure | None:
    if low is None or high is None or middle is None:
        return None
    return Figure(middle.value, min(low.low, middle.low), max(high.high, middle.high))


def _remarks(read: Sequence[_Read]) -> list[str]:
    remarks = []
    blank = sum(answers.blank for _, answers in read)
    if blank:
        drawn = sum(stratum.drawn for stratum, _ in read)
        remarks.append(
            f"{blank:,} of {drawn:,} notes have no answer yet. The figures hold only if they were "
            "left by chance, not because they are long or hard."
        )
    silent = [stratum for stratum, a in read if stratum.notes and not a.decided]
    for flagged in (True, False, None):
        group = [one for one in read if one[0].flagged is flagged and one[0].notes]
        if not group:
            continue
        of = {True: "flagged notes", False: "notes not flagged", None: "notes"}[flagged]
        if all(stratum in silent for stratum, _ in group):
            figures = "precision" if flagged else "how many hold such language"
            missing = f"{figures} and recall are" if flagged is not None else f"{figures} is"
            remarks.append(f"None of the {of} is answered with yes or no: {missing} not known.")
            continue
        remarks.extend(
            f"No answer in the stratum {stratum.name} ({stratum.notes:,} notes): it is taken to be "
            f"as the other {of} are."
            for stratum, _ in group
            if stratum in silent
        )
    if read and not any(s.flagged for s, _ in read) and all(s.flagged is False for s, _ in read):
        remarks.append("The tool flagged no note: it has no precision here.")
    return remarks
