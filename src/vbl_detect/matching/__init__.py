"""The patterns of a lexicon found in a note; spaCy is not needed here.

A test holds the result equal to spaCy's plain ``Matcher``.
"""

from vbl_detect.matching.entry import BREAK, STOP, UNKNOWN, Match
from vbl_detect.matching.filing import build_index
from vbl_detect.matching.index import STOP_TOKENS, PatternIndex
from vbl_detect.matching.overlaps import keep_most_specific, without_exceptions
from vbl_detect.matching.sieve import Ids
from vbl_detect.matching.stored import dump_index, load_index

__all__ = [
    "BREAK",
    "STOP",
    "STOP_TOKENS",
    "UNKNOWN",
    "Ids",
    "Match",
    "PatternIndex",
    "build_index",
    "dump_index",
    "keep_most_specific",
    "load_index",
    "without_exceptions",
]
