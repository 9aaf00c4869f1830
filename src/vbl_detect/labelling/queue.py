"""A queue: notes of scanned sources, judged, chosen, and written to be labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from spacy.language import Language

from vbl_detect.detection import detect
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.labelling.choosing import SHARES, Candidate, Chosen, Known, Reason, choose
from vbl_detect.labelling.records import Labelled, Prediction
from vbl_detect.records import Finding, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What queue is wanted.

    Attributes
    ----------
    number : int
        How many notes.
    shares : mapping of str to float
        The part of each reason.
    seed : int
        Decides what chance decides.
    note_type_column : str, optional
        The kept column that tells a note's type; None: all are ``other``.
    mask : bool
        Whether personal details are blacked out.
    """

    number: int
    shares: Mapping[Reason, float] = field(default_factory=lambda: dict(SHARES))
    seed: int = 1
    note_type_column: str | None = None
    mask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Notes to label.

    Attributes
    ----------
    notes : list of Labelled
        In the order to label them; each tells why under ``queue``.
    of : int
        How many notes there were, empty ones and exact copies left out.
    alike : int
        How many that came up were nearly the same as one taken, or as one labelled already.
    reasons : mapping of str to int
        How many were taken for each reason.
    """

    notes: list[Labelled]
    of: int
    alike: int
    reasons: Mapping[Reason, int]


def make_queue(
    notes: Iterable[Note], nlp: Language, gold: Sequence[GoldNote], wanted: Wanted, threshold: float
) -> Queue:
    """Judge notes and choose those to label.

    Parameters
    ----------
    notes : iterable of Note
        All notes; their texts are held in memory.
    nlp : Language
        A pipeline with a model.
    gold : sequence of GoldNote
        What is labelled already.
    wanted : Wanted
        What to choose.
    threshold : float
        The score from which findings count.
    """
    seen = {_folded(note.text) for note in gold} | {""}
    kept: list[Note] = []
    found: dict[int, list[Finding]] = {}

    def each_once() -> Iterator[Note]:
        for note in notes:
            key = _folded(note.text)
            if key not in seen:
                seen.add(key)
                kept.append(note)
                # The row tells which note a finding is of.
                yield replace(note, row=len(kept) - 1)

    for finding in detect(each_once(), nlp):
        if finding.row is not None:
            found.setdefault(finding.row, []).append(finding)
    pairs = [(note, tuple(found.get(place, ()))) for place, note in enumerate(kept)]
    known = Known(
        texts=[note.text for note in gold],
        categories=Counter(span.category for note in gold for span in note.spans),
    )
    chosen, alike = choose(
        [Candidate(text=note.text, findings=of) for note, of in pairs],
        known,
        number=wanted.number,
        threshold=threshold,
        shares=wanted.shares,
        seed=wanted.seed,
    )
    ids = _Ids({note.id for note in gold})
    return Queue(
        notes=[_waiting(*pairs[one.place], one, ids, wanted) for one in chosen],
        of=len(pairs),
        alike=alike,
        reasons=Counter(one.reason for one in chosen),
    )


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


class _Ids:
    """Gives each note an id that no other has."""

    def __init__(self, used: set[str]) -> None:
        self._used = set(used)

    def of(self, note: Note) -> str:
        """Return the record's reference, or the file and row, with a number if it is taken."""
        row = "" if note.row is None else f":{note.row}"
        place = f"{Path(note.path).name if note.path else 'note'}{row}"
        wished = note.record_id or place
        number, found = 1, wished
        while found in self._used:
            number += 1
            found = f"{wished}#{number}"
        self._used.add(found)
        return found


def _waiting(
    note: Note, findings: Sequence[Finding], chosen: Chosen, ids: _Ids, wanted: Wanted
) -> Labelled:
    if wanted.mask:
        from vbl_detect.masking import mask_note  # noqa: PLC0415 - only masking pays for its lists

        note = mask_note(note)
    source: dict[str, Any] = {
        name: value
        for name in ("path", "sheet", "row", "column", "paragraph", "record_id")
        if (value := getattr(note, name)) is not None
    }
    note_type = note.meta.get(wanted.note_type_column) if wanted.note_type_column else None
    return Labelled(
        id=ids.of(note),
        note_type=str(note_type) if note_type not in {None, ""} else "other",
        text=note.text,
        spans=None,
        predictions=tuple(
            Prediction(span=_span(finding), score=round(finding.score, 4)) for finding in findings
        ),
        extra={"queue": {"reason": chosen.reason, "why": chosen.why, "source": source}},
    )


def _span(finding: Finding) -> GoldSpan:
    return GoldSpan(
        start=finding.start, end=finding.end, category=finding.category, context=finding.context
    )


def shares_of(text: str) -> dict[Reason, float] | None:
    """Return the shares that ``uncertain=40,rare=20`` names; None if it names none.

    Parameters
    ----------
    text : str
        Reasons with numbers of any size, of which the shares are taken; a reason left out gets
        none.
    """
    shares: dict[Reason, float] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        reason = next((r for r in SHARES if r == name.strip()), None)
        try:
            number = float(value)
        except ValueError:
            return None
        if reason is None or not 0 <= number < float("inf"):
            return None
        shares[reason] = number
    return shares if sum(shares.values()) > 0 else None
