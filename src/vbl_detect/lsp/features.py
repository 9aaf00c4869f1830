"""What the server answers to: each message of an editor, and the function it leads to."""

from __future__ import annotations

import logging
import sys
from datetime import date
from typing import BinaryIO

from lsprotocol import types

from vbl_detect.lsp.actions import SHOW_WORDING, Asked, actions, findings_at, wants_quick_fixes
from vbl_detect.lsp.hovers import page
from vbl_detect.lsp.judging import Judge
from vbl_detect.lsp.schedule import PAUSE
from vbl_detect.lsp.server import EditorServer
from vbl_detect.settings.location import FILE, PYPROJECT
from vbl_detect.suppression import SIDECAR_NAME

#: Files that decide over findings beside the drafts themselves.
_WATCHED = (FILE, PYPROJECT, SIDECAR_NAME)


def make_server(judge: Judge | None = None, *, pause: float = PAUSE) -> EditorServer:
    """Return a server that knows all it answers to.

    Parameters
    ----------
    judge : Judge, optional
        What judges drafts.
    pause : float
        Seconds without a key pressed before a draft is judged.
    """
    server = EditorServer(judge or Judge(), pause)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_code_actions)
    server.feature(types.SHUTDOWN)(_shut_down)
    server.command(SHOW_WORDING)(_show_wording)
    return server


def serve(judge: Judge | None = None) -> None:
    """Speak to an editor over standard input and output until it says so or goes away.

    Parameters
    ----------
    judge : Judge, optional
        What judges drafts.
    """
    # pygls logs messages whole, and with them drafts.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    server = make_server(judge)
    out: BinaryIO = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints would break the protocol
    try:
        server.start_io(sys.stdin.buffer, out)
    finally:
        server.stop()


async def _initialized(ls: EditorServer, _: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watching = None if workspace is None else workspace.did_change_watched_files
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in _WATCHED]
    registration = types.Registration(
        id="settings",
        method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=types.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
    await ls.client_register_capability_async(types.RegistrationParams([registration]))


def _opened(ls: EditorServer, params: types.DidOpenTextDocumentParams) -> None:
    ls.schedule.at_once(params.text_document.uri)


def _changed(ls: EditorServer, params: types.DidChangeTextDocumentParams) -> None:
    ls.schedule.later(params.text_document.uri)


def _saved(ls: EditorServer, params: types.DidSaveTextDocumentParams) -> None:
    # Without a watcher this is when changed settings are seen.
    ls.schedule.at_once(params.text_document.uri)


def _closed(ls: EditorServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.closed(params.text_document.uri)


def _files_changed(ls: EditorServer, _: types.DidChangeWatchedFilesParams) -> None:
    ls.check_all()


def _shut_down(ls: EditorServer, _: None) -> None:
    ls.stop()


def _hover(ls: EditorServer, params: types.HoverParams) -> types.Hover | None:
    judged = ls.judged(params.text_document.uri)
    if judged is None or judged.lexicon is None:
        return None
    positions = ls.positions(judged.draft)
    offset = positions.offset(params.position)
    findings = findings_at(judged, offset, offset)
    if not findings:
        return None
    document = ls.client_capabilities.text_document
    hover = None if document is None else document.hover
    formats = (hover.content_format if hover else None) or [types.MarkupKind.Markdown]
    as_markdown = types.MarkupKind.Markdown in formats
    kind = types.MarkupKind.Markdown if as_markdown else types.MarkupKind.PlainText
    value = page(findings, judged.lexicon, as_markdown=as_markdown)
    place = positions.range(findings[0].start, findings[0].end)
    return types.Hover(types.MarkupContent(kind, value), place)


def _code_actions(ls: EditorServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri = params.text_document.uri
    judged, document = ls.judged(uri), ls.document(uri)
    if judged is None or document is None or not wants_quick_fixes(params.context.only):
        return []
    positions = ls.positions(judged.draft)
    workspace = ls.client_capabilities.workspace
    edits = None if workspace is None else workspace.workspace_edit
    asked = Asked(
        start=positions.offset(params.range.start),
        end=positions.offset(params.range.end),
        diagnostics=tuple(params.context.diagnostics),
        markdown=document.language_id == "markdown",
        versioned=bool(edits and edits.document_changes),
        today=date.today(),
    )
    return actions(judged, positions, asked)


def _show_wording(ls: EditorServer, uri: str, finding_id: str) -> None:
    judged = ls.judged(uri)
    findings = () if judged is None else judged.findings
    finding = next((one for one in findings if one.finding_id == finding_id), None)
    if finding is None:
        return
    message = f"{finding.code}: {finding.why} Write instead: {finding.suggestion}"
    ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
