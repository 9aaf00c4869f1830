"""What is kept while a quiz goes on, after each answer: the state, and a file of answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from vbl_detect import files
from vbl_detect.errors import UsageError
from vbl_detect.exercises import Answer, AnswerFile, as_json, read_answers
from vbl_detect.quiz.state import Session, State, write_state


@dataclass(slots=True, kw_only=True)
class Keeping:
    """Where a quiz is kept, and what of it.

    Attributes
    ----------
    state : State
        When what is due, and the quiz that goes on.
    place : Path
        The state's file.
    output : Path, optional
        The file of answers; None: none is written.
    name : str
        The person's name or number in that file.
    written : dict of str to str
        What was written in rewriting tasks, by exercise; it is kept in that file alone.
    """

    state: State
    place: Path
    output: Path | None
    name: str
    written: dict[str, str] = field(default_factory=dict)

    def open(self, session: Session) -> None:
        """Take up a session, and what its file of answers holds already.

        Raises
        ------
        UsageError
            If that file holds answers to other exercises.
        """
        self.state.session = session
        if self.output is not None and self.output.exists():
            file = read_answers(self.output)
            if file.pack != session.pack:
                raise UsageError(
                    f"{self.output}: this file holds answers to other exercises; name another"
                )
            self.name = self.name or file.name
            self.written = {one.id: one.rewriting for one in file.answers if one.rewriting}
        self.keep()

    def close(self) -> None:
        """Let the session go, once all of it is answered; its file of answers stays."""
        self.state.session = None
        self.keep()

    def keep(self) -> None:
        """Write the state, and the answers."""
        write_state(self.state, self.place)
        session = self.state.session
        if self.output is None or session is None:
            return
        answers = tuple(
            Answer(id=one, spans=tuple(spans), rewriting=self.written.get(one))
            for one, spans in session.answers.items()
        )
        file = AnswerFile(pack=session.pack, name=self.name, answers=answers)
        with files.writing(self.output) as temporary:
            temporary.write_text(as_json(file), "utf-8", newline="\n")
