"""A scan that is interrupted goes on where it stopped, and ends as if nothing had happened."""

import json
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from vbl_detect import detection, hands, judging, running
from vbl_detect.errors import UsageError
from vbl_detect.journal import Journal, UnfinishedError, journal_folder, kept_notes
from vbl_detect.readers import ReadOptions
from vbl_detect.running import RunListener, RunSettings
from vbl_detect.scanning import scan
from vbl_detect.writers import WRITERS

BLAME = "YP continues to put herself at risk."
ENTRY = "12/03/2025 21:40 PC Vale\n"
BATCHES = 5


@pytest.fixture(autouse=True)
def small_batches(monkeypatch, nlp):
    """Two notes a batch, judged by the lexicon alone."""
    monkeypatch.setattr(detection, "BATCH_SIZE", 2)
    monkeypatch.setattr(running, "load", lambda **_: nlp)


@pytest.fixture
def folder(tmp_path):
    """Nine notes in three files: a table with a column to keep, a log, a draft with odd text."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    rows = [f"M-{n},Team {n},{BLAME if n % 2 else 'All in order tonight.'}\n" for n in range(7)]
    (inputs / "export.csv").write_text("Ref,Team,Entry text\n" + "".join(rows), "utf-8")
    log = f"{ENTRY}{BLAME}\n\n14/03/2025 08:05 PS Hale\nMum says {BLAME}\n"
    (inputs / "log.txt").write_text(log, "utf-8")
    (inputs / "zoë.md").write_text(f"Ænglisc 🙂.\n\n“{BLAME}” {BLAME}\n", "utf-8")
    return inputs


@pytest.fixture
def go(folder, tmp_path):
    """Run a scan of the folder; returns what the listener heard."""

    def go(output="findings.jsonl", *, resume=None, **changed):
        settings = RunSettings(
            read=ReadOptions(keep_columns=("Team", "entry_time", "entry_author")),
            output=tmp_path / output,
            resume=resume,
        )
        listener = Heard()
        scan([folder], replace(settings, **changed), listener)
        return listener.heard

    return go


class Heard(RunListener):
    def __init__(self):
        super().__init__()
        self.heard = []

    def notice(self, message):
        self.heard.append(message)


@pytest.fixture
def interrupt(monkeypatch):
    """Interrupt the next scan when it has judged this many batches."""

    def interrupt(after):
        kept, append = [], Journal.append

        def append_or_stop(self, batch):
            if len(kept) == after:
                raise KeyboardInterrupt
            append(self, batch)
            kept.append(batch)

        monkeypatch.setattr(Journal, "append", append_or_stop)
        return lambda: monkeypatch.setattr(Journal, "append", append)

    return interrupt


@pytest.fixture
def cut(go, interrupt):
    """Run a scan that is interrupted."""

    def cut(output="findings.jsonl", after=2, **changed):
        restore = interrupt(after)
        with pytest.raises(KeyboardInterrupt):
            go(output, **changed)
        restore()

    return cut


@pytest.mark.parametrize("after", range(BATCHES))
def test_the_output_is_the_same_wherever_the_scan_was_cut(go, cut, tmp_path, after, monkeypatch):
    go("whole.jsonl")
    cut(after=after)
    judged = []
    find = hands.find_hits
    monkeypatch.setattr(hands, "find_hits", lambda *a: judged.append(1) or find(*a))

    heard = go(resume=True)

    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert len(judged) == BATCHES - after  # what was kept was not judged again
    assert any("going on after" in message for message in heard) == (after > 0)
    assert not journal_folder(tmp_path / "findings.jsonl").exists()


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_can_go_on(go, cut, tmp_path, name):
    suffix = (*WRITERS[name].suffixes, *WRITERS[name].other_suffixes)[0]
    go(f"whole{suffix}", output_format=name)
    cut(f"cut{suffix}", output_format=name)

    go(f"cut{suffix}", output_format=name, resume=True)

    cut_bytes = (tmp_path / f"cut{suffix}").read_bytes()
    assert cut_bytes == (tmp_path / f"whole{suffix}").read_bytes()
    assert cut_bytes


def test_a_masked_scan_can_go_on(go, cut, tmp_path):
    go("whole.jsonl", mask=True)
    cut(mask=True, after=4)

    go(mask=True, resume=True)

    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_the_manifest_is_that_of_one_scan(go, cut, tmp_path):
    go("whole.jsonl")
    cut()
    go(resume=True)

    whole, resumed = (
        json.loads((tmp_path / f"{name}.jsonl.manifest.json").read_text("utf-8"))
        for name in ("whole", "findings")
    )
    for one in (whole, resumed):
        del one["started"], one["finished"]
    assert resumed == whole
    assert resumed["counts"]["notes"] == 9


def test_a_scan_may_be_cut_again_and_again(go, cut, tmp_path):
    go("whole.jsonl")
    for _ in range(BATCHES - 1):
        cut(after=1, resume=True)

    go(resume=True)

    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("lost", [1, 20, 200])
def test_a_line_that_was_cut_off_is_judged_again(go, cut, tmp_path, lost):
    go("whole.jsonl")
    cut(after=3)
    lines = journal_folder(tmp_path / "findings.jsonl") / "batches.jsonl"
    lines.write_bytes(lines.read_bytes()[:-lost])

    go(resume=True)

    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_what_a_disk_lost_in_the_middle_is_judged_again(go, cut, tmp_path):
    go("whole.jsonl")
    cut(after=3)
    lines = journal_folder(tmp_path / "findings.jsonl") / "batches.jsonl"
    content = bytearray(lines.read_bytes())
    middle = content.index(b"\n") + 60
    content[middle : middle + 8] = bytes(8)
    lines.write_bytes(content)

    assert kept_notes(tmp_path / "findings.jsonl") == 2
    go(resume=True)

    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_the_journal_is_its_owners_alone_and_holds_no_text(go, cut, tmp_path):
    cut(after=4)

    folder = journal_folder(tmp_path / "findings.jsonl")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name for path in folder.iterdir()} == {"head.json", "batches.jsonl"}
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "YP continues" not in path.read_text("ascii")


def test_the_half_written_output_of_a_killed_scan_goes_with_the_journal(go, cut, tmp_path):
    cut()
    remains = journal_folder(tmp_path / "findings.jsonl") / ".findings-x1.jsonl"
    remains.write_text("half", "utf-8")

    go(resume=True)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "findings.jsonl",
        "findings.jsonl.manifest.json",
        "inputs",
    ]


def test_a_changed_input_is_named(go, cut, folder):
    cut()
    (folder / "log.txt").write_text("Another log.", "utf-8")

    with pytest.raises(UnfinishedError, match=r"the input .*log\.txt has changed.*--no-resume"):
        go(resume=True)


def test_a_file_more_and_a_file_less_are_named(go, cut, folder):
    cut()
    (folder / "log.txt").rename(folder / "later.txt")

    with pytest.raises(UnfinishedError, match=r"later\.txt, the input .*log\.txt have changed"):
        go(resume=True)


def test_a_changed_setting_is_named_and_others_may_change(go, cut, tmp_path):
    cut()

    with pytest.raises(UnfinishedError, match=r"the setting min_score has changed"):
        go(resume=True, min_score=0.9)
    go(resume=True, fail_on="low", show="reference")

    assert '"phrase": null' in (tmp_path / "findings.jsonl").read_text("utf-8")


def test_another_version_and_another_model_are_named(go, cut, tmp_path):
    cut()
    head = journal_folder(tmp_path / "findings.jsonl") / "head.json"
    then = json.loads(head.read_text("ascii"))
    then["basis"]["vbl-detect"] = "0.0.1"
    then["basis"]["the model"]["sha256"] = "0"
    head.write_text(json.dumps(then), "ascii")

    with pytest.raises(UnfinishedError, match=r"vbl-detect, the model sha256 have changed"):
        go(resume=True)


def test_notes_that_change_after_their_file_was_hashed_are_refused(go, cut, folder, monkeypatch):
    cut(after=3)
    monkeypatch.setattr(judging, "_digest", lambda notes: "other")

    with pytest.raises(UnfinishedError, match=r"export\.csv: the notes read now are not those"):
        go(resume=True)


def test_an_unfinished_scan_is_not_thrown_away_unasked(go, cut, tmp_path):
    cut()

    with pytest.raises(UnfinishedError, match=r"4 notes done.*--resume.*--no-resume"):
        go()
    assert kept_notes(tmp_path / "findings.jsonl") == 4
    heard = go(resume=False)

    assert any("an unfinished scan was dropped" in message for message in heard)
    assert not journal_folder(tmp_path / "findings.jsonl").exists()


def test_an_unfinished_scan_of_other_files_is_dropped(go, cut, folder, tmp_path):
    cut()
    (folder / "log.txt").unlink()

    heard = go()

    assert any("an unfinished scan was dropped" in message for message in heard)
    assert (tmp_path / "findings.jsonl").exists()


def test_without_an_unfinished_scan_resume_starts_at_the_first_note(go, tmp_path):
    assert any("no unfinished scan" in message for message in go(resume=True))
    assert (tmp_path / "findings.jsonl").exists()


def test_resume_needs_an_output(folder):
    with pytest.raises(UsageError, match="-o"):
        scan([folder], RunSettings(resume=True), RunListener())


def test_a_link_in_the_place_of_the_journal_is_refused(go, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    journal_folder(tmp_path / "findings.jsonl").symlink_to(elsewhere)

    with pytest.raises(UsageError, match="not a folder of yours"):
        go(resume=True)
    assert list(elsewhere.iterdir()) == []


def test_an_output_that_cannot_be_replaced_leaves_what_was_judged(go, tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "denied", str(self), None, str(target))

    replace_file = Path.replace
    monkeypatch.setattr(
        Path,
        "replace",
        lambda self, to: (
            refuse(self, to) if Path(to).name == "findings.jsonl" else replace_file(self, to)
        ),
    )
    with pytest.raises(UsageError, match="open in another program"):
        go()

    assert kept_notes(tmp_path / "findings.jsonl") == 9


def test_an_expiry_is_judged_by_the_day_the_scan_began(go, cut, tmp_path, monkeypatch):
    cut()
    days = []
    adjust = running.adjust
    monkeypatch.setattr(
        running, "adjust", lambda *a, today: days.append(today) or adjust(*a, today=today)
    )
    head = journal_folder(tmp_path / "findings.jsonl") / "head.json"
    then = json.loads(head.read_text("ascii"))
    head.write_text(json.dumps({**then, "day": "2025-01-31"}), "ascii")

    go(resume=True)

    assert [day.isoformat() for day in days] == ["2025-01-31"]


@pytest.mark.parametrize("head", ["", "{", "[]", '{"day": "x"}', "\x00" * 40])
def test_a_head_that_was_cut_off_is_no_unfinished_scan(go, cut, tmp_path, head):
    cut()
    (journal_folder(tmp_path / "findings.jsonl") / "head.json").write_text(head, "ascii")

    with suppress(UnfinishedError):
        go()

    assert (tmp_path / "findings.jsonl").exists()
