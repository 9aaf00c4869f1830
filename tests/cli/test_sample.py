"""`vbl-detect sample` as its users run it: draw, fill in, estimate."""

import csv
import json
import stat

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from tests.unit.report.conftest import finding
from vbl_detect import files
from vbl_detect.cli import app
from vbl_detect.manifest import InputFile, Manifest, RunCounts, manifest_path, write_manifest
from vbl_detect.sampling.sheet import ANSWER, DESIGN, FOUND, NOTES, NUMBER, REFERENCE, TEXT
from vbl_detect.writers import RunInfo, write_findings

NOTES_THERE = 300
#: Every fifth note is flagged; every sixth blames.
UNITS = ("North", "South", "=East")


def blames(number):
    return number % 6 == 0


@pytest.fixture
def run():
    def run(*args):
        return CliRunner().invoke(app, ["sample", *(str(arg) for arg in args)])

    return run


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Record ref", "Unit", "Officer", "Note text"])
        for n in range(NOTES_THERE):
            words = "she is to blame" if blames(n) else "enquiries were made"
            first = "=1+1 " if n % 7 == 0 else ""
            text = f"{first}In note {n} it is said that {words}, 😀 and more was written."
            rows.writerow([f"00{n}", UNITS[n % 3], f"PC {n}", text])
    return path


@pytest.fixture
def found(tmp_path, export):
    """Write findings of the export, as a scan would."""

    def found(*, manifest=True, path=None):
        path = path or str(export)
        findings = [
            finding(row, path=path, column="Note text", sheet=None) for row in range(2, 302, 5)
        ]
        output = tmp_path / "findings.jsonl"
        told = Manifest(
            inputs=[InputFile(path=path, sha256=files.sha256(export), bytes=1)],
            counts=RunCounts(notes=NOTES_THERE),
            settings={"text_columns": ["Note text"], "id_column": None},
        )
        write_findings(findings, "jsonl", output, RunInfo(manifest=told))
        if manifest:
            write_manifest(told, manifest_path(output))
        return output

    return found


@pytest.fixture
def sample(run, export, found, tmp_path):
    path = tmp_path / "sample.xlsx"
    args = (export, "--findings", found(), "-n", 60, "--by", "Unit", "-o", path)
    result = run("draw", *args)
    assert result.exit_code == 0, result.output
    return path


def fill(sample, output, answer):
    """Answer rows: `answer` takes the text of a note."""
    book = load_workbook(sample)
    sheet = book[NOTES]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[headings.index(ANSWER)].value = answer(row[headings.index(TEXT)].value)
    book.save(output)
    return output


def truly(text):
    return "Yes" if "to blame" in text else "no "


def edit(sample, change):
    book = load_workbook(sample)
    change(book)
    book.save(sample)
    return sample


def test_a_sample_is_a_workbook_that_leads_nobody(sample):
    book = load_workbook(sample)
    sheet = book[NOTES]
    headings = [cell.value for cell in sheet[1]]
    cells = {name: [row[i].value for row in sheet.iter_rows(min_row=2)]
             for i, name in enumerate(headings)}  # fmt: skip
    references = [int(reference) for reference in cells[REFERENCE]]

    assert FOUND not in headings
    assert cells[NUMBER] == list(range(1, 61))
    assert references != sorted(references)
    assert sum(n % 5 == 0 for n in references) == 30
    assert all(f"In note {n} " in text for n, text in zip(references, cells[TEXT], strict=True))
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert book[DESIGN].sheet_state == "veryHidden"
    [choice] = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"yes,no,unsure"', "E2:E61")
    assert stat.S_IMODE(sample.stat().st_mode) == 0o600


def test_the_same_seed_gives_the_same_bytes_and_another_other_notes(run, export, found, tmp_path):
    one, two, other = (tmp_path / f"{name}.xlsx" for name in ("one", "two", "other"))
    args = ("draw", export, "--findings", found(), "-n", 40, "-q")
    for path, seed in ((one, 1), (two, 1), (other, 2)):
        assert run(*args, "--seed", seed, "-o", path).exit_code == 0

    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_a_workbook_in_which_readers_answered_is_not_drawn_over(run, sample, export):
    assert run("draw", export, "-n", 60, "-o", sample).exit_code == 0
    fill(sample, sample, truly)
    before = sample.read_bytes()

    result = run("draw", export, "-n", 60, "-o", sample)

    assert result.exit_code == 2
    assert f"{sample}: readers have answered in this workbook" in result.stderr
    assert sample.read_bytes() == before


