"""The spaCy component that marks where sentences begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from vbl_detect.components.batches import BATCH_SIZE, in_batches
from vbl_detect.components.scratch import text_of, tokens_of
from vbl_detect.sentences import sentence_bounds

NAME = "vbl_sentences"

Marks = npt.NDArray[np.int64]


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
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
        """Do the same for many notes, a batch at once.

        Parameters
        ----------
        stream : iterable of Doc
            The notes.
        batch_size : int
            How many are looked at together, if that many come.
        """
        for docs in in_batches(stream, batch_size):
            for doc, marks in zip(docs, self.find_all(docs), strict=True):
                self.set_annotations(doc, marks)
                yield doc

    def find_all(self, docs: Sequence[Doc]) -> list[Marks]:
        """Return for each token of each note 1 where it begins a sentence, and -1 elsewhere.

        White space before the first sentence belongs to it. A sentence that would begin inside a
        token ("NFA.Mother") is not parted from the one before it.

        Parameters
        ----------
        docs : sequence of Doc
            The notes.
        """
        texts = [text_of(doc) for doc in docs]
        tokens = [tokens_of(doc)[:, 2] for doc in docs]
        token_edges = np.cumsum([0, *map(len, tokens)])
        # As if each text began where the one before it ends.
        text_edges = np.cumsum([0, *map(len, texts)])
        offsets = np.concatenate(tokens).astype(np.int64)
        offsets += np.repeat(text_edges[:-1], np.diff(token_edges))
        starts = [
            edge + start
            for edge, text in zip(text_edges.tolist(), texts, strict=False)
            for start, _ in sentence_bounds(text)[1:]
        ]
        begins = np.isin(offsets, starts, assume_unique=True)
        begins[token_edges[token_edges < len(offsets)]] = True
        marks = np.where(begins, 1, -1)
        return [marks[first:last] for first, last in pairwise(token_edges.tolist())]

    def set_annotations(self, doc: Doc, marks: Marks) -> None:
        """Write the sentence starts to the tokens."""
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
