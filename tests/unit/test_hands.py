"""Who judges: this process at first, a pool when that pays; what is found is the same."""

import pytest

from vbl_detect import hands
from vbl_detect.hands import judge_batches

BATCHES = list(range(9))


class StubPool:
    """Judges at once, in this process."""

    started = 0

    def __init__(self, loads_after):
        StubPool.started += 1
        self._asked, self._loads_after = 0, loads_after

    @property
    def ready(self):
        self._asked += 1
        return self._asked >= self._loads_after

    def judge(self, batches, texts):
        return ((batch, ["pool"]) for batch in batches)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return


@pytest.fixture
def judge(monkeypatch):
    def judge(workers, *, pays_after=0.0, cores=2, loads_after=3, batches=BATCHES):
        StubPool.started = 0
        monkeypatch.setattr(hands, "PAYS_AFTER", pays_after)
        monkeypatch.setattr(hands, "find_hits", lambda texts, nlp: ["here"])
        monkeypatch.setattr(hands, "_usable_cores", lambda: cores)
        monkeypatch.setattr(hands, "_pool", lambda *_: StubPool(loads_after))
        judged = list(judge_batches(batches, lambda batch: [batch], None, workers=workers))
        assert [batch for batch, _ in judged] == list(batches)
        return [who for _, [who] in judged]

    return judge


def test_one_worker_is_this_process(judge):
    assert judge(1) == ["here"] * 9
    assert StubPool.started == 0


def test_a_short_run_starts_no_pool(judge):
    assert judge(None, pays_after=1000.0) == ["here"] * 9
    assert StubPool.started == 0


def test_a_run_that_ends_when_a_pool_would_pay_starts_none(judge):
    assert judge(None, batches=[0]) == ["here"]
    assert StubPool.started == 0


def test_a_long_run_goes_over_to_the_pool_when_that_has_loaded(judge):
    assert judge(None) == ["here"] * 4 + ["pool"] * 5
    assert StubPool.started == 1


def test_one_core_needs_no_pool(judge):
    assert judge(None, cores=1) == ["here"] * 9
    assert StubPool.started == 0


def test_a_pool_that_is_asked_for_judges_everything(judge):
    assert judge(3, pays_after=1000.0) == ["pool"] * 9
    assert StubPool.started == 1
