"""The table of settings: everything else about a setting is made from its row here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from vbl_detect.records import SEVERITIES, Show
from vbl_detect.settings.keys import Group, Key
from vbl_detect.settings.kinds import (
    Choice,
    Codes,
    Day,
    Encoding,
    Flag,
    Folders,
    Number,
    OneFile,
    Text,
    Texts,
    Whole,
)
from vbl_detect.settings.records import Allowed, FileRule

#: The commands whose findings are for people to act on; with them those that accept or report
#: what was found.
_FINDING = ("check", "scan", "serve")
_CHOOSING = (*_FINDING, "create", "report")


def _formats() -> Sequence[str]:
    from vbl_detect.writers import WRITERS  # noqa: PLC0415 - only a value given needs it

    return tuple(WRITERS)


SELECT = Key(
    name="select",
    kind=Codes(),
    meaning="Report only these: codes, beginnings of codes, categories or severities.",
    default=(),
    default_words="everything",
    example='["RC", "adultification", "high"]',
    commands=_CHOOSING,
)
IGNORE = Key(
    name="ignore",
    kind=Codes(),
    meaning="Leave these out; wins over select.",
    default=(),
    default_words="nothing",
    example='["MM004", "low"]',
    commands=_CHOOSING,
)
MIN_SCORE = Key(
    name="min-score",
    kind=Number(0, 1),
    meaning="Count findings from this score on.",
    default_words="the model's threshold",
    example="0.7",
)

#: Every setting that is one value, in the order in which pages and files show them.
KEYS: tuple[Key, ...] = (
    SELECT,
    Key(
        name="extend-select",
        kind=Codes(),
        meaning="Report these too, whatever select says, here or on the command line.",
        default=(),
        default_words="nothing",
        example='["SL"]',
        commands=_CHOOSING,
    ),
    IGNORE,
    Key(
        name="extend-ignore",
        kind=Codes(),
        meaning="Leave these out too, whatever ignore says, here or on the command line.",
        default=(),
        default_words="nothing",
        example='["CD"]',
        commands=_CHOOSING,
    ),
    MIN_SCORE,
    Key(
        name="model",
        kind=Choice(lambda: ("full", "fast")),
        meaning="The whole classifier, or the same without its contextual tagger: faster, and it "
        "hears less.",
        default="full",
        example='"fast"',
    ),
    Key(
        name="lexicons",
        kind=Folders(),
        meaning="Your own lexicon folders, laid over the built-in one in this order; told from the "
        "folder of the settings file.",
        default=(),
        default_words="the built-in one alone",
        example='["our-lexicon"]',
        options=("lexicon",),
    ),
    Key(
        name="show",
        kind=Choice(lambda: get_args(Show)),
        meaning="How much of a note's text to write.",
        default_words="sentence; phrase in formats for logs",
        example='"phrase"',
    ),
    Key(
        name="mask",
        kind=Flag(),
        meaning="Black out names, addresses, numbers and other personal details in what is shown "
        "of a text; masking.md says how far to trust it.",
        default=False,
        default_words="false",
        example="true",
    ),
    Key(
        name="include-context",
        kind=Flag(),
        meaning="Show findings that do not count as well.",
        default=False,
        default_words="false",
        example="true",
    ),
    Key(
        name="format",
        kind=Choice(_formats),
        meaning="The format of the findings; the ending of a file named with -o goes before it.",
        default_words="full",
        example='"concise"',
        options=("output_format",),
        commands=_FINDING,
        yields_to="output",
    ),
    Key(
        name="baseline",
        kind=OneFile(),
        meaning="Leave out the old findings that this file holds, as 'vbl-detect baseline create' "
        "wrote it; told from the folder of the settings file.",
        default_words="none",
        example='".vbl-baseline.json"',
        commands=("check",),
    ),
    Key(
        name="fail-on",
        kind=Choice(lambda: ("never", *reversed(SEVERITIES))),
        meaning="check ends with exit code 1 on a counted finding this grave; scan does not heed "
        "it.",
        default="medium",
        example='"high"',
        commands=("check",),
    ),
    Key(
        name="max-findings",
        kind=Whole(),
        meaning="check writes at most this many findings, and tells how many more there are.",
        default_words="all",
        example="20",
        commands=("check",),
    ),
    Key(
        name="text-column",
        kind=Texts(),
        meaning="scan: columns that hold the notes.",
        default=(),
        default_words="found by name and content",
        example='["Entry text"]',
    ),
    Key(
        name="id-column",
        kind=Text(),
        meaning="scan: column with the record's reference.",
        default_words="found by name and content",
        example='"Ref"',
    ),
    Key(
        name="keep-columns",
        kind=Texts(),
        meaning="scan: columns to carry to the output.",
        default=(),
        default_words="none",
        example='["Team", "Date"]',
    ),
    Key(
        name="encoding",
        kind=Encoding(),
        meaning="Encoding of CSV and text files.",
        default_words="detected",
        example='"cp1252"',
    ),
)

#: Every setting that is made of tables.
GROUPS: tuple[Group, ...] = (
    Group(
        name="allow",
        record=Allowed,
        meaning="Phrases that are all right here: the name of a form or a project, say. A finding "
        "that the phrase covers, or that holds the phrase, is written but does not count, with "
        "this place and reason as what suppressed it. Case and white space do not matter.",
        keys=(
            Key(
                name="phrase",
                kind=Text(),
                meaning="The words.",
                example='"Streetwise project"',
                required=True,
            ),
            Key(
                name="reason",
                kind=Text(),
                meaning="Why they are all right; whoever reads the findings sees it.",
                example='"The name of the county\'s youth project"',
                required=True,
            ),
            Key(
                name="expires",
                kind=Day(),
                meaning="The last day on which it holds; later its findings count again, and a "
                "warning says so.",
                default_words="never",
                example="2099-12-31",
            ),
        ),
    ),
    Group(
        name="per-file",
        record=FileRule,
        pattern="pattern",
        meaning="Settings of single files, by patterns as in .gitignore, told from the folder of "
        "the settings file, with / on Windows too. All patterns that fit apply: select keeps of "
        "what is selected only these, ignore leaves out more, and the last min-score holds, unless "
        "the command line gives one.",
        keys=(SELECT, IGNORE, MIN_SCORE),
        example='"training/" = { ignore = ["low"], min-score = 0.8 }',
    ),
)
