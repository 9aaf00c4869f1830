import json

import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.errors import IntegrityError
from vbl_detect.integrity import SEAL, write_sealed
from vbl_detect.reference import (
    FEWEST,
    MEASURED_FILE,
    Share,
    find_rule,
    read_measured,
    read_reference,
)
from vbl_detect.reference.entries import NOT_MEASURED
from vbl_detect.resources import model_dir


def told(reference, name):
    return dict(reference.entry(find_rule(name, reference.lexicon)).parts)


def test_a_row_tells_what_its_cells_hold(reference):
    row = reference.lexicon.terms["RC001"]
    parts = told(reference, "RC001")

    assert parts["why it harms"] == (row.why,)
    assert parts["write instead"] == (row.suggestion,)
    assert (parts["flagged"], parts["left alone"]) == (row.flag_examples, row.pass_examples)


def test_every_rule_can_be_told(reference):
    lexicon = reference.lexicon
    for rules in (lexicon.terms, lexicon.categories, lexicon.context_rules):
        for rule in rules.values():
            entry = reference.entry(rule)
            assert all(sentence for _, sentences in entry.parts for sentence in sentences)
            json.dumps(reference.as_dict(rule))


def test_a_source_s_mark_is_put_in_words(reference):
    [source] = told(reference, "RC002")["source"]

    assert source.endswith("(drawn from a principle in it)")
    assert "[derived]" not in source


def test_a_share_of_few_findings_is_not_told(reference):
    shares = reference.measured.precision
    few = next(code for code, share in shares.items() if share.of < FEWEST and code[2:] != "000")
    own, category = told(reference, few)["measured"]

    assert "too few to tell" in own
    assert "95 %" not in own
    assert category.startswith("its category: ")
    assert "95 % interval" in category
    assert reference.as_dict(reference.lexicon.terms[few])["precision"]["value"] is None


def test_a_row_that_drew_no_finding_says_so(reference):
    silent = next(
        code for code in reference.lexicon.terms if code not in reference.measured.precision
    )

    assert told(reference, silent)["measured"][0].startswith("no finding in ")


def test_a_row_of_one_s_own_is_not_measured(tmp_path):
    folder = write_lexicon(tmp_path / "own", term(code="RC001"), term(code="RC990"), tables=False)
    reference = read_reference([folder])

    for code in ("RC001", "RC990"):
        assert told(reference, code)["measured"][0] == NOT_MEASURED
        assert reference.as_dict(reference.lexicon.terms[code])["precision"] is None
    assert reference.as_dict(reference.lexicon.terms["RC002"])["precision"] is not None


def test_a_context_rule_tells_when_it_decides_and_when_not(reference):
    parts = told(reference, "CX101")

    assert parts["decides"] == reference.lexicon.context_rules["CX101"].fires
    assert "leaves alone" in parts


def test_a_share_is_written_with_its_interval_and_number():
    assert str(Share(right=12, of=14, low=0.601, high=0.96)) == "0.86 (0.60-0.96), n 14"
    assert str(Share(right=3, of=3, low=0.44, high=1.0)) == "too few (n 3)"


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"notes": 1, "by_code": {"RC001": 1}}'])
def test_figures_that_cannot_be_read_are_named(tmp_path, content):
    path = tmp_path / "precision.json"
    if content is not None:
        path.write_text(content, "utf-8")

    with pytest.raises(IntegrityError, match=r"precision\.json"):
        read_measured(path)


def test_figures_that_lack_something_are_refused_though_they_hold_their_own_hash(tmp_path):
    path = tmp_path / "precision.json"
    write_sealed(path, {"notes": 1, "by_code": {"RC001": 1}})

    with pytest.raises(IntegrityError, match=r"precision\.json: the measured figures"):
        read_measured(path)


@pytest.mark.parametrize("hashed", [True, False])
def test_figures_that_were_changed_are_refused(tmp_path, hashed):
    path = tmp_path / "precision.json"
    content = json.loads((model_dir() / MEASURED_FILE).read_text("utf-8"))
    content["notes"] += 1
    if not hashed:
        del content[SEAL]
    path.write_text(json.dumps(content), "utf-8")

    with pytest.raises(IntegrityError, match="was changed" if hashed else "its own SHA-256"):
        read_measured(path)
