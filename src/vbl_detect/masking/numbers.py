"""Details that are told by their shape: numbers, references, dates of birth, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from vbl_detect.masking.details import Detail, Kind
from vbl_detect.masking.words import is_ordinary, kept, words

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    r"(?:\d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{8}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?:\d{{4}}|\d{{2}})|"
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
)
_RANK = (
    r"(?:[TA]/)?(?:W?PC|PCSO|T?DC|DS|DI|DCI|DSU|PS|Sgt|Sergeant|Insp|Inspector|Supt|Constable|"
    r"Officer|OIC|collar(?:\s(?:no|number))?|Det|SPC)"
)
_LABEL = (
    r"(?:URN|CRN|CRO|PNCID|PNC\sID|OIS|CAD|ICS|VIW|"
    r"crime|incident|occurrence|occ|log|custody|niche|case|property|exhibit|warrant|passport|"
    r"card|licence|nominal|hospital|record|intel|file|reference|ref|collar|marac|misper|"
    r"prisoner|visor|athena)"
)
_MORE = r"(?:\s(?:record|report|ref|reference|number|no|num|id|card|is|log))"
_END = r"(?![\w@])"

#: The pattern of each kind, in the order in which they are heard; group 1 is the detail.
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "email",
        re.compile(r"(?<![\w.+%-])([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"),
    ),
    ("username", re.compile(r"(?<![\w.@])(@[A-Za-z_][\w.]{2,29}(?<!\.))")),
    (
        "username",
        re.compile(
            r"(?i:\b(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|fb|facebook|user\s?name|handle|"
            r"account|discord|xbox|twitter|telegram)\b[^\n\w]{0,4}(?:(?:user)?name|handle|id|"
            r"account|user|is|tag)?[^\n\w]{0,4}(?:is\b)?[^\n\w]{0,4})"
            r"((?=\w{0,28}(?:[\d_]|\.\w))[A-Za-z][\w.]{2,29}(?<!\.))"
        ),
    ),
    ("username", re.compile(r"(?<![\w.@/-])((?=[a-z0-9._]{0,29}_)[a-z][a-z0-9._]{3,29}(?<!\.))")),
    (
        "birth-date",
        re.compile(
            r"(?i:\b(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?da(?:te|y)|born(?:\son)?(?:\sthe)?|b\.)"
            rf"[\s:\-–(]{{0,4}}(?:is\s|was\s)?({_DATE}))(?!\d)"
        ),
    ),
    ("birth-date", re.compile(rf"(?i:\b[A-Z][\w'’-]{{1,30}},?\s\(({_DATE})\))")),
    (
        "nhs",
        re.compile(
            r"(?i:\bNHS(?:\s(?:number|no|num|id))?\b[.\s:#\-]{0,4})(\d{3}[\s-]?\d{3}[\s-]?\d{3,4})"
            r"(?!\d)"
        ),
    ),
    (
        "ni",
        re.compile(
            r"(?<!\w)([A-Za-z]{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}(?:[\s-]?[A-Da-d])?)(?!\w)"
        ),
    ),
    (
        "postcode",
        re.compile(
            r"(?<!\w)((?:[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}|GIR\s?0AA|"
            r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}))(?!\w)"
        ),
    ),
    ("postcode", re.compile(r"(?i:\bpost\s?code\b[\s:\-]{0,3})([A-Za-z]{1,2}\d[A-Za-z\d]?)(?!\w)")),
    (
        "vehicle",
        re.compile(
            r"(?<![\w/-])([A-Z]{2}\s?\d{2}\s?[A-Z]{3}|[a-z]{2}\d{2}\s?[a-z]{3}|"
            r"[A-HJ-NPR-Y]\d{1,3}\s?[A-Z]{3})(?![\w/-])"
        ),
    ),
    (
        "vehicle",
        re.compile(
            r"(?i:\b(?:vrm|vrn|reg(?:istration)?(?:\s(?:number|no|plate|mark))?|plate|index)\b"
            r"[.\s:#\-]{0,4}(?:is\s|of\s)?)((?=[A-Za-z0-9]{0,4}\s?[A-Za-z0-9]{0,3}\d)"
            r"[A-Za-z0-9]{1,4}\s?[A-Za-z0-9]{2,4})(?!\w)"
        ),
    ),
    # A collar number: beside a rank, or between rank and name.
    (
        "reference",
        re.compile(
            rf"(?i:(?<![\w/])(?:{_RANK})[.\s:#]{{1,3}})([A-Z]{{0,2}}\d{{2,6}}){_END}(?!\s?h)"
        ),
    ),
    (
        "reference",
        re.compile(
            rf"(?i:(?<![\w/])(?:{_RANK}))\.?\s[A-Z][\w'’-]{{1,30}}(?:\s[A-Z][\w'’-]{{1,30}})?,?\s"
            rf"([A-Z]{{0,2}}\d{{3,6}}){_END}(?!\s?h)"
        ),
    ),
    (
        "reference",
        re.compile(
            rf"(?i:\b{_LABEL}{_MORE}{{0,2}}[.\s:#\-]{{1,4}})"
            r"((?=[A-Za-z0-9/\-]{0,24}\d)(?:[A-Z]{1,4}\s)?[A-Za-z0-9]{1,16}(?:[/\-][A-Za-z0-9]{1,16})"
            rf"{{0,5}}(?:\sof\s\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)?){_END}"
        ),
    ),
    # References by shape: three or more parts, or letters and a long number.
    (
        "reference",
        re.compile(
            r"(?<![\w/-])((?=[A-Za-z0-9/\-]{0,40}\d)[A-Z0-9]{1,6}[/\-][A-Z0-9]{0,12}\d[A-Z0-9]{0,12}"
            r"(?:[/\-][A-Z0-9]{1,12}){1,3})(?![/\w-])"
        ),
    ),
    ("reference", re.compile(r"(?<![\w/£$€.-])([A-Z]{1,3}[-/]?\d{4,12}[A-Z]?)(?![\w/-])")),
    ("reference", re.compile(r"(?<![\w£$€.,/-])(\d{5,14}[A-Za-z]?)(?![\w/]|[.,]\d)")),
)

_DATE_ONLY = re.compile(r"\d{1,2}[/\-]\d{1,2}[/\-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}")
#: A day and month, an age and sex, a small number: "18/4", "15F", "22nd", "x2".
_SMALL = re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}(?:[MFmf]|st|nd|rd|th)?|x\d|\d{1,2}-\d{1,2}")
_CLOCK = re.compile(r"(?:hrs?|hours|am|pm)\b", re.IGNORECASE)
_NHS_NUMBER = re.compile(r"(?<![\w+/-])(\d{3}[\s-]?\d{3}[\s-]?\d{4})(?![\w/])")
_PHONE_LABEL = re.compile(
    r"(?i:\b(?:tel|mob(?:ile)?|phone|ph|number|call|rang|ring|contact)\b[\w .:()]{0,16}?)"
    r"(?<![\d+])(\+?\d[\d\s()-]{5,16}\d)(?!\w)"
)
_FEWEST_DIGITS, _MOST_DIGITS = 9, 15
#: Words before a number that stands for no record.
_NOT_A_REFERENCE = frozenset("section act class grade age aged room flat day days".split())


def find_numbers(text: str) -> Iterator[Detail]:
    """Yield what the shape of numbers, references and addresses of e-mail gives away.

    Parameters
    ----------
    text : str
        Any text.
    """
    yield from _nhs_numbers(text)
    yield from _phones(text)
    for kind, pattern in PATTERNS:
        refuses = _REFUSALS.get(kind)
        for found in pattern.finditer(text):
            start, end = found.span(1)
            if refuses is None or not refuses(text, start, end):
                yield Detail(start, end, kind)


def _nhs_numbers(text: str) -> Iterator[Detail]:
    from stdnum.gb import nhs  # noqa: PLC0415 - only masking needs it

    for found in _NHS_NUMBER.finditer(text):
        if nhs.is_valid(found[1]):
            yield Detail(*found.span(1), "nhs")


def _phones(text: str) -> Iterator[Detail]:
    """Yield telephone numbers of the United Kingdom, and of other countries written with +."""
    if not any(char.isdecimal() for char in text):
        return
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 - only masking needs it

    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE, max_tries=len(text)):
        digits = sum(char.isdecimal() for char in match.raw_string)
        if match.raw_string[0] in "+(0" and _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            yield Detail(match.start, match.end, "phone")
    for found in _PHONE_LABEL.finditer(text):
        if not _DATE_ONLY.search(found[1]):
            yield Detail(*found.span(1), "phone")


def _no_reference(text: str, start: int, end: int) -> bool:
    """Tell whether a number that looks like a reference is a date, a time or an age."""
    if _DATE_ONLY.fullmatch(text, start, end) or _SMALL.fullmatch(text, start, end):
        return True
    if _CLOCK.match(text[end : end + 6].lstrip()):
        return True
    before = text[max(start - 12, 0) : start].lower().split()
    return bool(before) and before[-1] in _NOT_A_REFERENCE


def _no_username(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() in {"e.g", "i.e", "a.m", "p.m"}


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _no_vehicle(text: str, start: int, end: int) -> bool:
    found = text[start:end].split()
    if text[end - 3 : end].lower() in _MONTHS and not found[0].isupper():
        return True
    return len(found) == 3 and (found[0] in kept() or is_ordinary(found[2]))  # noqa: PLR2004


def _no_insurance(text: str, start: int, end: int) -> bool:
    return text[start : start + 2] in words("titles") and text[end - 1].isdecimal()


_REFUSALS: Mapping[Kind, Callable[[str, int, int], bool]] = {
    "reference": _no_reference,
    "username": _no_username,
    "ni": _no_insurance,
    "vehicle": _no_vehicle,
}
