"""What a writer may choose to do about a finding. Nothing is done that was not chosen.

A phrase is replaced only by a wording that says the same (`vbl_detect.lsp.wordings`). Any other
better wording is shown, since it asks for facts that only the writer knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Command,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from vbl_detect.lsp.judging import Draft, Judged
from vbl_detect.lsp.positions import Positions
from vbl_detect.lsp.wordings import drop_in
from vbl_detect.records import Finding
from vbl_detect.suppression.comments import SUFFIXES

#: The command that shows a finding's better wording.
SHOW_WORDING = "vbl-detect.showWording"
#: How long a comment holds unless the writer names another day.
_HOLDS = timedelta(days=90)
_LONGEST_TITLE = 120
_MARKDOWN = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an editor asks for.

    Attributes
    ----------
    start, end : int
        The offsets between which the writer stands, in code points; the end counts too.
    diagnostics : tuple of Diagnostic
        The editor's diagnostics there.
    markdown : bool
        Whether the editor takes the draft for Markdown.
    versioned : bool
        Whether the editor takes changes of one version of a draft only.
    today : date
        The present day.
    """

    start: int
    end: int
    diagnostics: tuple[Diagnostic, ...] = ()
    markdown: bool = False
    versioned: bool = True
    today: date


def wants_quick_fixes(only: Iterable[str] | None) -> bool:
    """Tell whether an editor that asks for `only` these kinds of actions wants any of ours."""
    kinds = None if only is None else list(only)
    quick_fix = CodeActionKind.QuickFix.value
    return kinds is None or any(
        kind in {"", quick_fix} or quick_fix.startswith(f"{kind}.") for kind in kinds
    )


def findings_at(judged: Judged, start: int, end: int) -> list[Finding]:
    """Return the findings that two offsets touch, in order.

    Parameters
    ----------
    judged : Judged
        What was found.
    start, end : int
        Offsets in code points; a finding that ends at `start`, or begins at `end`, is touched.
    """
    return [one for one in judged.findings if one.start <= end and start <= one.end]


def actions(judged: Judged, positions: Positions, asked: Asked) -> list[CodeAction]:
    """Return what may be done about the findings at a place.

    Parameters
    ----------
    judged : Judged
        What was found.
    positions : Positions
        The places in the draft's text.
    asked : Asked
        What the editor asks for.
    """
    return [
        action
        for finding in findings_at(judged, asked.start, asked.end)
        for action in _actions(finding, judged.draft, positions, asked)
    ]


def _actions(
    finding: Finding, draft: Draft, positions: Positions, asked: Asked
) -> Iterator[CodeAction]:
    diagnostics = [one for one in asked.diagnostics if _shows(one, finding)]
    wording = drop_in(finding)
    if wording is not None:
        place = positions.range(finding.start, finding.end)
        yield CodeAction(
            title=f"Replace with “{wording}”",
            kind=CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            edit=_edit(draft, place, wording, versioned=asked.versioned),
        )
    yield CodeAction(
        title=_shortened(f"Better words: {finding.suggestion}"),
        kind=CodeActionKind.QuickFix,
        diagnostics=diagnostics,
        command=Command(
            title="Show", command=SHOW_WORDING, arguments=[draft.uri, finding.finding_id]
        ),
    )
    if finding.counted and draft.path.suffix.lower() in SUFFIXES:
        place, comment = _comment(finding, draft, positions, asked)
        yield CodeAction(
            title=f"Accept {finding.code} in this line for a time: add a comment to fill in",
            kind=CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            edit=_edit(draft, place, comment, versioned=asked.versioned),
        )


def _shows(diagnostic: Diagnostic, finding: Finding) -> bool:
    data = diagnostic.data
    return isinstance(data, dict) and data.get("finding_id") == finding.finding_id


def _edit(draft: Draft, place: Range, text: str, *, versioned: bool) -> WorkspaceEdit:
    edit = TextEdit(place, text)
    if not versioned:
        return WorkspaceEdit(changes={draft.uri: [edit]})
    document = OptionalVersionedTextDocumentIdentifier(draft.uri, draft.version)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(document, [edit])])


def _comment(
    finding: Finding, draft: Draft, positions: Positions, asked: Asked
) -> tuple[Range, str]:
    """Return a comment that accepts nothing yet: only the writer knows why, and who accepts it."""
    until = asked.today + _HOLDS
    body = f'vbl: allow {finding.code} until {until} reason="" author=""'
    line = positions.line(finding.line)
    if asked.markdown or PurePath(draft.path).suffix.lower() in _MARKDOWN:
        # At the line's end it breaks no list, table or paragraph.
        return Range(line.end, line.end), f" <!-- {body} -->"
    return Range(line.start, line.start), f"{body}{_line_end(draft.text)}"


def _line_end(text: str) -> str:
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
