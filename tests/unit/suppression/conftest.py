"""Drafts on disk, judged by lexicon and context alone."""

from datetime import date

import pytest

from vbl_detect import Note, detect
from vbl_detect.suppression import Suppressor

TODAY = date(2026, 8, 1)
BLAME = "YP continues to put herself at risk."
STREETWISE = "She is streetwise."


@pytest.fixture
def judged(nlp):
    """Judge texts by path, with what was accepted applied; return findings and suppressor."""

    def judged(texts, **settings):
        suppressor = Suppressor(today=TODAY, **settings)
        notes = [Note(text=text, path=str(path)) for path, text in texts.items()]
        findings = list(suppressor.apply(detect(suppressor.prepare(notes), nlp)))
        return findings, suppressor

    return judged


@pytest.fixture
def found(nlp):
    def found(text, path="review.md", **where):
        return list(detect([Note(text=text, path=str(path), **where)], nlp))

    return found


@pytest.fixture
def sidecar(tmp_path):
    """Write a suppressions file into a folder under `tmp_path`."""

    def sidecar(*tables, folder="", text=None):
        path = tmp_path / folder / ".vbl-suppressions.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            blocks = [
                "[[suppression]]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
                for table in tables
            ]
            text = "\n".join(blocks)
        path.write_text(text, "utf-8")
        return path

    return sidecar


def accepting(finding_id, /, **changes):
    """Return an acceptance's keys and values, as TOML writes them."""
    values = {
        "finding_id": f'"{finding_id}"',
        "reason": '"quoted in training"',
        "author": '"A. Reader"',
        "expires": "2026-12-31",
    }
    values.update(changes)
    return {key: value for key, value in values.items() if value is not None}
