"""From hits to findings: what is asked for, whether it counts, and where it stands in its note."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vbl_detect import resources, scoring
from vbl_detect.errors import UsageError
from vbl_detect.fingerprints import finding_fingerprint, line_starts, record_of
from vbl_detect.hits import Hit
from vbl_detect.lexicon import Lexicon, Term
from vbl_detect.records import Context, Extent, Finding, Note, Part
from vbl_detect.scoring import LexiconScores
from vbl_detect.selection import Selection

if TYPE_CHECKING:
    from vbl_detect.masking import NoteMask


class _Verdict(NamedTuple):
    """What a hit amounts to."""

    score: float
    context: Context
    cue: str | None
    counted: bool


class _OpenNote(NamedTuple):
    """The note whose hits are looked at: its parts, its lines, and the findings seen in it."""

    note: Note
    parts: Sequence[Part]
    starts: Sequence[int]
    seen: Counter[tuple[str, ...]]
    mask: NoteMask | None


@dataclass(frozen=True, slots=True)
class Judge:
    """What turns a hit into a finding: the rows asked for, all terms, scores, the threshold."""

    rows: Mapping[str, Term]
    terms: Mapping[str, Term]
    scores: LexiconScores
    min_score: float | None
    mask: bool

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        selection: Selection | None = None,
        min_score: float | None = None,
        *,
        mask: bool = False,
    ) -> Judge:
        """Return the judge of a run.

        Parameters
        ----------
        lexicon : Lexicon
            The terms in force.
        selection : Selection, optional
            The codes to report; None: all.
        min_score : float, optional
            Findings below this score do not count; None: the threshold of the model.
        mask : bool
            Whether findings carry a mask.

        Raises
        ------
        UsageError
            If `selection` names something unknown, or `min_score` is no score.
        """
        if min_score is not None and not 0.0 <= min_score <= 1.0:
            raise UsageError(f"min_score is {min_score!r}; give a number from 0 to 1")
        codes = (selection or Selection()).codes(lexicon)
        rows = {code: row for code, row in lexicon.reportable.items() if code in codes}
        return cls(rows, lexicon.terms, _built_in_scores(), min_score, mask)

    def findings(self, note: Note, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings of a note, in order.

        Parameters
        ----------
        note : Note
            The note.
        hits : sequence of Hit
            All its hits, in the order they stand.
        """
        asked_for = [hit for hit in hits if hit.code in self.rows]
        if not asked_for:
            return
        mask = mask_of(note) if self.mask else None
        opened = _OpenNote(note, note.judged, line_starts(note.text), Counter(), mask)
        for hit in asked_for:
            finding = self._finding(hit, opened)
            yield finding if mask is None else replace(finding, masked=mask.of(finding))

    def _verdict(self, hit: Hit, row: Term, part: Part) -> _Verdict:
        """Return what a hit amounts to: by the classifier if there is one, else by its row.

        What a message repeats of another is quoted, whatever it says.
        """
        score, threshold = hit.score, hit.threshold
        if score is None or threshold is None:
            score, threshold = self.scores.score(row), self.scores.min_score
        if self.min_score is not None:
            threshold = self.min_score
        score = round(score, 4)
        context, cue = hit.context, hit.cue
        if part.quoted is not None and context in ("asserted", "quoted"):
            context, cue = "quoted", part.quoted
        counted = context == "asserted" and score >= round(threshold, 4)
        return _Verdict(score, context, cue, counted)

    def _headword(self, hit: Hit) -> str | None:
        """Return the headword of the lexicon row under another category's code, or None."""
        return None if hit.row is None else self.terms[hit.row].term

    def _finding(self, hit: Hit, opened: _OpenNote) -> Finding:
        note, parts, starts, seen, _ = opened
        row, part = self.rows[hit.code], parts[hit.part]
        verdict = self._verdict(hit, row, part)
        phrase = note.text[hit.start : hit.end]
        sentence = note.text[hit.sentence_start : hit.sentence_end]
        line = bisect_right(starts, hit.start)
        return Finding(
            finding_id=_fingerprint(row.code, phrase, sentence, note, seen),
            code=row.code,
            term=row.term or self._headword(hit),
            category=row.category,
            severity=row.severity,
            score=verdict.score,
            detector=hit.detector,
            context=verdict.context,
            cue=verdict.cue,
            counted=verdict.counted,
            path=note.path,
            sheet=note.sheet,
            row=note.row,
            record_id=note.record_id,
            column=note.column,
            paragraph=note.paragraph_at(hit.start),
            start=hit.start,
            end=hit.end,
            line=line,
            col=hit.start - starts[line - 1] + 1,
            phrase=phrase,
            sentence=sentence,
            why=row.why,
            suggestion=row.suggestion,
            source=row.source,
            phrase_offset=hit.start - hit.sentence_start,
            extent=_extent(note.text, hit.start, hit.end, starts),
            meta=note.meta_of(part),
        )


def mask_of(note: Note) -> NoteMask:
    """Return the mask over a note's personal details."""
    from vbl_detect.masking import NoteMask  # noqa: PLC0415 - only masking pays for its lists

    return NoteMask(note.text)


@lru_cache(maxsize=1)
def _built_in_scores() -> LexiconScores:
    return scoring.load(resources.model_dir() / "lexicon-scores")


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
