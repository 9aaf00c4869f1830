"""`vbl-detect scan` as its user runs it."""

import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from vbl_detect import resources
from vbl_detect.cli import app
from vbl_detect.records import FINDING_COLUMNS
from vbl_detect.writers import WRITERS

BLAME = "YP continues to put herself at risk."
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def run():
    def run(*args, stdin=None):
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return run


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        f"Ref,Team,Entry text\nM-1,A,All in order at the unit tonight.\nM-2,B,{BLAME}\n", "utf-8"
    )
    return path


def read_jsonl(text):
    return [json.loads(line) for line in text.splitlines()]


def test_findings_go_to_stdout_and_the_rest_to_stderr(run, export):
    result = run("scan", export, "--format", "jsonl")

    [finding] = read_jsonl(result.stdout)
    assert result.exit_code == 0
    assert list(finding) == list(FINDING_COLUMNS)
    assert (finding["record_id"], finding["row"], finding["column"]) == ("M-2", 3, "Entry text")
    assert '"Entry text"' in result.stderr  # the choice of columns is told
    assert "1 finding in 1 of 2 notes" in result.stderr


def test_the_default_is_a_code_frame_with_why_and_better_words(run, export):
    result = run("scan", export)

    assert "^^^^" in result.stdout
    for words in ("RC001", "put herself at risk", "why:", "write instead:", "M-2"):
        assert words in result.stdout


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_written_with_its_manifest_beside_it(run, export, tmp_path, name):
    suffix = (*WRITERS[name].suffixes, *WRITERS[name].other_suffixes)[0]
    output = tmp_path / f"findings{suffix}"

    result = run("scan", export, "--format", name, "-o", output)

    assert result.exit_code == 0, result.stderr
    assert output.stat().st_size > 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    manifest = json.loads((tmp_path / f"{output.name}.manifest.json").read_text("utf-8"))
    assert manifest["counts"]["notes"] == 2
    assert manifest["inputs"][0]["sha256"]
    assert manifest["lexicon"]["sha256"]
    assert (manifest["model"]["name"], manifest["model"]["choice"]) == (resources.MODEL, "full")
    assert BLAME not in json.dumps(manifest)


@pytest.mark.parametrize("name", ["jsonl", "csv", "xlsx", "parquet", "json", "md"])
def test_the_same_input_gives_the_same_bytes(run, export, tmp_path, name):
    outputs = [tmp_path / f"one.{name}", tmp_path / f"two.{name}"]

    for output in outputs:
        run("scan", export, "-o", output)
        time.sleep(0.01)

    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_kept_columns_travel_to_the_output_whatever_their_case(run, export, tmp_path):
    output = tmp_path / "findings.csv"

    run("scan", export, "--keep-columns", "team", "-o", output)

    table = pd.read_csv(output)
    assert [c for c in table.columns if c not in FINDING_COLUMNS] in (["team"], ["Team"])
    assert table.iloc[0, -1] == "B"


def test_a_wrong_text_column_names_the_columns_there_are(run, export):
    result = run("scan", export, "--text-column", "Entry txt")

    assert result.exit_code == 2
    assert result.stdout == ""
    for name in ("Entry txt", '"Ref"', '"Team"', '"Entry text"'):
        assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(run, export, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")

    result = run("scan", broken, export, "--format", "jsonl")

    assert result.exit_code == 3
    assert len(read_jsonl(result.stdout)) == 1
    assert "broken.xlsx" in result.stderr


def test_on_error_fail_stops_and_leaves_no_file(run, export, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    output = tmp_path / "findings.csv"

    result = run("scan", export, broken, "--on-error", "fail", "-o", output)

    assert result.exit_code == 3
    assert "broken.xlsx" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.xlsx", "export.csv"]


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("low", 1), ("medium", 1), ("high", 1)]
)
def test_findings_fail_the_run_only_when_asked(run, export, fail_on, code):
    assert run("scan", export, "--fail-on", fail_on).exit_code == code


def test_findings_below_the_threshold_do_not_fail_the_run_and_are_hidden(run, export):
    result = run("scan", export, "--min-score", "1", "--fail-on", "low")

    assert result.exit_code == 0
    assert "RC001" not in result.stdout
    assert "below the threshold" in result.stderr
    assert "RC001" in run("scan", export, "--min-score", "1", "--include-context").stdout


