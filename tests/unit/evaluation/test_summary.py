import json

from vbl_detect.context_shares import Share
from vbl_detect.evaluation.curve import Point
from vbl_detect.evaluation.lines import headline


def test_everything_is_there_and_goes_into_json(figures):
    content = json.loads(json.dumps(figures.as_dict()))

    assert list(content["systems"]) == ["full model", "every sentence"]
    assert content["systems"]["full model"]["category_accuracy"] == {"right": 1, "total": 1}
    assert content["parts"].keys() == {"part<1> & co", "rest"}
    assert content["ordinary"]["prose.jsonl"]["rate"]["value"] == 4.0


def test_the_chosen_model_is_looked_at_closely(figures):
    assert figures.notes == 2
    assert figures.sentences == 7
    assert figures.contexts["asserted"].all_spans == Share(1, 2)
    assert figures.contexts["quoted"].all_spans == Share(1, 1)
    assert figures.contexts["quoted"].matched_spans == Share(0, 0)
    assert figures.note_types["cse-review"].f1.value == 0.5
    assert figures.wish.point == Point(0.4, 2 / 3, 1.0)
    assert figures.clean_notes.texts == 1


def test_the_headline_tells_the_main_figures(figures):
    told = dict(headline(figures))

    assert told["counts from a score of"] == "0.50"
    assert told["for a precision of 0.60"] == "precision 0.67, recall 1.00 from 0.40"
    assert told["findings in 40 clean notes"] == "0.00 (0.00-1.00) (0 in 1)"
    assert told["prose.jsonl"] == "4.00 (0.00-1.00) in 200 sentences (1 in 50)"
