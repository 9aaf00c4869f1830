"""What the tests of all readers share: a listener that remembers, and a shortcut to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.readers import ReadListener, ReadOptions, read_notes


class Heard(ReadListener):
    """Remembers all it is told."""

    def __init__(self):
        self.notices: list[str] = []
        self.warnings: list[str] = []
        self.problems: list[ReaderError] = []
        self.fractions: list[float] = []

    def notice(self, message):
        self.notices.append(message)

    def warning(self, message):
        self.warnings.append(message)

    def problem(self, error):
        self.problems.append(error)

    def progress(self, fraction):
        self.fractions.append(fraction)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def read(heard, tmp_path, monkeypatch):
    """Read files of `tmp_path` by name, so that messages name them shortly."""
    monkeypatch.chdir(tmp_path)

    def read(*names, **options):
        paths = [Path(name) for name in names]
        return list(read_notes(paths, ReadOptions(**options), heard))

    return read


@pytest.fixture
def write_bytes(tmp_path):
    def write(name, content):
        (tmp_path / name).write_bytes(content)
        return name

    return write


@pytest.fixture
def write(write_bytes):
    def write(name, text, encoding="utf-8"):
        return write_bytes(name, text.encode(encoding))

    return write
