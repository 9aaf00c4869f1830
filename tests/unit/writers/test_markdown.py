from __future__ import annotations

import io
from typing import Any

import pytest

from vbl_detect.writers import write_findings
from vbl_detect.writers.markdown import escaped


def written(findings: list[Any], make_run: Any, **options: Any) -> list[str]:
    out = io.StringIO()
    write_findings(findings, "md", None, make_run(**options), stdout=out)
    return out.getvalue().splitlines()


def test_nothing_found_has_the_summary_and_the_table_heading(make_run: Any) -> None:
    lines = written([], make_run)

    assert "**No findings in 40 notes.**" in lines
    assert "| Category | high | medium | low | all |" in lines


def test_the_summary_stands_before_the_findings(findings: list[Any], make_run: Any) -> None:
    lines = written(findings, make_run)

    summary = next(index for index, line in enumerate(lines) if line.startswith("**2 findings"))
    assert summary < lines.index("## Findings")
    assert "| risk-and-choice | 1 | 0 | 0 | 1 |" in lines
    assert "> YP is again **putting herself at risk** by meeting males." in lines


def test_what_does_not_count_has_a_part_of_its_own(findings: list[Any], make_run: Any) -> None:
    lines = written(findings, make_run, include_context=True)

    part = lines[lines.index("## Not counted") :]
    assert "### AD003 adultification (medium, not counted: quoted)" in part
    assert "### RC001 risk-and-choice (high)" not in part


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>&", "&lt;script&gt;&amp;"),
        ("**a** _b_ `c`", "\\*\\*a\\*\\* \\_b\\_ \\`c\\`"),
        ("[a](b) ![c]", "\\[a\\](b) \\!\\[c\\]"),
        ("- item", "&#45; item"),
        ("  + item", "&#43; item"),
        ("12. item", "&#49;2. item"),
        ("9.5 miles", "9.5 miles"),
        ("# head", "\\# head"),
        ("a\n# b", "a⏎\\# b"),
        ("a | b", "a \\| b"),
        ("http://a.example www.b.example", "http&#58;//a.example www&#46;b.example"),
        ("me@example.org", "me&#64;example.org"),
        ("\\", "\\\\"),
        ("---", "&#45;--"),
        ("    code", "code"),
    ],
)
def test_text_is_nothing_but_text_in_markdown_and_html(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_phrase_beside_punctuation_is_still_bold(make_finding: Any, make_run: Any) -> None:
    finding = make_finding('x"asking"y', '"asking"')

    assert '> x<strong>"asking"</strong>y' in written([finding], make_run)


def test_a_phrase_alone_is_shown_where_its_sentence_is_not(
    make_finding: Any, make_run: Any
) -> None:
    finding = make_finding("She is asking", "asking").shown("phrase")

    assert "> **asking**" in written([finding], make_run)


def test_without_any_text_there_is_no_quotation(make_finding: Any, make_run: Any) -> None:
    finding = make_finding("She is asking", "asking").shown("reference")

    assert [line for line in written([finding], make_run) if line.startswith(">")] == []
