"""Who answered what: files of answers, put together by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.exercises import Answer, read_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's answers.

    Attributes
    ----------
    name : str
        What the person typed, or else the name of the file.
    group : str
        The folder of the person's file.
    answers : mapping of str to Answer
        By exercise.
    """

    name: str
    group: str
    answers: Mapping[str, Answer]

    @property
    def key(self) -> str:
        """The name without regard to capitals and spaces, by which files belong together."""
        return " ".join(self.name.casefold().split())


@dataclass(slots=True)
class Read:
    """People, and what there is to say of their files."""

    people: list[Person] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[ReaderError] = field(default_factory=list)


def read_people(paths: Sequence[Path]) -> Read:
    """Return the people whose answers some files hold.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders of them, or patterns such as ``before/*.json``. A file that holds no answers
        is named among the problems.

    Raises
    ------
    UsageError
        If there is no such file, or a folder holds none.
    """
    read = Read()
    files = _files(paths)
    stems = Counter(path.stem for path in files)
    held: dict[str, Person] = {}
    for path in files:
        try:
            file = read_answers(path)
        except ReaderError as error:
            read.problems.append(error)
            continue
        stem = path.stem if stems[path.stem] == 1 else f"{path.parent.name}/{path.stem}"
        name = " ".join(file.name.split()) or stem
        answers: dict[str, Answer] = {}
        for answer in file.answers:
            answers.setdefault(answer.id, answer)
        person = Person(name=name, group=path.parent.name, answers=answers)
        before = held.get(person.key)
        if before is not None:
            person = _joined(before, person, path, read.remarks)
        held[person.key] = person
    read.people = list(held.values())
    return read


def _joined(before: Person, more: Person, path: Path, remarks: list[str]) -> Person:
    """Return a person with the answers of another file; what was answered first stands."""
    twice = [
        name for name, answer in more.answers.items() if before.answers.get(name, answer) != answer
    ]
    if twice:
        remarks.append(
            f"{path}: {len(twice)} exercises that {before.name} answered in another file too, "
            "otherwise; the file named first counts"
        )
    return Person(name=before.name, group=before.group, answers={**more.answers, **before.answers})


def _files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            held = sorted(path.rglob("*.json"))
            if not held:
                raise UsageError(f"{path}: the folder holds no .json file of answers; name another")
        elif not path.exists() and has_magic(str(path)):
            held = sorted(map(Path, glob(str(path), recursive=True)))  # noqa: PTH207 - may be absolute
            if not held:
                raise UsageError(f"{path}: no file is called so; check the pattern")
        else:
            held = [path]
        for one in held:
            found.setdefault(one.resolve(), one)
    return list(found.values())
