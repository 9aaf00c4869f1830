"""Notes in, findings out: the stream that every command and every caller uses."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from vbl_detect import resources, scoring
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.fingerprints import finding_fingerprint, line_starts, record_of
from vbl_detect.lexicon import Term
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Context, Detector, Extent, Finding, Note, Part
from vbl_detect.scoring import LexiconScores
from vbl_detect.selection import Selection
from vbl_detect.writers.visible import without_surrogates

if TYPE_CHECKING:
    from vbl_detect.masking import NoteMask

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
        If `nlp` has no lexicon matcher, or `selection` names something unknown.
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
    judge = _Judge.of(find_matcher(nlp), selection or Selection(), min_score, mask=mask)
    for batch in batches(notes):
        yield from (finding for _, finding in _numbered(batch, nlp, judge))


def batches(notes: Iterable[Note]) -> Iterator[list[Note]]:
    """Yield notes in the batches in which `detect` judges them.

    Parameters
    ----------
    notes : iterable of Note
        The notes; nothing is read ahead beyond one batch.
    """
    batch: list[Note] = []
    characters = 0
    for note in notes:
        batch.append(note)
        characters += len(note.text)
        if len(batch) == BATCH_SIZE or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def detect_numbered(
    batch: Sequence[Note],
    nlp: Language,
    *,
    selection: Selection | None = None,
    min_score: float | None = None,
    mask: bool = False,
) -> Sequence[tuple[int, Finding]]:
    """Return the findings of one batch, each with the position of its note in it, from 0.

    Parameters
    ----------
    batch : sequence of Note
        A few notes; see `batches`.
    nlp, selection, min_score, mask
        As for `detect_with_masks`.
    """
    judge = _Judge.of(find_matcher(nlp), selection or Selection(), min_score, mask=mask)
    return _numbered(batch, nlp, judge)


def _numbered(batch: Sequence[Note], nlp: Language, judge: _Judge) -> list[tuple[int, Finding]]:
    # The zone frees the words that only this batch holds; findings are plain text by then.
    with nlp.memory_zone():
        return [
            (number, finding)
            for doc, (number, part) in nlp.pipe(_stretches(batch), as_tuples=True)
            for finding in judge.findings(doc, batch[number], part)
        ]


def _stretches(batch: Iterable[Note]) -> Iterator[tuple[str, tuple[int, Part]]]:
    for number, note in enumerate(batch):
        # spaCy keeps words as UTF-8, which has no lone surrogates; U+FFFD is as long as one.
        text = without_surrogates(note.text)
        for part in note.judged:
            yield text[part.start : part.end], (number, part)


class _Verdict(NamedTuple):
    """What a span amounts to."""

    score: float
    detector: Detector
    context: Context
    cue: str | None
    counted: bool


class _OpenNote(NamedTuple):
    """The note whose parts are being judged: its lines, and the findings seen in it so far."""

    note: Note
    starts: Sequence[int]
    seen: Counter[tuple[str, ...]]
    mask: NoteMask | None


@dataclass(slots=True)
class _Judge:
    """What turns a span into a finding: the rows asked for, all terms, scores, the threshold."""

    rows: dict[str, Term]
    terms: Mapping[str, Term]
    scores: LexiconScores
    min_score: float | None
    spans_key: str
    mask: bool
    _open: _OpenNote | None = None

    @classmethod
    def of(
        cls,
        matcher: LexiconMatcher,
        selection: Selection,
        min_score: float | None,
        *,
        mask: bool,
    ) -> _Judge:
        codes = selection.codes(matcher.lexicon)
        rows = {code: row for code, row in matcher.lexicon.reportable.items() if code in codes}
        terms = matcher.lexicon.terms
        return cls(rows, terms, _built_in_scores(), min_score, matcher.spans_key, mask)

    def verdict(self, span: Span, row: Term, part: Part) -> _Verdict:
        """Return what a span amounts to: by the classifier if there is one, else by its row.

        What a message repeats of another is quoted, whatever it says.
        """
        score, threshold = span._.vbl_score, span._.vbl_threshold
        if score is None:
            score, threshold = self.scores.score(row), self.scores.min_score
        if self.min_score is not None:
            threshold = self.min_score
        score = round(score, 4)
        context: Context = span._.vbl_context
        cue: str | None = span._.vbl_cue
        if part.quoted is not None and context in ("asserted", "quoted"):
            context, cue = "quoted", part.quoted
        counted = context == "asserted" and score >= round(threshold, 4)
        return _Verdict(score, span._.vbl_detector or "lexicon", context, cue, counted=counted)

    def headword(self, span: Span) -> str | None:
        """Return the headword of the lexicon row under another category's code, or None."""
        return self.terms[span._.vbl_row].term if span._.vbl_row else None

    def findings(self, doc: Doc, note: Note, part: Part) -> Iterator[Finding]:
        """Yield the findings of one part of a note, in order; parts come in theirs."""
        spans = [span for span in doc.spans[self.spans_key] if span.id_ in self.rows]
        if not spans:
            return
        if self._open is None or self._open.note is not note:
            mask = _mask_of(note) if self.mask else None
            self._open = _OpenNote(note, line_starts(note.text), Counter(), mask)
        for span in spans:
            finding = self._finding(span, self._open, part)
            hidden = self._open.mask
            yield finding if hidden is None else replace(finding, masked=hidden.of(finding))

    def _finding(self, span: Span, opened: _OpenNote, part: Part) -> Finding:
        note, starts, seen, _ = opened
        row = self.rows[span.id_]
        verdict = self.verdict(span, row, part)
        start, end = part.start + span.start_char, part.start + span.end_char
        sentence_start, sentence_end = (part.start + edge for edge in _sentence_around(span))
        phrase, sentence = note.text[start:end], note.text[sentence_start:sentence_end]
        line = bisect_right(starts, start)
        return Finding(
            finding_id=_fingerprint(row.code, phrase, sentence, note, seen),
            code=row.code,
            term=row.term or self.headword(span),
            category=row.category,
            severity=row.severity,
            score=verdict.score,
            detector=verdict.detector,
            context=verdict.context,
            cue=verdict.cue,
            counted=verdict.counted,
            path=note.path,
            sheet=note.sheet,
            row=note.row,
            record_id=note.record_id,
            column=note.column,
            paragraph=note.paragraph_at(start),
            start=start,
            end=end,
            line=line,
            col=start - starts[line - 1] + 1,
            phrase=phrase,
            sentence=sentence,
            why=row.why,
            suggestion=row.suggestion,
            source=row.source,
            phrase_offset=start - sentence_start,
            extent=_extent(note.text, start, end, starts),
            meta=note.meta_of(part),
        )


