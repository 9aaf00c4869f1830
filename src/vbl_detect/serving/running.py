"""The server from its start to its end: by ctrl-c, with the terminal, or when nobody asks it."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from vbl_detect.errors import UsageError
from vbl_detect.serving.application import Service

#: Only this machine reaches it.
LOOPBACK = "127.0.0.1"
#: Seconds between looks at whether anybody still asks, and that an answer gets at the end.
_BETWEEN_LOOKS = 1.0
_LAST_ANSWER = 2


def listen(port: int) -> socket.socket:
    """Return a socket of this machine alone.

    Parameters
    ----------
    port : int
        Which; 0: any that is free.

    Raises
    ------
    UsageError
        If it is taken.
    """
    try:
        return socket.create_server((LOOPBACK, port), backlog=1024)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used ({error.strerror}); name another with --port, or leave it "
            "out"
        ) from error


def hosts_of(port: int) -> tuple[str, ...]:
    """Return the names under which the server may be asked."""
    return (f"{LOOPBACK}:{port}", f"localhost:{port}")


def address_of(port: int, key: str) -> str:
    """Return what to open; the key stands where browsers send it to nobody."""
    return f"http://{LOOPBACK}:{port}/#{key}"


def open_browser(address: str, failed: Callable[[], None]) -> None:
    """Open an address in the browser.

    Parameters
    ----------
    address : str
        What to open.
    failed : callable
        Called if there is none; perhaps later, since some browsers are waited for.
    """

    def run() -> None:
        with suppress(webbrowser.Error):
            if webbrowser.open(address):
                return
        failed()

    threading.Thread(target=run, name="browser", daemon=True).start()


class PageServer(uvicorn.Server):
    """Serves the page to this machine until ctrl-c, or until nobody has asked for a while.

    Parameters
    ----------
    service : Service
        What answers.
    listener : socket
        From `listen`.
    idle_seconds : float
        How long nobody may ask; 0: for ever.
    ready : callable
        Called once requests are answered.

    Attributes
    ----------
    was_idle : bool
        Whether it ended because nobody asked.
    """

    def __init__(
        self,
        service: Service,
        listener: socket.socket,
        *,
        idle_seconds: float,
        ready: Callable[[], None],
    ) -> None:
        config = uvicorn.Config(
            service.application(hosts_of(listener.getsockname()[1])),
            access_log=False,
            log_config=None,
            log_level=logging.CRITICAL,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_ANSWER,
        )
        super().__init__(config)
        self._service, self._listener = service, listener
        self._idle_seconds, self._ready = idle_seconds, ready
        self.was_idle = False

    def run_to_the_end(self) -> None:
        """Serve; ctrl-c is how a person ends it, and no error."""
        try:
            with suppress(KeyboardInterrupt):
                self.run(sockets=[self._listener])
        finally:
            self._service.close()
            self._listener.close()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets=sockets)
        self._service.last_asked = asyncio.get_running_loop().time()
        if self._idle_seconds:
            self._looking = asyncio.create_task(self._look())
        self._ready()

    async def _look(self) -> None:
        clock = asyncio.get_running_loop().time
        while not self.should_exit:
            await asyncio.sleep(min(_BETWEEN_LOOKS, self._idle_seconds))
            idle = clock() - self._service.last_asked
            if not self._service.busy and idle >= self._idle_seconds:
                self.was_idle = self.should_exit = True
