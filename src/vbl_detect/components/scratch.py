"""What components tell each other of a note that is judged in a batch.

spaCy puts a note's text together from its tokens, and copies their attributes, each time it is
asked; here they are kept, where the one who made the note has put its text, and so is what the
context rules have read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDX, IS_SPACE, LENGTH, LOWER
from spacy.tokens import Doc

from vbl_detect.context import Reading

#: Where it is kept in ``doc.user_data``.
KEY = "vbl_scratch"

Tokens: TypeAlias = npt.NDArray[np.uint64]
#: The columns of `Tokens`, in this order.
_COLUMNS = [LOWER, IS_SPACE, IDX, LENGTH]


@dataclass(slots=True)
class Scratch:
    """What is known of a note.

    Attributes
    ----------
    text : str
        Its text.
    reading : Reading or None
        The note as the context rules see it, once they have.
    tokens : ndarray of shape (n_tokens, 4) or None
        From `tokens_of`, once something has asked.
    """

    text: str
    reading: Reading | None = None
    tokens: Tokens | None = None


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


def tokens_of(doc: Doc) -> Tokens:
    """Return the attributes of a note's tokens that no component changes.

    Parameters
    ----------
    doc : Doc
        Any note.

    Returns
    -------
    ndarray of shape (n_tokens, 4)
        The hash of each token in lower case, whether it is white space, where it begins and how
        long it is in code points.
    """
    kept = doc.user_data.get(KEY)
    if kept is None:
        return cast("Tokens", doc.to_array(_COLUMNS))
    if kept.tokens is None or len(kept.tokens) != len(doc):  # somebody's component may merge some
        kept.tokens = doc.to_array(_COLUMNS)
    return cast("Tokens", kept.tokens)
