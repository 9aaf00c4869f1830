"""The two records of the project: the note that is read and the finding that is written.

`FINDING_COLUMNS` is the one output schema; every writer takes its columns from here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

SCHEMA_VERSION = "1"

Severity = Literal["high", "medium", "low"]
Context = Literal["asserted", "reported", "quoted", "negated", "mention", "other-subject"]
Detector = Literal["lexicon", "classifier", "both"]
Show = Literal["reference", "phrase", "sentence"]
#: What ``--model`` chooses between: with the contextual tagger, and without.
ModelChoice = Literal["full", "fast"]
#: The severity from which on findings fail a run.
FailOn = Literal["never", "low", "medium", "high"]

#: Severities from the gravest down; the index serves for "at or above".
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
#: The six contexts; only ``asserted`` counts. Source: annotation guidelines, "context".
CONTEXTS: tuple[Context, ...] = get_args(Context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a note that is judged by itself: an entry of a log, a message in a thread.

    Attributes
    ----------
    start, end : int
        Half-open offsets in the note's text, in code points.
    time : str, optional
        When it was written, ISO 8601, as its heading says.
    author : str, optional
        Who wrote it, as its heading says.
    quoted : str, optional
        What says that it is somebody else's message, repeated here: "On Monday A. Hale wrote:".
        Findings in it are quoted.
    """

    start: int
    end: int
    time: str | None = None
    author: str | None = None
    quoted: str | None = None


