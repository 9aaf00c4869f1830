"""Notes in, findings out: the stream that every command and every caller uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from vbl_detect.errors import UsageError
from vbl_detect.hits import find_hits, judged
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Finding, Note
from vbl_detect.selection import Selection
from vbl_detect.verdicts import Judge

#: Notes judged at a time: enough to make a batch worthwhile, few enough to keep memory flat.
BATCH_SIZE = 100
#: A batch ends when its notes have more text than this, in characters.
BATCH_CHARACTERS = 500_000


def detect(
    notes: Iterable[Note],
    nlp: Language,
    *,
    selection: Selection | None = None,
    min_score: float | None = None,
    mask: bool = False,
) -> Iterator[Finding]:
    """Find victim-blaming wording in notes, one after the other; memory does not grow.

    Parameters
    ----------
    notes : iterable of Note
        The notes; nothing is read ahead beyond one batch.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    selection : Selection, optional
        The codes to report; None: all.
    min_score : float, optional
        Findings below this score, 0 to 1, do not count; None: the threshold of the model.
    mask : bool
        Whether names and other personal details are blacked out in phrase, sentence, cue,
        reference and kept columns. ``finding_id`` and offsets stay as they are.

    Yields
    ------
    Finding
        In the order of the notes, and within a note by start, end and code. Findings that do not
        count are given too, with ``counted`` False.

    Raises
    ------
    UsageError
        If `nlp` has no lexicon matcher, `selection` names something unknown, `min_score` is no
        score, or something that is no `Note` comes among the notes.
    """
    found = detect_with_masks(notes, nlp, selection=selection, min_score=min_score, mask=mask)
    return (finding.hidden() for finding in found)


def detect_with_masks(
    notes: Iterable[Note],
    nlp: Language,
    *,
    selection: Selection | None = None,
    min_score: float | None = None,
    mask: bool = False,
) -> Iterator[Finding]:
    """Find as `detect` does, for what must see the whole text; `Finding.hidden` puts the mask on.

    Parameters
    ----------
    notes, nlp, selection, min_score
        As for `detect`.
    mask : bool
        Whether findings carry a mask.
    """
    judge = Judge.of(find_matcher(nlp).lexicon, selection, min_score, mask=mask)
    for batch in batches(notes):
        for note, hits in zip(batch, find_hits([*map(judged, batch)], nlp), strict=True):
            yield from judge.findings(note, hits)


def batches(notes: Iterable[Note]) -> Iterator[list[Note]]:
    """Yield notes in the batches in which `detect` judges them.

    Parameters
    ----------
    notes : iterable of Note
        The notes; nothing is read ahead beyond one batch.

    Raises
    ------
    UsageError
        If something else comes among them.
    """
    batch: list[Note] = []
    characters = 0
    for number, note in enumerate(notes, start=1):
        if not isinstance(note, Note):
            raise UsageError(
                f"note {number} is of type {type(note).__name__}; give vbl_detect.Note(text=...)"
            )
        for name in ("text", "record_id"):
            value = getattr(note, name)
            if not isinstance(value, str if name == "text" else str | None):
                raise UsageError(
                    f"note {number}: its {name} is of type {type(value).__name__}; give a str"
                )
        batch.append(note)
        characters += len(note.text)
        if len(batch) == BATCH_SIZE or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
