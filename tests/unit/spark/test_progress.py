"""Progress of a Spark job, from what Spark says of its stages."""

from threading import Event
from types import SimpleNamespace

import pytest

from vbl_detect.running import RunListener
from vbl_detect.spark.progress import share_judged, telling


class Tracker:
    """Says of stages what a test has put into it, one answer after the other."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), Event()

    def getActiveStageIds(self):  # noqa: N802 - as Spark calls it
        self.now = self.answers.pop(0) if self.answers else {}
        if not self.answers:
            self.asked.set()
        if isinstance(self.now, Exception):
            raise self.now
        return list(self.now)

    def getStageInfo(self, stage):  # noqa: N802
        return self.now[stage]


class Heard(RunListener):
    def __init__(self):
        super().__init__()
        self.total_bytes, self.places = 1_000, []

    def judged(self, place):
        self.places.append(place)


def stage(done, tasks):
    return SimpleNamespace(numCompletedTasks=done, numTasks=tasks)


@pytest.mark.parametrize(
    ("stages", "share"),
    [
        ({}, 0.0),
        ({3: None}, 0.0),
        ({0: stage(1, 2)}, 0.0),
        ({1: stage(2, 8)}, 0.25),
        ({1: stage(8, 8), 2: stage(1, 200)}, 1.0),
    ],
)
def test_the_stage_that_judges_is_known_by_its_tasks(stages, share):
    assert share_judged(Tracker(stages), 8) == share


def test_a_listener_hears_what_is_new_and_never_less():
    tracker = Tracker({0: stage(1, 2)}, {1: stage(2, 8)}, {1: stage(2, 8)}, {1: stage(8, 8)}, {})
    heard = Heard()

    with telling(tracker, 8, heard, every=0.001):
        assert tracker.asked.wait(10)

    assert heard.places == [250.0, 1_000.0]


def test_a_spark_that_is_gone_is_asked_no_more():
    tracker = Tracker({1: stage(2, 8)}, ConnectionError(), {1: stage(8, 8)})
    heard = Heard()

    with telling(tracker, 8, heard, every=0.001):
        assert not tracker.asked.wait(0.2)

    assert heard.places == [250.0]
