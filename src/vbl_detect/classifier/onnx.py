"""onnxruntime without its telemetry.

From 1.29 on its builds report to their maker, from every system, as soon as they are imported, and
leave files in the cache and temporary folders; they heed these variables only before that.
"""

from __future__ import annotations

import os
from typing import Any

_OFF = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")


def import_onnxruntime() -> Any:  # noqa: ANN401 - a module, which has no types
    """Return the library; nothing is reported, not even by Windows on its behalf."""
    for name in _OFF:
        os.environ[name] = "1"
    import onnxruntime  # noqa: PLC0415 - it loads a large native library

    onnxruntime.disable_telemetry_events()
    return onnxruntime
