"""Drafts, and a judge with the lexicon alone."""

from datetime import date

import pytest

from vbl_detect.lsp.judging import Draft, Judge
from vbl_detect.lsp.positions import Positions

TODAY = date(2030, 3, 1)


@pytest.fixture
def judge(nlp):
    return Judge(load=lambda **_: nlp, today=lambda: TODAY)


@pytest.fixture
def judged(judge, tmp_path):
    """Judge a text as a draft of a name."""

    def judged(text, name="draft.md"):
        draft = Draft(uri=f"file:///{name}", path=tmp_path / name, text=text, version=1)
        settings = judge.settings_of(draft)
        return judge.judge(draft, settings, judge.key_of(settings))

    return judged


@pytest.fixture
def located(judged):
    """Judge a text, and give its places too."""

    def located(text, name="draft.md", encoding="utf-16"):
        return judged(text, name), Positions(text, encoding)

    return located
