"""The server as the page, and as others, see it: over real sockets."""

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.event_loop import run_apart
from vbl_detect.serving.application import MAX_TEXT_BYTES, Service
from vbl_detect.serving.documents import read_document
from vbl_detect.serving.guard import Keys
from vbl_detect.serving.limits import MAX_CHARACTERS

WORDS = "She puts herself at risk."


def test_the_page_holds_no_secret_and_may_run_only_its_own(stranger, served):
    answer = stranger.get("/")

    assert answer.status_code == 200
    assert not any(key in answer.text for key in (served.keys.token, served.keys.lasting))
    policy = answer.headers["content-security-policy"]
    for rule in ("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/check", "/rows", "/file", "/nowhere", "/docs"])
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic x", "Bearer \u00e9"])
def test_without_the_token_nothing_is_answered(stranger, path, header):
    headers = {} if header is None else {"authorization": header.encode("latin-1")}

    answer = stranger.post(path, json={"text": WORDS}, headers=headers)

    assert answer.status_code == 401
    assert "terminal" in answer.json()["error"]


def test_the_key_that_the_browser_gets_holds_once(stranger, served):
    keys = served.keys
    keys.once = "once"

    first, second = (stranger.post("/session", json={"key": "once"}) for _ in range(2))

    assert first.json() == {"token": keys.token}
    assert (second.status_code, "token" in second.json()) == (401, False)
    assert stranger.post("/session", json={"key": keys.lasting}).json() == {"token": keys.token}


@pytest.mark.parametrize("key", ["", "x", None, 7, "\ud800"])
def test_a_wrong_key_gets_no_token(stranger, key):
    body = json.dumps({"key": key})

    assert stranger.post("/session", content=body).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1.evil.example", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_name_bent_to_this_address_reaches_nothing(client, host, method):
    answer = client.request(method, "/", headers={"host": host, "origin": f"http://{host}"})

    assert answer.status_code in {400, 421}
    assert "Check a draft" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_origin_is_refused_even_with_the_token(client, headers):
    answer = client.post("/check", json={"text": WORDS}, headers=headers)

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_request_without_an_origin_is_refused(served):
    headers = {"authorization": f"Bearer {served.keys.token}"}
    with httpx.Client(base_url=served.base, headers=headers, trust_env=False) as client:
        assert client.post("/check", json={"text": WORDS}).status_code == 403


def test_a_preflight_is_refused(served):
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    with httpx.Client(base_url=served.base, headers=headers, trust_env=False) as client:
        answer = client.options("/check")

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_text_is_answered_with_places_as_the_page_counts_them(client):
    text = f"😀 é {WORDS}"

    (finding,) = client.post("/check", json={"text": text}).json()["findings"]

    assert finding["shown"] == "puts herself at risk"
    units = text.encode("utf-16-le")[2 * finding["start"] : 2 * finding["end"]]
    assert units.decode("utf-16-le") == "puts herself at risk"
    assert finding["counted"]
    assert finding["severity"] == "high"
    assert all(finding[key] for key in ("why", "suggestion", "wordings", "source", "category"))


@pytest.mark.parametrize("text", ["", " \n", "\ud83d " + WORDS, "\0" + WORDS, "\u202e\u200b" * 99])
def test_any_text_is_answered(client, text):
    answer = client.post("/check", content=json.dumps({"text": text}))

    assert answer.status_code == 200
    assert len(answer.json()["findings"]) == (WORDS in text)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"7", b"[" * 100_000])
def test_no_question_is_told(client, body):
    answer = client.post("/check", content=body)

    assert answer.status_code == 422
    assert answer.json() == {"error": "this is no question of the page"}


def test_too_much_is_told(client):
    longest = client.post("/check", json={"text": "a" * (MAX_CHARACTERS + 1)})
    larger = client.post("/check", content=b"a" * (MAX_TEXT_BYTES + 1))

    assert longest.status_code == 422
    assert "200,000 characters" in longest.json()["error"]
    assert larger.status_code == 413


def test_rows_and_files_are_answered(client, monkeypatch):
    monkeypatch.setattr("vbl_detect.serving.application.read_apart", read_document)
    rows = client.post("/rows", json={"text": f"Entry\n{WORDS}\n"}).json()
    file = client.post("/file", content=WORDS.encode(), headers={"x-file-name": "a%C3%A9.txt"})

    assert rows["rows"][0][3] == "puts herself at risk"
    assert file.json() == {"name": "aé.txt", "text": WORDS, "remarks": []}


@pytest.mark.slow
def test_two_hundred_at_once_lose_nothing(client):
    texts = [f"Entry {number}. {WORDS * (number % 3)}" for number in range(200)]

    def ask(text):
        return client.post("/check", json={"text": text}, timeout=60).json()

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(ask, texts))

    assert [len(answer["findings"]) for answer in answers] == [n % 3 for n in range(200)]


def test_an_error_is_told_without_the_text_and_logged_nowhere(client, monkeypatch, caplog, capfd):
    def fail(*_):
        raise ValueError(WORDS)

    monkeypatch.setattr("vbl_detect.serving.application.as_told", fail)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/check", json={"text": WORDS})

    assert answer.status_code == 500
    assert "ValueError" in answer.json()["error"]
    shown = capfd.readouterr()
    assert WORDS not in answer.text + shown.out + shown.err
    assert not any(WORDS in record.getMessage() for record in caplog.records)


def test_what_takes_too_long_is_told(judge, monkeypatch):
    service = Service(judge, Keys(), wait=0.01)

    async def asked():
        return await service._aside(service._judging, lambda: time.sleep(0.2))

    with pytest.raises(TimeoutError):
        run_apart(asked())
    service.close()
