"""Where a document lies, or would lie if it were saved."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from pygls.uris import to_fs_path

_UNFIT = re.compile(r'[<>"|?*\x00-\x1f]')


def path_of(uri: str, root: str | None) -> Path:
    """Return a document's path.

    Parameters
    ----------
    uri : str
        The editor's name for it: ``file:///…``, or any other for what lies in no file.
    root : str, optional
        The folder that is open in the editor, in which an unsaved document is taken to lie; None:
        the working directory.
    """
    if uri.startswith("file:"):
        path = to_fs_path(uri)
        if path:
            return Path(path)
    name = re.split(r"[/\\:]", unquote(uri))[-1]
    return Path(root or Path.cwd()) / (_UNFIT.sub("_", name).strip(". ") or "draft")
