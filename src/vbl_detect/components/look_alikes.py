"""Phrases that only the classifier hears, in which the lexicon knows words to mean otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.attrs import LOWER
from spacy.tokens import Doc, Span

from vbl_detect.lexicon import Lexicon
from vbl_detect.matching import UNKNOWN, PatternIndex


class LookAlikes:
    """Finds the look-alikes of a lexicon's rows that cover phrases.

    Parameters
    ----------
    lexicon : Lexicon
        Its terms say which category a look-alike belongs to.
    index : PatternIndex
        Their `unless`, compiled.
    """

    def __init__(self, lexicon: Lexicon, index: PatternIndex) -> None:
        self._categories = {code: term.category for code, term in lexicon.terms.items()}
        self._index = index

    def covering(self, doc: Doc, spans: Sequence[Span]) -> list[str | None]:
        """Return for each span the look-alike of its category that covers it, or None.

        It covers a span if it holds more than half of the span's characters: "a runner for the
        athletics club" is no courier.

        Parameters
        ----------
        doc : Doc
            The note.
        spans : sequence of Span
            Phrases of it, whose labels are categories.
        """
        if not spans:
            return []
        strings, ids = doc.vocab.strings, self._index.word_ids
        tokens = [token for token in doc if not token.is_space]
        hashes = doc.to_array(LOWER)
        words = [ids.get(strings[hashes[token.i]], UNKNOWN) for token in tokens]
        found = [
            (self._categories[code], doc[tokens[start].i : tokens[end - 1].i + 1])
            for start, end, code in self._index.find(words)
        ]
        return [
            _covering(span, [one for category, one in found if category == span.label_])
            for span in spans
        ]


def _covering(span: Span, look_alikes: Sequence[Span]) -> str | None:
    for one in look_alikes:
        shared = min(span.end_char, one.end_char) - max(span.start_char, one.start_char)
        if 2 * shared > span.end_char - span.start_char:
            return " ".join(one.text.split())
    return None
