"""What components tell each other of a note that is judged in a batch.

spaCy puts a note's text together from its tokens each time it is asked; here it is kept, where the
one who made the note has put it, and so is what the context rules have read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.tokens import Doc

from vbl_detect.context import Reading

#: Where it is kept in ``doc.user_data``.
KEY = "vbl_scratch"


@dataclass(slots=True)
class Scratch:
    """What is known of a note.

    Attributes
    ----------
    text : str
        Its text.
    reading : Reading or None
        The note as the context rules see it, once they have.
    """

    text: str
    reading: Reading | None = None


def with_scratch(doc: Doc, text: str) -> Doc:
    """Return a note that keeps its text.

    Parameters
    ----------
    doc : Doc
        The note.
    text : str
        What it was made of.
    """
    doc.user_data[KEY] = Scratch(text)
    return doc


def scratch_of(doc: Doc) -> Scratch:
    """Return what is known of a note; where nothing is kept, no more than its text.

    Parameters
    ----------
    doc : Doc
        Any note.
    """
    kept = doc.user_data.get(KEY)
    return Scratch(doc.text) if kept is None else cast("Scratch", kept)


def text_of(doc: Doc) -> str:
    """Return the text of a note.

    Parameters
    ----------
    doc : Doc
        Any note.
    """
    kept = doc.user_data.get(KEY)
    return doc.text if kept is None else cast("Scratch", kept).text
