"""What is kept of a quiz between runs: numbers of exercises, places of words, days. No text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from vbl_detect import files
from vbl_detect.errors import UsageError
from vbl_detect.exercises import AnswerSpan
from vbl_detect.quiz.schedule import CardRecord, due_at
from vbl_detect.records import CONTEXTS

SCHEMA_VERSION = "1"


@dataclass(slots=True, kw_only=True)
class Session:
    """A quiz that goes on.

    Attributes
    ----------
    pack : str
        The id of the pack that its exercises are.
    options : mapping
        What it was chosen by.
    ids : list of str
        Its exercises, in order.
    answers : dict of str to list of AnswerSpan
        What was marked, by exercise answered; nothing of what was written.
    begun : list of AnswerSpan
        What is marked so far in the exercise that is open.
    right : int
        Answers that were all right.
    """

    pack: str
    options: Mapping[str, Any]
    ids: list[str]
    answers: dict[str, list[AnswerSpan]] = field(default_factory=dict)
    begun: list[AnswerSpan] = field(default_factory=list)
    right: int = 0

    @property
    def left(self) -> list[str]:
        """The exercises that are not answered, in order."""
        return [name for name in self.ids if name not in self.answers]


@dataclass(slots=True, kw_only=True)
class State:
    """All that is kept.

    Attributes
    ----------
    cards : dict of str to dict
        When each exercise is due again.
    session : Session or None
        A quiz that was not finished.
    """

    cards: dict[str, CardRecord] = field(default_factory=dict)
    session: Session | None = None


def default_path() -> Path:
    """Return where the state is kept if nothing else is said; it need not exist."""
    return platformdirs.user_state_path("vbl-detect", appauthor=False) / "quiz.json"


def read_state(path: Path) -> State:
    """Return what was kept; nothing, if there is no such file.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    UsageError
        If it is there, and is nothing that `write_state` wrote.
    """
    try:
        return _state(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return State()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path}: this is no state of a quiz; name another file with --state, or remove it to "
            "begin anew"
        ) from error


def write_state(state: State, path: Path) -> None:
    """Keep the state, readable by its owner only.

    Parameters
    ----------
    state : State
        What to keep.
    path : Path
        The file; the folder is made if it is the usual one.
    """
    if path == default_path():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    record = {
        "schema_version": SCHEMA_VERSION,
        "cards": dict(sorted(state.cards.items())),
        "session": None if state.session is None else asdict(state.session),
    }
    with files.writing(path) as temporary:
        temporary.write_text(json.dumps(record, indent=1) + "\n", "utf-8", newline="\n")


def _state(record: dict[str, Any]) -> State:
    if record["schema_version"] != SCHEMA_VERSION:
        raise ValueError
    cards = {str(name): dict(card) for name, card in record["cards"].items()}
    for card in cards.values():
        due_at(card)
    kept = record["session"]
    if kept is None:
        return State(cards=cards)
    session = Session(
        pack=str(kept["pack"]),
        options=dict(kept["options"]),
        ids=[str(name) for name in kept["ids"]],
        answers={str(name): _spans(spans) for name, spans in kept["answers"].items()},
        begun=_spans(kept["begun"]),
        right=int(kept["right"]),
    )
    return State(cards=cards, session=session)


def _spans(records: list[dict[str, Any]]) -> list[AnswerSpan]:
    spans = [AnswerSpan(**record) for record in records]
    if any(not 0 <= s.start < s.end or s.context not in CONTEXTS for s in spans):
        raise ValueError
    return spans