def test_what_is_filled_in_is_estimated(run, sample, tmp_path):
    filled = fill(sample, tmp_path / "filled.xlsx", truly)

    told = json.loads(run("estimate", filled, "--format", "json").stdout)

    assert told["answers"] == {"yes": told["answers"]["yes"], "no": 60 - told["answers"]["yes"],
                               "unsure": 0, "blank": 0}  # fmt: skip
    assert (told["notes"], told["drawn"], len(told["strata"])) == (300, 60, 6)
    for name, truth in {"share": 50 / 300, "precision": 10 / 60, "recall": 10 / 50}.items():
        assert told[name]["low"] <= truth <= told[name]["high"]
        assert told[name]["low"] < told[name]["value"] < told[name]["high"]
    assert told["total"]["low"] <= 50 <= told["total"]["high"]
    assert told["with_unsure_either_way"] is None


def test_every_format_tells_the_same(run, sample, tmp_path):
    filled = fill(sample, tmp_path / "filled.xlsx", truly)
    value = json.loads(run("estimate", filled, "--format", "json").stdout)["precision"]["value"]
    percent = f"{100 * value:.1f} %"
    for name in ("e.txt", "e.md", "e.json", "e.xlsx"):
        assert run("estimate", filled, "-o", tmp_path / name).exit_code == 0

    assert percent in run("estimate", filled).stdout
    assert percent in (tmp_path / "e.txt").read_text("utf-8")
    assert percent in (tmp_path / "e.md").read_text("utf-8")
    sheet = load_workbook(tmp_path / "e.xlsx")["Estimate"]
    assert value in [cell.value for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_an_empty_sample_says_so(run, sample):
    result = run("estimate", sample)

    assert result.exit_code == 0
    assert "0 of 60 notes answered" in result.stdout
    assert "not known" in result.stdout
    assert "None of the flagged notes is answered" in result.stdout


def test_readers_copies_are_taken_together_and_differences_told(run, sample, tmp_path):
    one = fill(sample, tmp_path / "one.xlsx", truly)
    two = fill(sample, tmp_path / "two.xlsx", lambda text: "no" if "😀" in text else None)
    three = fill(sample, tmp_path / "three.xlsx", lambda _: None)

    told = json.loads(run("estimate", one, two, three, one, "--format", "json").stdout)
    alone = json.loads(run("estimate", one, "--format", "json").stdout)

    assert told["answers"]["unsure"] == alone["answers"]["yes"] > 0
    assert told["answers"]["no"] == alone["answers"]["no"]
    [remark] = [remark for remark in told["remarks"] if "more than one workbook" in remark]
    assert remark.startswith(f"60 notes were answered in more than one workbook, "
                             f"{alone['answers']['no']} of them alike.")  # fmt: skip


def test_rows_may_be_sorted_and_filtered_by_the_reader(run, sample, tmp_path):
    filled = fill(sample, tmp_path / "filled.xlsx", truly)
    before = run("estimate", filled).stdout

    def turn_around(book):
        sheet = book[NOTES]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for row, values in zip(sheet.iter_rows(min_row=2), reversed(rows), strict=True):
            for cell, value in zip(row, values, strict=True):
                cell.value, cell.data_type = value, "s" if isinstance(value, str) else "n"

    assert run("estimate", edit(filled, turn_around)).stdout == before


def _rename(book):
    book[NOTES]["E1"] = "Blame?"


def _maybe(book):
    book[NOTES]["E4"] = "maybe"


def _without_rows(book):
    book[NOTES].delete_rows(10, 2)


def _one_column_sorted(book):
    sheet = book[NOTES]
    sheet["B2"], sheet["B3"] = sheet["B3"].value, sheet["B2"].value


def _twice(book):
    for column in "ABCD":
        book[NOTES][f"{column}3"] = book[NOTES][f"{column}2"].value


def _foreign_row(book):
    book[NOTES].append([99, "x", "y", "z"])


def _without_design(book):
    del book[DESIGN]


def _changed_design(book):
    cell = book[DESIGN]["A2"]
    cell.value = cell.value.replace('"seed":1', '"seed":2')


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_rename, f"row 1: the heading \"{ANSWER}\" is not there; put the headings back"),
        (_maybe, "row 4: the answer \"maybe\" is none of yes, no, unsure"),
        (_without_rows, "2 rows of the sample are missing (No. 9, 10)"),
        (_one_column_sorted, "row 2: the reference does not belong to number 1"),
        (_twice, "row 3: number 1 stands there twice"),
        (_foreign_row, "row 62: the number \"99\" is not of this sample"),
        (_without_design, f'the sheet "{DESIGN}" is not there'),
        (_changed_design, "how the sample was drawn was changed"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_not_as_drawn_is_told_where(run, sample, change, words):
    result = run("estimate", edit(sample, change))

    assert (result.exit_code, result.stdout) == (3, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_what_is_no_workbook_is_told(run, tmp_path):
    path = tmp_path / "sample.xlsx"
    path.write_text("No.,Note\n", "utf-8")

    assert "this is not a workbook" in run("estimate", path).stderr
    assert run("estimate", tmp_path / "gone.xlsx").exit_code == 3


def test_samples_of_two_draws_are_not_mixed(run, sample, export, tmp_path):
    other = tmp_path / "other.xlsx"
    assert run("draw", export, "-n", 20, "-o", other).exit_code == 0

    result = run("estimate", sample, other)

    assert (result.exit_code, "another sample" in result.stderr) == (2, True)


def test_without_findings_only_the_share_is_estimated(run, export, tmp_path):
    path = tmp_path / "sample.xlsx"
    drawn = run("draw", export, "-n", 50, "-o", path)

    shown = run("estimate", fill(path, path, truly)).stdout

    assert "precision and recall cannot be estimated" in drawn.stderr
    assert "of all notes" in shown
    assert "precision" not in shown


def test_the_verdict_is_shown_where_it_is_asked_for(run, export, found, tmp_path):
    path = tmp_path / "sample.xlsx"
    run("draw", export, "--findings", found(), "-n", 20, "--show-verdict", "-o", path)
    headings, *rows = load_workbook(path)[NOTES].iter_rows(values_only=True)
    shown = [row[headings.index(FOUND)] for row in rows]

    assert shown.count("nothing") == 10
    assert run("estimate", path).exit_code == 0


def test_a_plan_tells_what_to_expect_and_writes_nothing(run, export, found, tmp_path):
    args = ("draw", export, "--findings", found(), "-n", 60, "--by", "Unit", "--plan")

    result = run(*args, "--expect-precision", 0.8)

    assert result.exit_code == 0, result.output
    assert "If 80.0 % of the flagged notes" in result.stdout
    assert [line.split()[0] for line in result.stdout.splitlines()[-3:]] == ["30", "60", "120"]
    assert not list(tmp_path.glob("*.xlsx"))


def test_findings_without_a_manifest_are_matched_by_name_and_told(run, export, found, tmp_path):
    findings = found(manifest=False, path="elsewhere/export.csv")
    path = tmp_path / "sample.xlsx"

    result = run("draw", export, "--findings", findings, "-n", 20, "-o", path)

    assert result.exit_code == 0, result.output
    assert "is taken on trust" in result.stderr


def test_files_that_were_not_scanned_so_are_refused(run, export, found, tmp_path):
    findings, path = found(), tmp_path / "sample.xlsx"
    export.write_text(export.read_text("utf-8") + "1,North,PC 1,One more note of some length\n")

    result = run("draw", export, "--findings", findings, "-o", path)

    assert (result.exit_code, path.exists()) == (2, False)
    assert "has changed since" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "-o sample.xlsx"),
        (("-o", "sample.csv"), "end the name in .xlsx"),
        (("--by", "Officer", "-o", "sample.xlsx"), "must not be used to rank people"),
        (("--by", "Team", "-o", "sample.xlsx"), 'there is no column "Team"'),
        (("--by", "Unit", "-n", "9", "-o", "sample.xlsx"), "make 15; draw that many"),
    ],
)
def test_wrong_usage_is_told_with_a_way_on(run, export, monkeypatch, tmp_path, args, words):
    monkeypatch.chdir(tmp_path)

    result = run("draw", export, *args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (tmp_path / "sample.xlsx").exists()


def test_standard_input_is_refused_with_the_reason(run):
    assert "read twice" in run("draw", "-", "-o", "sample.xlsx").stderr
