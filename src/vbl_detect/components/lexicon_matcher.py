"""The spaCy component that fills ``doc.spans["vbl"]`` with the lexicon's matches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from vbl_detect import resources
from vbl_detect.classifier.word_table import WordTable
from vbl_detect.components.batches import BATCH_SIZE, in_batches
from vbl_detect.components.compiled import term_index
from vbl_detect.components.scratch import tokens_of
from vbl_detect.lexicon import Lexicon, read_lexicon
from vbl_detect.matching import BREAK, UNKNOWN, Ids, Match, keep_most_specific
from vbl_detect.records import SEVERITIES

NAME = "vbl_lexicon_matcher"
SPANS_KEY = "vbl"

#: The id of white space, which the search passes over.
_SPACE = -3

#: Characters that a screen does not show and that copies from web pages leave inside words, and
#: the hyphen that does not break; a word is looked up without them.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u2011"))


class LexiconMatcher:
    """Find the lexicon's terms in a note.

    Parameters
    ----------
    nlp : Language
        The pipeline; its tokenizer decides how the patterns are split.
    lexicon : Lexicon
        The terms in force.
    spans_key : str
        Where the matches go.

    Notes
    -----
    Assigned attributes:

    ======================  ===========  ==================================================
    Location                Type         Value
    ======================  ===========  ==================================================
    ``doc.spans["vbl"]``    SpanGroup    one span a match, ``label_`` the category, ``id_``
                                         the code, in the order they stand
    ======================  ===========  ==================================================
    """

    def __init__(self, nlp: Language, lexicon: Lexicon, *, spans_key: str = SPANS_KEY) -> None:
        self.lexicon = lexicon
        self.spans_key = spans_key
        self._index = term_index(lexicon, nlp)
        self._ids = WordTable((), np.int64)
        self._categories = {code: term.category for code, term in lexicon.terms.items()}
        self._ranks = {
            code: SEVERITIES.index(term.severity) for code, term in lexicon.terms.items()
        }

    def __call__(self, doc: Doc) -> Doc:
        """Find the terms and set the spans."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
        """Do the same for many notes, a batch of which is sieved at once.

        Parameters
        ----------
        stream : iterable of Doc
            The notes.
        batch_size : int
            How many are looked at together, if that many come.
        """
        for docs in in_batches(stream, batch_size):
            words = self._words(docs)
            found = self._index.find_all([_without_space(one) for one in words])
            for doc, matches, own in zip(docs, found, words, strict=True):
                self.set_annotations(doc, self._to_report(_in_tokens(matches, own)))
                yield doc

    def match(self, doc: Doc) -> list[Match]:
        """Return the matches to report, in token positions of `doc`."""
        return self._to_report(self.match_all(doc))

    def match_all(self, doc: Doc) -> list[Match]:
        """Return every match, overlapping ones included, in token positions of `doc`."""
        [words] = self._words([doc])
        return _in_tokens(self._index.find(_without_space(words).tolist()), words)

    def look_alikes(self, doc: Doc, categories: Collection[str]) -> list[Match]:
        """Return the phrases in which words of some categories' rows mean something else."""
        codes = [code for code, category in self._categories.items() if category in categories]
        [words] = self._words([doc])
        found = self._index.find_exceptions(_without_space(words).tolist(), codes)
        return _in_tokens(found, words)

    def _to_report(self, found: list[Match]) -> list[Match]:
        return keep_most_specific(found, self._categories, self._ranks)

    def set_annotations(self, doc: Doc, matches: list[Match]) -> None:
        """Write the matches to ``doc.spans``."""
        spans = [
            Span(doc, start, end, label=self._categories[code], span_id=code)
            for start, end, code in matches
        ]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)

    def _words(self, docs: Sequence[Doc]) -> list[Ids]:
        """Return the ids of each note's tokens; white space is `_SPACE`, or `BREAK` if blank."""
        hashes = [tokens_of(doc)[:, 0] for doc in docs]
        text = docs[0].vocab.strings.__getitem__

        def tell(keys: Sequence[int]) -> list[int]:
            return [self._id(text(key)) for key in keys]

        ids = self._ids.of(np.concatenate(hashes), tell)
        edges = accumulate(map(len, hashes), initial=0)
        return [ids[first:last] for first, last in pairwise(edges)]

    def _id(self, word: str) -> int:
        if word.isspace():
            return BREAK if is_blank_line(word) else _SPACE
        visible = word if word.isascii() else word.translate(_INVISIBLE)
        return self._index.word_ids.get(visible, UNKNOWN)


def _without_space(words: Ids) -> Ids:
    is_word = words != _SPACE
    return words if is_word.all() else words[is_word]


def _in_tokens(found: list[Match], words: Ids) -> list[Match]:
    """Return matches in positions of all words instead of those without white space."""
    if not found:
        return found
    at = (words != _SPACE).nonzero()[0].tolist()
    return [Match(at[start], at[end - 1] + 1, code) for start, end, code in found]


def is_blank_line(space: str) -> bool:
    """Tell whether white space holds a blank line, across which no wording reaches.

    Parameters
    ----------
    space : str
        The text of a white space token.
    """
    return space.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1


@Language.factory(
    NAME,
    assigns=["doc.spans"],
    default_config={"lexicons": [], "spans_key": SPANS_KEY},
)
def create_lexicon_matcher(
    nlp: Language, name: str, lexicons: list[str], spans_key: str
) -> LexiconMatcher:
    """Build the component from its settings.

    Parameters
    ----------
    nlp, name : Language, str
        The pipeline and the component's name in it.
    lexicons : list of str
        The user's own lexicon folders, laid over the built-in one in this order.
    spans_key : str
        Where the matches go.
    """
    del name  # spaCy passes it to every factory
    folders = [resources.lexicon_dir(), *map(Path, lexicons)]
    return LexiconMatcher(nlp, read_lexicon(folders), spans_key=spans_key)
