import base64
import hashlib
import json
from importlib import metadata

import pytest

from vbl_detect import integrity
from vbl_detect.errors import IntegrityError
from vbl_detect.integrity import (
    check_installed,
    check_sha256,
    is_recorded,
    read_sealed,
    write_sealed,
)

CONTENT = {"gate": -4.970288276672363, "categories": ["a", "é"], "nested": {"1": [True, None]}}


def test_a_sealed_file_says_what_was_written(tmp_path):
    path = tmp_path / "meta.json"
    write_sealed(path, CONTENT)

    content = read_sealed(path)

    assert content.pop(integrity.SEAL)
    assert content == CONTENT


def test_sealing_again_changes_nothing(tmp_path):
    path = tmp_path / "meta.json"
    write_sealed(path, CONTENT)
    before = path.read_bytes()

    write_sealed(path, read_sealed(path))

    assert path.read_bytes() == before


def test_line_ends_and_spaces_are_no_change(tmp_path):
    path = tmp_path / "meta.json"
    write_sealed(path, CONTENT)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_sealed(path)["gate"] == CONTENT["gate"]


def test_any_value_changed_added_or_taken_out_is_found(tmp_path):
    path = tmp_path / "meta.json"
    write_sealed(path, CONTENT)
    sealed = json.loads(path.read_text("utf-8"))
    rest = {key: value for key, value in sealed.items() if key != "gate"}

    for changed in ({**sealed, "gate": -5}, {**sealed, "more": 1}, rest):
        path.write_text(json.dumps(changed), "utf-8")
        with pytest.raises(IntegrityError, match="was changed after it was written"):
            read_sealed(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 50_000, b"null", b"[]", b"7"])
def test_what_is_no_sealed_file_is_refused(tmp_path, content):
    path = tmp_path / "meta.json"
    path.write_bytes(content)

    with pytest.raises(IntegrityError, match=r"meta\.json: the file"):
        read_sealed(path)


def test_a_file_is_held_to_the_hash_another_says(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(b"x")
    right = hashlib.sha256(b"x").hexdigest()

    check_sha256(path, right, "meta.json")
    with pytest.raises(IntegrityError, match=r"part: its SHA-256 is .* of meta\.json"):
        check_sha256(path, hashlib.sha256(b"y").hexdigest(), "meta.json")
    path.unlink()
    with pytest.raises(IntegrityError, match="part: the file is missing"):
        check_sha256(path, right, "meta.json")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package as an installer leaves it, with two tables and a text beside its code."""
    site = tmp_path / "site [1]"
    package = site / "vbl_detect"
    tables = package / "data"
    tables.mkdir(parents=True)
    lines = ["vbl_detect/__init__.py,,"]
    for name in ("a.csv", "b.csv", "read me, please.md"):
        (tables / name).write_text(name, "utf-8")
        digest = base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode()
        lines.append(f'"vbl_detect/data/{name}",sha256={digest.rstrip("=")},{len(name)}')
    info = site / "vbl_detect-1.dist-info"
    info.mkdir()
    (info / "RECORD").write_text("\n".join(lines) + "\n", "utf-8")
    found = metadata.Distribution.at(info)
    monkeypatch.setattr(metadata, "distribution", lambda _: found)
    monkeypatch.setattr(integrity, "_PACKAGE", package)
    integrity._recorded.cache_clear()
    yield tables
    integrity._recorded.cache_clear()


def test_files_that_are_as_installed_pass(installed):
    (installed / "read me, please.md").write_text("edited", "utf-8")
    (installed / "more.txt").write_text("more", "utf-8")

    assert check_installed(installed, "*.csv")
    assert check_installed(installed.parent, "data/a.csv")
    assert is_recorded(installed)


def test_a_file_that_was_changed_added_or_taken_out_is_found(installed):
    (installed / "a.csv").write_text("A.csv", "utf-8")
    with pytest.raises(IntegrityError, match=r"a\.csv: its SHA-256 is .* RECORD"):
        check_installed(installed, "*.csv")
    check_installed(installed, "b.csv")

    (installed / "a.csv").unlink()
    with pytest.raises(IntegrityError, match=r"a\.csv: the file is missing"):
        check_installed(installed, "*.csv")

    (installed / "a.csv").write_text("a.csv", "utf-8")
    (installed / "c.csv").write_text("c", "utf-8")
    with pytest.raises(IntegrityError, match=r"c\.csv: the file is no part of the installation"):
        check_installed(installed, "*.csv")


def test_a_checkout_and_folders_elsewhere_have_no_record(installed, tmp_path, monkeypatch):
    assert not check_installed(tmp_path, "*.csv")
    assert not is_recorded(tmp_path)

    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    integrity._recorded.cache_clear()
    (installed / "a.csv").write_text("A.csv", "utf-8")

    assert not check_installed(installed, "*.csv")
