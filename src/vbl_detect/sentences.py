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
    "mr mrs dr prof hon messrs approx apx abt circa ca e.g eg i.e ie viz vs v cf incl inc excl esp "
    "resp re ph mob dob d.o.b n.b nb a.k.a aka c.o temp conv int www".split()
)
#: Ranks and titles: a name or a collar number may follow, or a new sentence.
RANKS = frozenset("sgt insp supt ch det ch.insp c.insp cllr rev ms".split())
#: Those that may end one: a capital after them begins a new sentence.
ABBREVIATIONS_THAT_MAY_END = frozenset(
    "etc hrs hr a.m p.m am pm ltd co plc jan feb mar apr jun jul aug sept sep oct nov dec mon tue "
    "tues wed thu thur thurs fri sat sun u.k uk u.s asap rd ave cres gdns ln est mins min wks wk "
    "mths mth yrs yr ref refs reg poss prob prev susp veh vic vict wit addr add tel ext stn ward "
    "dept div sch st info misc obs enq enqs inv adv att attn cont contd encl regd".split()
)
#: Those that are one only before a number ("No. 14"), and otherwise a word.
ABBREVIATIONS_BEFORE_NUMBERS = frozenset("no nos para paras p pp pg fig sec s art vol".split())
_ABBREVIATED = ABBREVIATIONS | RANKS | ABBREVIATIONS_THAT_MAY_END | ABBREVIATIONS_BEFORE_NUMBERS
#: Single letters after these are initials ("DS T. Hale").
_TITLES = RANKS | frozenset("mr mrs miss dr pc ps dc ds di dci pcso sw".split())
_GOES_ON_WITH = frozenset(
    "and or but nor to of who whom whose which that than with without by because while where until "
    "till so as for".split()
)

#: Printed logs wrap at up to about this many columns; longer lines are paragraphs.
WIDEST_PRINT = 132
#: Where all lines are shorter than this, each was ended by its writer.
NARROWEST_PRINT = 60
#: A comma that ends a line as short as this closes a greeting, if a capital follows.
LONGEST_GREETING = 30

