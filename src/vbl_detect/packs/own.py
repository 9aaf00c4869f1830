"""Exercises from one's own findings: the sentences that findings hold, masked unless asked not to.

What stands in a findings file is a finding's sentence, not its note; findings of one note give one
exercise for every few sentences. The answers are the tool's, not agreed ones.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from vbl_detect.errors import UsageError
from vbl_detect.exercises import Exercise, choose
from vbl_detect.findings_files import read_findings_file
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.lexicon import Category
from vbl_detect.records import Finding

#: The type of every note.
NOTE_TYPE = "own-record"
#: Sentences of one note in one exercise, at most.
MOST_SENTENCES = 3
#: What stands between two sentences that do not follow each other in the note.
GAP = " […] "

_SURE = 0.8
_UNCOUNTED = "The tool does not count this"


def read_own(paths: Iterable[Path], *, mask: bool) -> list[Exercise]:
    """Return exercises made from files of findings, counted and uncounted ones.

    Parameters
    ----------
    paths : iterable of Path
        Files that ``scan -o`` wrote with the sentences.
    mask : bool
        Whether personal details are blacked out.

    Raises
    ------
    UsageError
        If a file was written without sentences.
    ReaderError
        If a file cannot be read.
    """
    of_notes: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for path in paths:
        for finding in read_findings_file(path).findings:
            _check_shown(finding, path)
            place = (finding.path, finding.sheet, finding.row, finding.record_id, finding.column)
            of_notes[place].append(finding)
    made = {}
    for findings in of_notes.values():
        for part in _parts(findings):
            exercise = _exercise(part, mask=mask)
            made[exercise.note.text] = exercise  # a sentence that returns is one exercise
    return sorted(made.values(), key=lambda exercise: exercise.id)


def choose_own(exercises: Sequence[Exercise], number: int, *, seed: int) -> list[Exercise]:
    """Return exercises, half of them, if there are so many, with nothing that counts.

    Parameters
    ----------
    exercises : sequence of Exercise
        From `read_own`.
    number : int
        How many at most.
    seed : int
        Another number, another choice.
    """
    counted = [e for e in exercises if any(span.counts for span in e.note.spans)]
    others = [e for e in exercises if not any(span.counts for span in e.note.spans)]
    fewer = min(len(others), max(number // 2, number - len(counted)))
    held = {
        exercise.id
        for exercise in chain(
            choose(others, fewer, seed=seed), choose(counted, number - fewer, seed=seed)
        )
    }
    return choose([e for e in exercises if e.id in held], number, seed=seed)


def with_unlisted(
    categories: Mapping[str, Category], exercises: Iterable[Exercise]
) -> dict[str, Category]:
    """Return the categories, with those that only the findings name, from a lexicon of one's own.

    Parameters
    ----------
    categories : mapping of str to Category
        Those of the built-in lexicon.
    exercises : iterable of Exercise
        The exercises.
    """
    slugs = {span.category for exercise in exercises for span in exercise.note.spans}
    return dict(categories) | {
        slug: Category(
            slug=slug,
            letters=slug[:2].upper(),
            title=slug.replace("-", " ").capitalize(),
            why="",
            suggestion="",
            source="your own lexicon",
        )
        for slug in sorted(slugs - categories.keys())
    }


def _check_shown(finding: Finding, path: Path) -> None:
    if finding.sentence is None:
        show = "reference" if finding.phrase is None else "phrase"
        raise UsageError(
            f"{path}: it was written with --show {show}, so there are no sentences to make "
            "exercises of; scan again with --show sentence"
        )


def _sentence_start(finding: Finding) -> int:
    return finding.start - finding.phrase_offset


def _parts(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings of one note by few sentences at a time, in order."""
    part: list[Finding] = []
    starts: set[int] = set()
    for finding in sorted(findings, key=lambda f: (_sentence_start(f), f.start, f.end, f.code)):
        start = _sentence_start(finding)
        if start not in starts and len(starts) == MOST_SENTENCES:
            yield part
            part, starts = [], set()
        part.append(finding)
        starts.add(start)
    yield part


def _exercise(findings: Sequence[Finding], *, mask: bool) -> Exercise:
    text = ""
    placed: list[tuple[GoldSpan, Finding]] = []
    end = moved = 0
    for finding in findings:
        sentence, start = finding.sentence or "", _sentence_start(finding)
        if not text or start >= end:
            text += (GAP if start > end + 1 else " ") if text else ""
            moved = len(text) - start
            text += sentence
            end = start + len(sentence)
        place = finding.start + moved
        placed.append(
            (_span(place, min(place + finding.end - finding.start, len(text)), finding), finding)
        )
    if mask:
        from vbl_detect.masking import NoteMask  # noqa: PLC0415 - only masking pays for its lists

        text = NoteMask(text).stretch(0, len(text))
    shown = _apart(placed)
    told = [finding for _, finding in shown]
    ids = "".join(sorted(finding.finding_id for finding in findings))
    first = next((f for f in told if f.counted), told[0])
    return Exercise(
        note=GoldNote(
            id=f"own-{hashlib.sha256(ids.encode()).hexdigest()[:12]}",
            note_type=NOTE_TYPE,
            text=text,
            spans=tuple(span for span, _ in shown),
        ),
        difficulty=_difficulty(told),
        focus=first.category,
        why=_told(text, [(span, _why(finding)) for span, finding in shown]),
        better=_told(text, [(span, f.suggestion) for span, f in shown if f.counted])
        or "Nothing that counts: it can stay as it is.",
    )


def _told(text: str, said: Sequence[tuple[GoldSpan, str]]) -> str:
    """Return what is said of each phrase, with the phrase before it where there are several."""
    if len(said) == 1:
        return said[0][1]
    return " ".join(
        f"“{text[span.start : span.end]}”: {words.rstrip('.')}." for span, words in said
    )


def _apart(placed: Iterable[tuple[GoldSpan, Finding]]) -> list[tuple[GoldSpan, Finding]]:
    """Return the spans that share no words; of those that do, what counts, and then the surest."""
    kept: list[tuple[GoldSpan, Finding]] = []
    for span, finding in sorted(
        placed, key=lambda one: (not one[1].counted, -one[1].score, one[0].start, one[1].code)
    ):
        if not any(span.start < other.end and other.start < span.end for other, _ in kept):
            kept.append((span, finding))
    return sorted(kept, key=lambda one: one[0].start)


def _span(start: int, end: int, finding: Finding) -> GoldSpan:
    # Below the threshold, or accepted by somebody: readers may well differ over it.
    differ = finding.context == "asserted" and not finding.counted
    return GoldSpan(
        start=start,
        end=end,
        category=finding.category,
        context=finding.context,
        borderline=differ,
    )


def _why(finding: Finding) -> str:
    if finding.counted:
        return finding.why
    if finding.suppressed is not None:
        return f"{_UNCOUNTED}: somebody has accepted it."
    if finding.context == "asserted":
        return f"{_UNCOUNTED}: its score is below the threshold."
    return f"{_UNCOUNTED}: its context is {finding.context}."


def _difficulty(findings: Iterable[Finding]) -> int:
    """Return 1 where lexicon and score are sure, 3 where something is not counted, else 2."""
    kinds = {
        3 if not f.counted else 1 if f.term is not None and f.score >= _SURE else 2
        for f in findings
    }
    return max(kinds)
