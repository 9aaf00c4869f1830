"""A note's words and sentences as the screen takes them: in one reading for both genders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.attrs import SENT_START
from spacy.strings import StringStore, get_string_id
from spacy.tokens import Doc

from vbl_detect.classifier.genders import HER, exchange_word, gendered_words, mostly_male
from vbl_detect.classifier.ngrams import Words
from vbl_detect.components.scratch import tokens_of

#: By hash, the words that are read otherwise in a note about a boy.
_GENDERED = {get_string_id(word): word for word in gendered_words()}
#: Whether a word with these last bits may be one of them: looking here takes numpy a moment.
_LAST_BITS = 0xFFFF
_MAY_BE_GENDERED = np.zeros(_LAST_BITS + 1, dtype=bool)
_MAY_BE_GENDERED[[key & _LAST_BITS for key in _GENDERED]] = True


class Sentences(NamedTuple):
    """A note's sentences as the screen takes them; those without a word are left out.

    Attributes
    ----------
    words : ndarray of shape (n_words,)
        Hashes of the lower-case words as they are read (`classifier.genders`).
    written : ndarray of shape (n_words,)
        Hashes of the lower-case words as they are written.
    starts : ndarray of shape (n_sentences,)
        Where each sentence starts in `words`.
    bounds : list of (int, int)
        Half-open offsets of each sentence in code points, white space at its ends left out.
    """

    words: Words
    written: Words
    starts: npt.NDArray[np.int64]
    bounds: list[tuple[int, int]]


def sentences_of_all(docs: Sequence[Doc]) -> list[Sentences]:
    """Return the sentences of each note as the screen takes them.

    Parameters
    ----------
    docs : sequence of Doc
        Notes with sentence starts.
    """
    arrays = [tokens_of(doc) for doc in docs]
    array = np.concatenate(arrays)
    token_edges = np.cumsum([0, *map(len, arrays)])
    begins = np.concatenate([doc.to_array(SENT_START) for doc in docs]) == 1
    begins[token_edges[token_edges < len(array)]] = True
    sentence = np.cumsum(begins)
    kept = array[:, 1] == 0
    words, numbers = array[kept, 0], sentence[kept]
    offsets, lengths = array[kept, 2].astype(np.int64), array[kept, 3].astype(np.int64)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1)).astype(np.int64)
    ends = np.append(starts[1:], len(words))[: len(starts)] - 1
    bounds = list(
        zip(offsets[starts].tolist(), (offsets[ends] + lengths[ends]).tolist(), strict=True)
    )
    word_edges = np.append(0, kept.cumsum())[token_edges]
    edges = np.searchsorted(starts, word_edges)
    gendered = _gendered_places(words)
    told = np.searchsorted(gendered, word_edges)
    gender_words = [_GENDERED[key] for key in words[gendered].tolist()]
    found: list[Sentences] = []
    for doc, (begin, end), (first, last), (one, other) in zip(
        docs, *(pairwise(each.tolist()) for each in (word_edges, edges, told)), strict=True
    ):
        written = words[begin:end]
        read, of_gender = written, gender_words[one:other]
        if mostly_male(of_gender):
            places = gendered[one:other] - begin
            read = _exchanged(written, places, of_gender, doc.vocab.strings)
        found.append(Sentences(read, written, starts[first:last] - begin, bounds[first:last]))
    return found


def _gendered_places(words: Words) -> npt.NDArray[np.int64]:
    """Return where words stand that are read otherwise in a note about a boy."""
    places = np.flatnonzero(_MAY_BE_GENDERED[words & np.uint64(_LAST_BITS)])
    sure = np.array([key in _GENDERED for key in words[places].tolist()], dtype=bool)
    found: npt.NDArray[np.int64] = places[sure]
    return found


def _exchanged(
    written: Words, places: npt.NDArray[np.int64], words: Sequence[str], strings: StringStore
) -> Words:
    """Return the hashes of a note's words with women as men and men as women.

    `places` is where such `words` stand.
    """
    read = written.copy()
    for at, word in zip(places.tolist(), words, strict=True):
        has_next = word == HER and at + 1 < len(written)
        following = strings[int(written[at + 1])] if has_next else ""
        read[at] = strings.add(exchange_word(word, following))
    return read
