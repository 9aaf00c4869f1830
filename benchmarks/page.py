"""How long the page waits: the first answer, a draft pasted, and the same after a word more."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

DEV = Path(__file__).parents[1] / "data" / "corpus" / "dev.jsonl"
CHARACTERS, TIMES = 4_500, 9


def main() -> None:
    """Print the times, in seconds."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "vbl_detect", "serve", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            print(f"start-up {time.perf_counter() - began:.2f}")
            _measure(re.search(r"127\.0\.0\.1:(\d+)/#(\S+)", line))
        finally:
            process.terminate()


def _measure(found: re.Match[str] | None) -> None:
    if found is None:
        sys.exit("the server did not start")
    port, key = int(found[1]), found[2]
    token = _ask(port, "", "/session", key=key)["token"]
    draft = "\n\n".join(json.loads(line)["text"] for line in DEV.open(encoding="utf-8"))
    first = _time(port, token, "She continues to put herself at risk by meeting older males.")
    print(f"first answer {first:.2f}")
    whole, more = [], []
    for number in range(TIMES):
        text = draft[number * CHARACTERS :][:CHARACTERS]
        whole.append(_time(port, token, text))
        more.append(_time(port, token, f"{text} more"))
    words = len(draft[:CHARACTERS].split())
    print(f"{words} words pasted {sorted(whole)[TIMES // 2]:.2f}, the slowest {max(whole):.2f}")
    print(f"a word more {sorted(more)[TIMES // 2]:.2f}, the slowest {max(more):.2f}")


def _time(port: int, token: str, text: str) -> float:
    began = time.perf_counter()
    _ask(port, token, "/check", text=text)
    return time.perf_counter() - began


def _ask(port: int, token: str, path: str, **question: str) -> Any:  # noqa: ANN401
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"origin": f"http://127.0.0.1:{port}", "authorization": f"Bearer {token}"}
    connection.request("POST", path, json.dumps(question), headers)
    return json.loads(connection.getresponse().read())


if __name__ == "__main__":
    main()
