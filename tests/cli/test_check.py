"""`vbl-detect check` as its user runs it; the lexicon alone judges, so that the tests are quick."""

import json
import stat
import zipfile
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from vbl_detect import checking
from vbl_detect.cli import app

BLAME = "YP continues to put herself at risk."
CLEAN = "The unit called at ten and she was at home."
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def lexicon_alone(nlp, monkeypatch):
    monkeypatch.setattr("vbl_detect.running.load", lambda **options: nlp)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def draft(folder):
    path = folder / "review.md"
    path.write_bytes(f"# Review\r\n\r\nAt ten.\r\n{BLAME}\r\n".encode())
    return path.name


def run(*args, stdin=None):
    return CliRunner().invoke(app, ["check", *map(str, args)], input=stdin)


def read_jsonl(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_finding_is_shown_with_its_place_reason_and_better_words(draft):
    result = run(draft)

    assert result.exit_code == 1
    assert "RC001 risk-and-choice (high)" in result.stdout
    shown = result.stdout.splitlines()
    frame = next(number for number, line in enumerate(shown) if BLAME in line)
    start = shown[frame].index("put herself at risk")
    assert shown[frame + 1] == "  |" + " " * (start - 3) + "^" * len("put herself at risk")
    assert [line.split(":")[0] for line in shown[frame + 2 :]] == ["  = why", "  = write instead"]
    assert result.stderr == "1 finding in 1 of 1 draft (1 high)\n"


def test_more_is_told_when_asked(draft):
    assert "= source: " in run(draft, "-v").stdout


def test_word_findings_have_their_paragraph(folder):
    document = docx.Document()
    for text in ("Review", "", CLEAN, BLAME):
        document.add_paragraph(text)
    document.save("review.docx")

    [finding] = read_jsonl(run("review.docx", "--format", "jsonl").stdout)

    assert (finding["paragraph"], finding["phrase"]) == (3, "put herself at risk")
    assert "review.docx, paragraph 3" in run("review.docx").stdout


def test_a_clean_draft_passes_and_writes_nothing(folder):
    Path("review.txt").write_text(CLEAN)

    result = run("review.txt")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No findings in 1 draft\n"


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("low", 1), ("medium", 1), ("high", 1)]
)
def test_what_fails_the_run_can_be_chosen(draft, fail_on, code):
    assert run(draft, "--fail-on", fail_on).exit_code == code


def test_less_grave_findings_are_shown_but_do_not_fail_the_run(folder, nlp):
    terms = nlp.get_pipe("vbl_lexicon_matcher").lexicon.terms.values()
    low = next(term for term in terms if term.severity == "low")
    Path("review.txt").write_text(low.flag_examples[0])

    result = run("review.txt", "--select", low.code, "--min-score", "0")

    assert low.code in result.stdout
    assert result.exit_code == 0


def test_no_more_findings_than_asked_for_are_written_but_all_count(folder):
    Path("review.txt").write_text(f"{CLEAN} {BLAME}\n" * 5)

    result = run("review.txt", "--max-findings", "2", "--format", "concise")

    assert len(result.stdout.splitlines()) == 2
    assert "5 findings" in result.stderr
    assert "3 more not shown because of --max-findings" in result.stderr
    assert run("review.txt", "--max-findings", "0").exit_code == 1


def test_standard_input_is_named_and_read_by_its_name(folder):
    result = run("-", "--stdin-filename", "drafts/review.md", "--format", "concise", stdin=BLAME)

    assert result.stdout.startswith("drafts/review.md:1:17: RC001 ")
    assert run("-", "--format", "concise", stdin=BLAME).stdout.startswith("<stdin>:1:17: ")


