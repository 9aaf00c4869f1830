"""The spaCy component that marks where sentences begin."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from vbl_detect.components.scratch import text_of, tokens_of
from vbl_detect.sentences import sentence_bounds

NAME = "vbl_sentences"


class Sentences:
    """Mark where sentences begin, by the rules of `vbl_detect.sentences`.

    Notes
    -----
    Assigned attributes:

    =========================  ======  ====================================================
    Location                   Type    Value
    =========================  ======  ====================================================
    ``token.is_sent_start``    bool    whether the token begins a sentence; white space
                                       between sentences belongs to the one before it
    =========================  ======  ====================================================
    """

    def __call__(self, doc: Doc) -> Doc:
        """Find the sentences and mark their first tokens."""
        if len(doc):
            self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> npt.NDArray[np.intp]:
        """Return the positions of the tokens that begin a sentence, of shape (n_sentences,).

        White space before the first sentence belongs to it. A sentence that would begin inside a
        token ("NFA.Mother") is not parted from the one before it.
        """
        starts = np.array([start for start, _ in sentence_bounds(text_of(doc))], dtype=np.uint64)
        offsets = tokens_of(doc)[:, 2]
        positions: npt.NDArray[np.intp] = np.searchsorted(offsets, starts)
        at_edge: npt.NDArray[np.bool_] = offsets.take(positions, mode="clip") == starts
        positions[:1], at_edge[:1] = 0, True
        return positions[at_edge]

    def set_annotations(self, doc: Doc, starts: npt.NDArray[np.intp]) -> None:
        """Write the sentence starts to the tokens; the first token always is one."""
        marks = np.full(len(doc), -1, dtype=np.int64)
        marks[starts] = 1
        marks[0] = 1
        doc.from_array([SENT_START], marks.view(np.uint64))  # type: ignore[arg-type]


@Language.factory(NAME, assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> Sentences:
    """Build the component; it has no settings.

    Parameters
    ----------
    nlp, name : Language, str
        The pipeline and the component's name in it.
    """
    del nlp, name  # spaCy passes them to every factory
    return Sentences()
