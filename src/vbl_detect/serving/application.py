"""What the server answers: the page, and what it asks about a text, rows or a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vbl_detect.errors import UsageError, VblDetectError, told
from vbl_detect.serving.documents import MAX_BYTES, plain_name, read_apart
from vbl_detect.serving.guard import Guard, Keys, TooLargeError, answer, read_body, refusal
from vbl_detect.serving.judging import TextJudge, as_told
from vbl_detect.serving.limits import MAX_CHARACTERS
from vbl_detect.serving.page import page_and_policy
from vbl_detect.serving.rows import check_rows

#: The longest text, each of its characters written as six, and what stands around it.
MAX_TEXT_BYTES = 6 * MAX_CHARACTERS + 10_000
#: Seconds that a request may take to arrive, and to be answered.
LONGEST_ARRIVAL = 20.0
LONGEST_WAIT = 60.0
#: Files read at once; each takes a process.
MOST_FILES = 2

_Result = TypeVar("_Result")
_Answerer = Callable[[Request], Awaitable[Response]]


class Service:
    """Answers the page; a text waits for its turn, and the loop for none.

    Parameters
    ----------
    judge : TextJudge
        What judges texts.
    keys : Keys
        What lets a page in.
    wait : float
        Seconds after which a text that could not be judged is given up.
    """

    def __init__(self, judge: TextJudge, keys: Keys, wait: float = LONGEST_WAIT) -> None:
        self._judge, self._keys, self._wait = judge, keys, wait
        # One thread: spaCy's pipelines are of one thread at a time.
        self._judging = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._reading = ThreadPoolExecutor(MOST_FILES, thread_name_prefix="read")
        self._page, self._policy = page_and_policy()
        self.busy = 0
        self.last_asked = 0.0

    def application(self, hosts: Collection[str]) -> Starlette:
        """Return the ASGI application, which answers under these names alone."""
        paths: dict[str, _Answerer] = {
            "/session": self.session,
            "/check": self.check,
            "/rows": self.rows,
            "/file": self.file,
        }
        routes = [Route("/", self.page, methods=["GET"])]
        routes += [
            Route(path, self._guarded(function), methods=["POST"])
            for path, function in paths.items()
        ]
        guard = Middleware(Guard, keys=self._keys, hosts=hosts, open_paths=("/", "/session"))
        return Starlette(routes=routes, middleware=[guard])

    def close(self) -> None:
        """Begin no more work."""
        for pool in (self._judging, self._reading):
            pool.shutdown(wait=False, cancel_futures=True)

    async def page(self, request: Request) -> Response:  # noqa: ARG002 - as routes are called
        """Answer with the page, which holds nothing of anybody."""
        return Response(
            self._page,
            media_type="text/html; charset=utf-8",
            headers={"content-security-policy": self._policy},
        )

    async def session(self, request: Request) -> Response:
        """Exchange the key in the address for the token."""
        token = self._keys.exchange(_text(await _asked(request), "key") or "")
        if token is None:
            return refusal("this address has ended; open the one that the terminal shows", 401)
        return answer({"token": token})

    async def check(self, request: Request) -> Response:
        """Tell what is found in a text."""
        asked = await _asked(request)
        text, name = _text(asked, "text") or "", _text(asked, "name")
        judged = await self._aside(
            self._judging, partial(self._check, text, plain_name(name) if name else None)
        )
        return answer(judged)

    async def rows(self, request: Request) -> Response:
        """Tell what is found in pasted rows."""
        asked = await _asked(request)
        text, column = _text(asked, "text") or "", _text(asked, "column")
        return answer(
            await self._aside(self._judging, partial(check_rows, text, self._judge, column))
        )

    async def file(self, request: Request) -> Response:
        """Tell the text of a file."""
        content = await read_body(request.receive, MAX_BYTES, LONGEST_ARRIVAL)
        name = unquote(request.headers.get("x-file-name", ""))
        document = await self._aside(self._reading, partial(read_apart, name, content))
        return answer(
            {"name": document.name, "text": document.text, "remarks": list(document.remarks)}
        )

    def _check(self, text: str, name: str | None) -> dict[str, Any]:
        return as_told(text, self._judge.judge(text, name), self._judge)

    async def _aside(self, pool: ThreadPoolExecutor, work: Callable[[], _Result]) -> _Result:
        running = asyncio.get_running_loop().run_in_executor(pool, work)
        return await asyncio.wait_for(running, self._wait)

    def _guarded(self, function: _Answerer) -> _Answerer:
        """Return what answers an error in one sentence that holds nothing of a text."""

        async def guarded(request: Request) -> Response:
            clock = asyncio.get_running_loop().time
            self.busy += 1
            try:
                return await function(request)
            except TooLargeError:
                return refusal("that is too much for this page; check it in parts", 413)
            except TimeoutError:
                return refusal("that took too long; try again, or check it in parts", 503)
            except VblDetectError as error:
                return refusal(str(error), 422)
            except Exception as error:
                return refusal(told(error).removesuffix("."), 500)
            finally:
                self.busy -= 1
                self.last_asked = clock()

        return guarded


async def _asked(request: Request) -> dict[str, Any]:
    """Return the object that a request holds.

    Raises
    ------
    UsageError
        If it holds none.
    """
    body = await read_body(request.receive, MAX_TEXT_BYTES, LONGEST_ARRIVAL)
    with suppress(ValueError, RecursionError):
        asked = json.loads(body)
        if isinstance(asked, dict):
            return asked
    raise UsageError("this is no question of the page")


def _text(asked: dict[str, Any], name: str) -> str | None:
    value = asked.get(name)
    return value if isinstance(value, str) else None
