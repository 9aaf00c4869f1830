"""Notes that several readers labelled, brought together by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vbl_detect.counts import how_many
from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.gold import GoldNote, GoldSpan, read_gold

#: What stands in a decision for "no span here"; no reader can be called so.
NOBODY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelNote:
    """A note, and what each of its readers marked in it.

    Attributes
    ----------
    id, note_type, text : str
        As in the labelled note.
    spans : mapping of str to tuple of GoldSpan
        By the reader's name, in order of place; a reader who did not have the note is left out.
    """

    id: str
    note_type: str
    text: str
    spans: Mapping[str, tuple[GoldSpan, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Readers and the notes that two of them or more labelled, in order of id.

    Attributes
    ----------
    readers : tuple of str
        Their names.
    notes : tuple of PanelNote
        What can be compared.
    alone : mapping of str to int
        By reader, the notes that nobody else labelled.
    """

    readers: tuple[str, ...]
    notes: tuple[PanelNote, ...]
    alone: Mapping[str, int]

    def remarks(self) -> Iterator[str]:
        """Yield what the user should know of notes that not everybody labelled."""
        for reader, number in self.alone.items():
            if number:
                yield f"left out, labelled by {reader} alone: {how_many(number, 'note')}"
        partly = sum(len(note.spans) < len(self.readers) for note in self.notes)
        if partly:
            yield (
                f"not labelled by everybody: {partly:,} of {how_many(len(self.notes), 'note')}; "
                "Fleiss' kappa leaves these out"
            )


def read_panel(paths: Sequence[Path], names: Sequence[str] = ()) -> Panel:
    """Read labelled notes, one file a reader.

    Parameters
    ----------
    paths : sequence of Path
        JSON Lines files as `vbl_detect.gold.read_gold` takes them.
    names : sequence of str
        The readers' names in the order of `paths`; empty: the files' names.

    Raises
    ------
    UsageError
        If there are fewer than two files, the names do not fit, or no note is in two files.
    ReaderError
        If a file cannot be read, names a note twice, or has another text under an id.
    """
    readers = _names(paths, names)
    found: dict[str, PanelNote] = {}
    first: dict[str, Path] = {}
    for reader, path in zip(readers, paths, strict=True):
        for note in _read_once_each(path):
            known = found.get(note.id)
            if known is not None and known.text != note.text:
                message = (
                    f"note {note.id!r} has another text here than in {first[note.id]}; give both "
                    "readers the same text, or the notes different ids"
                )
                raise ReaderError(message, path=str(path))
            first.setdefault(note.id, path)
            spans = tuple(sorted(note.spans, key=_order))
            found[note.id] = PanelNote(
                id=note.id,
                note_type=note.note_type if known is None else known.note_type,
                text=note.text,
                spans={**({} if known is None else known.spans), reader: spans},
            )
    notes = [found[id_] for id_ in sorted(found)]
    shared = tuple(note for note in notes if len(note.spans) > 1)
    if not shared:
        raise UsageError(
            f"no note is in two of the files {', '.join(map(str, paths))}; notes are matched by "
            "their id, so check that the readers labelled the same set"
        )
    lone = Counter(reader for note in notes if len(note.spans) == 1 for reader in note.spans)
    return Panel(readers=readers, notes=shared, alone={name: lone[name] for name in readers})


def _order(span: GoldSpan) -> tuple[int, int, str, str, bool]:
    return span.start, span.end, span.category, span.context, span.borderline


def _read_once_each(path: Path) -> list[GoldNote]:
    notes = read_gold(path)
    number = Counter(note.id for note in notes)
    for id_, times in number.items():
        if times > 1:
            message = f"note {id_!r} is there {times} times; keep one"
            raise ReaderError(message, path=str(path))
    if not notes:
        raise ReaderError("the file holds no labelled note; leave it out", path=str(path))
    return notes


def _names(paths: Sequence[Path], names: Sequence[str]) -> tuple[str, ...]:
    if len(paths) < 2:  # noqa: PLR2004
        raise UsageError("agreement needs two readers or more; name a file for each")
    if names and len(names) != len(paths):
        raise UsageError(f"--names has {len(names)} names for {len(paths)} files; give one a file")
    readers = tuple(names or (path.stem for path in paths))
    for name, times in Counter(readers).items():
        if times > 1:
            raise UsageError(f"{times} readers are called {name!r}; tell them apart: --names A,B")
        if name.lower() == NOBODY:
            raise UsageError(f"no reader can be called {name!r}; choose another name in --names")
    return readers