def _mask_of(note: Note) -> NoteMask:
    from vbl_detect.masking import NoteMask  # noqa: PLC0415 - only masking pays for its lists

    return NoteMask(note.text)


@lru_cache(maxsize=1)
def _built_in_scores() -> LexiconScores:
    return scoring.load(resources.model_dir() / "lexicon-scores")


def _sentence_around(span: Span) -> tuple[int, int]:
    """Return the offsets of the sentence, or sentences, that hold a span, trimmed."""
    doc = span.doc
    first, last = span.start, span.end
    while first > 0 and not doc[first].is_sent_start:
        first -= 1
    while last < len(doc) and not doc[last].is_sent_start:
        last += 1
    while first < span.start and doc[first].is_space:
        first += 1
    while last > span.end and doc[last - 1].is_space:
        last -= 1
    final = doc[last - 1]
    return doc[first].idx, final.idx + len(final)


def _extent(text: str, start: int, end: int, starts: Sequence[int]) -> Extent:
    end_line = bisect_right(starts, end)
    first, last = starts[bisect_right(starts, start) - 1], starts[end_line - 1]
    return Extent(
        end_line=end_line,
        end_col=end - last + 1,
        byte_col=_bytes(text[first:start]) + 1,
        end_byte_col=_bytes(text[last:end]) + 1,
    )


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _fingerprint(
    code: str, phrase: str, sentence: str, note: Note, seen: Counter[tuple[str, ...]]
) -> str:
    """Return the finding's fingerprint; copies of a sentence in one note are told apart."""
    record = record_of(note.record_id, note.path, note.sheet, note.row)
    key = (code, " ".join(phrase.split()), " ".join(sentence.split()), record)
    number = seen[key]
    seen[key] += 1
    return finding_fingerprint(code, phrase, sentence, record, number)
