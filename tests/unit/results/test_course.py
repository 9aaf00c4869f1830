"""Answers marked: people, categories, wordings, groups, before and after."""

import json

import pytest
from scipy.stats import binomtest, ttest_rel

from vbl_detect.errors import UsageError
from vbl_detect.exercises import Answer, AnswerFile, AnswerSpan, Exercise, as_json
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.results.course import course
from vbl_detect.results.people import Person, read_people
from vbl_detect.results.tables import as_csv, figures
from vbl_detect.rewriting_checks import RewritingCheck

RC, AD = "risk-and-choice", "adultification"
TEXT = "Alpha bravo charlie delta echo foxtrot golf hotel india juliet."


def gold(start, end, category=RC, context="asserted", *, borderline=False):
    return GoldSpan(start=start, end=end, category=category, context=context, borderline=borderline)


def given(start, end, category=RC, context="asserted"):
    return AnswerSpan(start=start, end=end, category=category, context=context)


def exercise(name, *spans, difficulty=1, rewrite=None):
    note = GoldNote(id=name, note_type="other", text=TEXT, spans=spans)
    return Exercise(
        note=note, difficulty=difficulty, focus=RC, why="w", better="b", rewrite=rewrite
    )


EXERCISES = {
    one.id: one
    for one in (
        exercise("a", gold(0, 5), gold(12, 19, AD)),
        exercise("b"),
        exercise("c", gold(0, 5, borderline=True)),
        exercise("d", gold(0, 5), difficulty=3),
        exercise("r", gold(0, 5), rewrite=(0, 19)),
    )
}


def person(name, group="team", **answers):
    held = {
        key: Answer(id=key, rewriting=value)
        if isinstance(value, str)
        else Answer(id=key, spans=tuple(value))
        for key, value in answers.items()
    }
    return Person(name=name, group=group, answers=held)


def made(*people, **settings):
    return course({"": people}, EXERCISES, **settings)


def test_shares_are_counted_and_have_wilson_s_interval():
    marks = made(
        person("Ann", a=[given(0, 5)], b=[], d=[given(2, 9, AD)]),
        person("Ben", a=[given(0, 5), given(12, 19, AD, "quoted")], b=[given(1, 4)]),
    ).last.everyone

    told = {name: (part.part, part.whole) for name, part in marks.parts.items()}
    assert told == {
        "exercises": (1, 5),
        "found": (4, 5),
        "category": (3, 4),
        "context": (3, 4),
        "left": (1, 2),
        "rewritten": (0, 0),
    }
    assert marks.extra == 1
    share = marks.parts["found"].share
    wilson = binomtest(4, 5).proportion_ci(method="wilson")
    assert (share.low, share.high) == pytest.approx((wilson.low, wilson.high))


def test_a_borderline_phrase_counts_for_nobody_and_against_nobody():
    for spans in ([], [given(0, 5)]):
        marks = made(person("Ann", c=spans)).last.everyone
        assert marks.parts["found"].whole == 0
        assert marks.parts["exercises"].part == 1


def test_categories_count_their_own_phrases_and_marks_only():
    categories = {
        marks.name: marks
        for marks in made(person("Ann", a=[given(12, 19, AD), given(30, 40, RC)])).last.categories
    }

    assert categories[RC].parts["found"].part == 0
    assert (categories[AD].parts["found"].part, categories[AD].extra) == (1, 0)
    assert categories[RC].extra == 1


def test_wordings_missed_and_over_flagged_are_counted_by_people():
    told = made(
        person("Ann", a=[given(0, 5), given(30, 40)]),
        person("Ben", a=[given(0, 5), given(30, 40)]),
        person("Cai", a=[given(33, 50, AD)]),
    )

    assert [(w.phrase, w.people.part, w.people.whole) for w in told.missed] == [
        ("charlie", 3, 3),
        ("Alpha", 1, 3),
    ]
    [over] = told.over
    assert (over.phrase, over.category, over.people.part) == (TEXT[30:40], RC, 3)


def test_people_stand_by_name_whatever_their_marks():
    told = made(person("zoe", a=[given(0, 5)]), person("Abe", a=[]), person("Kim", a=[]))

    names = [f.name for f in figures(told) if (f.of, f.measure) == ("person", "exercises")]
    assert names == ["Abe", "Kim", "zoe"]


def test_small_groups_are_hidden_and_cannot_be_reckoned_from_the_rest():
    people = [person(f"p{i}", group=group, a=[]) for i, group in enumerate("aaaaaabbbbbbcc")]

    told = made(*people, min_n=5)

    assert [(group.name, group.people) for group in told.groups] == [("b", 6)]
    assert told.hidden.people == 8
    assert made(*people).groups == []
    assert made(*people[:2], min_n=5).hidden is None


