"""What is told of files that cannot be read."""

import os
import sys

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.files import read_utf8

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows needs rights for links")


def told(path):
    with pytest.raises(ReaderError) as raised:
        read_utf8(path)
    return str(raised.value)


def test_a_byte_order_mark_is_no_text(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9\r\n")

    assert read_utf8(path) == "caf\u00e9\r\n"


def test_a_name_that_is_not_there_is_told_with_what_was_meant(tmp_path):
    (tmp_path / "answers.json").write_text("{}", "utf-8")
    path = tmp_path / "answer.json"

    assert told(path) == f'{path}: there is no such file; did you mean "answers.json"?'
    assert told(tmp_path / "x") == f"{tmp_path / 'x'}: there is no such file; check the path"


def test_a_folder_is_told_as_that(tmp_path):
    assert told(tmp_path) == f"{tmp_path}: this is a folder; name a file in it"


@POSIX
def test_a_link_that_leads_nowhere_is_told_as_that(tmp_path):
    gone, itself = tmp_path / "gone", tmp_path / "itself"
    gone.symlink_to(tmp_path / "nothing")
    itself.symlink_to(itself)

    assert told(gone).endswith("this is a link that leads to no file; name the file itself")
    assert told(itself).endswith("this is a link that leads to no file; name the file itself")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs rights that can be taken away"
)
def test_missing_rights_are_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{}", "utf-8")
    path.chmod(0)

    assert "ask for the right to read it" in told(path)


def test_what_nothing_better_is_known_of_is_told_in_the_systems_words(tmp_path, monkeypatch):
    def fail(_):
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.jsonl"
    path.write_text("{}", "utf-8")
    monkeypatch.setattr(type(path), "read_bytes", fail)

    assert told(path).endswith(
        "the file could not be read (Input/output error); copy it to another place, and try that "
        "one"
    )


def test_a_character_that_is_not_utf_8_is_told_with_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\ntwo \xe9\n")

    assert told(path) == (
        f"{path}, row 2: a character is not UTF-8; save the file with the encoding UTF-8"
    )
