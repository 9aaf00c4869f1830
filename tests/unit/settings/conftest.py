import pytest

from vbl_detect.settings import read_settings


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write a settings file into the working directory and read it."""
    monkeypatch.chdir(tmp_path)

    def read(text, name="vbl.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_settings(path)

    return read
