"""Wordings that can take a phrase's place: the same fact, and the same place in the sentence.

Most suggestions of the lexicon are no such wordings. They ask for facts ("is in danger from
[person]") that only the writer knows, and to put them in unasked would make up a record.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from vbl_detect import resources
from vbl_detect.records import Finding


def drop_in(finding: Finding) -> str | None:
    """Return what can take the place of a finding's phrase, in its case, or None.

    Parameters
    ----------
    finding : Finding
        With its phrase.
    """
    phrase = finding.phrase or ""
    wording = _wordings().get((finding.code, _plain(phrase)))
    if wording is None:
        return None
    if phrase.isupper():
        return wording.upper()
    return wording[0].upper() + wording[1:] if phrase[0].isupper() else wording


@lru_cache(maxsize=1)
def _wordings() -> Mapping[tuple[str, str], str]:
    with resources.drop_in_wordings().open(encoding="utf-8-sig", newline="") as file:
        return {(row["code"], row["phrase"]): row["wording"] for row in csv.DictReader(file)}


def _plain(phrase: str) -> str:
    return " ".join(phrase.casefold().split())
