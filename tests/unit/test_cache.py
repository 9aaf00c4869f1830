"""Results kept between runs: whole, private, and never in the way."""

import os
import stat
import threading

import pytest

from vbl_detect import cache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "cache" / "vbl-detect"
    monkeypatch.setattr(cache, "folder", lambda: folder)
    return folder


def test_what_was_kept_is_read_back(folder):
    cache.write("one.jsonl", "a\nb \u2019 \U0001f600\r\n")

    assert cache.read("one.jsonl") == "a\nb \u2019 \U0001f600\r\n"
    assert cache.read("two.jsonl") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"text", b"test"),
        lambda content: b"\xff" + content,
        lambda content: content.partition(b"\n")[2],
    ],
)
def test_a_damaged_file_counts_as_missing(folder, damage):
    cache.write("one.jsonl", "some text\nand more")
    path = folder / "one.jsonl"
    path.write_bytes(damage(path.read_bytes()))

    assert cache.read("one.jsonl") is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "file" / "vbl-detect")

    cache.write("one.jsonl", "text")

    assert cache.read("one.jsonl") is None


def test_without_a_home_nothing_is_written_into_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "folder", lambda: cache.Path("~/.cache/vbl-detect"))

    cache.write("one.jsonl", "text")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_the_owner_can_read_it(folder):
    cache.write("one.jsonl", "text")

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "one.jsonl").stat().st_mode) == 0o600


def test_the_oldest_files_go_when_there_are_too_many(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_KEPT", 3)
    for number in range(6):
        cache.write(f"{number}.jsonl", "text")
        os.utime(folder / f"{number}.jsonl", (number, number))
    cache.write("last.jsonl", "text")

    assert {path.name for path in folder.iterdir()} == {"4.jsonl", "5.jsonl", "last.jsonl"}


def test_writers_at_the_same_time_leave_a_whole_file(folder):
    texts = [str(number) * 200_000 for number in range(8)]
    threads = [threading.Thread(target=cache.write, args=("one.jsonl", text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cache.read("one.jsonl") in texts
    assert [path.name for path in folder.iterdir()] == ["one.jsonl"]
