"""The code frame: a sentence on one line, cut around its phrase, and the marks below it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from vbl_detect.records import Finding
from vbl_detect.writers.visible import encodable, visible

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence made visible, in three parts, each on one line.

    Attributes
    ----------
    before, phrase, after : str
        The sentence around the phrase, shortened with an ellipsis where it is long.
    """

    before: str
    phrase: str
    after: str

    @property
    def indent(self) -> int:
        """Terminal cells before the phrase."""
        return cell_len(self.before)

    @property
    def marks(self) -> int:
        """Terminal cells under the phrase; none where the phrase is not known."""
        if not self.phrase:
            return 0
        return max(cell_len(self.before + self.phrase) - self.indent, 1)


def frame_of(finding: Finding, *, width: int, encoding: str) -> Frame | None:
    """Return the frame of a finding, or None where its sentence is not to be shown.

    Parameters
    ----------
    finding : Finding
        What was found.
    width : int
        Terminal cells the line may take.
    encoding : str
        The encoding of the stream it is shown on.
    """
    if finding.sentence is None:
        return None
    start, end = phrase_in_sentence(finding)
    sentence = finding.sentence
    # Only `width` characters either side can be shown: a sentence of a million characters is not
    # walked through again for every finding in it.
    before = visible(sentence[max(start - width, 0) : start], encoding)
    after = visible(sentence[end : end + width], encoding)
    spare = width - cell_len(before) - cell_len(after)
    phrase = visible(_ends(sentence[start:end], 2 * width), encoding)
    phrase = shortened(phrase, max(width // 2, spare), encoding)
    room = max(width - cell_len(phrase), 2)
    left = _cells_for_left(cell_len(before), cell_len(after), room)
    ellipsis = encodable(_ELLIPSIS, encoding)
    shown_before = _last_cells(before, left, ellipsis, more=start > width)
    rest = max(room - cell_len(shown_before), 1)
    shown_after = _first_cells(after, rest, ellipsis, more=end + width < len(sentence))
    return Frame(shown_before, phrase, shown_after)


def phrase_in_sentence(finding: Finding) -> tuple[int, int]:
    """Return where the phrase stands in the sentence, half-open, in code points.

    Masking may have moved it, so that it is looked for when it is not where it should be; a phrase
    that cannot be found has no width.
    """
    sentence, phrase = finding.sentence or "", finding.phrase or ""
    start = finding.phrase_offset
    if not sentence.startswith(phrase, start):
        start = sentence.find(phrase)
    if start < 0 or not phrase:
        return 0, 0
    return start, start + len(phrase)


def shortened(text: str, width: int, encoding: str) -> str:
    """Return visible `text` in at most `width` cells, its middle left out if it is longer.

    Parameters
    ----------
    text : str
        Text that `vbl_detect.writers.visible.visible` has made visible.
    width : int
        Terminal cells it may take.
    encoding : str
        The encoding of the stream it is shown on.
    """
    if cell_len(text) <= width:
        return text
    ellipsis = encodable(_ELLIPSIS, encoding)
    head = (width - cell_len(ellipsis)) // 2
    tail = width - cell_len(ellipsis) - head
    return f"{_take(text, head)}{ellipsis}{_take_end(text, tail)}"


def _cells_for_left(before: int, after: int, room: int) -> int:
    """Share `room` between the two sides: half each, and what one does not need to the other."""
    half = room // 2
    return min(before, max(half, room - after))


def _last_cells(text: str, width: int, ellipsis: str, *, more: bool) -> str:
    if not more and cell_len(text) <= width:
        return text
    kept = _take_end(text, max(width - cell_len(ellipsis), 0))
    _, space, tail = kept.partition(" ")
    return ellipsis + (tail if space and len(tail) > len(kept) // 2 else kept)


def _first_cells(text: str, width: int, ellipsis: str, *, more: bool) -> str:
    if not more and cell_len(text) <= width:
        return text
    kept = _take(text, max(width - cell_len(ellipsis), 0))
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > len(kept) // 2 else kept) + ellipsis


def _ends(text: str, length: int) -> str:
    return text if len(text) <= 2 * length else text[:length] + text[-length:]


def _take(text: str, width: int) -> str:
    cells = 0
    for index, character in enumerate(text):
        cells += cell_len(character)
        if cells > width:
            return text[:index]
    return text


def _take_end(text: str, width: int) -> str:
    cells = 0
    start = len(text)
    for index in range(len(text) - 1, -1, -1):
        size = cell_len(text[index])
        cells += size
        if cells > width:
            break
        if size:  # never begin with a combining mark
            start = index
    return text[start:]
