import csv

import pytest

from vbl_detect import resources
from vbl_detect.context_checks import check_context, try_rules
from vbl_detect.lexicon import read_lexicon, read_with_faults
from vbl_detect.lexicon.context_tables import PEOPLE_COLUMNS, RULE_COLUMNS

RULE = {
    "code": "CX901",
    "effect": "negated",
    "direction": "before",
    "scope": "phrase",
    "patterns": "not",
    "note": "A negation.",
    "fires": "She is not [streetwise].",
    "silent": "She is [streetwise].",
}
PERSON = {"person": "girl", "role": "victim", "gender": "f", "number": "one", "words": "girl"}


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def faults_of(tmp_path, blank_nlp):
    def faults_of(*rules, people=(PERSON,)):
        write(tmp_path / "context_rules.csv", RULE_COLUMNS, rules)
        write(tmp_path / "_people.csv", PEOPLE_COLUMNS, people)
        lexicon, faults = read_with_faults([tmp_path])
        faults += check_context(lexicon, blank_nlp)
        return [str(fault).replace(f"{tmp_path}/", "") for fault in faults]

    return faults_of


def test_sound_tables_have_no_fault(faults_of):
    assert faults_of(RULE) == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"code": "X1"}, "the code 'X1' does not fit; context rules run from CX001 to CX999"),
        ({"effect": "denied"}, "CX901: effect 'denied' is none of spoken, attributed,"),
        (
            {"scope": "page"},
            "CX901: scope 'page' is none of phrase, clause, label, sentence, next,",
        ),
        ({"speakers": "mum"}, "CX901: speakers 'mum' is none of victim,"),
        ({"note": ""}, "CX901: note is empty; fill it in"),
        ({"patterns": ""}, "CX901: patterns is empty; fill it in"),
        ({"effect": "label"}, "CX901: a rule for label goes by position; leave patterns empty"),
        ({"patterns": "[not"}, "CX901: pattern '[not': character 5"),
        ({"fires": "She is not streetwise."}, "CX901: fires: put [ ] round the words"),
        (
            {"fires": "She is [streetwise]."},
            "CX901: fires: the rule does not decide in 'She is [streetwise].': no rule does",
        ),
        (
            {"silent": "She is not [streetwise]."},
            "CX901: silent: the rule decides in 'She is not [streetwise].'; narrow its patterns",
        ),
    ],
)
def test_a_fault_of_a_rule_names_its_line(faults_of, cells, message):
    [fault] = faults_of({**RULE, **cells})

    assert fault.startswith("context_rules.csv:2: ")
    assert message in fault


def test_a_cue_that_stands_twice_is_named_with_the_other_place(faults_of):
    faults = faults_of(RULE, {**RULE, "code": "CX902", "patterns": "Not"})

    place = "CX901 (context_rules.csv:2)"
    assert (
        f"context_rules.csv:3: CX902: pattern 'Not' stands in {place} already; remove one" in faults
    )


def test_faults_of_the_words_for_people_name_their_line(faults_of):
    [fault] = faults_of(RULE, people=[{**PERSON, "role": "friend"}])

    assert fault.startswith("_people.csv:2: girl: role 'friend' is none of victim, suspect,")


def test_every_shipped_rule_fires_and_stays_silent_as_its_examples_say(blank_nlp):
    lexicon = read_lexicon([resources.lexicon_dir()])

    trials = list(try_rules(lexicon, blank_nlp))

    assert [trial.as_fault() for trial in trials if not trial.passed] == []
    assert {t.row.code for t in trials} | {
        code
        for code, rule in lexicon.context_rules.items()
        if rule.effect in ("ends", "resumes", "custody")
    } == set(lexicon.context_rules)


def test_the_shipped_tables_have_no_fault(blank_nlp):
    assert check_context(read_lexicon([resources.lexicon_dir()]), blank_nlp) == []
