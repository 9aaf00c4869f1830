"""The look-alikes of the guidance, section 4, and the pairs that must be flagged."""

from pathlib import Path

import pytest

from vbl_detect.detection import detect
from vbl_detect.records import Note

LINES = (Path(__file__).parent / "lookalikes.txt").read_text("utf-8").splitlines()
CASES = [line.split(": ", 1) for line in LINES if not line.startswith("#")]
#: By the model that gets them wrong: known failures.
FAILURES: dict[str, set[str]] = {
    "full": {
        "Males continue to put YP at risk by arranging meets.",
        "Arrested PWITS. Gang member.",
    },
    "rules": set(),
}


@pytest.mark.parametrize("model", ["full", "rules"])
@pytest.mark.parametrize(("what", "text"), CASES, ids=[text for _, text in CASES])
def test_a_look_alike_is_not_counted_and_its_pair_is(request, nlp, full_nlp, model, what, text):
    if text in FAILURES[model]:
        request.applymarker(pytest.mark.xfail(strict=True, reason="known failure"))
    pipeline = {"full": full_nlp, "rules": nlp}[model]

    counted = [f.phrase for f in detect([Note(text=text)], pipeline) if f.counted]

    assert bool(counted) == (what == "flag"), counted
