"""Print how long commands take from a standing start, beside `import spacy`.

    python benchmarks/cold_start.py [ROUNDS]

Each round starts every command once, each in a process of its own, in turn; a ratio is taken within
a round, so that a busy machine slows both sides. The first round warms the file cache, and the
lexicon's, and is dropped. The unit is what spaCy takes where torch is not installed: it imports it
if it is there, and takes several times as long.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROUNDS = 15
#: The most that `check` may take on a page, in times of `import spacy`.
MOST = 1.35
BASELINE = "import spacy"
#: The unit; None makes importing torch fail, as where it is not installed (see `sys.modules`).
IMPORT_SPACY = "import sys; sys.modules['torch'] = None; import spacy"

#: A page as a supervisor writes it.
BLAMING = """\
Review of missing episode, 14 year old female.

She was reported missing by the home at 2210 after failing to return from town. This is her ninth
episode this month. She continues to put herself at risk and does not understand her behaviour. She
is streetwise and knows what she is doing. Regular misper, will turn up when hungry.

Enquiries: phone cell sited near the station, last used at 2305. Bus CCTV has been requested. The
address of a known male, 27, was visited; there was no reply. The key worker says she has been given
gifts and a second phone. Officers are to return at 0600.

Supervisor: graded medium. She will not engage with officers or with the exploitation team and
refuses to give an account. She made a lifestyle choice. The male denies knowing her age and says
that she told him she was 18. The phone should be seized and examined. A strategy meeting is to be
held in the morning, and social care have been informed.

The return interview was declined. She was found at 0415 outside the station, cold and without a
coat, and was taken home by a passing officer. She said that a man had driven her there and would
not say who. Her clothing was kept. The review is to go to the inspector for a decision.
"""
#: The same length with nothing that screen or lexicon would look at twice.
DULL = "Bus timetable requested from the depot.\n\n" * 33


def main(rounds: int) -> None:
    """Measure, and print the figures with their spread."""
    with tempfile.TemporaryDirectory() as folder:
        blaming, dull = Path(folder, "review.txt"), Path(folder, "log.txt")
        blaming.write_text(BLAMING, "utf-8")
        dull.write_text(DULL, "utf-8")
        tool = [sys.executable, "-m", "vbl_detect"]
        commands = {
            BASELINE: [sys.executable, "-c", IMPORT_SPACY],
            "vbl-detect --version": [*tool, "--version"],
            "check, a page with findings": [*tool, "check", str(blaming)],
            "check, a page with nothing": [*tool, "check", str(dull)],
            "check --model fast": [*tool, "check", "--model", "fast", str(blaming)],
        }
        measured = [timed(commands) for _ in range(rounds + 1)][1:]
    print(f"{rounds} rounds on {os.cpu_count()} cores; median and range")
    for name in commands:
        times = [each[name] for each in measured]
        ratios = [each[name] / each[BASELINE] for each in measured]
        print(
            f"{name:28} {statistics.median(times):5.2f} s ({min(times):.2f}-{max(times):.2f})"
            f"  {statistics.median(ratios):5.2f} x ({min(ratios):.2f}-{max(ratios):.2f})"
        )
    print(f"`check` may take {MOST} x on a page.")


def timed(commands: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the seconds that each command takes, run once in turn."""
    # Python would compile our modules each time if told to write no bytecode.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    taken: dict[str, float] = {}
    for name, command in commands.items():
        start = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
        taken[name] = time.perf_counter() - start
        if done.returncode not in (0, 1):
            sys.exit(f"{name} failed: {done.stderr.decode(errors='replace')}")
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
