"""Baselines: old findings by fingerprint and count."""

import json
import stat
import sys

import pytest

from tests.unit.suppression.conftest import BLAME, STREETWISE
from vbl_detect.errors import SuppressionError
from vbl_detect.suppression.baseline import (
    Baseline,
    baseline_of,
    read_baseline,
    rebased,
    write_baseline,
)


def new(findings):
    return [(f.path, f.line) for f in findings if f.counted]


@pytest.fixture
def base(tmp_path, judged):
    def base(texts):
        baseline = baseline_of(judged(texts)[0], tmp_path / ".vbl-baseline.json")
        write_baseline(baseline)
        return read_baseline(baseline.path)

    return base


def test_old_findings_sleep_on_when_other_text_changes(base, judged, tmp_path):
    draft = tmp_path / "a" / "review.md"
    baseline = base({draft: f"{BLAME}\n\n{STREETWISE}"})

    findings, _ = judged(
        {draft: f"Seen today.\n\n{STREETWISE}\n\nNFA.\n\n{BLAME}"}, baseline=baseline
    )

    assert new(findings) == []
    assert findings[0].suppressed == {
        "by": "baseline",
        "reason": "old wording, accepted in .vbl-baseline.json",
        "expires": None,
    }


def test_new_findings_and_further_copies_count(base, judged, tmp_path):
    draft = tmp_path / "review.md"
    baseline = base({draft: f"{BLAME}\n\n{BLAME}"})

    findings, _ = judged({draft: "\n\n".join([BLAME, STREETWISE, BLAME, BLAME])}, baseline=baseline)

    assert new(findings) == [(str(draft), 3), (str(draft), 7)]


def test_a_moved_draft_stays_old_but_a_copy_is_new(base, judged, tmp_path):
    old, other = tmp_path / "review.md", tmp_path / "b" / "review.md"
    old.write_text(BLAME)
    baseline = base({old: BLAME})

    assert new(judged({other: BLAME}, baseline=baseline)[0]) == [(str(other), 1)]

    old.unlink()

    assert new(judged({other: BLAME}, baseline=baseline)[0]) == []


def test_the_file_holds_no_wording_and_is_the_same_every_time(base, tmp_path):
    texts = {tmp_path / "b.md": BLAME, tmp_path / "a.md": f"{STREETWISE} {BLAME}"}
    first = base(texts).path.read_bytes()
    second = base(dict(reversed(texts.items()))).path.read_bytes()

    assert first == second
    assert b"streetwise" not in first
    assert list(json.loads(first)["drafts"]) == ["a.md", "b.md"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / ".vbl-baseline.json").stat().st_mode) == 0o600


def test_what_is_asserted_but_below_the_threshold_is_old_too(nlp, judged, tmp_path, base):
    text = f"{BLAME}\n\nHer mother says she is streetwise."

    [olds] = base({tmp_path / "a.md": text}).drafts.values()

    assert [old.code for old in olds.values()] == ["RC001"]


def test_pruning_takes_out_what_is_gone_and_adds_nothing(base, found, tmp_path):
    one, two, moved = (str(tmp_path / name) for name in ("one.md", "two.md", "done/two.md"))
    baseline = base({one: f"{BLAME} {BLAME} {STREETWISE}", two: BLAME})

    after = rebased(baseline, [*found(f"{BLAME} Is savvy. {BLAME}", one), *found(BLAME, moved)])

    assert sorted(after.drafts) == ["done/two.md", "one.md"]
    assert [old.code for old in after.drafts["one.md"].values()] == ["RC001", "RC001"]
    assert rebased(baseline, []) == Baseline(baseline.path, {})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such baseline"),
        (b"{\n  x", ":2: this is no JSON"),
        (b"[]", "this is no baseline of version 1"),
        (b'{"version": 2}', "it says 2"),
        (b'{"version": 1}', "not as 'baseline create' writes it"),
        (b'{"version": 1, "drafts": {"a": {"b": {"code": "X", "count": 0}}}}', "not as"),
        ("{}".encode("utf-16"), "this is not UTF-8"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path, content, message):
    path = tmp_path / "b.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SuppressionError) as raised:
        read_baseline(path)

    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)
    assert "vbl-detect baseline create" in str(raised.value)
