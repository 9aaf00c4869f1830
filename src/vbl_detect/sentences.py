"""Sentences of police prose: where they begin and end, in the text exactly as read.

Logs are typed in haste and printed on narrow paper: bullets, date-time-collar stamps, capitals,
abbreviations, lower-case beginnings, lines without full stops, and line breaks inside a sentence.
The rules are compiled patterns over the text; none looks at single characters in a loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

#: Abbreviations that do not end a sentence. Source: usage in police logs and reviews.
ABBREVIATIONS = frozenset(
    "mr mrs ms miss dr prof rev hon sgt insp ch det supt ch.insp c.insp cllr st messrs "
    "approx apx abt circa ca e.g eg i.e ie viz vs v cf incl inc excl esp resp ref refs re "
    "poss prob prev susp veh vic vict wit addr add tel mob ph ext dob d.o.b yrs yr mths mth wks wk "
    "mins min dept div stn ward rd ave cres gdns ln reg regd sch temp misc info int ext "
    "conv adv inv enq enqs obs att attn cont contd encl n.b nb a.k.a aka c.o".split()
)
#: Those that may end one: what follows decides, a capital begins a new sentence.
ABBREVIATIONS_THAT_MAY_END = frozenset(
    "etc hrs hr a.m p.m am pm ltd co plc jan feb mar apr jun jul aug sept sep oct nov dec mon tue "
    "tues wed thu thur thurs fri sat sun u.k uk u.s asap rd ave est".split()
)
#: Those that are one only before a number ("No. 14"), and otherwise a word.
ABBREVIATIONS_BEFORE_NUMBERS = frozenset("no nos para paras p pp pg fig sec s art vol".split())

#: Printed logs wrap at up to about this many columns; longer lines are paragraphs.
WIDEST_PRINT = 132
#: A line shorter than this was ended by its writer.
SHORTEST_WRAPPED = 45

_LINE_BREAK = re.compile(r"(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|<br\s*/?>)", re.I)
_STAMP = (
    r"(?:\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d)?"
    r"|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[\ ,@]+(?:at\ )?\d{1,2}[:.]?\d\d(?:\ ?h(?:ou)?rs)?)"
)
_OPENING = re.compile(
    rf"""
    \s*(?:
        [-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014>]+\s          # a bullet
      | \(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s                          # 1. 2) (a) iv)
      | {_STAMP}                                                           # a stamp
      | [A-Z][A-Za-z/&'\ ]{{1,30}}(?::|\s[-\u2013\u2014]\s)                 # a label
    )
    """,
    re.VERBOSE,
)
_TERMINAL = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*\s*$")
_LEADS_ON = re.compile(
    r"(?:,|\b(?:and|or|but|the|an?|to|of|in|on|at|by|with|for|from|that|which|who|is|was|are|were"
    r"|be|been|has|had|have|will|would|her|his|their|not|as|than|if|when|because|while))\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"""
    (?P<punct>[.!?\u2026]+)
    (?P<close>["'\u201d\u2019\u00bb)\]]*)
    (?:\s+(?=\S)|(?=(?<=[A-Za-z]{2}\.)[A-Z][a-z]))
    """,
    re.VERBOSE,
)
#: The word before a stop, with dots inside it ("e.g", "02.11.22") but without what opens it.
_LAST_WORD = re.compile(r"[^\s\"'\u201c\u201d\u2018\u2019(\[!?\u2026/:,;-]*$")
_LONGEST_WORD = 24
_BULLET_INSIDE = re.compile(r"(?<=\s)[\u2022\u25cf\u25aa](?=\s)")
_STAMP_INSIDE = re.compile(rf"{_STAMP}\s+[A-Z][A-Z/]{{1,8}}\s*\d{{2,5}}\b")
#: Before a stamp these words make it a date inside the sentence.
_DATED = re.compile(r"(?:^|\S|\b(?:on|at|of|since|from|until|till|by|and|to)\s+)$", re.IGNORECASE)
_LETTER_OR_NUMBER = re.compile(r"\w?|\d\d")
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_AGE = re.compile(r"(?:\d|y/?o|yrs?|old)\s*$", re.IGNORECASE)


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return where each sentence stands.

    Parameters
    ----------
    text : str
        A note, exactly as read.

    Returns
    -------
    list of (int, int)
        Half-open offsets in code points, in order and without overlap, white space at either end
        left out; together they hold every character that is not white space.
    """
    starts = {0, *_line_starts(text), *_stops(text)}
    starts.update(match.start() for match in _BULLET_INSIDE.finditer(text))
    starts.update(
        match.start()
        for match in _STAMP_INSIDE.finditer(text)
        if not _DATED.search(text[max(match.start() - 8, 0) : match.start()])
    )
    edges = [*sorted(starts), len(text)]
    bounds = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            begin = start + piece.index(stripped[0])
            bounds.append((begin, begin + len(stripped)))
    return bounds


def _line_starts(text: str) -> Iterator[int]:
    """Yield where a line begins a new sentence."""
    breaks = list(_LINE_BREAK.finditer(text))
    if not breaks:
        return
    edges = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(text)]
    lines = [text[start:end] for start, end in zip(edges, ends, strict=True)]
    width = max(map(len, lines))
    before = ""
    for start, line in zip(edges, lines, strict=True):
        if not _goes_on(before, line, width):
            yield start
        before = line


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether `line` goes on with the sentence of the line `before` it."""
    here = line.strip()
    if not before.strip() or not here or _OPENING.match(line):
        return False
    if _TERMINAL.search(before):
        # The stop itself is judged by `_stops`, which knows abbreviations.
        return before.rstrip()[-1] == "."
    if here[0].islower() or here[0] in ",)":
        return True
    if _LEADS_ON.search(before):
        return not _OPENING.fullmatch(before.rstrip() + " ")
    return width <= WIDEST_PRINT and len(before) >= max(SHORTEST_WRAPPED, 0.8 * width)


def _stops(text: str) -> Iterator[int]:
    """Yield where a sentence begins after a full stop, question or exclamation mark."""
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield stop.end()


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    punct, following = stop["punct"], text[stop.end()]
    if "!" in punct or "?" in punct:
        return not (following.islower() and stop["close"])
    if punct != "." or stop["close"]:
        return stop["close"] != "" or not following.islower()
    before = text[max(stop.start() - _LONGEST_WORD, 0) : stop.start()]
    found = _LAST_WORD.search(before)
    word = "" if found is None else found[0].lower()
    if word in ABBREVIATIONS_BEFORE_NUMBERS:
        return not following.isdigit()
    if word in ABBREVIATIONS_THAT_MAY_END:
        return following.isupper()
    if _LETTER_OR_NUMBER.fullmatch(word):
        return _ends_after_single(before[: len(before) - len(word)], word)
    may_end = following.isupper() or not _INITIALS.fullmatch(word)
    return may_end and word not in ABBREVIATIONS


def _ends_after_single(before: str, word: str) -> bool:
    """Judge a stop after one letter or a short number: an initial, a list's number, "14yo F."."""
    stripped = before.rstrip(" \t\u00a0")
    if word.isalpha():
        return word in {"f", "m"} and _AGE.search(stripped[-12:]) is not None
    last_word = stripped[-8:].rstrip(".").rpartition(" ")[2].lower()
    if stripped.endswith(".") and last_word in ABBREVIATIONS_BEFORE_NUMBERS:
        return True
    return bool(stripped) and stripped[-1] not in ".:;" and not _LINE_BREAK.match(stripped[-1])
