from collections import Counter
from types import SimpleNamespace

import pytest

from vbl_detect.labelling.choosing import SHARES, Candidate, Known, choose
from vbl_detect.labelling.queue import shares_of

NOTHING = Known(texts=[], categories={})
SUBJECTS = "gate river lamp coach tower garden market bridge harbour meadow".split()
DOINGS = "closed flooded painted measured sold visited mended drawn crossed cleared".split()


def finding(score, category="adultification", context="asserted"):
    return SimpleNamespace(score=score, category=category, context=context)


def candidates(number=60):
    made = []
    for n in range(number):
        first, second = SUBJECTS[n % 10], DOINGS[(n * 7 + n // 10) % 10]
        text = f"The {first} number {n} was {second} by {SUBJECTS[n // 10]} staff on day {n * 3}"
        found = (finding(n / number),) if n % 2 else ()
        made.append(Candidate(text=text, findings=found))
    return made


def chosen(made, known=NOTHING, **settings):
    settings = {"number": 20, "threshold": 0.5} | settings
    return choose(made, known, **settings)[0]


def test_reasons_are_mixed_in_the_shares_asked_for():
    found = chosen(candidates())

    assert len({one.place for one in found}) == 20
    assert Counter(one.reason for one in found) == {
        name: round(20 * share) for name, share in SHARES.items()
    }
    assert {one.reason for one in found[:5]} == set(SHARES)


def test_the_same_seed_draws_the_same_and_another_differs():
    made = candidates()

    assert chosen(made, seed=4) == chosen(made, seed=4) != chosen(made, seed=5)


def test_uncertain_are_those_nearest_the_threshold_in_words_of_the_author():
    made = [
        *candidates(20),
        Candidate(
            text="nearest of all but somebody else's words",
            findings=(finding(0.7, context="quoted"),),
        ),
        Candidate(text="just below what counts in this model", findings=(finding(0.69),)),
    ]

    found = chosen(made, threshold=0.7, shares={"uncertain": 1}, number=3)

    assert found[0].place == 21
    assert found[0].why == "uncertain: score 0.69, and 0.70 counts"
    assert 20 not in {one.place for one in found}


def test_rare_categories_come_in_turn_from_the_rarest_on():
    made = candidates(30)
    names = ["online-image"] + ["non-engagement"] * 4
    rare = [
        Candidate(text=f"{word} and {word}s of another kind", findings=(finding(0.9, name),))
        for word, name in zip(DOINGS, names, strict=False)
    ]
    known = Known(texts=[], categories={"adultification": 50, "non-engagement": 3})

    found = chosen([*made, *rare], known, shares={"rare": 1}, number=4)

    assert found[0].place == 30
    assert found[0].why == "rare category: online-image, 0 labelled so far"
    assert all(31 <= one.place < 35 for one in found[1:])


def test_unlike_are_those_far_from_what_is_labelled_and_from_each_other():
    made = candidates(20)
    strange = [
        Candidate(text="zebra quilts hummed beneath violet thunder", findings=()),
        Candidate(text="pickled lanterns argued about seven spoons", findings=()),
        Candidate(text="NFA", findings=()),
    ]
    known = Known(texts=[one.text.replace("day", "date") for one in made], categories={})

    found = chosen([*made, *strange], known, shares={"unlike": 1}, number=2)

    assert {one.place for one in found} == {20, 21}
    assert all("nearness 0.00" in one.why for one in found)


def test_near_copies_come_once_and_what_is_labelled_not_again():
    text = "YP was seen near the bridge with two older males and would not say who they were"
    made = [Candidate(text=f"{text} {end}", findings=(finding(0.5),)) for end in ("", ".", "again")]
    other = Candidate(text="Tea was made for everybody at noon today", findings=(finding(0.4),))

    found, alike = choose([*made, other], NOTHING, number=4, threshold=0.5)
    labelled = Known(texts=[text], categories={})
    later, _ = choose([*made, other], labelled, number=4, threshold=0.5)

    assert len(found) == 2
    assert alike == 2
    assert [one.place for one in later] == [3]


def test_a_reason_with_nothing_to_give_leaves_its_share_to_the_others():
    made = [Candidate(text=one.text, findings=()) for one in candidates(20)]

    found = chosen(made, number=10)

    assert len(found) == 10
    assert {one.reason for one in found} == {"unlike", "chance"}
    assert chosen([], number=5) == []


@pytest.mark.parametrize("text", ["", "rare", "rare=x", "rare=-1", "often=3", "rare=0", "rare=inf"])
def test_shares_that_make_no_sense(text):
    assert shares_of(text) is None


def test_shares_are_of_any_size():
    assert shares_of("uncertain=3, chance=1") == {"uncertain": 3.0, "chance": 1.0}