def test_the_change_is_paired_by_name_with_the_t_interval():
    shares = {"Ann": (1, 2), "Ben": (0, 2), "Cai": (1, 1)}
    spans = [given(0, 5), given(12, 19, AD)]
    before = [person(name, a=spans[:n]) for name, (n, _) in shares.items()]
    after = [person(f" {name.upper()}", a=spans[:n]) for name, (_, n) in shares.items()]

    told = course({"before": before, "after": [*after, person("Dan", a=[])]}, EXERCISES)

    found = next(c for c in told.changes if c.measure == "found" and not c.category)
    interval = ttest_rel([1.0, 1.0, 0.5], [0.5, 0.0, 0.5]).confidence_interval()
    assert (found.people, found.change) == (3, pytest.approx(0.5))
    assert found.low == pytest.approx(max(-1, interval.low))
    assert found.high == pytest.approx(min(1, interval.high))
    assert "1 person is on one side only" in told.remarks[0]
    assert "same exercises" in told.remarks[1]


def test_all_moving_alike_or_one_alone_has_no_interval():
    for names in (["Ann"], ["Ann", "Ben"]):
        before = [person(name, a=[]) for name in names]
        after = [person(name, a=[given(0, 5)]) for name in names]
        told = course({"before": before, "after": after}, EXERCISES)
        assert {(c.low, c.high) for c in told.changes} == {(None, None)}


def test_other_exercises_after_the_course_are_told():
    told = course({"before": [person("A", a=[])], "after": [person("A", d=[])]}, EXERCISES)

    assert "mean difficulty 1.0 and 3.0" in " ".join(told.remarks)


def test_rewritings_are_judged_once_each_and_blank_ones_never():
    judged = []

    def judge(task, words):
        judged.append((task.id, words))
        return RewritingCheck(words=words, kept=("Alpha",) if words == "kept" else ())

    told = made(
        person("Ann", r="kept"),
        person("Ben", r="kept"),
        person("Cai", r="fine"),
        person("Dot", r="  "),
        judge=judge,
    )

    assert judged == [("r", "kept"), ("r", "fine")]
    part = told.last.everyone.parts["rewritten"]
    assert (part.part, part.whole) == (1, 3)
    assert [one.person for one in told.rewritten] == ["Ann", "Ben", "Cai"]


def test_what_is_not_known_or_does_not_fit_is_left_out_and_told():
    told = made(person("Ann", zz=[], b=[given(60, 999)]))

    assert told.last.everyone.parts["exercises"].whole == 0
    assert "2 answers are to exercises that are not in the bank" in told.remarks[0]


def test_no_cell_of_the_csv_runs():
    told = made(person("=1+1", a=[given(30, 40)]))

    assert "'=1+1" in as_csv(told)
    assert ",=1+1" not in as_csv(told)


def saved(path, name, **answers):
    held = tuple(person(name, **answers).answers.values())
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_json(AnswerFile(pack="p", name=name, answers=held)), "utf-8")


def test_files_are_found_in_folders_and_by_pattern_and_joined_by_name(tmp_path):
    saved(tmp_path / "x" / "1.json", "Ann", a=[given(0, 5)])
    saved(tmp_path / "x" / "2.json", " ann ", a=[], b=[])
    saved(tmp_path / "x" / "3.json", "", a=[])
    saved(tmp_path / "y" / "3.json", "", a=[])
    (tmp_path / "x" / "4.json").write_text("{}", "utf-8")

    read = read_people([tmp_path / "x", tmp_path / "*" / "3.json"])

    assert [one.name for one in read.people] == ["Ann", "x/3", "y/3"]
    assert read.people[0].answers["a"].spans == (given(0, 5),)
    assert "1 exercises that Ann answered in another file" in read.remarks[0]
    assert "4.json" in str(read.problems[0])


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"holds no \.json"):
        read_people([tmp_path])


def test_a_written_file_is_read_back_with_rewriting_and_whatever_it_holds(tmp_path):
    words = "Fear \ud800 😀\r\n"
    saved(tmp_path / "t" / "a.json", "Zoë", r=words)

    [one] = read_people([tmp_path / "t" / "a.json"]).people

    assert one.answers["r"].rewriting == words
    assert json.loads((tmp_path / "t" / "a.json").read_text("utf-8"))["schema_version"] == "1"
