"""Workers judge side by side; whatever happens to one, the answers are those of one process."""

import os
import signal
from itertools import count

import pytest

from tests.unit import stub_workers
from vbl_detect import workers
from vbl_detect.errors import UsageError
from vbl_detect.worker_process import Plan
from vbl_detect.workers import Pool, Worker, WorkersLostError, usable_cores

PLAN = Plan((), "fast")
BATCHES = [[("a" * (batch + note), ()) for note in range(3)] for batch in range(12)]
LENGTHS = [[batch + note for note in range(3)] for batch in range(12)]


@pytest.fixture
def stub(monkeypatch):
    def stub(serve):
        monkeypatch.setattr(workers, "serve", serve)

    stub(stub_workers.count)
    return stub


def texts(batch):
    return batch


def lengths(judged):
    return [[note[0][0] for note in hits] for _, hits in judged]


def pids(judged):
    return {hits[0][0][1] for _, hits in judged}


def test_answers_come_in_the_order_of_the_batches(stub):
    with Pool(2, PLAN, stub_workers.HASH) as pool:
        judged = list(pool.judge(iter(BATCHES), texts))

    assert [batch for batch, _ in judged] == BATCHES
    assert lengths(judged) == LENGTHS
    assert os.getpid() not in pids(judged)


def test_only_a_few_batches_are_taken_ahead(stub):
    taken = []
    endless = (taken.append(number) or [("a", ())] for number in count())

    with Pool(1, PLAN, stub_workers.HASH) as pool:
        judged = pool.judge(endless, texts)
        for _ in range(50):
            next(judged)

    assert len(taken) < 60


def test_a_worker_that_dies_is_replaced_and_its_batch_judged_again(stub, tmp_path):
    stub(stub_workers.die_once)

    with Pool(2, Plan((tmp_path,), "fast"), stub_workers.HASH) as pool:
        judged = list(pool.judge(iter(BATCHES), texts))

    assert (tmp_path / "died").exists()
    assert lengths(judged) == LENGTHS


def test_a_worker_killed_between_two_batches_is_replaced(stub):
    worker = Worker(PLAN, stub_workers.HASH)
    try:
        worker.judge(BATCHES[0])
        before = worker.pid
        os.kill(before, signal.SIGTERM)

        answer = worker.judge(BATCHES[1])

        assert [note[0][0] for note in answer] == LENGTHS[1]
        assert worker.pid != before
    finally:
        worker.close()


def test_a_worker_is_replaced_after_its_share(stub):
    worker = Worker(PLAN, stub_workers.HASH, most_notes=6)
    try:
        seen = [worker.judge(batch)[0][0][1] for batch in BATCHES[:6]]
    finally:
        worker.close()

    assert len(set(seen)) == 3
    assert seen == sorted(seen, key=seen.index)


def test_notes_that_kill_every_worker_end_the_run(stub):
    stub(stub_workers.die)

    with (
        pytest.raises(WorkersLostError, match="--workers 1"),
        Pool(1, PLAN, stub_workers.HASH) as pool,
    ):
        list(pool.judge(iter(BATCHES), texts))


def test_an_error_of_a_worker_is_raised_here(stub):
    stub(stub_workers.fail)

    with (
        pytest.raises(ValueError, match="the lexicon cannot be read"),
        Pool(1, PLAN, stub_workers.HASH) as pool,
    ):
        list(pool.judge(iter(BATCHES), texts))


def test_a_lexicon_changed_meanwhile_is_told(stub):
    with (
        pytest.raises(UsageError, match="the lexicon was changed"),
        Pool(1, PLAN, "another hash") as pool,
    ):
        list(pool.judge(iter(BATCHES), texts))


def test_no_process_is_left_when_a_run_is_broken_off(stub):
    def broken_off():
        yield BATCHES[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Pool(2, PLAN, stub_workers.HASH) as pool:
        list(pool.judge(broken_off(), texts))

    assert not any(worker._process.is_alive() for worker in pool.workers)


def test_there_is_a_core_to_use():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
