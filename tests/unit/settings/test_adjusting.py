from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.errors import UsageError
from vbl_detect.lexicon import read_lexicon
from vbl_detect.records import Finding
from vbl_detect.settings import Allowed, FileRule, Settings
from vbl_detect.settings.adjusting import adjust

SENTENCE = "She was at the Streetwise project’s door and knows what she is doing."
TODAY = date(2030, 6, 30)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    rows = [term(), term(code="RC002", severity="low", patterns="reckless", term="reckless")]
    return read_lexicon([write_lexicon(tmp_path_factory.mktemp("lexicon"), *rows)])


def finding(phrase="Streetwise", **cells):
    start = SENTENCE.index(phrase)
    values = {
        "finding_id": "0" * 16, "code": "RC001", "term": None, "category": "risk-and-choice",
        "severity": "high", "score": 0.6, "detector": "both", "context": "asserted",
        "counted": True, "start": 40 + start, "end": 40 + start + len(phrase), "line": 1, "col": 1,
        "phrase": phrase, "sentence": SENTENCE, "why": "", "suggestion": "", "source": "",
        "phrase_offset": start, "path": "drafts/a.md",
    }  # fmt: skip
    return Finding(**{**values, **cells})


def allowed(phrase, **more):
    return Settings(allow=(Allowed(phrase=phrase, reason="A project", place="vbl.toml:2", **more),))


@pytest.fixture
def one(lexicon):
    def one(settings, finding):
        return next(adjust([finding], settings, lexicon, today=TODAY), None)

    return one


@pytest.mark.parametrize(
    ("phrase", "suppressed"),
    [
        ("Streetwise", True),
        ("STREETWISE PROJECT", True),
        ("the  streetwise\nproject's", True),  # any quote, any white space
        ("project", False),  # beside the finding
        ("street", False),  # part of a word
        ("was at", False),
    ],
)
def test_a_phrase_that_covers_the_finding_suppresses_it(one, phrase, suppressed):
    result = one(allowed(phrase), finding())

    assert result.counted is not suppressed
    assert result.suppressed == (
        {"by": "vbl.toml:2", "reason": "A project", "expires": None} if suppressed else None
    )


def test_a_phrase_within_the_finding_suppresses_it(one):
    assert one(allowed("what she"), finding("knows what she is doing")).suppressed
    assert not one(allowed("what he"), finding("knows what she is doing")).suppressed


@pytest.mark.parametrize(("day", "holds"), [(29, False), (30, True)])
def test_a_phrase_holds_up_to_its_last_day(one, day, holds):
    settings = allowed("Streetwise", expires=TODAY.replace(day=day))

    assert (one(settings, finding()).suppressed is not None) is holds
    assert list(settings.expired(TODAY)) == ([] if holds else list(settings.allow))


def test_what_is_suppressed_already_stays_as_it_is(one):
    before = finding(counted=False, suppressed={"by": "A. Reader", "reason": "x", "expires": None})

    assert one(allowed("Streetwise"), before) == before


def rules(*rules, folder=None):
    path = (Path.cwd() if folder is None else folder) / "vbl.toml"
    return Settings(path=path, per_file=rules)


def rule(pattern, **more):
    return FileRule(pattern=pattern, place="vbl.toml:3", **more)


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("drafts/", True),
        ("drafts\\*.md", True),
        ("*.md", True),
        ("a.md", True),
        ("**/a.md", True),
        ("drafts/*.docx", False),
        ("*.docx", False),
        ("other/", False),
        ("/a.md", False),
    ],
)
@pytest.mark.parametrize("absolute", [True, False])
def test_patterns_fit_paths_from_the_settings_folder(one, pattern, fits, absolute):
    path = str(Path("drafts/a.md").absolute()) if absolute else "drafts/a.md"
    left = one(rules(rule(pattern, ignore=("RC",))), finding(path=path))

    assert (left is None) is fits


@pytest.mark.parametrize("path", [None, "<stdin>", "../outside/a.md"])
def test_a_text_without_a_file_in_the_folder_fits_no_pattern(one, path, tmp_path):
    settings = rules(rule("*", ignore=("RC",)), folder=tmp_path)

    assert one(settings, finding(path=path)) is not None


def test_select_keeps_only_these_and_all_fitting_patterns_apply(one):
    settings = rules(rule("*.md", select=("high",)), rule("drafts/", ignore=("NE",)))

    assert one(settings, finding())
    assert one(settings, finding(code="RC002", severity="low")) is None
    assert one(settings, finding(code="NE000", severity="medium")) is None


@pytest.mark.parametrize(
    ("cells", "min_score", "counted"),
    [
        ({}, 0.7, False),
        ({}, 0.6, True),
        ({"counted": False}, 0.5, True),
        ({"counted": False, "context": "quoted"}, 0.5, False),
    ],
)
def test_a_threshold_of_single_files_decides_what_counts(one, cells, min_score, counted):
    settings = rules(rule("*", min_score=1.0), rule("*.md", min_score=min_score))

    assert one(settings, finding(**cells)).counted is counted
    assert one(settings, finding(path="b.docx")).counted is False


@pytest.mark.parametrize("pattern", ["!a.md", "# a.md", "!", "[", " ", "\\"])
def test_a_pattern_that_fits_no_file_is_told_with_its_place(lexicon, pattern):
    with pytest.raises(UsageError, match=r"vbl\.toml:3: the pattern .* fits no file"):
        adjust([], rules(rule(pattern)), lexicon)


def test_an_unknown_code_is_told_with_its_place_before_any_finding(lexicon):
    settings = replace(rules(rule("*", ignore=("XX",))), places={"XX": "vbl.toml:3"})

    with pytest.raises(UsageError, match=r"vbl\.toml:3: 'XX' is no code"):
        adjust([], settings, lexicon)
