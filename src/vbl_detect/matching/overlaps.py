"""Which matches stay where exceptions or other matches overlap them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from vbl_detect.matching.entry import Match


def without_exceptions(found: Iterable[Match], exceptions: Collection[Match]) -> list[Match]:
    """Return the matches that no exception of the same code overlaps.

    Parameters
    ----------
    found : iterable of Match
        The matches.
    exceptions : collection of Match
        Where a code's words mean something else.
    """
    by_code: dict[str, list[Match]] = {}
    for other in exceptions:
        by_code.setdefault(other.code, []).append(other)
    return [
        match
        for match in found
        if match.code not in by_code
        or not any(
            match.start < other.end and other.start < match.end for other in by_code[match.code]
        )
    ]


def keep_most_specific(
    matches: Iterable[Match], categories: Mapping[str, str], ranks: Mapping[str, int]
) -> list[Match]:
    """Return the matches to report where several overlap.

    A match inside another gives way to it, whatever its category: the longer wording is the more
    specific. Within a category, partly overlapping matches give way to the longest; between
    categories both stay. Source: domain guidance, section 1, rule 3.

    Parameters
    ----------
    matches : iterable of Match
        Every match.
    categories : mapping of str to str
        The category of each code.
    ranks : mapping of str to int
        How grave each code is, 0 the gravest; it decides between matches on the same words.

    Returns
    -------
    list of Match
        In the order of start, end and code.
    """
    kept: list[Match] = []
    by_length = sorted(matches, key=lambda m: (m.start - m.end, ranks[m.code], m.start, m.code))
    for match in by_length:
        if not any(
            (other.start <= match.start and match.end <= other.end)
            or (
                categories[other.code] == categories[match.code]
                and other.start < match.end
                and match.start < other.end
            )
            for other in kept
        ):
            kept.append(match)
    return sorted(kept)
