"""The tables that tell context: cues in ``context_rules.csv``, people in ``_people.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from vbl_detect.lexicon.notation import split_cell
from vbl_detect.lexicon.tables import OFF, TableRow

#: What a cue makes of the words near it.
#:
#: ``spoken`` and ``attributed``: they are someone's, and who that is decides between ``quoted``
#: and ``reported``; the speaker stands before the one ("Mum says"), after the other ("according
#: to Mum"). ``recorded``: an earlier record's; ``account``: somebody's, over the sentences
#: that follow; ``document``: so are words in quotation marks near it. ``adopted``,
#: ``challenged``, ``objected``: what the author, or another speaker, makes of such words; the last
#: is about the wording. ``question``: a form asks. ``ends``: a cue before it reaches no farther;
#: ``resumes``: the author, or the meeting, speaks again in minutes;
#: ``custody``: a clause without a subject may be about the suspect. The last four go by position
#: and have no cue of their own: ``quotation`` marks without a speaker, a speaker's ``label``,
#: the ``subject`` the words are about, and a ``field`` of a form that asks.
Effect = Literal[
    "spoken",
    "attributed",
    "quoted",
    "reported",
    "recorded",
    "account",
    "document",
    "adopted",
    "challenged",
    "objected",
    "negated",
    "mention",
    "question",
    "field",
    "ends",
    "resumes",
    "custody",
    "quotation",
    "label",
    "subject",
]
#: Effects that go by position; their rows have no patterns.
POSITIONAL: frozenset[Effect] = frozenset({"quotation", "label", "subject", "field"})
#: On which side of the words the cue stands.
Direction = Literal["before", "after", "either"]
#: How far it reaches: a few words before the next subject; a few words inside the clause; the
#: line, if the cue is its label; the sentence; the sentence before, if the cue is one of its own;
#: the words before, if the cue is all that follows their dash; the sentences around it; the note.
Scope = Literal["phrase", "clause", "label", "sentence", "next", "ruling", "near", "note"]
Role = Literal[
    "victim",
    "suspect",
    "family",
    "professional",
    "police",
    "witness",
    "defence",
    "document",
    "adult",
    "thing",
]
Gender = Literal["f", "m", "any"]
Number = Literal["one", "many", "any"]

RULE_COLUMNS = (
    "code",
    "effect",
    "direction",
    "scope",
    "speakers",
    "patterns",
    "unless",
    "note",
    "fires",
    "silent",
)
#: Effects that decide nothing by themselves; their rows need no examples.
UNSHOWN: frozenset[str] = frozenset({"ends", "resumes", "custody"})
PEOPLE_COLUMNS = ("person", "role", "gender", "number", "words")

_CODE = re.compile(r"CX[0-9]{3}")
#: How an example of a rule marks the words that it is about.
MARKED = re.compile(r"\[([^\]]+)\]")

_RULE_VALUES: Mapping[str, tuple[str, ...]] = {
    "effect": get_args(Effect),
    "direction": get_args(Direction),
    "scope": get_args(Scope),
}
_PEOPLE_VALUES: Mapping[str, tuple[str, ...]] = {
    "role": get_args(Role),
    "gender": get_args(Gender),
    "number": get_args(Number),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRule:
    """One row of ``context_rules.csv``: cues, and what they make of the words near them.

    Attributes
    ----------
    code : str
        ``CX`` and three digits.
    effect, direction, scope : str
        What the cue does, on which side of the words it stands, and how far it reaches.
    speakers : tuple of str
        For cues of speech: the roles that must speak for the rule to hold; empty: whoever does.
    patterns, unless : tuple of str
        The cues, and the pseudo-cues they are no cue inside, in the lexicon's notation.
    note : str
        What the rule says, in words; shown by ``explain``.
    fires, silent : tuple of str
        Sentences in which the rule decides over the words in ``[ ]``, and in which it does not.
    path, line : str, int
        Where the row stands.
    """

    code: str
    effect: Effect
    direction: Direction
    scope: Scope
    speakers: tuple[Role, ...]
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    note: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of ``_people.csv``: words for people of one role.

    Attributes
    ----------
    name : str
        The row's name.
    role, gender, number : str
        Who they are to the record, and which pronouns stand for them.
    patterns : tuple of str
        The words, in the lexicon's notation.
    path, line : str, int
        Where the row stands.
    """

    name: str
    role: Role
    gender: Gender
    number: Number
    patterns: tuple[str, ...]
    path: str
    line: int


def rule_faults(row: TableRow) -> Iterator[str]:
    """Yield what is wrong with a row of ``context_rules.csv``."""
    cells = row.cells
    code = cells["code"]
    if not _CODE.fullmatch(code):
        yield f"the code {code!r} does not fit; context rules run from CX001 to CX999"
    if cells["effect"] == OFF:
        return
    positional = cells["effect"] in POSITIONAL
    needed = [] if positional else ["patterns"]
    needed += ["note"] if cells["effect"] in UNSHOWN else ["note", "fires", "silent"]
    yield from _cell_faults(code, cells, _RULE_VALUES, needed)
    if positional and cells["patterns"]:
        yield f"{code}: a rule for {cells['effect']} goes by position; leave patterns empty"
    for role in split_cell(cells["speakers"]):
        if role not in get_args(Role):
            yield f"{code}: speakers {role!r} is none of {', '.join(get_args(Role))}"
    for column in ("fires", "silent"):
        for example in split_cell(cells[column]):
            if len(MARKED.findall(example)) != 1:
                yield f"{code}: {column}: put [ ] round the words that {example!r} is about, once"


def person_faults(row: TableRow) -> Iterator[str]:
    """Yield what is wrong with a row of ``_people.csv``."""
    yield from _cell_faults(row.cells["person"], row.cells, _PEOPLE_VALUES, ("words",))


def _cell_faults(
    name: str,
    cells: Mapping[str, str],
    values: Mapping[str, tuple[str, ...]],
    filled: Iterable[str],
) -> Iterator[str]:
    for column in filled:
        if not cells[column]:
            yield f"{name}: {column} is empty; fill it in"
    for column, known in values.items():
        if cells[column] not in known:
            yield f"{name}: {column} {cells[column]!r} is none of {', '.join(known)}"


def context_rule(row: TableRow, path: str) -> ContextRule:
    """Return a sound row of ``context_rules.csv`` as a rule."""
    cells: Mapping[str, Any] = row.cells
    return ContextRule(
        code=cells["code"],
        effect=cells["effect"],
        direction=cells["direction"],
        scope=cells["scope"],
        speakers=cast("tuple[Role, ...]", split_cell(cells["speakers"])),
        patterns=split_cell(cells["patterns"]),
        unless=split_cell(cells["unless"]),
        note=cells["note"],
        fires=split_cell(cells["fires"]),
        silent=split_cell(cells["silent"]),
        path=path,
        line=row.line,
    )


def person(row: TableRow, path: str) -> Person:
    """Return a sound row of ``_people.csv`` as a person."""
    cells = row.cells
    return Person(
        name=cells["person"],
        role=cast("Role", cells["role"]),
        gender=cast("Gender", cells["gender"]),
        number=cast("Number", cells["number"]),
        patterns=split_cell(cells["words"]),
        path=path,
        line=row.line,
    )
