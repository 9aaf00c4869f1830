from __future__ import annotations

import io
import re
from typing import Any

import pytest

from vbl_detect.records import Finding
from vbl_detect.writers import write_findings


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")


def written(findings: list[Finding], out: io.StringIO, make_run: Any, **options: Any) -> str:
    write_findings(findings, "full", None, make_run(**options), stdout=out)
    return out.getvalue()


def test_no_findings_write_nothing(make_run: Any) -> None:
    assert written([], io.StringIO(), make_run) == ""


def test_a_terminal_gets_colour_and_a_pipe_does_not(findings: list[Finding], make_run: Any) -> None:
    assert "\x1b[" in written(findings, Terminal(), make_run)
    assert "\x1b[" not in written(findings, io.StringIO(), make_run)


def test_no_color_is_honoured(
    findings: list[Finding], make_run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    shown = written(findings, Terminal(), make_run)

    assert "\x1b[31m" not in shown
    assert "\x1b[1;31m" not in shown
    assert "putting herself at risk" in shown


def test_a_pipe_does_not_follow_the_width_of_the_environment(
    findings: list[Finding], make_run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = written(findings, io.StringIO(), make_run)
    monkeypatch.setenv("COLUMNS", "200")

    assert written(findings, io.StringIO(), make_run) == narrow


def test_remarks_are_wrapped_on_a_terminal_and_lose_no_word(
    findings: list[Finding], make_run: Any
) -> None:
    shown = re.sub(r"\x1b\[[\d;]*m", "", written(findings[:1], Terminal(), make_run))

    remarks = [line for line in shown.splitlines() if line.startswith(("  =", "   "))]
    assert len(remarks) == 4
    assert max(map(len, remarks)) <= 60
    assert findings[0].why in " ".join(shown.split())


def test_brackets_in_a_note_are_not_markup(make_finding: Any, make_run: Any) -> None:
    finding = make_finding("[bold]She[/bold] asking :smile:", "asking")

    assert "[bold]She[/bold] asking :smile:" in written([finding], Terminal(), make_run).replace(
        "\x1b[0m", ""
    ).replace("\x1b[1;31m", "")


def test_a_finding_without_any_place_still_has_its_line(make_finding: Any, make_run: Any) -> None:
    finding = make_finding(
        "She is asking", "asking", path=None, row=None, record_id=None, column=None
    )

    assert written([finding], io.StringIO(), make_run).startswith("line 1:8\n")


@pytest.mark.parametrize(("show", "quoted"), [("phrase", ': "streetwise"'), ("reference", "")])
def test_less_text_is_shown_when_less_is_asked_for(
    show: Any, quoted: str, findings: list[Finding], make_run: Any
) -> None:
    finding = findings[1].shown(show)

    lines = written([finding], io.StringIO(), make_run, include_context=True).splitlines()

    assert lines[1] == f"AD003 adultification (medium){quoted}"
    assert [line for line in lines if "|" in line] == []
