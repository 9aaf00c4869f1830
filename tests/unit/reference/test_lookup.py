import pytest

from vbl_detect.errors import UsageError
from vbl_detect.reference import find_rule
from vbl_detect.reference.lookup import code_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("RC012", "RC012"),
        (" rc012 ", "RC012"),
        ("RC", "RC000"),
        ("rc000", "RC000"),
        ("risk-and-choice", "RC000"),
        ("Risk and choice", "RC000"),
        ("Streetwise", "AD001"),
        ("putting  herself\nat risk", "RC001"),
        ("won\u2019t learn", "RC028"),
        ("cx101", "CX101"),
    ],
)
def test_a_rule_is_found_by_each_of_its_names(reference, name, code):
    assert code_of(find_rule(name, reference.lexicon)) == code


def test_no_row_is_hidden_by_a_name_of_another(reference):
    lexicon = reference.lexicon
    names = [*lexicon.terms, *lexicon.context_rules, *lexicon.categories]
    names += [category.letters for category in lexicon.categories.values()]
    names += [term.term for term in lexicon.terms.values()]
    plain = [" ".join(name.casefold().split()) for name in names]

    assert sorted({name for name in plain if plain.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("RC12", "did you mean RC012 (poor choice of company)?"),
        ("streetwse", "did you mean AD001 (streetwise)?"),
        ("risk-and-choise", "did you mean RC (risk-and-choice)?"),
        ("CXX101", "CX101"),
        ("misfortune", "did you mean RC015 (author of her own misfortune)?"),
    ],
)
def test_an_unknown_name_gets_a_suggestion(reference, name, meant):
    with pytest.raises(UsageError) as raised:
        find_rule(name, reference.lexicon)

    assert repr(name) in str(raised.value)
    assert meant in str(raised.value)


@pytest.mark.parametrize("name", ["", "zzzz", "\ud800", "🙂", "x" * 10_000])
def test_what_is_like_nothing_gets_none(reference, name):
    with pytest.raises(UsageError) as raised:
        find_rule(name, reference.lexicon)

    assert "did you mean" not in str(raised.value)
