"""The server, spoken to as an editor speaks to it, over standard input and output."""

import asyncio
import logging
import sys
from functools import partial
from typing import Union

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

from tests.event_loop import run_apart
from vbl_detect.lsp.actions import SHOW_WORDING

TEXT = "🙂 Zoe\u0301 is streetwise.\n\nShe is a child prostitute, known to officers.\n"
PATIENCE = 120

pytestmark = pytest.mark.slow


def converter():
    """Tell actions from commands as the protocol does; lsprotocol takes one for the other."""
    made = default_converter()

    def structured(value, _):
        plain = isinstance(value.get("command"), str)
        return made.structure(value, types.Command if plain else types.CodeAction)

    made.register_structure_hook(Union[types.Command, types.CodeAction], structured)  # noqa: UP007
    return made


class Editor:
    """A client that keeps what it is told."""

    def __init__(self):
        self.client = LanguageClient("editor", "1", converter_factory=converter)
        self.published = asyncio.Queue()
        self.messages = asyncio.Queue()
        self.progress, self.registered = [], []
        heard = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: self.published.put_nowait,
            types.WINDOW_SHOW_MESSAGE: self.messages.put_nowait,
            types.WINDOW_LOG_MESSAGE: self.messages.put_nowait,
            types.WINDOW_WORK_DONE_PROGRESS_CREATE: lambda params: None,
            types.PROGRESS: self.progress.append,
            types.CLIENT_REGISTER_CAPABILITY: self.registered.append,
        }
        for method, hear in heard.items():
            # pygls marks what it is given, which cannot be done to a method.
            self.client.feature(method)(partial(hear))

    async def start(self, root, *, encodings=None, **capabilities):
        await self.client.start_io(sys.executable, "-m", "vbl_detect", "lsp", "--stdio")
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        return await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(general=general, **capabilities),
                root_uri=root.as_uri(),
            )
        )

    def open(self, uri, text, language="markdown"):
        document = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, uri, text, version):
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(uri=uri, version=version),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def shown(self, uri, version):
        """Return the diagnostics of a version, once they come."""
        while True:
            params = await asyncio.wait_for(self.published.get(), PATIENCE)
            if (params.uri, params.version) == (uri, version):
                return params.diagnostics

    async def actions(self, uri, place, only=None):
        return await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                place,
                types.CodeActionContext(diagnostics=[], only=only),
            )
        )

    async def stop(self):
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await asyncio.wait_for(self.client._server.wait(), PATIENCE)
        errors = await self.client._server.stderr.read()
        return self.client._server.returncode, errors.decode()


def session(conversation):
    async def run():
        editor = Editor()
        try:
            await conversation(editor)
        finally:
            server = editor.client._server
            if server is not None and server.returncode is None:
                server.kill()
            await editor.client.stop()

    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    run_apart(run())