def test_select_and_ignore_choose_codes(run, export):
    assert "RC001" not in run("scan", export, "--ignore", "RC").stdout
    assert "RC001" in run("scan", export, "--select", "risk-and-choice,NE").stdout
    result = run("scan", export, "--select", "RX")
    assert (result.exit_code, "'RX'" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (None, f"Log.\n{BLAME}\n"),
        ("paste.jsonl", json.dumps({"id": "M-2", "text": BLAME})),
        ("paste.csv", f"Ref,Entry text\nM-2,{BLAME}\n"),
    ],
)
def test_standard_input_is_read(run, name, text):
    args = ["scan", "-", "--format", "jsonl"]
    result = run(*args, *(["--stdin-filename", name] if name else []), stdin=text)

    assert [f["phrase"] for f in read_jsonl(result.stdout)] == ["put herself at risk"], (
        result.stderr
    )


@pytest.mark.parametrize(
    ("show", "phrase", "sentence"),
    [
        ("sentence", "put herself at risk", BLAME),
        ("phrase", "put herself at risk", None),
        ("reference", None, None),
    ],
)
def test_show_limits_what_is_written_of_the_text(run, export, show, phrase, sentence):
    [finding] = read_jsonl(run("scan", export, "--format", "jsonl", "--show", show).stdout)

    assert (finding["phrase"], finding["sentence"]) == (phrase, sentence)


def test_quiet_leaves_only_the_results(run, export):
    result = run("scan", export, "-q", "--format", "concise")

    assert result.stderr == ""
    assert result.stdout.startswith(f"{export}[3]:1:17: RC001 ")


def test_a_users_own_lexicon_is_laid_over(run, export, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "risk-and-choice.csv").write_text(
        "code,term,patterns,severity,context_needed,why,suggestion,source,flag_examples,"
        "pass_examples\nRC001,x,x,off,x,x,x,x,x,x\n"
        "RC990,at the unit,at the unit,low,always,Why.,Words.,Us,Seen at the unit.,Seen.\n"
    )

    result = run("scan", export, "--lexicon", own, "--min-score", "0", "--format", "jsonl")

    codes = {f["code"] for f in read_jsonl(result.stdout)}
    assert "RC990" in codes
    assert "RC001" not in codes


