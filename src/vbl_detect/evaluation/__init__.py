"""How well findings agree with labelled notes; scored by the annotation guidelines."""

from vbl_detect.evaluation.calibration import calibration_error
from vbl_detect.evaluation.levels import (
    LEVELS,
    agreement,
    category_accuracy,
    silent_share,
)

__all__ = [
    "LEVELS",
    "agreement",
    "calibration_error",
    "category_accuracy",
    "silent_share",
]
