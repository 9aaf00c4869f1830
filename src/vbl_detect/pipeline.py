"""The spaCy pipeline, put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from vbl_detect import resources
from vbl_detect.classifier.tagger import MOST_THREADS

# Importing the modules registers their factories, also where no entry point is installed.
from vbl_detect.components import classifier, context_qualifier, lexicon_matcher, sentences
from vbl_detect.components.classifier import find_component
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.errors import UsageError
from vbl_detect.records import ModelChoice
from vbl_detect.writers.visible import without_surrogates

# Not the joiners inside words of some languages and inside emoji.
_UNSEEN = "\0\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_HOLDS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_UNSEEN_BESIDE_WORDS = re.compile(rf"(?<!\w)[{_UNSEEN}]+|[{_UNSEEN}]+(?!\w)")


class _Pipeline(English):  # type: ignore[no-untyped-call]
    """spaCy's English; it keeps text as UTF-8, which has no lone surrogates, so they are U+FFFD.

    Characters that no screen shows are spaces beside a word, as copies from web pages leave them:
    spaCy would take one after a full stop, and the stop, for the end of the word.
    """

    def make_doc(self, text: str) -> Doc:
        """Return the tokens of a text; their offsets are those in the text as it was given."""
        if _HOLDS_UNSEEN.search(text):  # what stands beside words is slow to look for
            text = _UNSEEN_BESIDE_WORDS.sub(_spaces, text)
        return super().make_doc(without_surrogates(text))


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def load(
    *,
    lexicons: str | Path | Iterable[str | Path] = (),
    model: ModelChoice | Path | None = "full",
    threads: int = MOST_THREADS,
) -> Language:
    """Return the detection pipeline; it downloads nothing.

    Parameters
    ----------
    lexicons : iterable of str or Path, or one of them
        Your own lexicon folders, laid over the built-in one in this order.
    model : {"full", "fast"}, Path or None
        The classifier: the built-in one, the same without its contextual tagger, or the folder of
        one that ``vbl-detect train`` wrote; None: no classifier, lexicon and context alone.
    threads : int
        How many threads the contextual tagger may take for a long note.

    Returns
    -------
    Language
        Called on a text it gives a ``Doc`` with ``doc.sents`` and ``doc.spans["vbl"]``.

    Raises
    ------
    LexiconError
        If a lexicon has faults; the message lists every one as ``file:line``.
    UsageError
        If a lexicon folder does not exist, or there is no such model.

    Examples
    --------
    >>> nlp = load()
    >>> [span.id_ for span in nlp("Continues to put self at risk.").spans["vbl"]]
    ['RC001']
    """
    if isinstance(model, str) and model not in get_args(ModelChoice):
        raise UsageError(
            f"there is no model {model!r}; it is 'full' or 'fast', or the Path of a folder that "
            "vbl-detect train wrote"
        )
    nlp = _Pipeline()  # what spacy.blank("en") returns, in less time
    # The limit guards parsers that nothing here uses; a whole Word file may be one note.
    nlp.max_length = 1_000_000_000
    nlp.add_pipe(sentences.NAME)
    folders = [lexicons] if isinstance(lexicons, str | Path) else lexicons
    settings = {"lexicons": [str(path) for path in folders]}
    nlp.add_pipe(lexicon_matcher.NAME, config=settings)
    nlp.add_pipe(context_qualifier.NAME, config=settings)
    if model is not None:
        name = resources.MODEL if isinstance(model, str) else str(model)
        parts = {"model": name, "tagger": model != "fast", "threads": threads}
        nlp.add_pipe(classifier.NAME, config=parts)
    return nlp


def find_matcher(nlp: Language) -> LexiconMatcher:
    """Return the pipeline's lexicon matcher.

    Parameters
    ----------
    nlp : Language
        A pipeline made by `load`, or any that holds the component.

    Raises
    ------
    UsageError
        If it holds none.
    """
    return find_component(nlp, LexiconMatcher, lexicon_matcher.NAME)
