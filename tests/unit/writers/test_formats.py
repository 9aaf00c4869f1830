"""What holds for every format: which is meant, where it goes, and that it can be relied upon."""

from __future__ import annotations

import datetime as real_datetime
import io
import os
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vbl_detect.errors import UsageError
from vbl_detect.records import Finding
from vbl_detect.writers import DEFAULT_FORMAT, WRITERS, choose_format, write_findings

ALL = list(WRITERS)
TEXT = [name for name in ALL if not WRITERS[name].binary]
BINARY = [name for name in ALL if WRITERS[name].binary]
HOSTILE = (
    "=HYPERLINK(1) \x1b[31m[red]x[/red] <b>y</b> **z**\r\nsecond\tline 😀 \u202egnp \x00 \ud800"
)


def test_full_is_the_default_format() -> None:
    assert DEFAULT_FORMAT == "full"
    assert choose_format(None, None) == "full"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.xlsx", "xlsx"),
        ("a.CSV", "csv"),
        ("a.jsonl", "jsonl"),
        ("a.json", "json"),
        ("a.parquet", "parquet"),
        ("a.md", "md"),
        ("a.txt", "full"),
    ],
)
def test_format_is_inferred_from_the_name_of_the_file(name: str, expected: str) -> None:
    assert choose_format(None, Path(name)) == expected


@pytest.mark.parametrize(
    ("name", "output"),
    [("concise", "a.txt"), ("jsonl", "a.json"), ("csv", "a.dat"), ("md", "a"), ("table", "a.log")],
)
def test_format_asked_for_wins_where_the_name_leaves_it_open(name: str, output: str) -> None:
    assert choose_format(name, Path(output)) == name


@pytest.mark.parametrize(
    ("name", "output", "named"),
    [
        ("xls", None, ALL),
        (None, "findings.docx", [*ALL, "findings.docx", ".xlsx"]),
        (None, "findings", ALL),
        ("csv", "findings.xlsx", ["csv", "xlsx", "findings.xlsx", ".csv"]),
        ("xlsx", "findings.txt", ["xlsx", "full"]),
        ("xlsx", None, ["-o", "findings.xlsx"]),
        ("parquet", None, ["-o", "findings.parquet"]),
    ],
)
def test_a_wrong_format_is_refused_with_what_there_is(
    name: str | None, output: str | None, named: list[str]
) -> None:
    with pytest.raises(UsageError) as caught:
        choose_format(name, None if output is None else Path(output))

    assert [word for word in named if word not in str(caught.value)] == []


@pytest.mark.parametrize("name", BINARY)
def test_a_binary_format_refuses_standard_output(name: str, make_run: Any) -> None:
    with pytest.raises(UsageError, match="-o findings"):
        write_findings([], name, None, make_run(), stdout=io.StringIO())


@pytest.mark.parametrize("name", ALL)
def test_the_same_findings_give_the_same_bytes(
    name: str, findings: list[Finding], write_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"keep_columns": ("Unit", "Visits", "Seen"), "include_context": True}
    first = write_file(name, findings, **options)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    monkeypatch.setattr("openpyxl.packaging.core.datetime", _LaterDatetime, raising=True)

    second = write_file(name, findings, **options)

    assert first.read_bytes() == second.read_bytes()


class _LaterDatetime:
    """Stands for the module `datetime`, ten years on."""

    timezone = real_datetime.timezone
    date = real_datetime.date

    class datetime(real_datetime.datetime):  # noqa: N801
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz).replace(year=2041)


