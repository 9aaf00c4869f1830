"""What travels with a note through a tool, so that it comes back as it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vbl_detect.gold import GoldSpan
from vbl_detect.labelling.offsets import Breaks
from vbl_detect.labelling.records import Labelled, as_labelled, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A note as a tool has it.

    Attributes
    ----------
    text : str
        The text as the tool shows it, without the carriage returns of its line breaks.
    spans : tuple of GoldSpan
        Labels in that text; offsets in code points.
    letter : mapping of str to object
        Everything else of the note, carried by the tool unread.
    """

    text: str
    spans: tuple[GoldSpan, ...]
    letter: Mapping[str, Any]


def carried(note: Labelled, tool: str, *, prelabel: bool) -> Carried:
    """Return a note as a tool shall have it.

    Parameters
    ----------
    note : Labelled
        The note.
    tool : str
        The tool; what came from it goes back to where it was, and not into the letter.
    prelabel : bool
        Whether a note nobody has labelled gets the predictions as its labels.
    """
    spans = note.spans
    if spans is None:
        spans = tuple(one.span for one in note.predictions) if prelabel else ()
    breaks = Breaks.of(note.text)
    edges = {edge for span in spans for edge in (span.start, span.end)}
    if any({place, place + 1} & edges for place in breaks.at):
        breaks = Breaks(())  # an edge at a line break could not be told from one beside it
    record = note.as_record()
    letter = {key: value for key, value in record.items() if key not in {"text", "spans", tool}}
    if breaks.at:
        letter["carriage_returns"] = list(breaks.at)
    shown = tuple(
        replace(span, start=breaks.to_shown(span.start), end=breaks.to_shown(span.end))
        for span in spans
    )
    return Carried(text=breaks.shown(note.text), spans=in_order(shown), letter=letter)


def restored(
    parcel: Carried,
    *,
    tool: str,
    own_id: object,
    annotator: str | None,
    rest: Mapping[str, Any],
    place: tuple[str, int],
) -> Labelled:
    """Return the note that a tool gives back.

    Parameters
    ----------
    parcel : Carried
        The text, the labels, and the letter if the note was exported from here.
    tool : str
        The tool.
    own_id : object
        The tool's own number of the note, for one that has no letter.
    annotator : str, optional
        Who labelled it there.
    rest : mapping of str to object
        The tool's own fields, kept under its name.
    place : tuple of (str, int)
        The file and the line, or the number of the task in it, for messages.

    Raises
    ------
    ReaderError
        If the letter is no longer what was sent.
    """
    letter = dict(parcel.letter)
    letter.pop("offsets", None)
    returns = letter.pop("carriage_returns", None) or []
    breaks = Breaks([place for place in returns if isinstance(place, int)])
    whole = breaks.whole(parcel.text)
    spans = in_order(
        replace(s, start=breaks.to_whole(s.start), end=breaks.to_whole(s.end, end=True))
        for s in parcel.spans
    )
    record = {"id": str(own_id), "note_type": "other", **letter, "text": whole}
    note = as_labelled(record, *place)
    return replace(
        note,
        spans=spans,
        annotator=annotator or note.annotator,
        extra={**note.extra, **({tool: dict(rest)} if rest else {})},
    )
