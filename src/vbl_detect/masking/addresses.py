"""Addresses, and the premises that lead to a person: homes, schools, surgeries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbl_detect.masking.details import Detail
from vbl_detect.masking.words import is_common, is_family, is_given, is_ordinary, phrases, words

_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Cl|Drive|Dr|Court|Ct|Crescent|Cres|Way|Walk|"
    "Terrace|Terr|Place|Pl|Gardens|Gdns|Grove|Mews|Square|Sq|View|Rise|Hill|Cottages|Wharf|Row|"
    "Parade|Green|Park|Crescent|Fold|Croft|Bank|Brow|Mount|Vale|Meadow|Meadows|Quay|Heights|"
    "Towers|Tower|Point|Yard|Gate|Sidings|Approach|Circus|Path|Villas|Buildings"
)
_PREMISES = (
    "House|Lodge|Academy|School|Primary|Nursery|College|Surgery|Home|Cottage|Farm|Hall|Manor|"
    "Villa|Hostel|Refuge|Centre|Clinic|Practice|Court|Mews|Wharf|Apartments|Flats|Hotel|Unit"
)
_SMALL_STREETS = (
    "street|road|rd|avenue|ave|lane|close|court|crescent|terrace|gardens|grove|mews|house|lodge|"
    "academy|surgery|cottage|farm"
)
_WORD = r"[^\W\d_][\w'’-]{0,24}"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]{0,24}"
_NUMBER = r"(?:\d{1,4}\s?[A-Za-z]?(?:\s?[-–/]\s?\d{1,4}[A-Za-z]?)?)"
_DWELLING = (
    r"(?:(?:Flat|Apartment|Apt|Room|Unit|Suite|Plot|flat|room)\s(?:\d{1,4}[A-Za-z]?|[A-Z])\b)"
)
_TOWN = rf"(?:,\s?{_CAPITAL}(?:[\s-]{_CAPITAL}){{0,2}}(?!['’\w]))"

_NUMBERED = re.compile(
    rf"(?<![\w/£])({_DWELLING},?\s)?{_NUMBER},?\s(?:the\s|The\s)?(?:{_WORD}\s){{0,3}}?"
    rf"(?i:{_STREETS}|{_PREMISES})\b\.?"
)
_DWELLING_AT = re.compile(rf"(?<!\w){_DWELLING},?\s(?:{_CAPITAL}[\s,]){{0,3}}{_CAPITAL}")
_NAMED = re.compile(
    rf"(?<!\w)(?:(?:the|The)\s)?((?:{_CAPITAL}\s){{1,3}})(?:Medical\s|Health\s|High\s|Primary\s|"
    rf"Secondary\s|Grammar\s|RC\s|CofE\s|Children['’]?s?['’]?\s|Care\s|Nursing\s){{0,3}}"
    rf"(?:{_STREETS}|{_PREMISES})(?!['’\w])"
)
_CAPITALS = re.compile(
    rf"(?<!\w)((?:[A-Z][A-Z'’-]{{2,24}}\s){{1,2}})(?:{_STREETS.upper()}|{_PREMISES.upper()})(?!\w)"
)
_SMALL = re.compile(rf"(?<!\w)((?:{_WORD}\s){{1,2}})(?:{_SMALL_STREETS})(?!\w)")
_LABEL = re.compile(
    r"(?i:\b(?:home\s|bail\s|last\sknown\s|current\s)?address(?:es)?\s?:\s?|"
    r"\b(?:resides|residing|living|lives)\sat\s)([^\n.;]{3,60})"
)
_HOUSE_NUMBER = re.compile(
    r"(?<!\w)(?:no\.?|number)\s(?:\d{1,4}[A-Za-z]?)\s(?:the\s|The\s)\w{2,24}"
)
#: The name of a house before the street.
_BEFORE = re.compile(rf"\b(?:The|Ty|Tan)(?:[\s-]{_CAPITAL}){{1,2}},\s$")
_LOOK_BACK = 60
_TOWNS = re.compile(rf"{_TOWN}{{1,3}}")
#: Words that name no one house: "the care home", "Crown Court".
_GENERAL = frozenset(
    "the a an this that her his their our my at in of to from and or care children's childrens "
    "crown magistrates magistrates' family youth county high supreme appeal coroner's coroners "
    "police primary secondary nursing nursery foster residential home day health medical custody "
    "special community detention referral safe halfway open private state public local national "
    "upper lower royal residential social support secure training contact control call custody "
    "children youth help drop-in walk-in leisure shopping sports city town village work "
    "holiday guest half mental intelligence missing sexual assault response one no "
    "family's mother's father's supported semi independent alternative ambulance fire station "
    "new same another every each any which what who mum's dad's nan's gran's sister's".split()
)


def find_addresses(text: str) -> Iterator[Detail]:
    """Yield addresses with the town after them, streets, and premises with a name.

    Parameters
    ----------
    text : str
        Any text.
    """
    for pattern in (_NUMBERED, _DWELLING_AT, _HOUSE_NUMBER):
        for found in pattern.finditer(text):
            if pattern is not _NUMBERED or _is_street(found[0].removeprefix(found[1] or "")):
                yield Detail(found.start(), _with_towns(text, found.end()), "address")
    for pattern in (_NAMED, _CAPITALS, _SMALL):
        for found in pattern.finditer(text):
            start = _first_name(found[1], found.start(1), small=pattern is _SMALL)
            if pattern is _CAPITALS and not any(
                is_given(word) or is_family(word) or not is_ordinary(word)
                for word in found[1].split()
            ):
                continue
            if start is not None and found[0].strip() not in phrases("organisations"):
                before = _BEFORE.search(text, max(start - _LOOK_BACK, 0), start)
                start = start if before is None else before.start()
                yield Detail(start, _with_towns(text, found.end()), "address")
    for found in _LABEL.finditer(text):
        start, end = found.span(1)
        if text[start] in "0123456789" or text[start].isupper():
            yield Detail(start, start + len(_until_prose(text[start:end])), "address")


def _is_street(found: str) -> bool:
    """Tell whether words after a number are a street: "2 girls at the park" are none."""
    if found.rsplit(maxsplit=1)[-1].islower() and not any(
        not is_ordinary(word) for word in re.findall(_WORD, found)[:-1]
    ):
        return False
    middle = [word for word in re.findall(_WORD, found)[:-1] if word.lower() not in {"the"}]
    return all(not is_common(word) or word[0].isupper() for word in middle) and bool(middle)


def _first_name(before: str, start: int, *, small: bool) -> int | None:
    """Return where the name of a street or house starts, or None if it has no name.

    Parameters
    ----------
    before : str
        The words before the kind of street or house.
    start : int
        Their offset.
    small : bool
        Whether they are in small letters, where only a word that is none of English is a name.
    """
    place: int | None = None
    for found in reversed(list(re.finditer(r"\S+", before))):
        word = found[0].strip(".,")
        general = word.lower().replace("’", "'") in _GENERAL or word in words(
            "abbreviations"
        ) | words("organisations")
        if general or (small and (is_ordinary(word) or not word.islower())):
            if place is None and not small and word.lower() in _SKIPPED:
                continue
            break
        if word in words("titles"):
            break
        place = start + found.start()
    return place


#: Words between the name of a school or home and its kind.
_SKIPPED = frozenset(
    "rc ce cofe catholic high grammar primary secondary children's childrens care nursing medical "
    "health".split()
)


def _with_towns(text: str, end: int) -> int:
    """Return where an address ends, the towns after it included."""
    found = _TOWNS.match(text, end)
    if found is None:
        return end
    for part in re.finditer(r",\s?([^,]+)", found[0]):
        first = part[1].split()
        if is_common(first[-1]):
            break
        end = found.start() + part.end()
    return end


def _until_prose(line: str) -> str:
    """Return what of a line after "Address:" is the address: up to where sentences begin."""
    cut = re.search(r"\s(?:and|with|as|but|who|when|where|by|for|to|is|was|has)\s", line)
    return (line if cut is None else line[: cut.start()]).rstrip(" ,")
