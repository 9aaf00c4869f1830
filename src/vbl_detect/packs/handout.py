"""A pack as a Word file to print: the notes, and the answers on sheets of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from vbl_detect.exercises import Exercise
from vbl_detect.gold import GoldSpan
from vbl_detect.packs.pack import CONTEXT_TITLES, Pack, note_type_title
from vbl_detect.packs.words import shown_text
from vbl_detect.writers.visible import without_surrogates

#: Lines to write on.
_LINES = 3
#: One date for every file: the same pack is the same document.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def write_handout(pack: Pack, path: Path, *, notes: bool, answers: bool) -> None:
    """Write a pack to a Word file.

    Parameters
    ----------
    pack : Pack
        The exercises.
    path : Path
        The file.
    notes, answers : bool
        Whether the notes to mark are in it, and the answer sheet.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = _plain(pack.title), ""
    properties.created = properties.modified = _DATE
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.footer.paragraphs[0].text = f"Pack {pack.id} · {pack.origin}"
    if notes:
        _write_notes(document, pack)
    if notes and answers:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    if answers:
        _write_answers(document, pack)
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _DATE.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))


def _write_notes(document: Any, pack: Pack) -> None:  # noqa: ANN401 - python-docx has no types
    document.add_heading(_plain(pack.title), level=1)
    document.add_paragraph(
        "In each note, underline every phrase that puts responsibility for harm on the person "
        "harmed. Beside it write the letters of its category and its context. Some notes hold "
        "nothing to mark: then tick “nothing here”."
    )
    letters = "; ".join(f"{c.letters} {c.title}" for c in pack.categories.values())
    document.add_paragraph(f"Categories: {letters}.")
    _add_list(document, CONTEXT_TITLES.values())
    for number, exercise in enumerate(pack.exercises, start=1):
        document.add_heading(_heading(number, exercise), level=2)
        note = document.add_paragraph()
        note.paragraph_format.line_spacing = 1.6
        note.paragraph_format.keep_together = True
        note.paragraph_format.keep_with_next = True
        text = exercise.note.text
        start, end = exercise.rewrite or (0, 0)
        note.add_run(_plain(text[:start]))
        note.add_run(_plain(text[start:end])).underline = True
        note.add_run(_plain(text[end:]))
        if exercise.rewrite is None:
            document.add_paragraph(
                "☐ nothing here     Category: ________   Context: ______________"
            )
        else:
            document.add_paragraph("Write what is underlined so that it blames nobody harmed:")
            for _ in range(_LINES):
                document.add_paragraph("_" * 76)


def _write_answers(document: Any, pack: Pack) -> None:  # noqa: ANN401 - python-docx has no types
    document.add_heading(f"Answers: {_plain(pack.title)}", level=1)
    for number, exercise in enumerate(pack.exercises, start=1):
        document.add_heading(_heading(number, exercise), level=2)
        if not exercise.note.spans and exercise.rewrite is None:
            document.add_paragraph("Nothing to mark.")
        _add_list(document, (_answer(pack, exercise, span) for span in exercise.note.spans))
        for label, text in (("Why", exercise.why), ("Better", exercise.better)):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(_plain(text))
        sources = dict.fromkeys(pack.categories[s.category].source for s in exercise.note.spans)
        if sources:
            document.add_paragraph(f"Source: {'; '.join(sources)}")


def _answer(pack: Pack, exercise: Exercise, span: GoldSpan) -> str:
    phrase = exercise.note.text[span.start : span.end]
    borderline = "; borderline: careful readers may differ" if span.borderline else ""
    title = pack.categories[span.category].title
    context = CONTEXT_TITLES[span.context].partition(":")[0]
    return f"“{phrase}”: {title}; {context.lower()}{borderline}"


def _heading(number: int, exercise: Exercise) -> str:
    return f"{number}. {note_type_title(exercise.note.note_type)} ({exercise.id})"


def _add_list(document: Any, lines: Iterable[str]) -> None:  # noqa: ANN401 - as above
    for line in lines:
        document.add_paragraph(_plain(line), style="List Bullet")


def _plain(text: str) -> str:
    return without_surrogates(shown_text(text))
