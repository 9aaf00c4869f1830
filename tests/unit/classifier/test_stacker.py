"""The stacker: one probability from many clues."""

import math
from dataclasses import replace

import pytest

from vbl_detect.classifier.phrases import Evidence
from vbl_detect.classifier.stacker import FEATURES, Clues, Stacker, features
from vbl_detect.records import CONTEXTS
from vbl_detect.training.stacker import Example, fit_stacker


def heard(context="asserted", sure=0.9):
    contexts = [0.0] * 7
    contexts[1 + CONTEXTS.index(context)] = sure
    contexts[0] = 1.0 - sure
    return Evidence(tuple(contexts), contexts[1], (1.0, *[0.0] * 9))


def clues(**known):
    return Clues(**{"screen_any": 0.0, "screen_asserted": 0.0, "context": "asserted", **known})


@pytest.fixture(scope="module")
def stacker():
    tagger = [
        *(Example(clues(tagged=heard(sure=s / 20)), counts=s > 10) for s in range(1, 20)),
        *(Example(clues(tagged=heard("quoted", s / 20)), counts=False) for s in range(1, 20)),
    ]
    screen = [Example(clues(screen_asserted=float(x)), counts=x > 0) for x in range(-9, 10)]
    listed = [one._replace(clues=replace(one.clues, lexicon_score=0.7)) for one in tagger]
    return fit_stacker(
        {"tagger": tagger, "listed": listed, "screen": screen},
        {"tagger": 0.5, "listed": 0.3, "screen": 0.4},
    )


def test_every_clue_has_its_feature():
    for known in (clues(), clues(tagged=heard(), lexicon_score=0.7)):
        assert len(features(known)) == len(FEATURES)


def test_what_the_tagger_hears_asserted_counts_and_what_it_hears_quoted_does_not(stacker):
    assert stacker.judge(clues(tagged=heard())).context == "asserted"
    assert stacker.judge(clues(tagged=heard("quoted"))).context == "quoted"


def test_a_tagger_that_hears_no_wording_tells_no_context(stacker):
    judged = stacker.judge(clues(screen_any=-9.0, tagged=heard("other-subject", sure=0.2)))

    assert judged.score < judged.threshold
    assert judged.context == "asserted"


def test_the_rules_context_stands_below_the_threshold(stacker):
    judged = stacker.judge(clues(tagged=heard("quoted"), context="reported"))

    assert judged.context == "reported"
    assert judged.score < judged.threshold == 0.5


def test_in_a_short_note_the_rules_cue_stands(stacker):
    short = replace(
        stacker,
        **{
            name: {**getattr(stacker, name), "short": getattr(stacker, name)["tagger"]}
            for name in ("weights", "means", "intercepts", "thresholds")
        },
    )

    assert short.judge(clues(tagged=heard(), short=True)).context == "asserted"
    judged = short.judge(clues(tagged=heard(), short=True, context="negated"))
    assert (judged.context, short.counts(clues(tagged=heard(), short=True, context="negated"))) == (
        "negated",
        False,
    )


def test_without_the_tagger_the_screen_decides_by_its_own_threshold(stacker):
    assert stacker.judge(clues(screen_asserted=8.0)).score > 0.9
    assert stacker.judge(clues(screen_asserted=-8.0)).score < 0.1
    assert stacker.judge(clues()).threshold == 0.4


def test_wording_of_the_lexicon_counts_by_its_own_threshold(stacker):
    assert stacker.judge(clues(tagged=heard(), lexicon_score=0.7)).threshold == 0.3
    assert stacker.judge(clues(tagged=heard())).threshold == 0.5


def test_contributions_count_from_an_average_stretch_and_add_up(stacker):
    known, other = clues(tagged=heard()), clues(tagged=heard("quoted"))

    def log_odds(one):
        score = stacker.score(one)
        return math.log(score / (1 - score))

    moved = sum(stacker.contributions(known).values()) - sum(stacker.contributions(other).values())
    assert moved == pytest.approx(log_odds(known) - log_odds(other))


def test_a_stacker_comes_back_from_disk(tmp_path, stacker):
    stacker.save(tmp_path / "stacker.json")
    known = clues(tagged=heard(sure=0.6), lexicon_score=0.3)

    assert Stacker.load(tmp_path / "stacker.json").score(known) == stacker.score(known)
