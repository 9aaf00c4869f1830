"""A whole pack done in a real browser, by keyboard and by mouse, saved, and scored."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app, learn_score
from vbl_detect.exercises import Exercise, read_answers, rewritings
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.lexicon import read_lexicon
from vbl_detect.packs import Pack, write_answers, write_pack
from vbl_detect.resources import lexicon_dir
from vbl_detect.rewriting_checks import RewritingCheck

pytestmark = pytest.mark.slow

SECRET = "Only in the saved file"


def exercise(name, text, phrase, category, context="asserted"):
    start = text.index(phrase) if phrase else 0
    span = GoldSpan(start=start, end=start + len(phrase), category=category, context=context)
    note = GoldNote(id=name, note_type="cse-review", text=text, spans=(span,) if phrase else ())
    return Exercise(
        note=note, difficulty=1, focus=category, why="It hides him.", better="Name him."
    )


MARKED = (
    exercise("y-1", "😀 Night DS. She is streetwise. Update mum.", "streetwise", "adultification"),
    exercise("y-2", "Bus timetable asked for.", "", "clean"),
    exercise("y-3", "Mum says she puts herself at risk.", "puts herself at risk", "risk-and-choice",
             "reported"),
)  # fmt: skip
TASKS = (*MARKED, *rewritings(MARKED[:1]))


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The page, and its answers as lines."""
    folder = tmp_path_factory.mktemp("course")
    page, lines = folder / "pack.html", folder / "pack.jsonl"
    categories = read_lexicon([lexicon_dir()]).categories
    made = Pack(exercises=TASKS, mode="assessment", title="Course", categories=categories)
    write_pack(made, page)
    write_answers(made, lines)
    return page, lines


def words(exercise):
    [span] = exercise.note.spans
    return exercise.note.text[span.start : span.end].split()


def tab_to(page, test):
    for _ in range(60):
        if page.evaluate(test):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead there: {test}")


def by_keyboard(page, exercise):
    press = page.keyboard.press
    if exercise.rewrite is not None:
        tab_to(page, "document.activeElement.name === 'rewriting'")
        page.keyboard.type(SECRET)
        return
    if not exercise.note.spans:
        tab_to(page, "document.activeElement.className === 'nothing'")
        press("Enter")
        return
    tab_to(page, "document.activeElement.className === 'note'")
    first, last = words(exercise)[0], words(exercise)[-1]
    for word in (first, last):
        while page.locator(".exercise:visible .word.active").inner_text() != word:
            press("ArrowRight")
        press("Enter")
    [span] = exercise.note.spans
    page.keyboard.type(span.category.replace("-", " "))
    press("Tab")
    page.keyboard.type(span.context)
    press("Tab")
    press("Enter")


def by_mouse(page, exercise):
    here = page.locator(".exercise:visible")
    if exercise.rewrite is not None:
        here.get_by_label("Your wording").click()
        page.keyboard.insert_text("She is streetwise.")
        return
    if not exercise.note.spans:
        here.get_by_role("button", name="Nothing here").click()
        return
    [span] = exercise.note.spans
    note = here.locator(".note")
    note.get_by_text(words(exercise)[0], exact=True).hover()
    page.mouse.down()
    note.get_by_text(words(exercise)[-1], exact=True).hover()
    page.mouse.up()
    here.get_by_label("Category").select_option(span.category)
    here.get_by_label("Context").select_option("asserted")
    here.get_by_role("button", name="Mark this phrase").click()


def test_a_whole_pack_by_keyboard_and_by_mouse_saved_and_scored(
    open_page, pack, faults, tmp_path, monkeypatch
):
    path, lines = pack
    for name, do in (("Keys", by_keyboard), ("Mouse", by_mouse)):
        page = open_page(path)
        for number, exercise in enumerate(TASKS):
            do(page, exercise)
            assert faults(page) == []
            if number < len(TASKS) - 1:
                page.locator("#next").focus()
                page.keyboard.press("Enter")
        kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        page.get_by_label("Name or number").fill(name)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save answers").click()
        download.value.save_as(tmp_path / f"{name}.json")
        assert page.locator("#progress").inner_text() == "4 of 4 exercises answered."
        assert SECRET not in kept
        assert "streetwise" not in kept
        assert page.heard.requests == [path.as_uri()]
        assert page.heard.complaints == []

    def judge(exercise, written):
        kept = ("streetwise",) if "streetwise" in written else ()
        return RewritingCheck(words=written, kept=kept)

    monkeypatch.setattr(learn_score, "judge_with", lambda model: judge)
    told = CliRunner().invoke(
        app, ["learn", "score", str(tmp_path), "--pack", str(lines), "--format", "json"]
    )

    assert read_answers(tmp_path / "Keys.json").answers[3].rewriting == SECRET
    figures = {
        (one["name"], one["measure"]): (one["part"], one["whole"])
        for one in json.loads(told.stdout)["figures"]
        if one["of"] == "person" and not one["category"]
    }
    assert figures["Keys", "exercises"] == (3, 3)
    assert figures["Keys", "rewritten"] == (1, 1)
    assert figures["Mouse", "found"] == (2, 2)
    assert figures["Mouse", "context"] == (1, 2)
    assert figures["Mouse", "left"] == (1, 1)
    assert figures["Mouse", "rewritten"] == (0, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_marks_is_silent_accessible_and_narrow(open_page, faults, tmp_path, scheme):
    answers = Path(__file__).parents[2] / "data" / "exercises" / "example-answers"
    page_file = tmp_path / "marks.html"
    result = CliRunner().invoke(
        app,
        ["learn", "score", "--before", f"{answers}/before", "--after", f"{answers}/after",
         "--no-check", "-o", str(page_file)],
    )  # fmt: skip
    assert result.exit_code == 0, result.output

    page = open_page(page_file, color_scheme=scheme, viewport={"width": 360, "height": 800})

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.heard.requests == [page_file.as_uri()]
    assert page.heard.complaints == []
    charts = page.locator("svg[role=img]")
    assert charts.count() == 2
    assert all(svg.get_attribute("aria-label") for svg in charts.all())