def test_what_a_run_writes_into_a_scanned_folder_is_not_read_by_the_next(run, export):
    output = export.parent / "findings.csv"

    for _ in range(2):
        run("scan", export.parent, "-o", output)

    assert len(pd.read_csv(output)) == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere.csv"], "nowhere.csv: there is no such file or folder"),
        (["{export}", "-o", "findings.doc"], "the name does not tell the format"),
        (["{export}", "--format", "xml"], "there is no format 'xml'"),
        (["{export}", "--format", "html"], "report findings.jsonl -o report.html"),
        (["{export}", "-o", "a.HTML"], "then vbl-detect report findings.jsonl -o a.HTML"),
        (["{export}", "--format", "CVS"], "there is no format 'CVS'; the formats are full"),
        (["{export}", "--format", "xlsx"], "cannot be written to standard output"),
        (["{export}", "-o", "{folder}/none/findings.csv"], "there is no folder"),
        (["{export}", "--lexicon", "nowhere"], "no such lexicon folder"),
        (["{export}", "--encoding", "utf-88"], "utf-88"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(run, export, args, message):
    args = [arg.format(export=export, folder=export.parent) for arg in args]
    result = run("scan", *args)

    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_crash_tells_its_place_but_nothing_of_the_text(run, export, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError(BLAME)

    monkeypatch.setattr("vbl_detect.running.judge", fail)

    quiet, verbose = run("scan", export), run("scan", export, "-v")

    assert quiet.exit_code == verbose.exit_code == 2
    assert "ValueError in test_scan.py" in quiet.stderr
    assert BLAME not in quiet.stderr
    assert "Traceback" in verbose.stderr


def scan_until(export, output, batches, *more):
    """Start a scan in a process of its own, and return it once it has kept some batches."""
    command = [sys.executable, "-m", "vbl_detect", "scan", export, "-o", output, *FAST, *more]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True)
    kept = output.with_name(f".{output.name}.partial") / "batches.jsonl"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if kept.exists() and kept.read_bytes().count(b"\n") >= batches:
            break
        time.sleep(0.02)
    return process


FAST = ("--model", "fast")


@pytest.fixture
def long_export(tmp_path):
    path = tmp_path / "export.csv"
    with path.open("w") as out:
        out.write("Ref,Entry text\n")
        out.writelines(f"M-{n},Entry {n}. {BLAME}\n" for n in range(1_500))
    return path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent the POSIX way")
def test_ctrl_c_ends_with_130_leaves_no_half_file_and_tells_how_to_go_on(long_export, tmp_path):
    output = tmp_path / "find ings.csv"
    process = scan_until(long_export, output, 2)

    os.kill(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    told = re.search(r"(\d+) notes are judged and kept; go on with: vbl-detect (.*)", stderr)
    assert int(told[1]) >= 200
    assert {path.name for path in tmp_path.iterdir()} == {"export.csv", ".find ings.csv.partial"}
    subprocess.run([sys.executable, "-m", "vbl_detect", *shlex.split(told[2])], check=True)
    assert len(pd.read_csv(output)) == 1_500


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_scan_killed_at_several_points_ends_with_the_same_bytes(
    run, long_export, tmp_path, suffix
):
    whole, output = tmp_path / f"whole.{suffix}", tmp_path / f"killed.{suffix}"
    run("scan", long_export, "-o", whole, *FAST)

    for batches in (1, 4, 9):
        process = scan_until(long_export, output, batches, "--resume")
        process.kill()
        process.communicate()
        assert not output.exists()
    result = run("scan", long_export, "-o", output, "--resume", *FAST)

    assert "going on after" in result.stderr
    assert output.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["export.csv", whole.name, output.name]
        + [f"{path.name}.manifest.json" for path in (whole, output)]
    )


def test_a_closed_pipe_is_no_error(export):
    script = f"{sys.executable} -m vbl_detect scan {export} -q --format csv | head -c 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)

    assert "Traceback" not in done.stderr


def test_the_examples_are_scanned_whole(run, tmp_path):
    output = tmp_path / "findings.xlsx"

    result = run("scan", EXAMPLES, "-o", output)

    assert result.exit_code == 0, result.stderr
    sheets = pd.read_excel(output, sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["Summary", "Findings", "In context", "About this run"]
    found = sheets["Findings"]
    assert {Path(path).name for path in found["path"]} == {
        "records-export.xlsx",
        "duty-log-cp1252.csv",
        "exploitation-review.docx",
        "incident-log.txt",
    }
    assert found["category"].nunique() >= 8


def test_a_mask_hides_names_in_every_format(run, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        "Ref,Officer,Entry text\n"
        "M-1,Ormerod,Jade Okafor (14) is missing. Jade continues to put herself at risk.\n",
        "utf-8",
    )
    kept = ("--keep-columns", "Officer", "--model", "fast", "-q")
    for name in WRITERS:
        ending = WRITERS[name].suffixes or WRITERS[name].other_suffixes
        out = tmp_path / f"{name}{ending[0]}"
        result = run("scan", path, *kept, "--mask", "--format", name, "-o", out)
        assert result.exit_code == 0, result.output
        assert out.stat().st_size
        if not WRITERS[name].binary:
            assert not any(word in out.read_text("utf-8") for word in ("Jade", "Ormerod"))

    [plain] = read_jsonl(run("scan", path, *kept, "--format", "jsonl").stdout)
    [masked] = read_jsonl(run("scan", path, *kept, "--mask", "--format", "jsonl").stdout)
    assert masked["finding_id"] == plain["finding_id"]
    assert masked["sentence"] == "████ continues to put herself at risk."
    assert masked["Officer"] == "███████"
    for ending in ("xlsx", "parquet"):
        read = {"xlsx": pd.read_excel, "parquet": pd.read_parquet}[ending]
        sheet = {"sheet_name": "Findings"} if ending == "xlsx" else {}
        frame = read(tmp_path / f"{ending}.{ending}", **sheet)
        assert not frame.astype(str).apply(lambda column: column.str.contains("Jade")).any().any()


def test_an_allowed_phrase_is_known_under_a_mask(run, tmp_path):
    (tmp_path / "vbl.toml").write_text(
        'mask = true\n[[allow]]\nphrase = "Okafor is streetwise"\nreason = "A title"\n', "utf-8"
    )
    draft = tmp_path / "draft.txt"
    draft.write_text("Okafor is streetwise.", "utf-8")

    [finding] = read_jsonl(run("scan", draft, "--model", "fast", "--format", "jsonl", "-q").stdout)

    assert finding["sentence"] == "██████ is streetwise."
    assert finding["suppressed"]["reason"] == "A title"
