"""Phrases that only the classifier hears, in which the lexicon knows words to mean otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from vbl_detect.components.lexicon_matcher import LexiconMatcher


def covering(matcher: LexiconMatcher, doc: Doc, spans: Sequence[Span]) -> list[str | None]:
    """Return for each span the look-alike of its category that covers it, or None.

    It covers a span if it holds more than half of the span's characters: "a runner for the
    athletics club" is no courier.

    Parameters
    ----------
    matcher : LexiconMatcher
        Its terms' `unless` are the look-alikes.
    doc : Doc
        The note.
    spans : sequence of Span
        Phrases of it, whose labels are categories.
    """
    if not spans:
        return []
    terms = matcher.lexicon.terms
    found = [
        (terms[code].category, doc[start:end])
        for start, end, code in matcher.look_alikes(doc, {span.label_ for span in spans})
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
