"""The lexicon's short marks in full sentences, as a reader who never saw its files needs them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vbl_detect.lexicon import ContextRule, Effect
from vbl_detect.lexicon.terms import ContextNeeded
from vbl_detect.records import Context

#: When a row's matches count.
WHEN: Mapping[ContextNeeded, str] = {
    "always": "counts whoever it is said of",
    "only-of-victim": "counts when it is said of a victim or a child",
    "depends-on-context": "depends on the case: a person should look",
}
#: What each context says of a finding.
CONTEXTS: Mapping[Context, str] = {
    "asserted": "the author's own words about a victim or a child",
    "reported": "what another agency or the family said, not the author's own judgement",
    "quoted": "somebody else's exact words, not the author's own judgement",
    "negated": "denied or challenged",
    "mention": "talked about, or copied from a form or an earlier record",
    "other-subject": "said of somebody who is not the person at risk",
}
#: The marks that can stand at the end of a source.
MARKS: Mapping[str, str] = {
    "[press]": "known from press reports of it",
    "[derived]": "drawn from a principle in it",
    "[second-hand quote]": "quoted from another text that cites it",
    "[recall]": "general knowledge, not checked against the source",
    "[practice]": "known from practice, not from a published guide",
}
#: What each effect of a context rule says of the words it decides over.
EFFECTS: Mapping[Effect, str] = {
    "spoken": "somebody else says the words",
    "attributed": "the words are put down to somebody else",
    "quoted": "the words are quoted",
    "reported": "the words are reported",
    "recorded": "an earlier record says the words",
    "account": "somebody else is let speak, sentence after sentence",
    "document": "a document's words stand in quotation marks",
    "adopted": "the author takes somebody else's words over, so that they count",
    "challenged": "the author rejects somebody else's words",
    "objected": "somebody objects to the wording",
    "negated": "the words are denied",
    "mention": "the words are talked about, not said of anybody",
    "question": "a form asks",
    "ends": "a cue before it reaches no farther",
    "resumes": "somebody's turn ends, and the author speaks again",
    "custody": "the words may be about the suspect of the sentence before",
    "quotation": "the words stand in quotation marks",
    "field": "a line of a form asks",
    "label": "the words follow a speaker's label",
    "subject": "the words are about somebody who is not the person at risk",
}
#: How far a cue reaches to one side, or to both.
SCOPES: Mapping[str, str] = {
    "phrase": "a few words",
    "clause": "the clause",
    "sentence": "the sentence",
}
#: The scopes that have no side, or one of their own.
REACHES: Mapping[str, str] = {
    "note": "anywhere in the note",
    "near": "in the same sentence, the one before and the two after",
    "label": "after the cue and its colon, in the same line",
    "next": "in the sentence before, if the cue is all that its own sentence holds",
    "ruling": "before a dash, colon or comma, if the cue is all that follows it",
}
_MARK = re.compile(r"\s*(\[[^\]]+\])$")


def source_in_words(source: str) -> str:
    """Return a source with its mark, ``[derived]`` say, in words."""
    mark = _MARK.search(source)
    if mark is None or mark[1] not in MARKS:
        return source
    return f"{source[: mark.start()]} ({MARKS[mark[1]]})"


def effect_in_words(rule: ContextRule) -> str:
    """Return what a context rule says of the words it decides over."""
    return EFFECTS[rule.effect]


def reach_in_words(rule: ContextRule) -> str:
    """Return over which words a context rule can decide."""
    if rule.scope in REACHES:
        return REACHES[rule.scope]
    scope = SCOPES[rule.scope]
    if rule.direction == "before":
        return f"after the cue, in the rest of {scope}".replace("rest of a", "next")
    return f"before the cue, in {scope}" if rule.direction == "after" else f"anywhere in {scope}"
