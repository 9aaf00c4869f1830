import csv
import json

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.gold import read_gold

TEXT = "YP is streetwise. Tea was made. She refuses to engage 😀."


def span(words, category, context="asserted"):
    start = TEXT.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "category": category,
        "context": context,
        "borderline": False,
    }


WISE = span("streetwise", "adultification")
REFUSES = span("refuses to engage", "non-engagement")


def note(id_, *spans, text=TEXT):
    return {"id": id_, "note_type": "email", "text": text, "spans": list(spans)}


@pytest.fixture
def written(tmp_path):
    def write(name, *notes):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in notes), "utf-8-sig")
        return path

    return write


@pytest.fixture
def three(written):
    quoted = {**WISE, "context": "quoted"}
    return [
        written("ann", note("n1", WISE, REFUSES), note("n2", WISE)),
        written("ben", note("n1", WISE), note("n2", quoted)),
        written("cat", note("n1", WISE), note("n2", WISE), note("n3")),
    ]


def run(*arguments):
    return CliRunner().invoke(app, ["agree", *map(str, arguments)])


def test_figures_and_differences(three):
    result = run(*three, "--format", "json")

    told = json.loads(result.stdout)
    assert [(d["id"], d["kinds"]) for d in told["differences"]] == [
        ("n1", ["missed"]),
        ("n2", ["context"]),
    ]
    figures = {(f["of"], f["measure"], *f["readers"]): f["value"] for f in told["figures"]}
    # n1: yes no yes / yes no no; n2: yes no no / no no no, so 4 of 6 alike, 3/6 and 1/6 yes.
    assert figures["blaming", "Cohen's kappa", "ann", "ben"] == pytest.approx((4 / 6 - 0.5) / 0.5)
    assert figures["spans", "F1, exact", "ann", "ben"] == pytest.approx(0.8)
    assert "left out, labelled by cat alone: 1 note" in result.stderr


@pytest.mark.parametrize("form", ["text", "md"])
def test_readers_stand_side_by_side(three, form):
    shown = run(*three, "--format", form).stdout

    assert 'adultification, quoted: "streetwise"' in shown.replace("\\", "")
    assert "Fleiss' kappa" in shown.replace("\\", "")


def test_the_agreed_answer_waits_for_a_person_and_takes_the_decision(three, tmp_path):
    target, sheet = tmp_path / "agreed.jsonl", tmp_path / "agreed-to-decide.csv"
    first = run(*three, "--adjudicate", target)

    assert [one.id for one in read_gold(target)] == ["n2"]
    assert read_gold(target)[0].spans[0].context == "asserted"
    assert "still open: 1 decision in 1 more note;" in first.stderr
    assert "may hold decisions" in run(*three, "--adjudicate", target).output

    text = sheet.read_text("utf-8-sig")
    [row] = csv.DictReader(text.splitlines())
    sheet.write_text(text.replace(f"{row['item']},,", f"{row['item']},NONE,Sgt Hale"), "utf-8")
    second = run(*three, "--adjudicate", target, "--decisions", sheet)

    assert second.exit_code == 0, second.output
    [n1, _] = map(json.loads, target.read_text("utf-8").splitlines())
    assert n1["spans"] == [WISE]
    assert n1["adjudication"]["places"][1]["decided_by"] == "Sgt Hale"
    assert "Sgt Hale" in sheet.read_text("utf-8-sig")


def test_a_decision_that_no_longer_fits_is_told(three, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("item;decision\nd0;ann\n", "utf-8")

    result = run(*three, "--adjudicate", tmp_path / "a.jsonl", "--decisions", sheet)

    assert result.exit_code == 3
    assert "sheet.csv, row 2: no place to decide has the item 'd0'" in result.output


def test_what_cannot_be_compared_is_one_sentence(written, three):
    other = written("other", note("n1", text="Something else."))
    apart = written("apart", note("n9"))
    outside = written("outside", note("n1", {**WISE, "end": 900}))
    twice = written("twice", note("n1"), note("n1"))

    assert "has another text here than in" in run(three[0], other).output
    assert "no note is in two of the files" in run(three[0], apart).output
    assert "lies outside the text" in run(three[0], outside).output
    assert "is there 2 times" in run(three[0], twice).output
    assert "two readers or more" in run(three[0]).output
    assert "tell them apart" in run(three[0], three[1], "--names", "a,a").output
    assert "a reader's own file" in run(*three, "--adjudicate", three[0]).output


def test_an_answer_is_not_written_over_unasked(three, tmp_path):
    target = tmp_path / "agreed.jsonl"
    alike = [three[0], three[0]]
    names = ("--names", "ann,ben")
    assert run(*alike, *names, "--adjudicate", target).exit_code == 0
    before = target.read_bytes()

    refused = run(*three, "--adjudicate", target)
    forced = run(*three, "--adjudicate", target, "--force")

    assert refused.exit_code == 2
    assert "write over it with --force" in refused.stderr
    assert forced.exit_code == 0
    assert target.read_bytes() != before
    assert run(*three, "--adjudicate", target).exit_code == 2
    assert run(*three, "--adjudicate", target, "--force").exit_code == 0


def test_a_page_shows_each_difference_in_its_sentence(three, tmp_path, written):
    page = tmp_path / "agreement.html"
    dan = written("dan", note("n1", WISE), note("n2"))

    assert run(*three, dan, "--names", "ann,ben,cat,<b>dan", "-o", page).exit_code == 0

    text = page.read_text("utf-8")
    assert "YP is <mark>streetwise</mark>." in text
    assert "<b>" not in text
    assert "Content-Security-Policy" in text
    assert "Fleiss&#39; kappa" in text
    assert "did not have this note" not in text


def test_notes_in_which_nobody_marked_anything(written, tmp_path):
    files = [written(name, note("n1"), note("n2")) for name in ("ann", "ben")]
    target = tmp_path / "agreed.jsonl"

    result = run(*files, "--format", "json", "--adjudicate", target)

    told = json.loads(result.stdout)
    assert told["differences"] == []
    assert {f["value"] for f in told["figures"]} == {None}
    assert {f["alike"] for f in told["figures"] if f["of"] == "blaming"} == {1.0}
    assert [(one.id, one.spans) for one in read_gold(target)] == [("n1", ()), ("n2", ())]
    assert "2 readers, 2 notes" in run(*files).stdout
    assert "They differ in 0 places" in run(*files).stdout


def test_a_note_that_one_reader_lacks_is_agreed_by_the_others(three, written, tmp_path):
    dan = written("dan", note("n1", WISE, REFUSES))
    target = tmp_path / "agreed.jsonl"

    result = run(three[0], three[1], dan, "--format", "html", "--adjudicate", target)

    assert "not labelled by everybody: 1 of 2 notes" in result.stderr
    assert "did not have this note" in result.stdout
    [agreed] = read_gold(target)
    assert (agreed.id, len(agreed.spans)) == ("n1", 2)