#: Columns that can be kept from any source: the time and the author of a note's part.
PART_COLUMNS = ("entry_time", "entry_author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One text to be judged, and where it came from.

    Attributes
    ----------
    text : str
        The note exactly as read; every offset in a finding counts its Unicode code points.
    record_id : str, optional
        The reference of the record in the system it came from.
    path : str, optional
        The file, as the user named it.
    sheet : str, optional
        The sheet of a workbook.
    row : int, optional
        The row, counted from 1 as the spreadsheet shows it (the header is usually row 1); the
        line of a JSON Lines file.
    column : str, optional
        The column the text stood in.
    paragraph : int, optional
        Number of the note's first paragraph, from 1, where the source has paragraphs.
    paragraph_starts : tuple of int
        Offset in `text` at which each paragraph starts; empty where the source has none.
    parts : tuple of Part
        What is judged, each part by itself, in order and without overlap; empty: the whole text.
    meta : mapping of str to object
        The columns kept from the source, in the order asked for.
    """

    text: str
    record_id: str | None = None
    path: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    paragraph: int | None = None
    paragraph_starts: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def judged(self) -> tuple[Part, ...]:
        """The stretches to be judged: the parts, or the whole text as one."""
        return self.parts or (Part(start=0, end=len(self.text)),)

    def meta_of(self, part: Part) -> Mapping[str, Any]:
        """Return the kept columns, those of `PART_COLUMNS` filled in for a part.

        Parameters
        ----------
        part : Part
            One of the note's.
        """
        own = dict(zip(PART_COLUMNS, (part.time, part.author), strict=True))
        if own.keys().isdisjoint(self.meta):
            return self.meta
        return {
            name: own[name] if value is None and name in own else value
            for name, value in self.meta.items()
        }

    def paragraph_at(self, offset: int) -> int | None:
        """Return the number of the paragraph that holds `offset`, or None if there are none.

        Parameters
        ----------
        offset : int
            A position in `text`, in code points.
        """
        if self.paragraph is None or not self.paragraph_starts:
            return self.paragraph
        return self.paragraph + max(bisect_right(self.paragraph_starts, offset) - 1, 0)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a phrase reaches, for programs that want lines and bytes rather than offsets.

    Attributes
    ----------
    end_line, end_col : int
        Line and column of the phrase's end, half-open, in code points and from 1.
    byte_col, end_byte_col : int
        The columns of its start and its end, counted in bytes of UTF-8 and from 1.
    """

    end_line: int
    end_col: int
    byte_col: int
    end_byte_col: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What a finding shows in place of text that leads to a person; lengths are the same.

    Attributes
    ----------
    phrase, sentence, cue, record_id, meta
        As in `Finding`, with personal details blacked out.
    """

    phrase: str | None
    sentence: str | None
    cue: str | None
    record_id: str | None
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One stretch of victim-blaming wording in one note; the keys of the contract, in its order.

    Attributes
    ----------
    finding_id : str
        16 hex digits, a fingerprint of code, phrase, sentence and record.
    code, term, category, severity
        The lexicon row, its headword, its category's slug and its severity.
    score : float
        Probability, 0 to 1, that a careful reader would count it.
    detector : {"lexicon", "classifier", "both"}
        What found it.
    context, cue, counted
        Whose wording it is, the words that decided so, and whether it counts; ``--show`` leaves the
        words out where it leaves the sentence out.
    path, sheet, row, record_id, column, paragraph
        Where the note came from; None where it does not apply.
    start, end : int
        Half-open offsets in code points of the note's text exactly as read.
    line, col : int
        Line and column of `start` in the note's text, both from 1.
    phrase, sentence : str or None
        ``text[start:end]`` and the sentence around it; None where ``--show`` leaves them out.
    why, suggestion, source : str
        Why the wording harms, what to write instead, and who says so.
    suppressed : mapping or None
        ``{by, reason, expires}`` where a reader has accepted it; ``expires`` is None where a
        baseline accepts it.
    phrase_offset : int
        Where `phrase` starts in `sentence`; not a column.
    extent : Extent, optional
        How far the phrase reaches in lines and bytes; not a column.
    meta : mapping
        The columns kept from the source; written after the finding's own columns.
    masked : Masked, optional
        What is shown under a mask; not a column.
    """

    schema_version: str = SCHEMA_VERSION
    finding_id: str
    code: str
    term: str | None
    category: str
    severity: Severity
    score: float
    detector: Detector
    context: Context
    cue: str | None = None
    counted: bool
    path: str | None = None
    sheet: str | None = None
    row: int | None = None
    record_id: str | None = None
    column: str | None = None
    paragraph: int | None = None
    start: int
    end: int
    line: int
    col: int
    phrase: str | None
    sentence: str | None
    why: str
    suggestion: str
    source: str
    suppressed: Mapping[str, str | None] | None = None
    phrase_offset: int = 0
    extent: Extent | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    masked: Masked | None = field(default=None, repr=False)

    def as_row(self) -> dict[str, Any]:
        """Return the finding as one flat row: `FINDING_COLUMNS` in order, then the kept columns.

        A kept column whose name is a finding's own is written as ``kept_NAME``.
        """
        row = {name: getattr(self, name) for name in FINDING_COLUMNS}
        row.update((kept_column_name(name), value) for name, value in self.meta.items())
        return row

    def hidden(self) -> Finding:
        """Return the finding under its mask, if it has one; `finding_id` and offsets stay."""
        if self.masked is None:
            return self
        masked = self.masked
        return replace(
            self,
            phrase=masked.phrase,
            sentence=masked.sentence,
            cue=masked.cue,
            record_id=masked.record_id,
            meta=masked.meta,
            masked=None,
        )

    def shown(self, show: Show) -> Finding:
        """Return the finding with no more of the note's text than `show` allows."""
        if show == "sentence":
            return self
        phrase = self.phrase if show == "phrase" else None
        # A cue can be a whole quotation.
        return replace(self, phrase=phrase, sentence=None, cue=None, phrase_offset=0)


#: The columns of a finding, in order: the output schema of every format.
FINDING_COLUMNS: tuple[str, ...] = tuple(
    f.name for f in fields(Finding) if f.name not in {"phrase_offset", "extent", "meta", "masked"}
)


def kept_column_name(name: str) -> str:
    """Return the output name of a column kept from the source.

    Parameters
    ----------
    name : str
        The column's name in the source.
    """
    return f"kept_{name}" if name in FINDING_COLUMNS else name
