from __future__ import annotations

import io
from typing import Any

import pytest

from vbl_detect.writers import write_findings


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"path": "a.xlsx", "sheet": "Sheet1", "row": 14}, "a.xlsx[Sheet1!14]:1:8: "),
        ({"path": "a.csv", "row": 14}, "a.csv[14]:1:8: "),
        ({"path": "a.docx", "row": None, "paragraph": 2, "line": 2}, "a.docx:2:8: "),
        ({"path": "a.docx", "row": None, "paragraph": 2, "line": 4}, "a.docx[paragraph 2]:4:8: "),
        ({"path": "a.pdf", "row": None, "paragraph": 2, "line": 70}, "a.pdf[page 2]:70:8: "),
        ({"path": None, "row": None, "record_id": "M-1"}, "M-1:1:8: "),
        ({"path": None, "row": None, "record_id": None}, "<note>:1:8: "),
    ],
)
def test_a_line_begins_with_the_place(
    place: dict[str, Any], shown: str, make_finding: Any, make_run: Any
) -> None:
    out = io.StringIO()
    finding = make_finding("She is asking", "asking", **place)

    write_findings([finding], "concise", None, make_run(), stdout=out)

    assert out.getvalue() == f'{shown}RC001 "asking": is being put at risk by [named person]\n'


def test_a_finding_is_one_line_whatever_its_phrase_holds(make_finding: Any, make_run: Any) -> None:
    out = io.StringIO()
    finding = make_finding("She is asking\r\nfor\u2028it", "asking\r\nfor\u2028it")

    write_findings([finding], "concise", None, make_run(), stdout=out)

    assert len(out.getvalue().splitlines()) == 1
    assert "asking⏎for⏎it" in out.getvalue()


def test_without_its_phrase_a_finding_shows_its_category(make_finding: Any, make_run: Any) -> None:
    out = io.StringIO()
    finding = make_finding("She is asking", "asking").shown("reference")

    write_findings([finding], "concise", None, make_run(), stdout=out)

    assert "RC001 risk-and-choice: is being" in out.getvalue()
    assert "asking" not in out.getvalue()
