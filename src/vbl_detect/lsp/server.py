"""The server itself: what an editor says, and what it is told. Only its own pipe is open to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from vbl_detect import __version__
from vbl_detect.errors import told
from vbl_detect.lsp.diagnostics import diagnostics
from vbl_detect.lsp.judging import Draft, Judge, Judged, PipelineKey, not_judged
from vbl_detect.lsp.loading import telling
from vbl_detect.lsp.paths import path_of
from vbl_detect.lsp.positions import Positions
from vbl_detect.lsp.schedule import PAUSE, Schedule

_Result = TypeVar("_Result")


class EditorServer(LanguageServer):
    """Judges the drafts that are open in an editor.

    Drafts come whole with every change: pygls, given only what changed, puts it into the wrong
    place after characters at which it ends lines and editors do not.

    Parameters
    ----------
    judge : Judge
        What judges drafts; in a thread of its own, so that the editor is answered meanwhile.
    pause : float
        Seconds without a key pressed before a draft is judged.
    """

    def __init__(self, judge: Judge, pause: float = PAUSE) -> None:
        super().__init__(
            "vbl-detect", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self.schedule = Schedule(self._check, pause)
        self._judge = judge
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._loading: dict[PipelineKey, asyncio.Task[None]] = {}
        self._judged: dict[str, Judged] = {}

    def document(self, uri: str) -> TextDocument | None:
        """Return the open draft that the editor calls so, or None.

        pygls keeps it under its name without percent signs: ``a b.md`` for ``a%20b.md``.
        """
        documents: dict[str, TextDocument] = self.workspace.text_documents
        return documents.get(uri) or documents.get(unquote(uri))

    def judged(self, uri: str) -> Judged | None:
        """Return what is known of a draft as it stands now, or None if that is yet to be found."""
        judged = self._judged.get(uri)
        document = self.document(uri)
        if judged is None or document is None or document.version != judged.draft.version:
            return None
        return judged

    def positions(self, draft: Draft) -> Positions:
        """Return the places in a draft, counted as the editor counts."""
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return Positions(draft.text, encoding)

    def check_all(self) -> None:
        """Judge every open draft anew."""
        for document in self.workspace.text_documents.values():
            self.schedule.at_once(document.uri)

    def closed(self, uri: str) -> None:
        """Forget a draft, and have the editor forget what was found in it."""
        self.schedule.drop(uri)
        self._judged.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def stop(self) -> None:
        """Begin no more work."""
        self.schedule.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401, ARG002
        """Tell the editor's user that something failed, without what may hold text of a draft."""
        params = types.ShowMessageParams(types.MessageType.Error, told(error))
        self.window_show_message(params)

    async def _check(self, uri: str) -> None:
        document = self.document(uri)
        if document is None:
            return
        path = path_of(uri, self.workspace.root_path)
        draft = Draft(uri=uri, path=path, text=document.source, version=document.version)
        try:
            judged = await self._judge_draft(draft)
        except Exception as error:
            # Whatever it is: silence would look as if nothing had been found.
            judged = not_judged(draft, told(error))
        if self.document(uri) is not document:
            return  # closed meanwhile
        self._judged[uri] = judged
        shown = diagnostics(judged, self.positions(draft))
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, shown, draft.version)
        )

    async def _judge_draft(self, draft: Draft) -> Judged:
        settings = await self._aside(partial(self._judge.settings_of, draft))
        key = await self._aside(partial(self._judge.key_of, settings))
        if not self._judge.is_loaded(key):
            if key not in self._loading:
                self._loading[key] = asyncio.create_task(self._load(key))
            # Loading goes on when this draft changes meanwhile, and serves its next state.
            await asyncio.shield(self._loading[key])
        return await self._aside(partial(self._judge.judge, draft, settings, key))

    async def _load(self, key: PipelineKey) -> None:
        try:
            with telling(self):
                await self._aside(partial(self._judge.load, key))
        finally:
            del self._loading[key]

    async def _aside(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
