"""The formats that other systems read: their schemas, their limits, and where they point."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from lxml import etree

import vbl_detect
from vbl_detect.records import Extent, Finding
from vbl_detect.writers import WRITERS, write_findings

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
SYSTEMS = ("sarif", "github", "junit", "rdjson")
HOSTILE = '%0A::error::\x1b[31m]]><b>"\r\nsecond, line: 😀 \u202e\x00\ud800\uffff'
BLAME = "put herself\r\nat risk"


@pytest.fixture
def draft_findings(nlp: Any) -> list[Finding]:
    """What a real text gives, with letters of several bytes before a phrase that is broken."""
    text = f"Review – 3 €.\n日本 😀 “note”: she has {BLAME} again.\n"
    note = vbl_detect.Note(text=text, path="drafts/a review.md")
    found = [f for f in vbl_detect.detect([note], nlp, min_score=0.0) if f.phrase == BLAME]
    assert len(found) == 1
    return found


@pytest.fixture
def hostile(make_finding: Any) -> Finding:
    found: Finding = make_finding(
        f"{HOSTILE} asking {HOSTILE}", f"asking {HOSTILE}", why=HOSTILE, suggestion=HOSTILE,
        path=HOSTILE, source=HOSTILE, term=HOSTILE, row=None, column=None, record_id=None,
    )  # fmt: skip
    return found


@pytest.fixture
def write(make_run: Any) -> Any:
    def write(name: str, findings: Any, *, tally: bool = False, **options: Any) -> str:
        out = io.StringIO()
        write_findings(iter(findings), name, None, make_run(tally=tally, **options), stdout=out)
        return out.getvalue()

    return write


def loaded(text: str, schema: str) -> Any:
    """Return the JSON of a text, once it has been found to fit a schema."""
    content = json.loads(text)
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(
        rules, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in checker.iter_errors(content)] == []
    return content


def suites_of(text: str) -> Any:
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd")).assertValid(root)
    return root


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_more_than_the_phrase_is_shown_unless_asked(name: str) -> None:
    assert WRITERS[name].show == "phrase"


@pytest.mark.parametrize("options", [{}, {"include_context": True}])
@pytest.mark.parametrize("problems", [(), ("a.docx: the file is damaged; save it again",)])
def test_sarif_fits_its_standard(
    options: Any, problems: Any, findings: list[Finding], hostile: Finding, write: Any
) -> None:
    text = write("sarif", [*findings, hostile], problems=problems, **options)

    [run] = loaded(text, "sarif")["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert run["invocations"][0]["executionSuccessful"] is not bool(problems)
    loaded(write("sarif", []), "sarif")


def test_sarif_holds_what_counts_and_what_is_suppressed(
    findings: list[Finding], write: Any
) -> None:
    def results(**options: Any) -> dict[str, Any]:
        [run] = loaded(write("sarif", findings, **options), "sarif")["runs"]
        return {result["ruleId"]: result for result in run["results"]}

    assert list(results()) == ["RC001", "NE002", "MM000"]
    assert results()["NE002"]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "quoted in training",
            "properties": {"by": "A. Reader", "expires": "2031-01-01"},
        }
    ]
    assert "suppressions" not in results()["RC001"]
    assert results(include_context=True)["AD003"]["level"] == "none"


def test_sarif_points_to_lines_in_text_and_to_paragraphs_elsewhere(
    draft_findings: list[Finding], findings: list[Finding], write: Any
) -> None:
    [run] = loaded(write("sarif", [*draft_findings, findings[4]]), "sarif")["runs"]
    text, word = (result["locations"][0] for result in run["results"])

    assert text["physicalLocation"] == {
        "artifactLocation": {"uri": "drafts/a%20review.md"},
        "region": {
            "startLine": 2,
            "startColumn": 22,
            "endLine": 3,
            "endColumn": 8,
            "snippet": {"text": BLAME},
        },
    }
    assert "region" not in word["physicalLocation"]
    assert word["logicalLocations"] == [{"fullyQualifiedName": "paragraph 5"}]


def test_sarif_names_a_file_by_its_whole_path_in_any_letters(
    draft_findings: list[Finding], write: Any, tmp_path: Path
) -> None:
    path = tmp_path / "Łukasz's review, 1#2.md"
    [run] = loaded(write("sarif", [replace(draft_findings[0], path=str(path))]), "sarif")["runs"]

    [location] = run["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == unquote(path.as_uri())
    assert uri.isascii()
    assert "#" not in uri


def test_sarif_fingerprints_are_those_of_the_findings_and_outlive_edits_elsewhere(
    nlp: Any, write: Any
) -> None:
    def prints(text: str) -> list[str]:
        found = vbl_detect.detect([vbl_detect.Note(text=text, path="a.md")], nlp)
        [run] = loaded(write("sarif", found), "sarif")["runs"]
        return [r["partialFingerprints"]["vblDetectFinding/v1"] for r in run["results"]]

    before = prints("YP puts herself at risk.")

    assert len(before) == 1
    assert prints("A new first line.\n\nYP puts herself at risk. And a new end.") == before


def test_github_shows_as_many_annotations_as_are_seen_and_tells_of_the_rest(
    make_finding: Any, write: Any
) -> None:
    def some(severity: str, number: int) -> list[Finding]:
        return [make_finding("She is asking", "asking", severity=severity) for _ in range(number)]

    lines = write("github", some("high", 12) + some("medium", 3) + some("low", 11)).splitlines()

    kinds = [line.split(" ")[0] for line in lines]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "::error": 10,
        "::warning": 3,
        "::notice": 10,
    }
    assert "4 more findings have no annotation (2 high, 2 low)" in lines[-1]
    assert len(write("github", some("high", 10)).splitlines()) == 10


def test_github_annotations_hold_no_command_of_the_text(hostile: Finding, write: Any) -> None:
    [line] = write("github", [hostile]).splitlines()

    _, head, body = line.split("::", 2)
    assert head.startswith("error file=%250A%3A%3Aerror%3A%3A")
    assert [part.split("=")[0] for part in head.removeprefix("error ").split(",")] == [
        "file",
        "line",
        "title",
    ]
    assert "%250A::error" in body
    assert line.replace("\uffff", "").isprintable()


def test_github_gives_columns_within_one_line_only(
    draft_findings: list[Finding], make_finding: Any, write: Any
) -> None:
    place = {"path": "a.md", "row": None, "column": None, "record_id": None}
    within = make_finding("She is asking", "asking", extent=Extent(1, 14, 8, 14), **place)

    assert "file=a.md,line=1,endLine=1,col=8,endColumn=14,title=" in write("github", [within])
    assert "file=drafts/a review.md,line=2,endLine=3,title=" in write("github", draft_findings)


def test_github_tells_of_files_that_could_not_be_read(write: Any) -> None:
    assert write("github", [], problems=("a%.docx: damaged",)) == (
        "::error title=not read::a%25.docx: damaged\n"
    )


def test_github_names_the_paragraph_of_a_document(findings: list[Finding], write: Any) -> None:
    line = write("github", findings[4:])

    assert line.startswith("::warning file=draft.docx,title=MM000 missing-minimising::Paragraph 5:")


def test_junit_fits_its_schema_and_has_every_file(
    findings: list[Finding], hostile: Finding, write: Any
) -> None:
    problem = "b.docx: the file is damaged; save it again"
    written = write("junit", [*findings, hostile], include_context=True, problems=(problem,))

    root = suites_of(written)

    totals = {name: int(root.get(name)) for name in ("tests", "failures", "errors")}
    assert totals == {"tests": 7, "failures": 3, "errors": 1}
    assert len(root.findall(".//failure")) == 3
    assert [skipped.get("message") for skipped in root.findall(".//skipped")] == [
        "not counted: quoted",
        "not counted: below the threshold",
        "not counted: suppressed",
    ]
    assert root.find(".//error").get("message") == problem


def test_junit_shows_a_file_without_findings_as_passed(write: Any) -> None:
    root = suites_of(write("junit", []))

    assert [suite.get("name") for suite in root] == ["examples/misper.csv"]
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_junit_passes_no_file_whose_findings_were_left_out(write: Any, make_finding: Any) -> None:
    first = make_finding("She is asking for it.", "asking for it", path="another.csv")
    root = suites_of(write("junit", [first, make_finding("asking", "asking")], max_findings=1))

    assert [suite.get("name") for suite in root] == ["another.csv", "examples/misper.csv"]
    assert root.get("failures") == "2"
    assert root[1].find(".//failure").get("message") == "left out by --max-findings"


def test_rdjson_fits_its_schema_and_counts_bytes(
    draft_findings: list[Finding], hostile: Finding, findings: list[Finding], write: Any
) -> None:
    content = loaded(write("rdjson", [*draft_findings, hostile, findings[4]]), "rdjson")

    text, _, word = content["diagnostics"]
    line = "日本 😀 “note”: she has put herself".encode()
    assert text["location"]["range"] == {
        "start": {"line": 2, "column": line.index(b"put herself") + 1},
        "end": {"line": 3, "column": 8},
    }
    assert text["severity"] == "ERROR"
    assert word["location"] == {"path": "draft.docx"}
    assert loaded(write("rdjson", []), "rdjson")["diagnostics"] == []


def test_rdjson_offers_nothing_to_be_put_into_the_text_by_a_click(
    findings: list[Finding], write: Any
) -> None:
    for diagnostic in loaded(write("rdjson", findings), "rdjson")["diagnostics"]:
        assert "suggestions" not in diagnostic
        assert "Write instead: " in diagnostic["message"]


def test_statistics_count_by_code_the_most_frequent_first(
    findings: list[Finding], write: Any
) -> None:
    several = [findings[4], findings[0], findings[0], findings[1]]

    assert write("full", several, tally=True).splitlines() == [
        "2  RC001  high    risk-and-choice     putting herself at risk",
        "1  MM000  medium  missing-minimising  wording in no list",
    ]
    rows = json.loads(write("json", several, tally=True))
    lines = write("jsonl", several, tally=True).splitlines()
    assert rows == [json.loads(line) for line in lines]
    assert (rows[0]["count"], rows[0]["term"], rows[1]["term"]) == (
        2,
        "putting herself at risk",
        None,
    )
    assert json.loads(write("json", [], tally=True)) == []
    assert len(write("concise", several, tally=True, include_context=True).splitlines()) == 3
