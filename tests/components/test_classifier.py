"""The classifier in the pipeline: what it adds, scores and leaves alone."""

from pathlib import Path

import pytest

import vbl_detect
from tests.lexicon_folder import term, write_lexicon
from vbl_detect.components.classifier import Classifier
from vbl_detect.detection import detect
from vbl_detect.errors import IntegrityError, UsageError
from vbl_detect.records import Note
from vbl_detect.resources import MODEL, find_model

LISTED = "YP continues to put herself at risk."
UNLISTED = (
    "Sgt review. Missing since 2100, third time this month. The lure of the bright lights has "
    "proved stronger than anything we could put in front of her. Enquiries continue."
)
CLEAN = (
    "Sgt review. Missing since 2100. Taxi firm has given the drop-off address, units attending. "
    "She told her worker that she is frightened of him; the worker will see her again tomorrow."
)


@pytest.fixture(scope="session")
def fast():
    return vbl_detect.load(model="fast")


def findings(pipeline, text):
    return list(detect([Note(text=text)], pipeline))


def classifier(pipeline):
    return next(part for _, part in pipeline.pipeline if isinstance(part, Classifier))


def test_what_no_list_holds_is_found_with_its_category_s_code(full_nlp):
    found = [finding for finding in findings(full_nlp, UNLISTED) if finding.counted]

    assert found
    for finding in found:
        assert finding.detector in {"classifier", "both"}
        if finding.detector == "classifier":
            assert finding.code.endswith("000")
            assert finding.term is None
        assert finding.why
        assert finding.suggestion
        assert UNLISTED[finding.start : finding.end] == finding.phrase
        assert 0 <= finding.score <= 1


def test_a_clean_note_has_no_counted_finding(full_nlp, fast):
    for pipeline in (full_nlp, fast):
        assert [f.phrase for f in findings(pipeline, CLEAN) if f.counted] == []


@pytest.mark.parametrize("model", ["full", "fast"])
def test_the_lexicon_s_findings_keep_code_and_words(full_nlp, fast, model):
    [finding] = [
        f for f in findings({"full": full_nlp, "fast": fast}[model], LISTED) if f.code == "RC001"
    ]

    assert finding.phrase == "put herself at risk"
    assert finding.counted
    assert finding.detector == {"full": "both", "fast": "lexicon"}[model]


def test_spans_stand_in_order_and_a_phrase_never_covers_a_match(full_nlp, corpus_dir):
    text = f"{UNLISTED} {LISTED}\n\n{CLEAN} Regular misper, {UNLISTED}"

    doc = full_nlp(text)
    spans = list(doc.spans["vbl"])

    starts = [span.start_char for span in spans]
    listed = [span for span in spans if not span.id_.endswith("000")]
    assert starts == sorted(starts)
    for span in spans:
        if span.id_.endswith("000"):
            assert all(span.end <= one.start or one.end <= span.start for one in listed)


def test_a_note_is_judged_the_same_alone_and_in_a_batch(full_nlp):
    texts = [UNLISTED, LISTED, CLEAN, ""] * 2

    batch = [[f.as_row() for f in findings(full_nlp, text)] for text in texts]
    together = list(detect([Note(text=text, row=n) for n, text in enumerate(texts)], full_nlp))

    for number, rows in enumerate(batch):
        mine = [f.as_row() for f in together if f.row == number]
        for one, other in zip(rows, mine, strict=True):
            assert one["score"] == other["score"]
            assert (one["start"], one["end"], one["code"]) == (
                other["start"],
                other["end"],
                other["code"],
            )


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "\u200b", "A", "1 2 3", "\x00", "é" * 3000])
def test_odd_notes_pass(full_nlp, fast, text):
    for pipeline in (full_nlp, fast):
        assert isinstance(findings(pipeline, text), list)


def test_a_note_longer_than_any_window_is_judged_to_its_end(full_nlp):
    text = "Units attended and the scene was held. " * 300 + UNLISTED

    counted = [finding for finding in findings(full_nlp, text) if finding.counted]

    assert any(finding.start > len(text) - len(UNLISTED) for finding in counted)


def test_without_classifier_lexicon_and_rules_decide():
    pipeline = vbl_detect.load(model=None)

    [finding] = findings(pipeline, LISTED)
    assert finding.detector == "lexicon"
    assert findings(pipeline, UNLISTED) == []


def test_min_score_overrules_the_model_s_threshold(full_nlp):
    strict = list(detect([Note(text=LISTED)], full_nlp, min_score=1.0))

    assert not any(finding.counted for finding in strict)


def test_reasons_name_words_and_add_up(full_nlp):
    with full_nlp.select_pipes(disable=["vbl_classifier"]):
        doc = full_nlp(UNLISTED)
    component = classifier(full_nlp)
    reasons = component.explain(doc)

    assert [one.span for one in reasons] == [c.span for c in component.candidates(doc)]
    for one in reasons:
        assert one.contributions
        assert all(word in UNLISTED.lower() for word, _ in one.words)


def test_an_unknown_model_is_refused():
    with pytest.raises(UsageError, match="no such model"):
        find_model("nowhere")


@pytest.mark.parametrize("part", ["screen.npz", "stacker.json", "tagger.onnx", "meta.json"])
def test_a_changed_or_missing_part_is_refused(tmp_path, part):
    folder = tmp_path / "model"
    folder.mkdir()
    for path in find_model(MODEL).iterdir():
        content = path.read_bytes()
        if path.name == part:
            content = b"{" if part == "meta.json" else content + b" "
        (folder / path.name).write_bytes(content)

    with pytest.raises(IntegrityError, match=part):
        vbl_detect.load(model=folder)
    if part != "meta.json":
        (folder / part).unlink()
        with pytest.raises(IntegrityError, match=part):
            vbl_detect.load(model=folder)


def test_the_fast_model_does_not_need_the_tagger_s_files(tmp_path):
    for path in find_model(MODEL).iterdir():
        if path.name not in {"tagger.onnx", "tokenizer.json"}:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    nlp = vbl_detect.load(model=None)

    nlp.add_pipe("vbl_classifier", config={"model": str(tmp_path), "tagger": False})

    assert [f.counted for f in findings(nlp, LISTED) if f.code == "RC001"] == [True]


@pytest.mark.slow
def test_a_category_that_the_model_was_not_fitted_on_is_found_under_its_own_code(tmp_path):
    categories = ["category,letters,title,why,suggestion,source", "own,ZZ,Own,Why.,Better.,Us"]
    (tmp_path / "_categories.csv").write_text("\n".join(categories), "utf-8")
    row = term(code="ZZ901", term="a proper madam", patterns="a proper madam")
    write_lexicon(tmp_path, row, file="own.csv", tables=False)

    pipeline = vbl_detect.load(lexicons=[tmp_path])
    [finding] = findings(pipeline, "She is a proper madam.")

    assert (finding.code, finding.category) == ("ZZ901", "own")


@pytest.mark.parametrize("kind", [str, Path])
def test_one_lexicon_folder_need_not_be_a_list(tmp_path, kind):
    write_lexicon(tmp_path, term(code="RC990", term="at the unit", patterns="at the unit"))

    doc = vbl_detect.load(lexicons=kind(tmp_path), model=None)("Seen at the unit.")

    assert [span.id_ for span in doc.spans["vbl"]] == ["RC990"]


def test_a_look_alike_of_what_only_the_classifier_hears_is_written_and_told(full_nlp):
    found = findings(full_nlp, "He is a runner for the athletics club.")

    assert not [finding for finding in found if finding.counted]
    assert all(finding.cue and "athletics club" in finding.cue for finding in found)
