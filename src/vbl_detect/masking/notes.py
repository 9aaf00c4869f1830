"""The mask of one note: over its text, its reference, and the columns kept with it."""

from __future__ import annotations

import re
from dataclasses import replace

from vbl_detect.masking.details import Kind
from vbl_detect.masking.masks import black_out, find_details, hide_all, mask
from vbl_detect.masking.words import fold
from vbl_detect.records import Finding, Masked, Note

#: Of a record's own reference, only what leads to a person is hidden: findings must be traceable.
_NOT_IN_REFERENCES: frozenset[Kind] = frozenset({"reference", "initials", "username", "vehicle"})
#: A cell longer than this is prose, where a capital tells a name.
_LONGEST_LABEL = 40
_SHORTEST_NAME = 3
#: Words in the heading of a column that holds nothing but such a detail.
_PERSONAL = frozenset(
    "name names surname forename forenames firstname lastname fullname initials dob birth born "
    "address street postcode postcodes phone telephone tel mobile email mail nhs ni nino insurance "
    "officer oic supervisor reviewer author inspector sergeant victim suspect offender complainant "
    "witness informant subject person nominal child mother father parent carer collar username "
    "registration vrm".split()
)
#: Words in the heading of a column that holds something else about it: "Unit name", "Victim age".
_NOT_PERSONAL = frozenset(
    "unit team station force area district borough division department file sheet form project "
    "operation type category status age gender sex ethnicity count number_of risk rank role note "
    "text review summary narrative date_of_review outcome grade".split()
)


class NoteMask:
    """Hides the personal details of one note wherever they are shown.

    Parameters
    ----------
    text : str
        The note, in which names are found that are hidden in everything else as well.
    """

    def __init__(self, text: str) -> None:
        details = find_details(text)
        self._text = mask(black_out(text, details))
        self.names = frozenset(
            fold(text[one.start : one.end])
            for one in details
            if one.kind == "name" and one.end - one.start >= _SHORTEST_NAME
        )

    def stretch(self, start: int, end: int) -> str:
        """Return a part of the note, masked; offsets are half-open, in code points."""
        return self._text[start:end]

    def words(self, text: str) -> str:
        """Return words taken from the note, masked."""
        return mask(text, known=self.names)

    def word(self, word: str) -> str:
        """Return words that a model weighed, hidden whole if a name in the note holds one."""
        pieces = {piece for name in self.names for piece in name.split()}
        return self.words(word) if pieces.isdisjoint(fold(word).split()) else hide_all(word)

    def reference(self, record_id: str) -> str:
        """Return a record's reference: as it is, unless it is a name or another person's number."""
        details = find_details(record_id, known=self.names, unknown=False)
        return black_out(record_id, [one for one in details if one.kind not in _NOT_IN_REFERENCES])

    def cell(self, heading: str, value: object) -> object:
        """Return a kept value: hidden whole under a heading such as "Officer", else masked.

        Parameters
        ----------
        heading : str
            The column's name.
        value : object
            What stands in it; only text is looked into.
        """
        if value is None or value == "" or value != value:  # noqa: PLR0124 - NaN
            return value
        if is_personal(heading):
            return hide_all(str(value))
        if not isinstance(value, str):
            return value
        return mask(value, known=self.names, unknown=len(value) > _LONGEST_LABEL)

    def of(self, finding: Finding) -> Masked:
        """Return what a finding in this note shows under the mask.

        Parameters
        ----------
        finding : Finding
            With its whole sentence, and the columns kept with the note.
        """
        start = finding.start - finding.phrase_offset
        sentence = None if finding.sentence is None else start + len(finding.sentence)
        return Masked(
            phrase=None if finding.phrase is None else self.stretch(finding.start, finding.end),
            sentence=None if sentence is None else self.stretch(start, sentence),
            cue=None if finding.cue is None else self.words(finding.cue),
            record_id=None if finding.record_id is None else self.reference(finding.record_id),
            meta={name: self.cell(name, value) for name, value in finding.meta.items()},
        )


def is_personal(heading: str) -> bool:
    """Tell whether a column's heading says that each cell leads to a person: "Officer", "DOB"."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    words = set(re.findall(r"[^\W_]+", parted.lower()))
    return bool(words & _PERSONAL) and not words & _NOT_PERSONAL


def masked_finding(finding: Finding) -> Finding:
    """Return a finding that comes without its note, masked by what its sentence tells.

    Parameters
    ----------
    finding : Finding
        As a file of findings holds it; the note's other sentences are not known any more, so that
        fewer names are.
    """
    text = finding.sentence or finding.phrase or ""
    offset = 0 if finding.sentence is None else finding.phrase_offset
    note = NoteMask(text)
    end = offset + len(finding.phrase or "")
    return replace(
        finding,
        phrase=None if finding.phrase is None else note.stretch(offset, end),
        sentence=None if finding.sentence is None else note.stretch(0, len(text)),
        cue=None if finding.cue is None else note.words(finding.cue),
        record_id=None if finding.record_id is None else note.reference(finding.record_id),
        meta={name: note.cell(name, value) for name, value in finding.meta.items()},
    )


def mask_note(note: Note) -> Note:
    """Return a note whose text, reference and kept columns are masked; all offsets still hold.

    Parameters
    ----------
    note : Note
        Any note.
    """
    hidden = NoteMask(note.text)
    return replace(
        note,
        text=hidden.stretch(0, len(note.text)),
        record_id=None if note.record_id is None else hidden.reference(note.record_id),
        meta={name: hidden.cell(name, value) for name, value in note.meta.items()},
        parts=tuple(
            replace(
                part,
                author=None if part.author is None else hide_all(part.author),
                quoted=None if part.quoted is None else hidden.words(part.quoted),
            )
            for part in note.parts
        ),
    )
