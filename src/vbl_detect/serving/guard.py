"""Who is answered: this page in this browser, and nobody else.

The server listens on the loopback address, where every program of the machine and every page in the
browser can try to reach it. So the name it is asked by must be its own, which another site's name
that was bent to this address is not; a page of another origin is refused, and has no token anyway.
The token goes into a header and never into a cookie: cookies of one port reach servers on others.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: For answers that are no page.
NOTHING_MAY_RUN = "default-src 'none'; frame-ancestors 'none'"
_HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": NOTHING_MAY_RUN,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(slots=True)
class Keys:
    """What lets a page in.

    Attributes
    ----------
    token : str
        What every request of the page carries.
    lasting : str
        The key in the address that the terminal shows; it may be opened again.
    once : str or None
        The key in the address that is given to the browser, where other programs may see it; it
        holds once.
    """

    token: str = field(default_factory=secrets.token_urlsafe)
    lasting: str = field(default_factory=secrets.token_urlsafe)
    once: str | None = field(default_factory=secrets.token_urlsafe)

    def exchange(self, key: str) -> str | None:
        """Return the token for a key, or None."""
        given = key.encode("utf-8", "replace")
        if self.once is not None and secrets.compare_digest(given, self.once.encode()):
            self.once = None
            return self.token
        return self.token if secrets.compare_digest(given, self.lasting.encode()) else None

    def holds(self, token: str) -> bool:
        """Tell whether a token is the one."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode())


def answer(content: Any, status: int = 200) -> Response:  # noqa: ANN401 - whatever JSON can hold
    """Return an answer in JSON; half an emoji in it is written as an escape."""
    return Response(json.dumps(content), status, media_type="application/json")


def refusal(message: str, status: int) -> Response:
    """Return an answer that says what is wrong in one sentence."""
    return answer({"error": message}, status)


class Guard:
    """Refuses whatever does not come from the page, before anything of it is read.

    Parameters
    ----------
    app : ASGI application
        What answers the rest.
    keys : Keys
        What lets a page in.
    hosts : collection of str
        The names, with ports, by which this server may be asked.
    open_paths : collection of str
        What is answered without a token.
    """

    def __init__(
        self, app: ASGIApp, keys: Keys, hosts: Collection[str], open_paths: Collection[str]
    ) -> None:
        self._app, self._keys = app, keys
        self._hosts, self._open_paths = frozenset(hosts), frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._refused(scope) or self._app
        await app(scope, receive, send_with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return refusal("this page is served under another name", 421)
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return refusal("another site may not ask here", 403)
        if scope["method"] != "GET" and headers.get("origin") != f"http://{hosts[0]}":
            return refusal("another site may not ask here", 403)
        if scope["path"] in self._open_paths:
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not self._keys.holds(token):
            return refusal("open the page by the address that the terminal shows", 401)
        return None


class TooLargeError(Exception):
    """A request that is larger than it may be."""


async def read_body(receive: Receive, most: int, seconds: float) -> bytes:
    """Return the body of a request.

    Raises
    ------
    TooLargeError
        If it is larger than `most` bytes; the rest is not read.
    TimeoutError
        If it takes longer than `seconds` to arrive.
    """
    body = bytearray()
    async with asyncio.timeout(seconds):
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > most:
                raise TooLargeError
            if not message.get("more_body", False):
                return bytes(body)
