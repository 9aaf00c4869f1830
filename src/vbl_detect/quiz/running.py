"""A quiz from the first exercise that is not answered to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fsrs import Rating

from vbl_detect.exercises import AnswerSpan, Exercise, mark
from vbl_detect.lexicon import Category
from vbl_detect.packs import note_type_title
from vbl_detect.packs.own import with_unlisted
from vbl_detect.quiz.dialogue import HELP, Dialogue, Screen
from vbl_detect.quiz.keeping import Keeping
from vbl_detect.quiz.schedule import rated, rated_words, reviewed
from vbl_detect.quiz.state import Session
from vbl_detect.rewriting_checks import RewritingJudge


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Asks, keeps each answer, and tells what is agreed.

    Attributes
    ----------
    kept : Keeping
        Where answers are kept.
    session : Session
        What is asked.
    exercises : mapping of str to Exercise
        All that can be asked, by id.
    categories : mapping of str to Category
        All categories, by slug.
    screen : Screen
        Where it is asked.
    load_judge : callable
        Returns what checks rewritings; called once, when the first is due, for it takes seconds.
    now : callable
        Returns the time, in UTC.
    """

    kept: Keeping
    session: Session
    exercises: Mapping[str, Exercise]
    categories: Mapping[str, Category]
    screen: Screen
    load_judge: Callable[[], RewritingJudge]
    now: Callable[[], datetime]

    def run(self) -> None:
        """Ask what is left, and let the session go.

        Raises
        ------
        StopError
            If the person stops; the session stays.
        """
        session, screen = self.session, self.screen
        asked = [self.exercises[one] for one in session.ids]
        categories = with_unlisted(self.categories, asked)
        dialogue = Dialogue(screen=screen, categories=categories, keep=self._keep_begun)
        judge: RewritingJudge | None = None
        if any(one.rewrite is None for one in asked):
            screen.say(HELP)
        for one in session.left:
            exercise = self.exercises[one]
            screen.gap()
            place = f"{session.ids.index(one) + 1} of {len(session.ids)}"
            screen.say(f"{place}. {note_type_title(exercise.note.note_type)}", "bold")
            if exercise.rewrite is None:
                self._ask_to_mark(exercise, dialogue)
            else:
                judge = judge or self.load_judge()
                self._ask_to_rewrite(exercise, dialogue, judge)
        screen.gap()
        screen.say(f"{session.right} of {len(session.ids)} all right.", "bold")
        self.kept.close()

    def _ask_to_mark(self, exercise: Exercise, dialogue: Dialogue) -> None:
        answer = dialogue.mark(exercise, self.session.begun)
        marks = mark(exercise.note, answer)
        self._keep(exercise, answer.spans, rated(marks), right=marks.right)
        dialogue.tell(exercise, marks)

    def _ask_to_rewrite(
        self, exercise: Exercise, dialogue: Dialogue, judge: RewritingJudge
    ) -> None:
        words = dialogue.rewrite(exercise).rewriting or ""
        check = judge(exercise, words)
        self.kept.written[exercise.id] = words
        self._keep(exercise, (), rated_words(clear=check.clear), right=check.clear)
        dialogue.tell_rewriting(exercise, check)

    def _keep(
        self, exercise: Exercise, spans: Iterable[AnswerSpan], rating: Rating, *, right: bool
    ) -> None:
        session, cards = self.session, self.kept.state.cards
        session.answers[exercise.id] = list(spans)
        session.begun = []
        session.right += right
        cards[exercise.id] = reviewed(cards.get(exercise.id), rating, self.now())
        self.kept.keep()

    def _keep_begun(self, begun: Iterable[AnswerSpan]) -> None:
        self.session.begun = list(begun)
        self.kept.keep()
