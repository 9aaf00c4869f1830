"""What an editor shows while a pipeline is loaded."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from lsprotocol import types
from pygls.lsp.server import LanguageServer

_TITLE = "vbl-detect"
_MESSAGE = "loading lexicon and classifier"


@contextmanager
def telling(server: LanguageServer) -> Iterator[None]:
    """Tell the editor that something is being loaded for as long as the block runs.

    Parameters
    ----------
    server : LanguageServer
        Which; an editor that shows no progress has a line in its log.
    """
    window = server.client_capabilities.window
    if window is None or not window.work_done_progress:
        message = f"{_TITLE}: {_MESSAGE}"
        server.window_log_message(types.LogMessageParams(types.MessageType.Info, message))
        yield
        return
    progress, token = server.work_done_progress, str(uuid.uuid4())
    running = True

    def begin(_: object) -> None:
        if running:
            begun = types.WorkDoneProgressBegin(_TITLE, message=_MESSAGE, cancellable=False)
            progress.begin(token, begun)

    # The editor may be slow to answer, and what is loaded does not wait for it.
    progress.create(token, begin)
    try:
        yield
    finally:
        running = False
        if token in progress.tokens:
            progress.end(token, types.WorkDoneProgressEnd())
