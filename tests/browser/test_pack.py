"""A page of exercises in a real browser: by keyboard, by mouse, exported, silent, accessible."""

import json

import pytest

from vbl_detect.exercises import Exercise, mark, read_answers
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.lexicon import read_lexicon
from vbl_detect.packs.pack import Pack
from vbl_detect.packs.page import as_page
from vbl_detect.resources import lexicon_dir

pytestmark = pytest.mark.slow

EVIL = (
    "<script>window.ran = 1</script><img src=http://x.example/a onerror='window.ran = 2'>"
    '"><svg onload=window.ran=3></style></script>{{ 7 * 7 }}\u202e\x00'
)
FIRST = "😀 Night DS. She is putting herself at risk again, and is streetwise. Update her mum."


def exercise(name, text, *spans, why="It turns the eye from him.", better="Name him."):
    found = [
        GoldSpan(start=text.index(p), end=text.index(p) + len(p), category=c, context="asserted")
        for p, c in spans
    ]
    note = GoldNote(id=name, note_type="cse-review", text=text, spans=tuple(found))
    return Exercise(note=note, difficulty=1, focus="clean", why=why, better=better)


EXERCISES = (
    exercise(
        "x-1",
        FIRST,
        ("putting herself at risk", "risk-and-choice"),
        ("streetwise", "adultification"),
    ),
    exercise("x-2", "Bus timetable requested.\r\nPhone off since 2115."),
    exercise("x-3", f"He said {EVIL} today", ("today", "online-image"), why=EVIL, better=EVIL),
)


def written(folder, mode):
    path = folder / f"{mode}.html"
    categories = read_lexicon([lexicon_dir()]).categories
    pack = Pack(exercises=EXERCISES, mode=mode, title=f"Course {EVIL}", categories=categories)
    path.write_text(as_page(pack), "utf-8")
    return path


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    return written(tmp_path_factory.mktemp("pack"), "practice")


@pytest.fixture(scope="module")
def assessment(tmp_path_factory):
    return written(tmp_path_factory.mktemp("pack"), "assessment")


def export(page, folder, press):
    with page.expect_download() as download:
        press()
    path = folder / "answers.json"
    download.value.save_as(path)
    return path


def active(page):
    return page.evaluate("document.activeElement.name || document.activeElement.className")


def choose(page, category, context):
    form = page.locator(".exercise:visible form")
    form.get_by_label("Category").select_option(category)
    form.get_by_label("Context").select_option(context)
    form.get_by_role("button", name="Mark this phrase").click()


def test_a_whole_exercise_by_keyboard(open_page, practice, tmp_path):
    page = open_page(practice)
    press = page.keyboard.press

    page.locator(".exercise:visible .note").focus()
    for _ in range(4):
        press("ArrowRight")
    press("Enter")
    for _ in range(3):
        press("ArrowRight")
    press("Enter")
    assert active(page) == "category"
    page.keyboard.type("Risk")
    press("Tab")
    page.keyboard.type("Asserted")
    press("Tab")
    press("Enter")
    assert active(page) == "note"
    assert "putting herself at risk" in page.locator(".marks:visible").inner_text()
    while page.evaluate("document.activeElement.textContent") != "Show the answer":
        press("Tab")
    press("Enter")
    assert active(page) == "answer"
    told = page.locator(".answer:visible").inner_text()
    assert "You marked these words; category ✓; context ✓" in told
    assert "You did not mark this." in told
    assert "Source:" in told

    while page.evaluate("document.activeElement.id") != "name":
        press("Tab")
    page.keyboard.type("PC 4")
    press("Tab")
    path = export(page, tmp_path, lambda: press("Enter"))

    answers = read_answers(path)
    marks = mark(EXERCISES[0].note, answers.answers[0])
    assert answers.name == "PC 4"
    assert marks.spans[0].exact
    assert marks.spans[0].category_right
    assert [span.category for span in marks.missed] == ["adultification"]
    assert page.heard.complaints == []


def test_a_whole_exercise_by_mouse_and_what_is_kept(open_page, practice, tmp_path):
    page = open_page(practice)
    note = page.locator(".exercise:visible .note")

    note.get_by_text("putting").hover()
    page.mouse.down()
    note.get_by_text("risk", exact=True).hover()
    page.mouse.up()
    choose(page, "adultification", "quoted")
    note.get_by_text("mum").click()
    choose(page, "risk-and-choice", "asserted")
    page.get_by_role("button", name="Show the answer").click()
    told = page.locator(".answer:visible").inner_text()
    assert "you chose the category Adultification" in told
    assert "you chose the context quoted" in told
    assert "not in the agreed answer: “mum”" in told
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Nothing here").click()
    page.get_by_label("Name or number").fill("Only in the file")
    page.reload()

    kept = page.evaluate("JSON.stringify(localStorage)")
    assert page.locator("#progress").inner_text() == "2 of 3 exercises answered."
    assert "Only in the file" not in kept
    assert "putting" not in kept
    button = page.get_by_role("button", name="Save answers")
    [first, second] = read_answers(export(page, tmp_path, button.click)).answers
    assert [FIRST[span.start : span.end] for span in first.spans] == [
        "putting herself at risk",
        "mum",
    ]
    assert second.spans == ()
    page.locator("#forget").click()
    page.locator("#forget").click()
    page.wait_for_function("localStorage.length === 0")
    assert page.locator("#progress").inner_text() == "0 of 3 exercises answered."


def test_an_assessment_saves_and_shows_nothing(open_page, assessment, tmp_path):
    page = open_page(assessment)

    assert "turns the eye" not in page.content()
    assert page.locator(".answer, .done, [data-category]").count() == 0
    page.get_by_role("button", name="Nothing here").click()
    button = page.get_by_role("button", name="Save answers")
    path = export(page, tmp_path, button.click)

    assert json.loads(path.read_text("utf-8"))["mode"] == "assessment"
    assert page.heard.requests == [assessment.as_uri()]


def test_nothing_is_asked_of_any_network_and_no_text_runs(open_page, practice):
    page = open_page(practice)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.locator(".exercise:visible .note").get_by_text("script").first.click()
    choose(page, "online-image", "mention")
    page.get_by_role("button", name="Show the answer").click()

    assert page.heard.requests == [practice.as_uri()]
    assert page.heard.complaints == []
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.locator("img, iframe, main script, main style").count() == 0
    assert "\u202e" not in page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_no_serious_fault(open_page, practice, faults, scheme, width):
    page = open_page(practice, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.locator(".exercise:visible .note").get_by_text("putting").click()
    choose(page, "risk-and-choice", "asserted")
    page.locator(".exercise:visible .note").get_by_text("Update").click()
    assert faults(page) == []
    page.get_by_role("button", name="Show the answer").click()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_print_shows_every_note_and_no_controls(open_page, practice):
    page = open_page(practice)
    page.emulate_media(media="print")

    assert page.locator(".note:visible").count() == len(EXERCISES)
    assert page.locator("form:visible, #export:visible, #moves:visible").count() == 0
