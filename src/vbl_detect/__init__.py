"""Find victim-blaming language in police reviews and case notes.

>>> import vbl_detect
>>> nlp = vbl_detect.load()
>>> note = vbl_detect.Note(record_id="42", text="Continues to put self at risk.")
>>> [finding.phrase for finding in vbl_detect.detect([note], nlp)]
['put self at risk']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vbl_detect.records import Finding, Note

if TYPE_CHECKING:
    from vbl_detect.detection import detect
    from vbl_detect.frames import detect_df
    from vbl_detect.pipeline import load

__version__ = "0.1.0"

__all__ = ["Finding", "Note", "__version__", "detect", "detect_df", "load"]

#: Names that are imported on first use, so that `import vbl_detect` stays cheap.
_HOMES = {
    "detect": "vbl_detect.detection",
    "detect_df": "vbl_detect.frames",
    "load": "vbl_detect.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - module attributes are of any type
    if name == "spark":
        return import_module("vbl_detect.spark")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
