"""A page server over lexicon and context alone, and clients of it."""

import httpx
import pytest

from tests.page_server import page_server
from vbl_detect.serving.judging import TextJudge


@pytest.fixture(scope="session")
def judge(nlp):
    return TextJudge(nlp)


@pytest.fixture(scope="session")
def served(nlp):
    with page_server(nlp) as served:
        yield served


@pytest.fixture
def stranger(served):
    """A client that says what a browser would, and has no token."""
    headers = {"origin": served.base}
    with httpx.Client(base_url=served.base, headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
def client(stranger, served):
    token = stranger.post("/session", json={"key": served.keys.lasting}).json()["token"]
    stranger.headers["authorization"] = f"Bearer {token}"
    return stranger
