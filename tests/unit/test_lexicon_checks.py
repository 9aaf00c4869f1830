import pytest

from tests.lexicon_folder import term, write_lexicon
from vbl_detect import resources
from vbl_detect.lexicon import read_lexicon
from vbl_detect.lexicon_checks import POSITIONS, check, try_rows


@pytest.fixture
def faults_of(tmp_path, blank_nlp):
    def faults_of(*rows):
        folder = write_lexicon(tmp_path, *rows)
        return [str(fault).replace(f"{folder}/", "") for fault in check([folder], blank_nlp)[1]]

    return faults_of


def test_a_sound_lexicon_has_no_fault(faults_of):
    assert faults_of(term()) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (term(patterns="~put [self"), "RC001: pattern '~put [self': character 11 of"),
        (term(patterns="<none> at risk"), "there is no list <none> in _lists.csv"),
        (
            term(flag_examples="YP is put at risk by S1."),
            "RC001: flag_examples: 'YP is put at risk by S1.' is not flagged",
        ),
        (
            term(pass_examples="She puts herself at risk."),
            "RC001: pass_examples: 'She puts herself at risk.' is flagged; narrow the patterns",
        ),
        (
            term(term="lifestyle choice"),
            "RC001: the term 'lifestyle choice' is not matched by its own patterns",
        ),
    ],
)
def test_a_fault_of_a_row_names_its_line(faults_of, row, message):
    [fault] = faults_of(row)

    assert fault.startswith("risk-and-choice.csv:2: ")
    assert message in fault


def test_a_pattern_that_its_own_exception_always_takes_away_can_never_match(faults_of):
    faults = faults_of(term(unless="<self> at risk"))

    message = "RC001: pattern '~put <self> at risk' can never match; mend it or its unless"
    assert f"risk-and-choice.csv:2: {message}" in faults


def test_a_pattern_that_stands_twice_is_named_with_the_other_place(faults_of):
    rows = (term(), term(code="RC002", patterns="~put  <self> at risk | puts oneself about"))
    rows[1]["term"] = "puts oneself about"
    rows[1]["flag_examples"] = "YP puts oneself about."

    [fault] = faults_of(*rows)

    assert fault.startswith("risk-and-choice.csv:3: RC002: pattern '~put  <self> at risk' stands")
    assert fault.endswith("risk-and-choice.csv:2) already; remove one")


def test_a_row_shadowed_by_another_is_named(faults_of):
    faults = faults_of(
        term(),
        term(
            code="RC002", patterns="puts himself at risk", flag_examples="He puts himself at risk."
        ),
    )

    assert any("RC002: everything it matches is matched by RC001" in fault for fault in faults)


def test_every_pattern_is_tried_in_every_position(tmp_path, blank_nlp):
    row = term(patterns="~put <self> at risk | ~put <self> in danger")
    lexicon = read_lexicon([write_lexicon(tmp_path, row)])

    trials = list(try_rows(lexicon, blank_nlp))

    assert len(trials) == 2 * len(POSITIONS) + 3  # three examples
    assert all(trial.passed for trial in trials)


def test_a_pattern_not_found_in_a_position_is_a_failed_trial(tmp_path, blank_nlp):
    row = term(patterns="~put <self> at risk", unless="at risk according to entry")
    lexicon = read_lexicon([write_lexicon(tmp_path, row)])

    [failed] = [trial for trial in try_rows(lexicon, blank_nlp) if not trial.passed]

    assert "at the start" in failed.what
    assert "not found in" in failed.remark


@pytest.fixture(scope="module")
def shipped(blank_nlp):
    return check([resources.lexicon_dir()], blank_nlp)


def test_the_shipped_lexicon_has_no_fault(shipped):
    assert [str(fault) for fault in shipped[1]] == []


def test_the_shipped_lexicon_covers_every_category(shipped):
    lexicon = shipped[0]
    counts = dict.fromkeys(lexicon.categories, 0)
    for row in lexicon.terms.values():
        counts[row.category] += 1

    assert len(counts) == 10
    assert sum(counts.values()) >= 350
    assert min(counts.values()) >= 20


def test_every_row_of_the_shipped_lexicon_passes_its_trials(shipped, blank_nlp):
    failed = [
        str(trial.as_fault()) for trial in try_rows(shipped[0], blank_nlp) if not trial.passed
    ]

    assert failed == []