_LINE_BREAK = re.compile(r"(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|<br\s*/?>)", re.I)
# A digit comes first, on its own, so that the search can skip to it.
_STAMP = (
    r"[0-9](?:\d{3}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d)?"
    r"|\d?[/.-]\d{1,2}(?:[/.-]\d{2,4})?[\ \t\u00a0,@]+(?:at\ )?\d{1,2}[:.]?\d\d(?:\ ?h(?:ou)?rs)?)"
)
_OPENING = re.compile(
    rf"""
    \s*(?:
        [-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014>]+\s          # a bullet
      | \(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s                          # 1. 2) (a) iv)
      | {_STAMP}                                                           # a stamp
      | [A-Z][A-Za-z0-9/&'\u2019()\ ]{{0,30}}(?::|\s[-\u2013\u2014]\s)      # a label
    )
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(r"\s*(?:[01]\d|2[0-3])[:.]?[0-5]\d(?:\ ?h(?:ou)?rs)?\s")
_TERMINAL = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")
#: Words that end no sentence, and words that end none before lower case.
_LEADS_ON = re.compile(
    r"\b(?:(?P<always>and|or|but|nor|the|an|of|at|from|into|because|while|when|if|than|as|my|your|our"
    r"|their|(?-i:a))|to|in|on|by|with|for|her|his|that|who|which|is|was|are|were|be|been|has|had"
    r"|have|will|would|not)$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"""
    # A run of dots is tried at the first of them only; the search can skip to it.
    (?P<punct>[.!?\u2026](?<![.!?\u2026].)[.!?\u2026]*+)
    (?P<close>["'\u201d\u2019\u00bb)\]]*+)
    (?:\s+(?=\S)
     # no space: "NFA.Mother", but not a domain, an address or a file's name
     |(?<=[A-Za-z]{2}\.)(?=[A-Z][a-z]+(?![\w-]*[@.]\w)))
    """,
    re.VERBOSE,
)
_LONGEST_WORD = 24
#: A word that is no number of a list, no initial and no address; it may be an abbreviation.
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}|[^\W_][^\s./@]{2,}")
_OPENERS = "\"'\u201c\u201d\u2018\u2019([{<*\u2022-\u2013\u2014/:,;|"
#: A word in capitals or with one, but not a vehicle's registration.
_CAPITAL = re.compile(r"\W*[A-Z\u00c0-\u00de][^\W\d_]*\b")
#: After a rank these begin a sentence: they are no one's name or collar number.
_NO_NAME = re.compile(
    r"\W*(?=[A-Z\d])(?:\d{1,2}[A-Z]|(?i:i|he|she|it|they|we|you|the|this|that|these|those|there|his|her"
    r"|their|its|my|our|your|an?|no|not|none|in|on|at|as|if|for|from|to|when|who|why|what|how|is|was"
    r"|has|had|will|did|can|please|all|both|one|two|three|still|also|nfa)\b)"
)
_BULLETS = "\u2022\u25cf\u25aa"
_BULLET_INSIDE = re.compile(rf"[{_BULLETS}](?=\s)")
_STAMP_INSIDE = re.compile(
    rf"{_STAMP}(?:(?<=T\d\d:\d\d)(?=\s)|\s+(?:[A-Z][A-Z/]{{1,8}}\s*\d{{2,5}}"
    r"|(?:[ADT]/)?(?:PC|PS|DC|DS|DI|DCI|SGT|INSP|SUPT|Sgt|Insp|Supt))\b)"
)
#: Before a stamp these words make it a date inside the sentence.
_DATED = re.compile(r"(?:^|\S|\b(?:on|at|of|since|from|until|till|by|and|to)\s+)$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}")
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_AN_INITIAL = re.compile(r"[A-Z]\.\s")
_LIST_OPENS = re.compile(r"(?:^|[:;.\n]\s*)1\.\s")
_LONGEST_LIST = 600
_AGE = re.compile(r"(?:\d|y/?o|yrs?|old)[,\s]*$", re.IGNORECASE)


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
    starts = {0, *_stops(text)}
    # Most notes are one line without bullets; telling so costs less than a search.
    if len(f"{text}.".splitlines()) > 1 or "<" in text:
        starts.update(_line_starts(text))
    if not text.isascii() and any(bullet in text for bullet in _BULLETS):
        for found in _BULLET_INSIDE.finditer(text):
            if text[found.start() - 1].isspace():
                starts.add(found.start())
    for found in _STAMP_INSIDE.finditer(text):
        if not _DATED.search(text[max(found.start() - 8, 0) : found.start()]):
            starts.add(found.start())
    edges = [*sorted(starts), len(text)]
    bounds = []
    for start, end in pairwise(edges):
        piece = text[start:end].rstrip()
        if piece:
            indent = len(piece) - len(piece.lstrip()) if piece[0].isspace() else 0
            bounds.append((start + indent, start + len(piece)))
    return bounds


def _line_starts(text: str) -> Iterator[int]:
    """Yield where a line begins a new sentence."""
    breaks = list(_LINE_BREAK.finditer(text))
    if not breaks:
        return
    edges = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(text)]
    lines = [text[start:end].rstrip() for start, end in zip(edges, ends, strict=True)]
    width = max(map(len, lines))
    follows = [bool(a and b and not _OPENING.match(b + " ")) for a, b in pairwise(lines)]
    full = [ok and _fills(a, b, width) for ok, (a, b) in zip(follows, pairwise(lines), strict=True)]
    # In print most lines are full; where no line begins with a capital, lower case says nothing.
    printed = NARROWEST_PRINT <= width <= WIDEST_PRINT and 2 * sum(full) > sum(follows)
    longest = min(width, WIDEST_PRINT) if any(x.lstrip()[:1].isupper() for x in lines) else None
    for i, start in enumerate(edges[1:]):
        wrapped = printed and full[i]
        if not (follows[i] and _goes_on(lines[i], lines[i + 1].lstrip(), longest, wrapped=wrapped)):
            yield start


def _fills(before: str, line: str, width: int) -> bool:
    """Tell whether the first word of `line` had no room on the line `before` it."""
    return len(before) + 1 + len(line.split(None, 1)[0]) > width


def _goes_on(before: str, line: str, longest: int | None, *, wrapped: bool) -> bool:
    """Tell whether `line` goes on with the sentence of the line `before` it.

    `longest` is the length of the longest line, or None where all lines begin in lower case.
    """
    lower = line[0].islower()
    if _TERMINAL.search(before):
        # The stop itself is judged by `_stops`, which knows abbreviations.
        return before[-1] == "." and (lower or wrapped)
    leads_on = _LEADS_ON.search(before)
    if leads_on and (lower or leads_on["always"]):
        return True
    if line[0] in ",)" or (before[-1] == "," and len(before) > LONGEST_GREETING):
        return True
    if not lower:
        return wrapped and not _CLOCK.match(line)
    if line.split(None, 1)[0] in _GOES_ON_WITH:
        return True
    # A line less than half as long as the longest was ended by its writer.
    return wrapped if longest is None else 2 * len(before) >= longest


def _stops(text: str) -> Iterator[int]:
    """Yield where a sentence begins after a full stop, question or exclamation mark."""
    for stop in _STOP.finditer(text):
        if stop["punct"] == ".":
            word = text[max(stop.start() - _LONGEST_WORD, 0) : stop.start()].rpartition(" ")[2]
            # What follows agrees, and takes longer; `isalpha` is faster than a pattern.
            is_plain = (len(word) > 1 and word.isalpha()) or _PLAIN_WORD.fullmatch(word)
            if is_plain and word.lower() not in _ABBREVIATED:
                yield stop.end()  # as most sentences end
                continue
        start = _start_after(text, stop)
        if start is not None:
            yield start


def _start_after(text: str, stop: re.Match[str]) -> int | None:
    """Return where the sentence after a stop begins, or None where the sentence goes on."""
    punct, start = stop["punct"], stop.end()
    if punct != ".":
        lower = text[start].islower()
        asked = "!" in punct or "?" in punct
        return None if lower and asked == bool(stop["close"]) else start
    before = text[max(stop.start() - _LONGEST_WORD, 0) : stop.start()]
    word = before.rsplit(None, 1)[-1].lstrip(_OPENERS) if before.strip() else ""
    at = stop.start() - len(before) + before.rindex(word)
    before = before[: before.rindex(word)]
    if _NUMBER.fullmatch(word):
        return _start_after_number(text, before, at, stop)
    key = word.lower()
    if len(key) == 1:
        return start if _letter_ends(text, before, word, start) else None
    if "/" in key and key[-2] != "/":  # "A/Sgt", but "n/a" and "u/k" are words
        key = key.rpartition("/")[2]
    if start == stop.end("close") and ("@" in word or "//" in word):
        return None
    return start if _word_ends(text, before, key, stop) else None


def _word_ends(text: str, before: str, word: str, stop: re.Match[str]) -> bool:
    """Judge a stop after `word`, in lower case; `before` is the text before the word."""
    following = text[stop.end()]
    if word in ABBREVIATIONS:
        return stop["close"] != "" and following.isupper()
    if word in ABBREVIATIONS_BEFORE_NUMBERS:
        return not following.isdigit()
    if word in RANKS:
        return _NO_NAME.match(text, stop.end()) is not None
    if word in ABBREVIATIONS_THAT_MAY_END:
        # "Canal St." is a street, "to St. Mary's" a saint.
        saint = word == "st" and not before.rstrip().rpartition(" ")[2].istitle()
        capital = _CAPITAL.match(text, stop.end()) is not None
        return capital and not saint and not _begins(before)
    return not _INITIALS.fullmatch(word) or (following.isupper() and not _titled(before))


def _letter_ends(text: str, before: str, letter: str, start: int) -> bool:
    """Judge a stop after one letter: an initial ("J. Hale"), a child ("seen by K."), an age."""
    if letter.islower() or text[start].islower():
        return letter in "fmFM" and _AGE.search(before) is not None
    if before.rstrip().endswith(":"):
        return True
    return not (_begins(before) or _titled(before) or _AN_INITIAL.match(text, start))


def _start_after_number(text: str, before: str, at: int, stop: re.Match[str]) -> int | None:
    """Judge a stop after the short number at `at`: a list's number, which may begin a sentence."""
    lead, number = before.rstrip(), text[at : stop.start()].strip()
    last_word = lead.rstrip(".").rpartition(" ")[2].lower()
    if lead.endswith(".") and last_word in ABBREVIATIONS_BEFORE_NUMBERS:
        return stop.end()
    if _in_list(text, at, number, sure=_begins(lead) or text[stop.end()].islower()):
        return at
    if lead.endswith(":"):
        return stop.end() if number != "1" else None
    return None if _begins(before) else stop.end()


def _in_list(text: str, at: int, number: str, *, sure: bool) -> bool:
    """Tell whether `number` is one of a list's in running text: "1. ring 2. visit 3. ANPR".

    Unless that is `sure` from what stands around it, the item before must begin in lower case.
    """
    if number == "1":
        return (
            _begins(text[max(at - _LONGEST_WORD, 0) : at])
            and " 2. " in text[at : at + _LONGEST_LIST]
        )
    earlier = text[max(at - _LONGEST_LIST, 0) : at]
    if "1." not in earlier:  # as nearly always
        return False
    item = rf"(?<!\d){int(number) - 1}\.\s{'' if sure else '[a-z]'}"
    return _LIST_OPENS.search(earlier) is not None and re.search(item, earlier) is not None


def _begins(before: str) -> bool:
    """Tell whether what comes after `before` begins a sentence or a line."""
    lead = before.rstrip()
    return not lead or lead[-1] in ".:;!?" or _LINE_BREAK.search(before, len(lead)) is not None


def _titled(before: str) -> bool:
    """Tell whether `before` ends in a rank or title, so that a name comes after it."""
    return before.rstrip(" .").rpartition(" ")[2].rpartition("/")[2].lower() in _TITLES
