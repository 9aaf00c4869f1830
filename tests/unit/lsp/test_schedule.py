"""When drafts are judged."""

import asyncio

from tests.event_loop import run_apart
from vbl_detect.lsp.schedule import Schedule


def done_by(conversation, *, takes=0.0, pause=0.02):
    """Return on which drafts work began, and on which it ended, while a schedule was talked to."""

    async def run():
        begun, ended = [], []

        async def work(uri):
            begun.append(uri)
            await asyncio.sleep(takes)
            ended.append(uri)

        await conversation(Schedule(work, pause))
        return begun, ended

    return run_apart(run())


def test_a_draft_is_judged_once_after_a_row_of_keys():
    async def conversation(schedule):
        for _ in range(20):
            schedule.later("a")
            await asyncio.sleep(0)
        schedule.later("b")
        await asyncio.sleep(0.3)

    assert done_by(conversation) == (["a", "b"], ["a", "b"])


def test_work_on_what_has_changed_is_given_up():
    async def conversation(schedule):
        schedule.at_once("a")
        await asyncio.sleep(0.05)
        schedule.later("a")
        await asyncio.sleep(0.6)

    assert done_by(conversation, takes=0.2) == (["a", "a"], ["a"])


def test_a_draft_that_takes_long_waits_longer():
    async def conversation(schedule):
        schedule.at_once("a")
        await asyncio.sleep(0.5)
        schedule.later("a")
        await asyncio.sleep(0.1)

    assert done_by(conversation, takes=0.3)[0] == ["a"]


def test_what_is_closed_is_not_judged():
    async def conversation(schedule):
        schedule.later("a")
        schedule.later("b")
        schedule.drop("a")
        schedule.close()
        await asyncio.sleep(0.1)

    assert done_by(conversation) == ([], [])
