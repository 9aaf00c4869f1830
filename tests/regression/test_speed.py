"""What the benchmarks show stays so: the fast paths find what the plain ones find, at their price.

Bounds are on ratios of processor time within one run, never on seconds, and generous: they catch
what costs a multiple, on any machine and however busy it is.
"""

import sys
from pathlib import Path

import pytest

import vbl_detect
from vbl_detect.gold import read_gold
from vbl_detect.hits import find_hits

ROOT = Path(__file__).parents[2]
#: About twice what docs/benchmarks.md shows.
MOST_SCREENED, MOST_FAST = 6.0, 10.0


@pytest.fixture(scope="module")
def fast_nlp():
    return vbl_detect.load(model="fast")


def plain(nlp, text):
    """Each component by itself on one note alone: no batch, and nothing kept between them."""
    doc = nlp(text)
    return [
        (
            span.start_char, span.end_char, span.id_, span.label_,
            span._.vbl_score, span._.vbl_context, span._.vbl_cue, span._.vbl_detector,
        )
        for span in doc.spans["vbl"]
    ]  # fmt: skip


def fast(nlp, texts):
    categories = {
        code: row.category
        for code, row in nlp.get_pipe("vbl_lexicon_matcher").lexicon.reportable.items()
    }
    for hits in find_hits([(text, ((0, len(text)),)) for text in texts], nlp):
        yield [
            (h.start, h.end, h.code, categories[h.code], h.score, h.context, h.cue, h.detector)
            for h in hits
        ]


def texts_of(corpus_dir, every):
    paths = [*sorted(corpus_dir.glob("train-*.jsonl")), corpus_dir / "dev.jsonl"]
    return [note.text for path in paths for note in read_gold(path)][::every]


def test_a_batch_finds_what_single_notes_do(fast_nlp, corpus_dir):
    texts = ["", " \n", *texts_of(corpus_dir, every=200), "\U0001f642", "Ok."]

    assert list(fast(fast_nlp, texts)) == [plain(fast_nlp, text) for text in texts]


@pytest.mark.slow
def test_a_batch_finds_what_single_notes_do_all_over_the_corpus(fast_nlp, full_nlp, corpus_dir):
    for nlp, every in ((fast_nlp, 1), (full_nlp, 25)):
        texts = texts_of(corpus_dir, every)

        found = list(fast(nlp, texts))

        assert found == [plain(nlp, text) for text in texts]
        assert sum(map(len, found)) > len(texts) / 4


@pytest.mark.slow
def test_detection_costs_a_small_multiple_of_the_tokenizer(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import stages  # noqa: PLC0415

    try:
        measured = stages.by_stage(rounds=3, count=60, full=False)
    finally:
        for name in ("stages", "ratios", "notes"):
            sys.modules.pop(name, None)

    assert measured[stages.SCREENED].median < MOST_SCREENED
    assert measured[stages.FAST].median < MOST_FAST
