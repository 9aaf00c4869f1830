"""Wordings that the page offers to put in a phrase's place, at a click of the writer's own.

They hold gaps, ``[person]``, that the page selects for the writer to fill in: nothing is made up.
"""

from __future__ import annotations

import re

from vbl_detect.lsp.wordings import drop_in
from vbl_detect.records import Finding

#: What suggestions begin with that tell the writer what to do, and are no wording themselves.
_ADVICE = frozenset("agree ask describe keep leave name quote record use work".split())
_FIRST_WORD = re.compile(r"\w+")
#: What follows a semicolon, but for one within a gap, says what else to write down.
_WORDING = re.compile(r"(?:\[[^\]]*\]|[^;\[])*")
_GAP_ALONE = re.compile(r"\s*(?:\[[^\]]*\]\s*)?")
_QUOTED = re.compile(r'"([^"]+)"')


def wordings(finding: Finding) -> tuple[str, ...]:
    """Return what may take the place of a finding's phrase; none if the suggestion is advice only.

    Parameters
    ----------
    finding : Finding
        With its phrase.
    """
    exact = drop_in(finding)
    offered = [] if exact is None else [exact]
    offered += [_in_case(wording, finding.phrase or "") for wording in _suggested(finding)]
    return tuple(dict.fromkeys(offered))


def _suggested(finding: Finding) -> list[str]:
    first = _FIRST_WORD.match(finding.suggestion)
    if first is not None and (first[0].istitle() or first[0] in _ADVICE):
        return _QUOTED.findall(finding.suggestion)
    wording = _WORDING.match(finding.suggestion)
    parts = wording[0].split(" / ") if wording else []
    return [part.strip() for part in parts if not _GAP_ALONE.fullmatch(part)]


def _in_case(wording: str, phrase: str) -> str:
    begins = phrase[:1].isupper() and not phrase.isupper()
    return wording[0].upper() + wording[1:] if begins else wording