@pytest.mark.parametrize("name", ALL)
def test_an_interruption_leaves_no_file_and_keeps_the_old_one(
    name: str,
    findings: list[Finding],
    tmp_path: Path,
    make_run: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    output = tmp_path / "findings.out"
    output.write_bytes(b"old")

    def interrupted() -> Iterator[Finding]:
        yield from findings
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_findings(interrupted(), name, output, make_run(keep_columns=("Unit",)))

    assert output.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["findings.out", "scratch"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions otherwise")
def test_a_file_is_readable_by_its_owner_only(name: str, write_file: Any) -> None:
    assert write_file(name, []).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_can_be_written_in_every_format(
    name: str, make_finding: Callable[..., Finding], write_file: Any
) -> None:
    finding = make_finding(
        f"{HOSTILE} asking for it {HOSTILE}", "asking for it", path=HOSTILE, record_id=HOSTILE,
        sheet=HOSTILE, column=HOSTILE, meta={HOSTILE: HOSTILE},
    )  # fmt: skip

    output = write_file(name, [finding], keep_columns=(HOSTILE,))

    assert output.stat().st_size > 0


@pytest.mark.parametrize("name", ["full", "concise", "table", "md"])
def test_formats_for_people_show_nothing_a_screen_acts_upon(
    name: str, make_finding: Callable[..., Finding], make_run: Any
) -> None:
    finding = make_finding(
        f"{HOSTILE} asking for it", "asking for it", path=HOSTILE, record_id=HOSTILE,
        why=HOSTILE, suggestion=HOSTILE, source=HOSTILE, column=HOSTILE,
    )  # fmt: skip
    out = io.StringIO()

    write_findings([finding], name, None, make_run(), stdout=out)

    shown = out.getvalue().replace("\n", "").replace("\u200d", "")
    assert [character for character in shown if not character.isprintable()] == []
    assert "\\x1b[31m" in shown.replace("\\[", "[").replace("\\\\", "\\")


@pytest.mark.parametrize("name", ["full", "concise", "table", "md"])
def test_formats_for_people_hide_what_does_not_count_unless_asked(
    name: str, findings: list[Finding], make_run: Any
) -> None:
    def written(**options: Any) -> str:
        out = io.StringIO()
        write_findings(findings, name, None, make_run(**options), stdout=out)
        return " ".join(out.getvalue().split())

    assert "streetwise" not in written()
    assert "streetwise" in written(include_context=True)
    assert "quoted" in written(include_context=True)


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("show", ["phrase", "reference"])
def test_text_formats_do_without_the_text_that_is_not_to_be_shown(
    name: str, show: Any, findings: list[Finding], make_run: Any
) -> None:
    out = io.StringIO()

    write_findings(
        (finding.shown(show) for finding in findings), name, None, make_run(), stdout=out
    )

    assert "by meeting males" not in out.getvalue()
    # The headword of the term, which the data formats hold, is not the note's text.
    assert ("cannot have been" in out.getvalue()) is (show == "phrase")


@pytest.mark.parametrize("show", ["phrase", "reference"])
def test_a_cue_which_can_be_a_whole_quotation_goes_with_the_sentence(
    show: Any, make_finding: Callable[..., Finding]
) -> None:
    said = 'Mum: "she has always been streetwise, and I told her so".'
    finding = make_finding(said, "streetwise", context="quoted", cue=said[5:-1])

    assert finding.shown(show).cue is None
    assert finding.shown("sentence").cue == finding.cue


@pytest.mark.parametrize("name", [name for name in ALL if name != "table"])
def test_memory_does_not_grow_with_the_findings(
    name: str, make_finding: Callable[..., Finding], write_file: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("vbl_detect.writers.parquet.ROWS_PER_GROUP", 50)
    finding = make_finding("x" * 20_000 + " asking for it", "asking for it", meta={"Unit": "N"})
    write_file(name, [finding], keep_columns=("Unit",))  # imports, styles and caches

    tracemalloc.start()
    try:
        many = (replace(finding, sentence=f"{i}{finding.sentence}") for i in range(500))
        write_file(name, many, keep_columns=("Unit",))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4_000_000  # the sentences alone are 10 MB


def test_counts_are_complete_when_the_findings_are_written(
    findings: list[Finding], make_run: Any
) -> None:
    run = make_run()

    write_findings(findings, "jsonl", None, run, stdout=io.StringIO())

    assert run.counts.findings == len(findings)
    assert run.counts.total_counted == 2


def test_data_goes_to_standard_output_in_utf8_with_its_own_line_ends(
    make_finding: Callable[..., Finding], make_run: Any
) -> None:
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n")
    finding = make_finding("日本 asking for it", "asking for it")

    write_findings([finding], "jsonl", None, make_run(), stdout=stdout)

    assert "日本".encode() in raw.getvalue()
    assert b"\r" not in raw.getvalue()
    stdout.write("still open")


@pytest.mark.parametrize("name", ["full", "concise", "table"])
def test_a_console_of_another_code_page_gets_only_what_it_can_hold(
    name: str, make_finding: Callable[..., Finding], make_run: Any
) -> None:
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding="ascii", errors="strict", newline="\n")
    finding = make_finding(
        "日本 ‘asking\nfor it’ " + "word " * 100, "asking\nfor it", why="a – b …"
    )

    write_findings([finding], name, None, make_run(), stdout=stdout)
    stdout.flush()

    assert "for it" in raw.getvalue().decode("ascii")


def test_a_missing_folder_is_a_usage_error_that_names_it(tmp_path: Path, make_run: Any) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*missing"):
        write_findings([], "csv", tmp_path / "missing" / "a.csv", make_run())


def test_a_folder_in_the_place_of_the_file_is_a_usage_error(tmp_path: Path, make_run: Any) -> None:
    (tmp_path / "a.csv").mkdir()

    with pytest.raises(UsageError, match="not a file that can be replaced"):
        write_findings([], "csv", tmp_path / "a.csv", make_run())


def test_a_file_open_in_another_program_is_a_usage_error(
    tmp_path: Path, make_run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(source: Path, target: Path) -> Path:
        raise PermissionError(13, "locked", str(source), None, str(target))

    monkeypatch.setattr(Path, "replace", locked)

    with pytest.raises(UsageError, match="close it if it is open"):
        write_findings([], "csv", tmp_path / "a.csv", make_run())
    assert list(tmp_path.iterdir()) == []
