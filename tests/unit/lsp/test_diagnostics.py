"""Findings in an editor's words."""

from dataclasses import replace

import pytest
from lsprotocol.types import DiagnosticSeverity, Position, Range

from vbl_detect.lsp.diagnostics import diagnostics
from vbl_detect.lsp.hovers import page
from vbl_detect.lsp.judging import not_judged


def test_the_words_are_underlined_and_told_why(located):
    judged, positions = located("🙂 Jo is streetwise.\n")

    [shown] = diagnostics(judged, positions)

    [finding] = judged.findings
    assert shown.range == Range(Position(0, 9), Position(0, 19))
    assert shown.severity == DiagnosticSeverity.Error
    assert shown.code == "AD001"
    assert shown.source == "vbl-detect"
    assert shown.message == f"{finding.why}\nWrite instead: {finding.suggestion}"
    assert shown.data["finding_id"] == finding.finding_id


@pytest.mark.parametrize(
    ("severity", "counted", "level"),
    [
        ("high", True, DiagnosticSeverity.Error),
        ("medium", True, DiagnosticSeverity.Warning),
        ("low", True, DiagnosticSeverity.Information),
        ("high", False, DiagnosticSeverity.Hint),
    ],
)
def test_severities_have_levels_of_their_own(located, severity, counted, level):
    judged, positions = located("She is streetwise.")
    finding = replace(judged.findings[0], severity=severity, counted=counted)

    [shown] = diagnostics(replace(judged, findings=(finding,)), positions)

    assert shown.severity == level
    assert ("Not counted: " in shown.message) == (not counted)


def test_a_remark_is_a_warning_on_its_line(located):
    judged, positions = located("A line.\nAnother.")

    [shown] = diagnostics(not_judged(judged.draft, "Why."), positions)

    assert shown.range == Range(Position(0, 0), Position(0, 7))
    assert shown.severity == DiagnosticSeverity.Warning
    assert shown.message == "This draft was not checked. Why."


def test_the_page_of_a_rule_is_told_with_the_place(located):
    judged, _ = located("She is streetwise.")

    told = page(judged.findings, judged.lexicon, as_markdown=True)

    assert told.startswith("### AD001: streetwise")
    assert judged.findings[0].why in told
    assert "- **Here:** found by lexicon, score 0." in told
    assert "<a " not in told


def test_an_editor_without_markdown_has_the_page_as_text(located):
    judged, _ = located("She is streetwise.")

    told = page(judged.findings, judged.lexicon, as_markdown=False)

    assert told.startswith("AD001  streetwise")
    assert "**" not in told


def test_the_page_of_unlisted_wording_is_its_category_s_without_the_rows(located):
    judged, _ = located("She is streetwise.")
    finding = replace(judged.findings[0], code="AD000", term=None, detector="classifier")

    told = page((finding, finding), judged.lexicon, as_markdown=True)

    assert told.startswith("### AD: Adultification")
    assert told.count("###") == 1
    assert "AD001" not in told
