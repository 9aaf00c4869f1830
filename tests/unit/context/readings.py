"""Readings for tests, from plain text, without spaCy and without tables."""

from __future__ import annotations

import re

from vbl_detect.context import Cue, Mention, Reading
from vbl_detect.lexicon import ContextRule

_WORD = re.compile(r"['’]s\b|n['’]t\b|\w+(?=n['’]t\b)|\w+|[^\w\s]")


def rule(effect, direction="before", scope="sentence", code="CX900", speakers=()):
    """Return a rule without patterns."""
    return ContextRule(
        code=code,
        effect=effect,
        direction=direction,
        scope=scope,
        speakers=speakers,
        patterns=(),
        unless=(),
        note="A note.",
        fires=(),
        silent=(),
        path="context_rules.csv",
        line=2,
    )


POSITIONAL = {
    effect: rule(effect, code=code)
    for effect, code in (("label", "CX901"), ("quotation", "CX902"), ("subject", "CX903"))
}


def read(text, people=None, cues=None, rules=POSITIONAL):
    """Return the reading of a text; people and cues are given as {word: ...}.

    People are ``(role, gender)`` or ``(role, gender, number)``, cues are rules.
    """
    found = list(_WORD.finditer(text))
    words = [word.group().lower() for word in found]
    stops = [0, *(n + 1 for n, word in enumerate(words[:-1]) if word in ".?!")]
    mentions = [
        Mention(n, n + 1, *(*(people or {})[word], "one")[:3])
        for n, word in enumerate(words)
        if word in (people or {})
    ]
    return Reading(
        text=text,
        words=words,
        starts=[word.start() for word in found],
        ends=[word.end() for word in found],
        sentence_starts=stops,
        cues=[Cue(n, n + 1, cues[w]) for n, w in enumerate(words) if w in (cues or {})],
        mentions=mentions,
        rules=rules,
    )


def at(reading, phrase):
    """Return the half-open positions of a phrase in a reading."""
    start = reading.text.index(phrase)
    return reading.word_range(start, start + len(phrase))
