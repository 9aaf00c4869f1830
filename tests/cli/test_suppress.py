"""`vbl-detect suppress` and `baseline` as their users run them."""

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from fpdf import FPDF
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.suppression.baseline import read_baseline
from vbl_detect.suppression.sidecar import read_sidecar

BLAME = "YP continues to put herself at risk."
STREETWISE = "She is streetwise."
SOON = str(date.today() + timedelta(days=10))
LATER = str(date.today() + timedelta(days=300))
WHY = ["--reason", "the child's own words", "--author", "A. Reader", "--expires", LATER]


@pytest.fixture(autouse=True)
def without_classifier(monkeypatch, nlp):
    """Judge by lexicon and context alone, loaded once."""
    for module in ("cli.suppress", "cli.baseline", "running"):
        monkeypatch.setattr(f"vbl_detect.{module}.load", lambda **_: nlp)


@pytest.fixture
def run():
    def run(*args, stdin=None):
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return run


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    """Two drafts in a folder below the present one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.md").write_text(f"# Review\n\n{BLAME}\n\n{STREETWISE}\n", "utf-8")
    (tmp_path / "drafts" / "b.txt").write_text(f"{STREETWISE}\r\n", "utf-8", newline="")
    return tmp_path / "drafts"


def entries():
    return read_sidecar(Path("drafts/.vbl-suppressions.toml"), date.today()).entries


def test_a_finding_is_accepted_and_then_hidden_but_counted_in_the_summary(run, drafts):
    before = (drafts / "a.md").read_bytes()
    result = run("suppress", "add", "drafts/a.md:5", *WHY)

    assert result.exit_code == 0, result.stderr
    assert 'AD001 in line 5: "streetwise"' in result.stderr
    assert f"accepted until {LATER} in drafts" in result.stderr
    [entry] = entries()
    assert (entry.code, entry.path, entry.author) == ("AD001", "a.md", "A. Reader")
    assert "streetwise" not in (drafts / ".vbl-suppressions.toml").read_text("utf-8")
    assert (drafts / "a.md").read_bytes() == before

    checked = run("check", "drafts/a.md", "--format", "concise")
    assert "AD001" not in checked.stdout
    assert "1 suppressed" in checked.stderr
    assert "suppressed by A. Reader until" in run("check", "drafts", "--include-context").stdout
    written = [
        json.loads(line)
        for line in run("check", "drafts/a.md", "--format", "jsonl").stdout.splitlines()
    ]
    assert [f["counted"] for f in written] == [True, False]
    assert written[1]["suppressed"] == {
        "by": "A. Reader",
        "reason": "the child's own words",
        "expires": LATER,
    }
    assert "AD001" in run("check", "drafts/a.md", "--no-suppressions").stdout


def test_an_accepted_draft_passes_the_check(run, drafts):
    assert run("check", "drafts/b.txt").exit_code == 1

    run("suppress", "add", "drafts/b.txt", *WHY)

    assert run("check", "drafts/b.txt").exit_code == 0


def test_scan_heeds_it_in_drafts_but_not_in_tables(run, drafts):
    (drafts / "export.csv").write_text(f"Ref,Entry text\nA-1,{STREETWISE}\nA-2,Ok.\n", "utf-8")
    run("suppress", "add", "drafts/b.txt", *WHY)

    counted = run("scan", "drafts", "--format", "concise").stdout

    assert "b.txt" not in counted
    assert "export.csv[2]" in counted
    assert "b.txt" in run("scan", "drafts", "--format", "concise", "--no-suppressions").stdout
    refused = run("suppress", "add", "drafts/export.csv", *WHY)
    assert (refused.exit_code, "is a table of records" in refused.stderr) == (2, True)


def test_the_phrase_is_written_only_if_asked(run, drafts):
    run("suppress", "add", "drafts/b.txt", *WHY, "--with-phrase")

    assert 'phrase = "streetwise"' in (drafts / ".vbl-suppressions.toml").read_text("utf-8")


def test_several_are_accepted_only_if_all_are_meant(run, drafts):
    one = run("suppress", "add", "drafts/a.md", *WHY)

    assert one.exit_code == 2
    assert "2 findings fit: RC001 in line 3 (" in one.stderr
    assert "say --all" in one.stderr
    assert run("suppress", "add", "drafts/a.md", "--all", *WHY).exit_code == 0
    assert [entry.code for entry in entries()] == ["RC001", "AD001"]
    text = (drafts / ".vbl-suppressions.toml").read_text("utf-8")
    assert text.count("\n\n[[suppression]]\n") == 2


def test_a_second_time_renews(run, drafts):
    run("suppress", "add", "drafts/b.txt", *WHY)
    [entry] = entries()

    again = run(
        *("suppress", "add", "drafts/b.txt", "--id", entry.finding_id, "--reason", "still so"),
        *("--author", "B", "--expires", SOON),
    )

    assert f"renewed until {SOON}" in again.stderr
    assert [(e.reason, e.author, str(e.expires)) for e in entries()] == [("still so", "B", SOON)]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["drafts/a.md"], "--reason and --expires are missing"),
        (["drafts/a.md:9", *WHY], "no finding counts in line 9; what counts there is RC001 in li"),
        (["drafts/a.md", "--code", "RC002", *WHY], "no RC002 counts"),
        (
            ["drafts/a.md", "--code", "RC991", *WHY],
            "there is no code 'RC991'; see 'vbl-detect lexicon list'; did you mean",
        ),
        (["drafts/a.md", "--code", "RC", *WHY], "'RC' is no code"),
        (["drafts/a.md", "--id", "12", *WHY], "finding_id is '12'"),
        (["drafts/a.md", *WHY, "--expires", "2020-01-01"], "which is past"),
        (["drafts/a.md", *WHY, "--expires", "2999-01-01"], "more than a year ahead"),
        (["drafts/a.md", *WHY, "--reason", " "], "reason is empty"),
        (["drafts/none.md", *WHY], "drafts/none.md: there is no such file"),
        (["-", *WHY], "standard input has no name"),
    ],
)
def test_wrong_usage_is_one_sentence(run, drafts, monkeypatch, args, message):
    monkeypatch.setattr("vbl_detect.cli.suppress.author_by_git", lambda draft: "A. Reader")

    result = run("suppress", "add", *args)

    assert result.exit_code == 2
    assert message in result.stderr
    assert not (drafts / ".vbl-suppressions.toml").exists()


def test_what_is_missing_is_asked_for_at_a_terminal(run, drafts, monkeypatch):
    monkeypatch.setattr("vbl_detect.cli.suppress.at_terminal", lambda: True)
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "config", "user.name", "Sgt C. Reader"], check=True)

    result = run("suppress", "add", "drafts/b.txt", stdin=f"soon\n{LATER}\nHer own words\n\n")

    assert result.exit_code == 0, result.output
    assert "expires is 'soon'; write a day as year-month-day" in result.stderr
    [entry] = entries()
    assert (entry.reason, entry.author) == ("Her own words", "Sgt C. Reader")


def test_audit_tells_how_each_stands_and_prune_takes_out_what_is_done_with(run, drafts):
    run("suppress", "add", "drafts/a.md", "--all", *WHY)
    run("suppress", "add", "drafts/b.txt", *WHY[:4], "--expires", SOON)
    (drafts / "c.md").write_text(
        f'<!-- vbl: allow AD001 until {LATER} reason="x" author="B" -->\nAll well.\n', "utf-8"
    )
    sidecar = drafts / ".vbl-suppressions.toml"
    sidecar.write_text(sidecar.read_text("utf-8").replace(LATER, "2020-01-01", 1), "utf-8")
    (drafts / "a.md").write_text(f"{BLAME}\n", "utf-8")

    result = run("suppress", "audit")

    assert result.exit_code == 1
    statuses = [line.split(": ")[1] for line in result.stdout.splitlines()]
    assert statuses == ["ended", "unused", "ending soon", "unused"]
    assert "4 acceptances: 1 ending soon, 1 ended, 2 unused" in result.stderr
    told = json.loads(run("suppress", "audit", "drafts", "--format", "json").stdout)
    assert [one["status"] for one in told] == statuses
    assert told[3]["place"].endswith("c.md:1")
    assert f"| {SOON} |" in run("suppress", "audit", "--format", "md").stdout

    assert "ended" in run("suppress", "prune", "--dry-run").stdout
    assert len(entries()) == 3
    assert run("suppress", "prune").exit_code == 0

    assert [entry.path for entry in entries()] == ["b.txt"]
    assert "vbl: allow" in (drafts / "c.md").read_text("utf-8")


def test_audit_is_content_where_all_is_in_force(run, drafts):
    run("suppress", "add", "drafts/b.txt", *WHY)

    assert run("suppress", "audit").exit_code == 0
    (drafts / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    (drafts / "b.txt").unlink()
    broken = run("suppress", "audit")
    assert (broken.exit_code, "not checked" in broken.stdout) == (3, True)
    run("suppress", "prune")
    assert len(entries()) == 1


def test_what_has_ended_and_wrong_comments_are_told_by_check(run, drafts):
    run("suppress", "add", "drafts/b.txt", *WHY)
    sidecar = drafts / ".vbl-suppressions.toml"
    sidecar.write_text(sidecar.read_text("utf-8").replace(LATER, "2020-01-01"), "utf-8")
    (drafts / "a.md").write_text(f"<!-- vbl: allow RC001 -->\n{BLAME}\n", "utf-8")

    result = run("check", "drafts")

    assert result.exit_code == 1
    assert "ended on 2020-01-01, so that it counts again" in result.stderr
    assert "a.md:1: the comment has no until and no reason and no author" in result.stderr


def test_a_broken_suppressions_file_stops_the_check(run, drafts):
    (drafts / ".vbl-suppressions.toml").write_text("[[suppression]]\nreasn = 'x'\n")

    result = run("check", "drafts")

    assert (result.exit_code, result.stdout) == (2, "")
    assert ".vbl-suppressions.toml:1: there is no key 'reasn'; did you mean 'reason'?" in (
        result.stderr
    )
    assert run("check", "drafts", "--no-suppressions").exit_code == 1


def test_a_baseline_leaves_old_findings_asleep(run, drafts, tmp_path):
    made = run("baseline", "create", "drafts")
    assert made.exit_code == 0, made.stderr
    assert "3 findings in 2 of 2 drafts accepted in .vbl-baseline.json" in made.stderr
    first = (tmp_path / ".vbl-baseline.json").read_bytes()

    (drafts / "b.txt").write_text(f"Seen at home. {STREETWISE} {BLAME}\n", "utf-8")
    result = run("check", "drafts", "--format", "concise", "--baseline", ".vbl-baseline.json")

    assert result.exit_code == 1
    assert [line.split(": ")[1][:5] for line in result.stdout.splitlines()] == ["RC001"]
    assert "b.txt:1:" in result.stdout
    assert "3 suppressed" in result.stderr
    refused = run("baseline", "create", "drafts")
    assert (refused.exit_code, "say --replace" in refused.stderr) == (2, True)
    assert (tmp_path / ".vbl-baseline.json").read_bytes() == first
    assert run("baseline", "create", "drafts", "--replace").exit_code == 0


def test_a_baseline_heeds_what_the_settings_add_to_their_choice(run, drafts):
    Path("vbl.toml").write_text('select = ["RC"]\nextend-select = ["AD"]\n', "utf-8")
    assert "3 findings in 2 of 2" in run("baseline", "create", "drafts", "-o", "all").stderr

    Path("vbl.toml").write_text('extend-ignore = ["AD"]\n', "utf-8")
    assert "1 finding in 1 of 2" in run("baseline", "create", "drafts", "-o", "less").stderr
    assert "0 findings" in run("baseline", "create", "drafts", "-o", "no", "--ignore", "RC").stderr


def test_a_finding_in_a_pdf_is_named_by_its_page(run, drafts):
    document = FPDF()
    document.set_font("helvetica")
    for line in ("Seen at home.", BLAME):
        document.add_page()
        document.cell(text=line)
    document.output(str(drafts / "a.pdf"))

    assert "RC001 in page 2" in run("suppress", "add", "drafts/a.pdf:1", *WHY).stderr
    assert 'RC001 in page 2: "' in run("suppress", "add", "drafts/a.pdf:2", *WHY).stderr


def test_pruning_a_baseline_takes_out_what_was_put_right(run, drafts, tmp_path):
    run("baseline", "create", "drafts")
    (drafts / "a.md").write_text(STREETWISE, "utf-8")
    (tmp_path / "done").mkdir()
    (drafts / "b.txt").rename(tmp_path / "done" / "b.txt")

    result = run("baseline", "prune", "done")

    assert "1 of 3 taken out of .vbl-baseline.json, 2 left" in result.stderr
    assert sorted(read_baseline(tmp_path / ".vbl-baseline.json").drafts) == [
        "done/b.txt",
        "drafts/a.md",
    ]


def test_nothing_is_pruned_while_a_draft_cannot_be_read(run, drafts, tmp_path):
    run("baseline", "create", "drafts")
    before = (tmp_path / ".vbl-baseline.json").read_bytes()
    (drafts / "a.md").write_text("", "utf-8")

    result = run("baseline", "prune")

    assert result.exit_code == 3
    assert "Nothing was taken out" in result.stderr
    assert (tmp_path / ".vbl-baseline.json").read_bytes() == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["check", "drafts", "--baseline", "none.json"], "none.json: there is no such baseline"),
        (["baseline", "prune"], ".vbl-baseline.json: there is no such baseline"),
        (["baseline", "create", "-"], "standard input has no name"),
        (["baseline", "create", "drafts/export.csv"], "is a table of records"),
    ],
)
def test_what_is_no_baseline_or_draft_is_told(run, drafts, args, message):
    (drafts / "export.csv").write_text(f"Ref,Entry text\nA-1,{STREETWISE}\n", "utf-8")

    result = run(*args)

    assert result.exit_code == 2
    assert message in result.stderr


def test_the_settings_of_check_hold_here_too(run, drafts):
    (drafts / "vbl.toml").write_text(
        '[[allow]]\nphrase = "streetwise"\nreason = "Our project"\n', "utf-8"
    )

    refused = run("suppress", "add", "drafts/b.txt", *WHY)

    assert (refused.exit_code, "no finding counts there" in refused.stderr) == (2, True)
    assert run("suppress", "add", "drafts/b.txt:1", *WHY, "--isolated").exit_code == 0
    made = run("baseline", "create", "drafts")
    assert "1 finding in 1 of 2 drafts" in made.stderr
    (drafts / "vbl.toml").write_text("min-score = 1.0\n", "utf-8")
    assert "no finding counts there" in run("suppress", "add", "drafts/a.md", *WHY).stderr
