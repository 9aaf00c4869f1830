"""What each row, category and context rule means: found by name, and shown.

An `Entry` holds what a person is told of one, in order; `vbl_detect.reference.text` and
`vbl_detect.reference.markdown` write it down.
"""

from vbl_detect.reference.entries import Reference, read_reference
from vbl_detect.reference.lookup import Rule, find_rule
from vbl_detect.reference.precision import (
    FEWEST,
    MEASURED_FILE,
    Share,
    read_measured,
)

__all__ = [
    "FEWEST",
    "MEASURED_FILE",
    "Reference",
    "Rule",
    "Share",
    "find_rule",
    "read_measured",
    "read_reference",
]
