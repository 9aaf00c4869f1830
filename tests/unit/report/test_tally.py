"""What a report counts."""

import pytest
from scipy.stats import norm

from tests.unit.report.conftest import finding, findings_file
from vbl_detect.report.shares import wilson
from vbl_detect.report.tally import tally


def test_the_interval_is_wilson_s():
    share = wilson(65, 200)
    z, p, n = norm.ppf(0.975), 65 / 200, 200
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5

    assert (share.low, share.high) == pytest.approx((middle - half, middle + half))
    assert wilson(0, 0) is None
    assert wilson(0, 20).low == 0.0
    assert str(wilson(1, 8)) == "12.5 % (2.2 to 47.1 %)"


def test_headline_figures(units):
    report = tally([units], by=["unit"])

    assert (report.notes_read, report.notes_with_findings) == (200, 65)
    assert report.share.value == 65 / 200
    [category] = report.categories
    assert (category.findings, category.notes, category.share) == (65, 65, report.share)
    assert [group.name for group in report.groupings[0].shown] == ["North", "South"]
    assert [month.name for month in report.months.shown] == ["2026-03"]
    assert report.remarks == ()


def test_a_note_with_two_findings_is_one_note():
    found = [finding(2), finding(2, start=50), finding(3), finding(4, counted=False, score=0.1)]

    report = tally([findings_file(found, 10)])

    assert (len(report.counted), report.notes_with_findings) == (3, 2)
    assert report.contexts["below the threshold"] == 1
    assert [t.findings for t in report.wordings] == [3]


def test_without_manifest_no_share_is_given_and_why_is_told():
    report = tally([findings_file([finding(2)])])

    assert (report.share, report.notes_read) == (None, None)
    assert "findings.jsonl.manifest.json is not there" in report.remarks[0]


def test_findings_in_two_files_are_counted_once_and_the_share_is_left_out():
    inputs = [{"path": "export.csv", "sha256": "cd" * 32}]
    one = findings_file([finding(2), finding(3)], 10, "a.jsonl", inputs=inputs)
    two = findings_file([finding(3), finding(4)], 10, "b.jsonl", inputs=inputs)

    report = tally([one, two])

    assert (len(report.counted), report.notes_with_findings, report.share) == (3, 3, None)
    assert "counted once" in " ".join(report.remarks)
    assert "read the same file" in " ".join(report.remarks)


def test_files_of_the_same_name_from_two_folders_are_two():
    one = findings_file([finding(2)], 10, "a.jsonl", inputs=[{"sha256": "aa"}])
    two = findings_file([finding(2)], 30, "b.jsonl", inputs=[{"sha256": "bb"}])

    report = tally([one, two])

    assert (len(report.counted), report.notes_with_findings, report.notes_read) == (2, 2, 40)


def test_a_file_changed_after_the_scan_is_told():
    counts = {"counts": {"notes": 10, "findings": 5, "problems": 1}}

    report = tally([findings_file([finding(2)], 10, **counts)])

    assert "was changed after the scan" in report.remarks[0]
    assert "could not be read" in report.remarks[1]


def test_a_manifest_of_another_file_gives_no_share():
    report = tally([findings_file([finding(2), finding(3)], 1)])

    assert report.share is None
    assert "belongs to another file" in report.remarks[0]


def test_wordings_are_told_by_headword_or_as_heard():
    found = [
        finding(2, phrase="Put  herself\nat risk"),
        finding(3, term=None, code="RC000", phrase="Her own  doing", sentence="Her own  doing."),
        finding(4, term=None, code="RC000", phrase="her own doing", sentence="So her own doing."),
        finding(5, term=None, code="RC000", phrase=None, sentence=None),
    ]

    names = [(t.name, t.findings) for t in tally([findings_file(found, 9)]).wordings]

    assert names == [
        ("her own doing", 2), ("(found by the classifier)", 1), ("putting herself at risk", 1)
    ]  # fmt: skip


def test_suppressed_findings_stand_apart():
    told = {"by": "A. Reader", "reason": "quoted in training", "expires": "2031-01-01"}
    report = tally([findings_file([finding(2, counted=False, suppressed=told)], 9)])

    assert (len(report.suppressed), len(report.uncounted)) == (1, 0)
    assert report.contexts["below the threshold"] == 0


def test_no_findings_make_a_report():
    report = tally([findings_file([], 40, settings={"keep_columns": ["Unit"]})], by=["Unit"])

    assert report.share.value == 0
    assert (list(report.categories), report.months) == ([], None)
