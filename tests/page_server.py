"""A page server in a thread of the tests, and a client that has its token."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass

from vbl_detect.serving.application import Service
from vbl_detect.serving.guard import Keys
from vbl_detect.serving.judging import TextJudge
from vbl_detect.serving.running import PageServer, address_of, listen


@dataclass(frozen=True)
class Served:
    """Where a page server listens, and what lets a page in."""

    port: int
    keys: Keys

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self):
        return address_of(self.port, self.keys.lasting)


@contextmanager
def page_server(nlp, settings=None):
    """Serve with this pipeline until the block ends."""
    keys, listener, up = Keys(), listen(0), threading.Event()
    service = Service(TextJudge(nlp, settings), keys)
    port = listener.getsockname()[1]
    server = PageServer(service, listener, idle_seconds=0, ready=up.set)
    thread = threading.Thread(target=server.run_to_the_end)
    thread.start()
    try:
        assert up.wait(30)
        yield Served(port, keys)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()
