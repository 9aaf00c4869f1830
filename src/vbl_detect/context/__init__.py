"""Whose words a match is, and about whom; spaCy is not needed here.

`judge` reads a `Reading` of a note. What words mean stands in the tables ``context_rules.csv``
and ``_people.csv`` of the lexicon; here stands only how far a cue reaches.
"""

from vbl_detect.context.accounts import find_accounts
from vbl_detect.context.ages import find_aged, first_child
from vbl_detect.context.judging import ASSERTED, judge
from vbl_detect.context.mentions import Mention
from vbl_detect.context.names import find_names
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.sources import TURN_ROLES
from vbl_detect.context.turns import find_turns
from vbl_detect.context.verdict import Verdict

__all__ = [
    "ASSERTED",
    "TURN_ROLES",
    "Cue",
    "Mention",
    "Reading",
    "Verdict",
    "find_accounts",
    "find_aged",
    "find_names",
    "find_turns",
    "first_child",
    "judge",
]
