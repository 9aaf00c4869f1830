"""Settings: ``vbl.toml``, or ``[tool.vbl-detect]`` in a ``pyproject.toml``."""

from vbl_detect.settings.keys import Key
from vbl_detect.settings.location import find_settings, told
from vbl_detect.settings.reading import read_settings
from vbl_detect.settings.records import Allowed, FileRule, Settings
from vbl_detect.settings.selecting import selection_of
from vbl_detect.settings.table import GROUPS, KEYS

__all__ = [
    "GROUPS",
    "KEYS",
    "Allowed",
    "FileRule",
    "Key",
    "Settings",
    "find_settings",
    "read_settings",
    "selection_of",
    "told",
]
