"""Reading suppressions files, and which one counts."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.suppression.conftest import BLAME, TODAY, accepting
from vbl_detect.errors import SuppressionError
from vbl_detect.suppression.sidecar import find_sidecar, read_sidecar

ID = "0123456789abcdef"


def faults(path):
    with pytest.raises(SuppressionError) as raised:
        read_sidecar(path, TODAY)
    return raised.value.faults


def test_an_entry_holds_its_keys_and_its_line(sidecar):
    path = sidecar(accepting(ID, code='"RC001"', path='"a.md"'), accepting("f" * 16))

    first, second = read_sidecar(path, TODAY).entries

    assert (first.finding_id, first.reason, first.author) == (ID, "quoted in training", "A. Reader")
    assert (first.expires, first.code, first.path) == (date(2026, 12, 31), "RC001", "a.md")
    assert (first.line, second.line) == (1, 9)
    assert second.place == f"{path}:9"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff# nothing yet\r\n"])
def test_an_empty_file_accepts_nothing(sidecar, text):
    path = sidecar(text=text)

    assert read_sidecar(path, TODAY).entries == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": None}, "reason is missing"),
        ({"author": None}, "author is missing"),
        ({"expires": None}, "expires is missing"),
        ({"finding_id": None}, "finding_id is missing"),
        ({"reason": '"  "'}, "reason is empty; say in a few words why"),
        ({"author": "7"}, "author is 7, which is no text; put it in quotation marks"),
        ({"finding_id": '"0123"'}, "finding_id is '0123'; write the finding's 16 hex digits"),
        ({"expires": '"soon"'}, "expires is 'soon'; write a day as year-month-day"),
        ({"expires": '"2026-02-30"'}, "expires is '2026-02-30', a day that does not exist"),
        ({"expires": "2026-12-31T10:00:00"}, "write a day as year-month-day"),
        ({"expires": "2027-08-03"}, "more than a year ahead; name a day up to 2027-08-02"),
        ({"code": '"R1"'}, "'R1' is no code"),
        ({"anchor": '"x"'}, "anchor is 'x'; leave the line out"),
        ({"reasn": '"x"'}, "there is no key 'reasn'; did you mean 'reason'?"),
        ({"zzz": '"x"'}, "there is no key 'zzz'; the keys are finding_id, reason"),
    ],
)
def test_a_fault_names_file_line_value_and_remedy(sidecar, changes, message):
    path = sidecar(accepting("f" * 16), accepting(ID, **changes))

    [fault] = faults(path)

    assert fault.startswith(f"{path}:7: ")
    assert message in fault


def test_all_faults_are_told_at_once(sidecar):
    path = sidecar(accepting(ID, reason=None, author=None), accepting(ID, expires="1"))

    assert [fault.partition(": ")[0] for fault in faults(path)] == [
        f"{path}:1",
        f"{path}:1",
        f"{path}:5",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[suppression]]\nreason = what\n", ":2: this is not TOML"),
        ("[[supression]]\nreason = 'x'\n", "acceptances stand under lines [[suppression]]"),
        ("suppression = [{reason = 'x'}]\n", "under a line of its own, [[suppression]]"),
        ("suppression = 3\n", "under a line of its own, [[suppression]]"),
    ],
)
def test_what_is_no_suppressions_file_is_told(sidecar, text, message):
    path = sidecar(text=text)

    assert any(message in fault for fault in faults(path))


def test_a_file_in_another_encoding_is_told(sidecar):
    path = sidecar(text="")
    path.write_bytes("# Café\n".encode("utf-16"))

    assert "save it as UTF-8" in faults(path)[0]


def test_the_same_finding_twice_is_a_fault_unless_in_two_drafts(sidecar):
    twice = sidecar(accepting(ID), accepting(ID))
    assert f"{twice}:7: {ID} stands in line 1 already" in faults(twice)[0]

    two = sidecar(accepting(ID, path='"a.md"'), accepting(ID, path='"b.md"'))
    assert len(read_sidecar(two, TODAY).entries) == 2


def test_the_nearest_file_counts_alone(sidecar, judged, found, tmp_path):
    draft = tmp_path / "2026" / "review.md"
    [finding] = found(BLAME, draft)
    sidecar(accepting(finding.finding_id))
    assert find_sidecar(draft).resolve() == tmp_path / ".vbl-suppressions.toml"
    assert judged({draft: BLAME})[0][0].suppressed is not None

    sidecar(accepting("f" * 16), folder="2026")

    assert judged({draft: BLAME})[0][0].suppressed is None


def test_a_file_is_named_from_the_present_folder(sidecar, tmp_path, monkeypatch):
    sidecar(folder="drafts", text="")
    monkeypatch.chdir(tmp_path)

    found = find_sidecar(Path("drafts/a/b/review.md"))

    assert found == Path("drafts/.vbl-suppressions.toml")
