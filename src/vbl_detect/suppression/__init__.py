"""Accepted wording: suppressions beside the drafts, comments in them, and baselines.

Nothing here reads a note, loads a model or writes into a draft.
"""

from __future__ import annotations

from vbl_detect.suppression.acceptance import Acceptance
from vbl_detect.suppression.applying import Suppressor
from vbl_detect.suppression.baseline import read_baseline
from vbl_detect.suppression.sidecar import SIDECAR_NAME

__all__ = ["SIDECAR_NAME", "Acceptance", "Suppressor", "read_baseline"]