def test_a_draft_is_judged_as_it_is_written_and_rewritten_only_if_asked(tmp_path):
    async def conversation(editor):
        uri = (tmp_path / "draft.md").as_uri()
        started = await editor.start(
            tmp_path,
            window=types.WindowClientCapabilities(work_done_progress=True),
            workspace=types.WorkspaceClientCapabilities(
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                    dynamic_registration=True
                ),
                workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            ),
        )
        assert started.capabilities.position_encoding == types.PositionEncodingKind.Utf16
        editor.client.initialized(types.InitializedParams())
        editor.open(uri, TEXT)

        first, second = await editor.shown(uri, 1)
        assert (first.code, second.code) == ("AD001", "SL003")
        assert first.range == types.Range(types.Position(0, 11), types.Position(0, 21))
        assert [one.value["kind"] for one in editor.progress] == ["begin", "end"]
        [registration] = editor.registered[0].registrations
        assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES

        hover = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 15))
        )
        assert hover.contents.kind == types.MarkupKind.Markdown
        assert hover.contents.value.startswith("### AD001")
        assert hover.range == first.range

        shown, _ = await editor.actions(uri, first.range)
        assert shown.edit is None
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(SHOW_WORDING, arguments=shown.command.arguments)
        )
        message = await asyncio.wait_for(editor.messages.get(), PATIENCE)
        assert "Write instead" in message.message

        replacing = (await editor.actions(uri, second.range))[0]
        [document] = replacing.edit.document_changes
        assert document.text_document.version == 1
        assert document.edits[0].new_text == "sexually exploited child"
        assert not await editor.actions(uri, second.range, [types.CodeActionKind.SourceFixAll])

        for version in range(2, 12):  # only the last of a row of keys is judged
            editor.change(uri, TEXT + "x" * version, version)
        assert not await editor.actions(uri, second.range)  # not known yet for this text
        assert len(await editor.shown(uri, 11)) == 2

        (tmp_path / "vbl.toml").write_text('ignore = ["AD"]\n', "utf-8")
        changes = [types.FileEvent((tmp_path / "vbl.toml").as_uri(), types.FileChangeType.Created)]
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
        assert [one.code for one in await editor.shown(uri, 11)] == ["SL003"]

        (tmp_path / "vbl.toml").write_text("ignroe = []\n", "utf-8")
        editor.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        )
        [fault] = await editor.shown(uri, 11)
        assert "not checked" in fault.message
        assert "ignroe" in fault.message

        editor.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )
        assert not await editor.shown(uri, None)
        assert not (tmp_path / "draft.md").exists()
        assert await editor.stop() == (0, "")

    session(conversation)


def test_an_unsaved_draft_is_judged_by_the_folder_s_settings_in_bytes(tmp_path):
    async def conversation(editor):
        (tmp_path / "vbl.toml").write_text('ignore = ["SL"]\nmodel = "fast"\n', "utf-8")
        encodings = [types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16]
        started = await editor.start(tmp_path, encodings=encodings)
        assert started.capabilities.position_encoding == types.PositionEncodingKind.Utf8
        editor.client.initialized(types.InitializedParams())
        text = TEXT.replace("streetwise", "very streetwise for her age")
        editor.open("untitled:Untitled-1", text, "plaintext")

        [shown] = await editor.shown("untitled:Untitled-1", 1)
        assert shown.range == types.Range(types.Position(0, 19), types.Position(0, 29))
        message = await asyncio.wait_for(editor.messages.get(), PATIENCE)
        assert "loading" in message.message

        comment = (await editor.actions("untitled:Untitled-1", shown.range))[-1]
        [edit] = comment.edit.changes["untitled:Untitled-1"]
        assert edit.new_text.startswith("vbl: allow AD001")

    session(conversation)


def test_the_server_goes_when_its_editor_goes(tmp_path):
    async def conversation(editor):
        await editor.start(tmp_path)
        server = editor.client._server
        editor.open((tmp_path / "a.md").as_uri(), TEXT)
        server.stdin.close()
        await asyncio.wait_for(server.wait(), PATIENCE)
        assert server.returncode == 0
        assert "streetwise" not in (await server.stderr.read()).decode()

    session(conversation)


def test_what_is_no_message_of_the_protocol_is_not_written_down(tmp_path):
    async def conversation(editor):
        await editor.start(tmp_path)
        secret = b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": "streetwise"}'
        header = b"Content-Length: %d\r\n\r\n" % len(secret)
        editor.client._server.stdin.write(header + secret)
        message = await asyncio.wait_for(editor.messages.get(), PATIENCE)
        assert "streetwise" not in message.message
        code, errors = await editor.stop()
        assert code == 0
        assert "streetwise" not in errors

    session(conversation)


@pytest.mark.parametrize("name", ["a%20draft.md", "%C3%A9.md", "c%3A/drafts/a.md"])
def test_a_draft_is_judged_by_whatever_name_the_editor_gives_it(tmp_path, name):
    async def conversation(editor):
        uri = f"{tmp_path.as_uri()}/{name}"
        await editor.start(tmp_path)
        editor.client.initialized(types.InitializedParams())
        editor.open(uri, TEXT)

        first, _ = await editor.shown(uri, 1)
        place = types.Range(first.range.start, first.range.start)
        assert await editor.actions(uri, place)

        editor.change(uri, "Seen at home.\n", 2)
        assert not await editor.shown(uri, 2)

    session(conversation)
