"""What the detector says of a sentence that a person wrote anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.language import Language

from vbl_detect.detection import detect
from vbl_detect.exercises import Exercise, with_words
from vbl_detect.records import Finding, Note

#: What a check says, and what it does not.
LIMIT = (
    "The detector misses some blaming wording, and cannot tell whether the facts are "
    "right: compare with the model answer."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RewritingCheck:
    """A rewriting, and what is left in it.

    Attributes
    ----------
    words : str
        What the person wrote.
    findings : sequence of Finding
        What the detector counts in it.
    kept : sequence of str
        Agreed phrases that stand in it word for word, where the detector counts nothing.
    """

    words: str
    findings: Sequence[Finding] = ()
    kept: Sequence[str] = ()

    @property
    def clear(self) -> bool:
        """Whether nothing is left."""
        return not self.findings and not self.kept


#: Judges what somebody wrote in the place of an exercise's stretch.
RewritingJudge = Callable[[Exercise, str], RewritingCheck]


def check_rewriting(exercise: Exercise, words: str, nlp: Language) -> RewritingCheck:
    """Judge a rewriting in its place in the note.

    Parameters
    ----------
    exercise : Exercise
        A rewriting task.
    words : str
        What the person wrote.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    """
    text, start, end = with_words(exercise, words)
    found = tuple(
        finding
        for finding in detect([Note(text=text)], nlp)
        if finding.counted and finding.start < end and start < finding.end
    )
    told = {_plain(finding.phrase or "") for finding in found}
    phrases = (exercise.note.text[span.start : span.end] for span in exercise.note.spans)
    kept = tuple(
        phrase
        for phrase in phrases
        if _plain(phrase) in _plain(words)
        and not any(one in _plain(phrase) or _plain(phrase) in one for one in told)
    )
    return RewritingCheck(words=words, findings=found, kept=kept)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())
