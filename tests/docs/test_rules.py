"""docs/rules/ is what `make rules` writes."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.integrity import write_sealed
from vbl_detect.reference import read_reference
from vbl_detect.reference.markdown import pages

sys.path.append(str(Path(__file__).parents[2] / "scripts"))

import measure_precision
from measure_precision import measure
from write_rules import FOLDER, stale


def test_the_pages_are_those_of_the_lexicon():
    assert stale(FOLDER, pages(read_reference())) == [], "run make rules"


def test_a_stale_a_missing_and_a_surplus_page_are_named(tmp_path):
    for name in ("same.md", "changed.md", "surplus.md"):
        (tmp_path / name).write_text("old", "utf-8")

    made = {"same.md": "old", "changed.md": "new", "missing.md": "new"}

    assert stale(tmp_path, made) == ["changed.md", "missing.md", "surplus.md"]


def finding(start, end, code, *, counted=True):
    return SimpleNamespace(start=start, end=end, code=code, category=code[:2], counted=counted)


def test_findings_are_counted_by_code_and_marked_passages_by_category():
    spans = (
        GoldSpan(start=0, end=5, category="RC", context="asserted"),
        GoldSpan(start=10, end=15, category="NE", context="asserted"),
        GoldSpan(start=20, end=25, category="RC", context="asserted", borderline=True),
        GoldSpan(start=30, end=35, category="RC", context="reported"),
    )
    note = GoldNote(id="1", note_type="review", text="x" * 50, spans=spans)
    found = [
        finding(0, 3, "RC001"),
        finding(4, 8, "NE001"),  # another category than the reader's, right all the same
        finding(10, 15, "NE001", counted=False),
        finding(20, 25, "RC001"),  # borderline: passed over
        finding(30, 35, "RC001"),
        finding(40, 45, "RC002"),
    ]

    figures = measure([note], [found])

    def shares(name):
        return {key: (share["right"], share["of"]) for key, share in figures[name].items()}

    assert shares("by_code") == {"RC001": (1, 2), "NE001": (1, 1), "RC002": (0, 1)}
    assert shares("by_category") == {"RC": (1, 3), "NE": (1, 1)}
    assert shares("recall") == {"RC": (1, 1), "NE": (0, 1)}


def test_the_interval_is_wilson_s():
    note = GoldNote(id="1", note_type="review", text="x" * 50, spans=())
    [share] = measure([note], [[finding(0, 1, "RC001")] * 10])["by_code"].values()

    assert (share["low"], share["high"]) == (0.0, 0.2775)


def test_figures_of_another_lexicon_or_model_are_refused(tmp_path, monkeypatch):
    used = measure_precision.fingerprints(measure_precision.unseen_notes())
    path = tmp_path / "precision.json"
    monkeypatch.setattr(measure_precision, "PATH", path)
    write_sealed(path, {"measured_with": used})
    measure_precision.check()

    write_sealed(path, {"measured_with": {**used, "model": "0" * 64}})
    with pytest.raises(SystemExit, match="run make rules"):
        measure_precision.check()