def test_folders_and_patterns_lead_to_documents_but_not_to_tables(folder):
    Path("in/deep").mkdir(parents=True)
    Path("in/deep/a.txt").write_text(BLAME)
    Path("in/b.md").write_text(BLAME)
    Path("in/c.csv").write_text(f"Ref,Entry text\n1,{BLAME}\n")
    Path("in/package.json").write_text("{}")

    def paths(*args):
        result = run(*args, "--format", "jsonl")
        return result.exit_code, [f["path"].replace("\\", "/") for f in read_jsonl(result.stdout)]

    assert paths("in") == (1, ["in/b.md", "in/deep/a.txt"])
    assert paths("in/**/*.txt") == (1, ["in/deep/a.txt"])
    assert paths("in/c.csv") == (1, ["in/c.csv"])


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder):
    Path("[draft].txt").write_text(BLAME)

    assert run("[draft].txt", "--format", "concise").stdout.startswith("[draft].txt:1:17: ")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(6_000_000))


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("nowhere.txt", None, "there is no such file or folder"),
        ("nothing-*.txt", None, "there is no such file or folder"),
        ("empty.txt", lambda path: path.write_bytes(b""), "there is no text in it"),
        ("blank.md", lambda path: path.write_bytes(b"\xef\xbb\xbf \r\n"), "there is no text in it"),
        ("binary.txt", lambda path: path.write_bytes(bytes(range(256))), "this is no text"),
        ("empty.docx", lambda path: path.write_bytes(b""), "the file is empty"),
        ("corrupt.docx", lambda path: path.write_bytes(b"PK\x03\x04 x"), "the file is damaged"),
        ("other.docx", lambda path: path.write_bytes(b"GIF89a"), "this is no .docx file"),
        (
            "locked.docx",
            lambda path: path.write_bytes(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
            ),
            "protected by a password",
        ),
        ("large.txt", lambda path: path.write_bytes(b"x " * 10_000), "larger than the 0 MB"),
        ("long.txt", lambda path: path.write_bytes(b"x " * 300), "longer than the 500 characters"),
        ("bomb.docx", bomb, "unpacks to more than 5 MB"),
        ("picture.png", lambda path: path.write_bytes(b"\x89PNG"), '".png" cannot be read'),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_others_go_on(
    draft, folder, monkeypatch, name, make, told
):
    monkeypatch.setattr(checking, "MAX_BYTES", 10_000)
    monkeypatch.setattr(checking, "MAX_BYTES_UNPACKED", 5_000_000)
    monkeypatch.setattr(checking, "MAX_CHARACTERS", 500)
    if make is not None:
        make(folder / name)

    result = run(name, draft, "--format", "jsonl")

    assert result.exit_code == 3
    assert [finding["path"] for finding in read_jsonl(result.stdout)] == [draft]
    problem, *rest = result.stderr.splitlines()
    assert problem.startswith(f"problem: {name}: ")
    assert told in problem
    assert len(rest) == 1
    assert "Traceback" not in result.stderr


def test_nothing_on_standard_input_is_told(folder):
    result = run("-", stdin="")

    assert result.exit_code == 3
    assert "<stdin>: there is no text in it" in result.stderr


def test_a_text_given_in_place_of_a_file_is_not_repeated_whole(folder):
    result = run(f"{BLAME} " * 20)

    assert result.exit_code == 3
    assert len(result.stderr.splitlines()[0]) < 250


def test_a_link_that_leads_nowhere_is_told_as_such(folder):
    Path("link.md").symlink_to("gone.md")

    result = run("link.md")

    assert result.exit_code == 3
    assert "link.md: this is a link that leads to no file" in result.stderr


def test_a_file_that_is_written_has_no_manifest_and_is_not_read_again(draft, folder):
    for _ in range(2):
        result = run(".", "-o", "findings.md")
        assert "1 finding in 1 of 1 draft" in result.stderr

    assert sorted(path.name for path in folder.iterdir()) == ["findings.md", draft]
    assert stat.S_IMODE((folder / "findings.md").stat().st_mode) == 0o600


def test_quiet_leaves_results_and_problems(draft):
    result = run(draft, "nowhere.txt", "-q", "--format", "concise")

    assert result.stdout.startswith(f"{draft}:4:17: RC001 ")
    assert result.stderr.startswith("problem: nowhere.txt")
    assert len(result.stderr.splitlines()) == 1


def test_statistics_take_the_place_of_the_findings_but_not_of_the_exit_code(folder):
    Path("review.txt").write_text(f"{BLAME}\n{BLAME}\n")

    result = run("review.txt", "--statistics", "--max-findings", "1")

    assert result.stdout == "2  RC001  high    risk-and-choice  putting herself at risk\n"
    assert result.exit_code == 1
    assert "not shown" not in result.stderr


@pytest.mark.parametrize("name", ["sarif", "github", "junit", "rdjson"])
def test_formats_for_other_systems_hold_the_phrase_and_no_more_unless_asked(draft, name):
    result = run(draft, "--format", name)

    assert result.exit_code == 1
    assert "put herself at risk" in result.stdout
    assert "YP continues" not in result.stdout
    assert "put herself" not in run(draft, "--format", name, "--show", "reference").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--statistics", "--format", "sarif"], "--statistics cannot be written as sarif"),
        (["--select", "RX"], "'RX' is no code"),
        (["--format", "xml"], "there is no format 'xml'"),
        (["--lexicon", "nowhere"], "no such lexicon folder"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(draft, monkeypatch, args, message):
    monkeypatch.undo()

    result = run(EXAMPLES / "incident-log.txt", *args)

    assert result.exit_code == 2
    assert message in result.stderr
