"""Whose turn it is in minutes and logs: "School: ...", "SW - ...", and the sentences after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection

from vbl_detect.context.grammar import is_oblique, is_possessor
from vbl_detect.context.mentions import Mention
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.reading import Reading
from vbl_detect.context.words import AUTHORS, BE, POSSESSIVE_PRONOUNS, POSSESSIVES

#: A label of one to eight words, then perhaps a bracket, then a colon or a dash.
_LABEL = re.compile(
    r"\s*[-\u2022*]?\s*(?:\d+[.)]\s*)?"
    r"([A-Za-z][\w/&'\u2019.]*(?:[ ,]+[A-Za-z][\w/&'\u2019.]*){0,7}[ ,]*)"
    r"(?:\([^)]{1,40}\)\s*)?(?P<mark>:|\s[-\u2013\u2014]\s)"
)
#: Questions and answers of a transcript, each on a line of its own.
_QUESTION = re.compile(r"(?m)^[ \t]*Q(?:uestion)?[.:]")
_ANSWER = re.compile(r"[ \t]*A(?:nswer|ns)?[.:]\s")
_LABEL_MARK = re.compile(r":| [-\u2013\u2014]")
#: A label with its bracket is no longer than so many characters.
_LONGEST_LABEL = 80
#: The person must stand so near the start of the label.
_LABEL_WORDS = 2
#: Between the labels of others there is none in a note with so few colons.
_FEWEST = 2
#: A label of somebody whom no table knows holds no more words, and none of a form's.
_LONGEST_STRANGER = 4
_FIELDS = frozenset(
    "threat harm risk risks vulnerability investigation engagement intervention opportunity "
    "prevention outcome outcomes decision decisions action actions analysis background summary "
    "overview circumstances rationale plan plans review update concern concerns present attendees "
    "date time ref subject to from cc re age name dob address info information discussion "
    "conclusion conclusions resolved agreed view views purpose history apologies item note notes "
    "nb category grade status next strengths worries steps recommendation recommendations findings "
    "learning comment comments position health education home placement visit medical".split()
)
#: What a form's field holds, with its full stop, runs to so many words: "Education: none."
_LONGEST_VALUE, _LONGEST_PERSON = 2, 4
#: What may follow the name in a label: "Aunt, by phone:".
_HOW = frozenset(
    "by via in at on over through before after when again speaking writing also to".split()
)
#: What a person's label may speak of: "MW's note:".
_SAYINGS = frozenset(
    "note notes view account line opinion report update comment comments version words sheet "
    "log entry email letter text message position response answer reply end side take story "
    "statement feedback summary referral concern concerns contribution".split()
)
#: Words for an office, with a place or a field before them: "Immigration liaison:".
_OFFICES = frozenset(
    "liaison coordinator co-ordinator mentor worker lead officer manager practitioner adviser "
    "advisor nurse consultant head rep clerk deputy assistant secretary governor guardian "
    "representative director chaplain lawyer tutor keyworker support".split()
)
#: Whoever may stand beside another in a label: "Placement manager:".
_COLLEAGUES = frozenset({"professional", "family", "witness"})


def find_turns(reading: Reading, speakers: Collection[str]) -> dict[int, Mention]:
    """Return, by sentence, the person in whose labelled turn it stands.

    A turn lasts to the end of its line, to the next label, or until the author or the meeting
    speaks. One label alone makes a turn only of its own sentence.

    Parameters
    ----------
    reading : Reading
        The note.
    speakers : collection of str
        The roles that a turn may belong to; other labels end a turn.
    """
    turns: dict[int, Mention] = {}
    labels: dict[int, bool] = {}
    resumed = {reading.sentence_at(cue.start) for cue in reading.cues_of("resumes")}
    current: Mention | None = None
    is_transcript = "Q" in reading.text and _QUESTION.search(reading.text) is not None
    strangers = _strangers(reading, speakers) if reading.words.count(":") > _FEWEST else {}
    for number, first in enumerate(reading.sentence_starts):
        _, last = reading.sentence_range(number)
        offset = reading.starts[first]
        new_line = not first or "\n" in reading.text[reading.ends[first - 1] : offset]
        label = _label(reading.text, offset, reading.ends[last - 1])
        named = label is not None and reading.mention_at(first) is not None
        if label is not None and (new_line or label["mark"] == ":" or named):
            current = strangers.get(number) or _labelled(
                reading, label.start(1), label.end(1), speakers
            )
            labels[number] = current is not None
            if current is not None and _is_field(reading, label.end(), last):
                turns[number], current = current, None
        elif new_line and is_transcript and _ANSWER.match(reading.text, offset):
            current = Mention(first, first + 1, "witness", "any", "one")
            labels[number] = True
        elif new_line or number in resumed:
            current = None
        if current is not None:
            turns[number] = current
    if is_transcript or len(labels) > 1:
        return turns
    return {number: mention for number, mention in turns.items() if number in labels}


def _strangers(reading: Reading, speakers: Collection[str]) -> dict[int, Mention]:
    """Return, by sentence, speakers whom no table knows, between the turns of others.

    "Immigration liaison: ..." speaks where the labelled line before it and the one after it are
    somebody's; a line of a form does not.
    """
    lines: list[tuple[int, int, bool, bool]] = []
    for number, first in enumerate(reading.sentence_starts):
        offset = reading.starts[first]
        if first and "\n" not in reading.text[reading.ends[first - 1] : offset]:
            continue
        _, last = reading.sentence_range(number)
        label = _label(reading.text, offset, reading.ends[last - 1])
        if label is None or label["mark"] != ":":
            continue
        start = bisect_left(reading.starts, label.start(1))
        end = bisect_left(reading.starts, label.end(1))
        known = _labelled(reading, label.start(1), label.end(1), speakers) is not None
        police = any(
            (m := reading.mention_at(at)) is not None and m.role == "police"
            for at in range(start, end)
        )
        people = any(reading.mention_at(at) for at in range(start, end))
        is_form = not _FIELDS.isdisjoint(reading.words[start:end])
        may_be = not people and not is_form and end - start <= _LONGEST_STRANGER
        lines.append((number, start, known or police, may_be))
    return {
        number: Mention(start, start + 1, "professional", "any", "one")
        for (_, _, before, _), (number, start, _, may_be), (_, _, after, _) in zip(
            lines, lines[1:], lines[2:], strict=False
        )
        if before and after and may_be
    }


def _is_field(reading: Reading, start: int, last: int) -> bool:
    """Tell whether a label holds no more than a form's field: "School: none"."""
    first = bisect_left(reading.starts, start)
    value = reading.words[first:last]
    is_person = any(reading.mention_at(position) for position in range(first, last))
    longest = _LONGEST_PERSON if is_person else _LONGEST_VALUE
    return len(value) <= longest and (BE | AUTHORS).isdisjoint(value)


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the label that a sentence opens with."""
    end = min(end, start + _LONGEST_LABEL)
    if _LABEL_MARK.search(text, start, end) is None:
        return None
    return _LABEL.match(text, start, end)


def _labelled(reading: Reading, start: int, end: int, speakers: Collection[str]) -> Mention | None:
    """Return the speaker whom a label between two offsets names."""
    first = bisect_left(reading.starts, start)
    words = reading.words
    if not POSSESSIVE_PRONOUNS.isdisjoint(words[first : first + 1]) and not _SAYINGS.isdisjoint(
        words[first + 1 : first + 2]
    ):
        person = resolve_pronoun(reading, first)  # "His position:"
        return person if person is not None and person.role in speakers else None
    for position in range(first, min(first + _LABEL_WORDS + 2, len(words))):
        mention = reading.mention_at(position)
        if mention is not None and reading.ends[mention.end - 1] <= end + 1:
            if is_possessor(reading, mention) and any(
                reading.mention_at(at) for at in (mention.end + 1, mention.end + 2)
            ):
                continue  # "IP's dad at the scene:"
            named = mention.role in speakers and not is_oblique(reading, position)
            return mention if named and _ends_in_name(reading, mention.end, end) else None
    return None


def _ends_in_name(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a label from a position up to an offset holds no more than a name or number."""
    words = reading.words
    position = start + (words[start : start + 1] == [","])
    if position < len(words) and words[position] in _HOW:
        return True
    if position < len(words) and words[position] in POSSESSIVES:
        return not _SAYINGS.isdisjoint(words[position + 1 : position + 3])
    while position < len(words) and reading.ends[position] <= end:
        is_name = reading.text[reading.starts[position]].isupper()
        if words[position][0].isalpha() and not is_name:
            mention = reading.mention_at(position)
            known = mention is not None and mention.role in _COLLEAGUES
            if not known and words[position] not in _SAYINGS | _OFFICES:
                return words[position] in _HOW
        position += 1
    return True
