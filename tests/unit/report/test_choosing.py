"""Choosing findings for a report: what is left, what is told, and what stays as it was."""

import datetime

import pytest
from openpyxl import load_workbook

from tests.lexicon_folder import term, write_lexicon
from tests.unit.report.conftest import finding, findings_file
from vbl_detect.errors import UsageError
from vbl_detect.report.choosing import Choice, choose
from vbl_detect.report.page import as_page
from vbl_detect.report.tally import tally
from vbl_detect.report.workbook import write_workbook
from vbl_detect.selection import Selection
from vbl_detect.settings import Allowed, FileRule, Settings


@pytest.fixture
def file():
    """Six findings in six of 60 notes; the manifest knows of all of them."""
    found = [
        finding(2, score=0.95),
        finding(3, code="RC002", severity="low", score=0.7),
        finding(4, code="AD003", category="adultification", score=0.6),
        finding(5, code="ZZ001", category="our-own", severity="low"),
        finding(6, counted=False, score=0.4),
        finding(7, counted=False, context="quoted", cue="he said"),
    ]
    held = findings_file(found, 60)
    held.manifest["counts"]["findings"] = 6
    return held


def rows(files):
    return [finding.row for file in files for finding in file.findings]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (("RC",), (), [2, 3, 6, 7]),
        (("low",), ("ZZ",), [3]),
        (("adultification", "our-own"), (), [4, 5]),
        ((), ("high",), [3, 5]),
        (("RC099",), (), []),
    ],
)
def test_findings_are_chosen_as_a_scan_chooses_them(file, select, ignore, left, tmp_path):
    own = write_lexicon(tmp_path, term(code="RC099"), tables=False)
    choice = Choice(selection=Selection(select, ignore), lexicons=(own,))

    files, told = choose([file], choice)

    assert rows(files) == left
    assert all(name in told[0] for name in (*select, *ignore))
    assert f"this report holds {len(left)}," in told[1]


def test_nothing_chosen_changes_and_tells_nothing(file):
    allowed = Allowed(phrase="no such phrase", reason="A form", place="vbl.toml:1")

    assert choose([file], Choice()) == ([file], ())
    assert choose([file], Choice(settings=Settings(allow=(allowed,)))) == ([file], ())


def test_a_wrong_name_is_refused_with_its_place_in_the_settings(file):
    places = {"RCC": "vbl.toml:4"}

    with pytest.raises(UsageError, match=r"vbl.toml:4: 'RCC' is no code"):
        choose([file], Choice(selection=Selection(("RCC",), (), places)))


def test_another_threshold_counts_more_or_fewer_but_never_what_context_keeps_out(file):
    def counted(min_score):
        [chosen], _ = choose([file], Choice(min_score=min_score))
        return [finding.row for finding in chosen.findings if finding.counted]

    assert counted(0.4) == [2, 3, 4, 5, 6]
    assert counted(0.9) == [2, 5]
    assert counted(1) == []


def test_settings_of_single_files_and_allowed_phrases_are_heeded(file, tmp_path):
    allowed = Allowed(
        phrase="putting herself",
        reason="Our form",
        place="vbl.toml:1",
        expires=datetime.date(2999, 1, 1),
    )
    rule = FileRule(pattern="*.csv", ignore=("AD",), place="vbl.toml:5")
    elsewhere = FileRule(pattern="*.docx", ignore=("RC",), place="vbl.toml:6")
    settings = Settings(path=tmp_path / "vbl.toml", allow=(allowed,), per_file=(rule, elsewhere))
    near = [finding(n.row, code=n.code, path=str(tmp_path / "a.csv")) for n in file.findings]

    files, told = choose([file.with_findings(near)], Choice(settings=settings))

    assert rows(files) == [2, 3, 5, 6, 7]
    assert {finding.suppressed["reason"] for finding in files[0].findings} == {"Our form"}
    assert "vbl.toml" in told[0]


def test_notes_and_shares_stay_those_of_all_notes_and_the_file_counts_as_unchanged(file):
    files, told = choose([file], Choice(selection=Selection(("adultification",))))

    report = tally(files, chosen=told)

    assert (report.notes_read, report.notes_with_findings) == (60, 1)
    assert report.share.value == pytest.approx(1 / 60)
    assert not any("changed after the scan" in remark for remark in report.remarks)
    assert any("of all notes" in sentence for sentence in told)


def test_page_and_workbook_say_what_was_chosen_and_say_nothing_otherwise(file, tmp_path):
    files, told = choose([file], Choice(selection=Selection(("RC",), ("low",)), min_score=0.9))
    chosen, whole = tally(files, chosen=told), tally([file])

    page = as_page(chosen, title="Audit")
    for sentence in told:
        assert sentence in page
    assert "1 selected finding that counts, in 1 note of 60 read." in page
    assert "hold a selected finding that counts" in page
    assert "selected finding" not in as_page(whole, title="Audit")

    for name, report, wanted in (("a.xlsx", chosen, True), ("b.xlsx", whole, False)):
        write_workbook(report, tmp_path / name, title="Audit")
        summary = load_workbook(tmp_path / name)["Summary"]
        cells = {str(row[0]) for row in summary.iter_rows(values_only=True)}
        assert (set(told) <= cells) is wanted
        assert ("Selected findings that count" in cells) is wanted
