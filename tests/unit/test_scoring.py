import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect import scoring
from vbl_detect.errors import IntegrityError
from vbl_detect.lexicon import read_lexicon
from vbl_detect.scoring import Tally


@pytest.fixture
def terms(tmp_path):
    rows = [
        term(),
        term(code="RC002", patterns="reckless"),
        term(code="RC003", patterns="boyfriend", context_needed="depends-on-context"),
    ]
    return read_lexicon([write_lexicon(tmp_path / "lexicon", *rows)]).terms


TALLIES = {"RC001": Tally(100, 90), "RC003": Tally(10, 1)}


def test_a_row_seen_often_scores_near_its_own_share(terms):
    assert scoring.fit(TALLIES, terms).score(terms["RC001"]) == pytest.approx(0.9, abs=0.01)


def test_a_row_never_seen_scores_as_its_group(terms):
    scores = scoring.fit(TALLIES, terms)

    assert scores.score(terms["RC002"]) == scores.by_group["only-of-victim"] == 91 / 102


def test_a_row_seen_seldom_is_drawn_towards_its_group(terms):
    tallies = {**TALLIES, "RC002": Tally(1, 0)}

    score = scoring.fit(tallies, terms).score(terms["RC002"])

    assert 0.5 < score < 0.9


def test_a_group_without_matches_stands_at_one_half(terms):
    assert scoring.fit({}, terms).by_group["always"] == 0.5


def test_a_code_that_left_the_lexicon_is_passed_over(terms):
    assert "RC099" not in scoring.fit({"RC099": Tally(5, 5)}, terms).by_code


def test_saved_scores_load_as_they_were(terms, tmp_path):
    scores = scoring.fit(TALLIES, terms, min_score=0.4)
    scoring.save(scores, TALLIES, tmp_path, {"command": "a command"})

    loaded = scoring.load(tmp_path)

    assert loaded.min_score == 0.4
    assert loaded.score(terms["RC001"]) == pytest.approx(scores.score(terms["RC001"]), abs=1e-4)


def test_changed_scores_are_refused_with_both_hashes(terms, tmp_path):
    scoring.save(scoring.fit(TALLIES, terms), TALLIES, tmp_path, {})
    path = tmp_path / scoring.SCORES_FILE
    path.write_text(path.read_text().replace("RC001", "RC002"))

    with pytest.raises(IntegrityError, match=r"its SHA-256 is .* not the"):
        scoring.load(tmp_path)


def test_missing_scores_are_refused(tmp_path):
    with pytest.raises(IntegrityError, match="cannot be read"):
        scoring.load(tmp_path)


def test_tallies_add_up_by_code():
    parts = [{"A": Tally(2, 1)}, {"A": Tally(3, 3), "B": Tally(1, 0)}]

    assert scoring.total(parts) == {"A": Tally(5, 4), "B": Tally(1, 0)}
