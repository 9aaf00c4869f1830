"""What the program's own processes do first: import spaCy lean, and seldom look for garbage.

spaCy is imported without what no command needs: its own command line, and torch.

`import spacy` imports spaCy's commands, with web clients and templates, for the one function
`spacy.info`; that is a quarter of its time. thinc imports torch where that is installed, which
takes longer than all the rest. A checked draft should wait for neither. Only the program
``vbl-detect`` does this, in its own processes; whoever imports the library gets spaCy whole.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

#: What thinc would use if it were installed; None makes importing it fail (see `sys.modules`).
_NOT_NEEDED = ("torch", "tensorflow", "mxnet", "cupy")
#: Python's own number, 700, is for programs that free what they make.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def import_spacy() -> None:
    """Import spaCy, unless it is there already; later imports of what was left out get it whole."""
    if "spacy" in sys.modules:
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(info)["info"] = _info
    stand_ins: dict[str, Any] = {commands.__name__: commands, info.__name__: info}
    stand_ins |= {name: None for name in _NOT_NEEDED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        import_module("spacy")
    except ImportError:  # another version, which needs more of them; it is imported whole later
        pass
    finally:
        for name in stand_ins:
            del sys.modules[name]


def collect_seldom() -> None:
    """Let Python search for garbage seldom: most of what a process holds stays to its end."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def _info(*arguments: Any, **settings: Any) -> Any:  # noqa: ANN401 - as spaCy declares it
    return import_module("spacy.cli.info").info(*arguments, **settings)
