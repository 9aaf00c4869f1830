"""One exercise at a screen: the note, what a person marks or writes, and then the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vbl_detect.exercises import Answer, AnswerSpan, Exercise, ExerciseMarks, SpanMark
from vbl_detect.lexicon import Category
from vbl_detect.packs import CONTEXT_TITLES
from vbl_detect.quiz.locating import chosen, places, sentences
from vbl_detect.records import Context
from vbl_detect.rewriting_checks import LIMIT, RewritingCheck

HELP = (
    "Type the words of the phrase as they stand, or its first and last words with ... between, or "
    "the number of a sentence to choose it whole. Enter alone: nothing more to mark. "
    "-: take back the last mark. q: stop here; the same command goes on. ?: these lines."
)
_MOST_PLACES = 9


class StopError(Exception):
    """The person stops, and goes on another time."""


class Screen(Protocol):
    """Where things are shown and asked."""

    def say(self, text: str, style: str = "") -> None:
        """Show a paragraph."""

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show labels, and texts beside them."""

    def gap(self) -> None:
        """Leave a line."""

    def ask(self, prompt: str) -> str:
        """Ask for a line; raises `StopError` where there is no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Asks, and tells.

    Attributes
    ----------
    screen : Screen
        Where.
    categories : mapping of str to Category
        All categories, by slug.
    keep : callable
        Takes what is marked so far, each time that changes.
    """

    screen: Screen
    categories: Mapping[str, Category]
    keep: Callable[[list[AnswerSpan]], None]

    def mark(self, exercise: Exercise, begun: Iterable[AnswerSpan] = ()) -> Answer:
        """Ask for the phrases of a note.

        Parameters
        ----------
        exercise : Exercise
            With phrases to mark.
        begun : iterable of AnswerSpan
            What was marked before an interruption.

        Raises
        ------
        StopError
            If the person stops.
        """
        text = exercise.note.text
        bounds = sentences(text)
        self.screen.rows((str(n), text[s:e]) for n, (s, e) in enumerate(bounds, start=1))
        spans = sorted(begun, key=lambda span: span.start)
        for span in spans:
            self.screen.say(f"Marked before: {self._told(text, span)}")
        while typed := self._ask("Phrase (Enter: nothing more, ?: help)> "):
            if typed == "?":
                self.screen.say(HELP)
            elif typed == "-":
                self.screen.say("Taken back." if spans else "Nothing is marked yet.")
                spans = spans[:-1]
                self.keep(spans)
            elif (place := self._place(text, bounds, typed)) is not None:
                if any(place[0] < other.end and other.start < place[1] for other in spans):
                    self.screen.say("Some of these words are marked already; - takes that back.")
                    continue
                spans.append(self._kind(*place))
                self.keep(spans)
                self.screen.say(f"Marked: {self._told(text, spans[-1])}")
        return Answer(id=exercise.id, spans=tuple(sorted(spans, key=lambda span: span.start)))

    def rewrite(self, exercise: Exercise) -> Answer:
        """Ask for better wording.

        Parameters
        ----------
        exercise : Exercise
            A rewriting task.

        Raises
        ------
        StopError
            If the person stops.
        """
        text = exercise.note.text
        start, end = exercise.rewrite or (0, len(text))
        around = [("", text[:start]), ("rewrite", text[start:end]), ("", text[end:])]
        self.screen.rows((label, part.strip()) for label, part in around if part.strip())
        self.screen.say("Say what happened, who did it and what follows, and blame nobody harmed.")
        while not (typed := self._ask("Your wording, on one line> ")) or typed == "?":
            self.screen.say("Write the passage anew, on one line. q: stop here.")
        return Answer(id=exercise.id, rewriting=typed)

    def tell(self, exercise: Exercise, marks: ExerciseMarks) -> None:
        """Show the agreed answer beside the person's, why, better wording, and the source."""
        text = exercise.note.text
        if not marks.spans:
            self.screen.say("The agreed answer: nothing to mark.", "bold")
            if not marks.extra:
                self.screen.say("You marked nothing either.")
        else:
            self.screen.say("The agreed answer", "bold")
        for span in marks.spans:
            gold = span.gold
            borderline = " Borderline: careful readers may differ." if gold.borderline else ""
            kind = f"{self.categories[gold.category].title}; {_context(gold.context)}."
            self.screen.say(f"“{text[gold.start : gold.end]}”", "reverse")
            self.screen.say(f"{kind}{borderline} {self._verdict(span)}")
        if marks.extra:
            told = ", ".join(f"“{text[span.start : span.end]}”" for span in marks.extra)
            self.screen.say(f"Also marked by you, and not in the agreed answer: {told}.")
        self._tell_reasons(exercise)

    def tell_rewriting(self, exercise: Exercise, check: RewritingCheck) -> None:
        """Show what is left in a rewriting and why, or that nothing is; then the model answer."""
        for finding in check.findings:
            self.screen.say(f"Still there: “{finding.phrase}”", "bold")
            self.screen.rows([("why", finding.why), ("instead", finding.suggestion)])
        for phrase in check.kept:
            self.screen.say(f"Still there, as it stood: “{phrase}”", "bold")
        if check.clear:
            self.screen.say("The detector finds nothing in your wording.", "bold")
        self.screen.say(LIMIT)
        self.screen.rows(
            [("yours", check.words), ("model", exercise.better), ("why", exercise.why)]
        )

    def _tell_reasons(self, exercise: Exercise) -> None:
        sources = dict.fromkeys(
            self.categories[span.category].source for span in exercise.note.spans
        )
        rows = [("why", exercise.why), ("better", exercise.better)]
        if sources:
            rows.append(("source", "; ".join(sources)))
        self.screen.rows(rows)

    def _ask(self, prompt: str) -> str:
        typed = self.screen.ask(prompt).strip()
        if typed.casefold() == "q":
            raise StopError
        return typed

    def _place(
        self, text: str, bounds: list[tuple[int, int]], typed: str
    ) -> tuple[int, int] | None:
        numbers = {str(number): bound for number, bound in enumerate(bounds, start=1)}
        if typed in numbers:
            return numbers[typed]
        found = places(text, typed)
        if not found:
            self.screen.say("These words are not in the note; copy them as they stand, or ?")
            return None
        if len(found) == 1:
            return found[0]
        found = found[:_MOST_PLACES]
        self.screen.rows((str(n), _around(text, *p)) for n, p in enumerate(found, start=1))
        while True:
            which = chosen(
                self._ask(f"Which of these, 1 to {len(found)}?> "),
                {str(n): (str(n),) for n in range(1, len(found) + 1)},
            )
            if which is not None:
                return found[int(which) - 1]

    def _kind(self, start: int, end: int) -> AnswerSpan:
        names = {slug: (c.letters, c.title, slug) for slug, c in self.categories.items()}
        titles = [f"{c.letters} {c.title}" for c in self.categories.values()]
        category = self._choose("Category", names, titles)
        named = {str(context): (str(context),) for context in CONTEXT_TITLES}
        titles = [f"{n} {title}" for n, title in enumerate(CONTEXT_TITLES.values(), start=1)]
        context: Context = self._choose("Context", named, titles)  # type: ignore[assignment]
        return AnswerSpan(start=start, end=end, category=category, context=context)

    def _choose(
        self, what: str, names: Mapping[str, tuple[str, ...]], titles: Sequence[str]
    ) -> str:
        self.screen.say("; ".join(title.partition(":")[0] for title in titles))
        while True:
            typed = self._ask(f"{what} (letters, number or the beginning of its name)> ")
            value = chosen(typed, names)
            if value is not None:
                return value
            self.screen.rows((title.partition(" ")[0], title.partition(" ")[2]) for title in titles)

    def _verdict(self, span: SpanMark) -> str:
        given = span.given
        if given is None:
            fine = ", which is fine" if span.gold.borderline else ""
            return f"You did not mark this{fine}."
        words = "these words" if span.exact else "some of these words, or more"
        category = self.categories.get(given.category)
        named = given.category if category is None else category.title
        kind = "category right" if span.category_right else f"you chose the category {named}"
        context = "context right" if span.context_right else f"the context {given.context}"
        return f"You marked {words}; {kind}; {context}."

    def _told(self, text: str, span: AnswerSpan) -> str:
        title = self.categories[span.category].title
        return f"“{text[span.start : span.end]}”: {title}; {span.context}."


def _context(context: Context) -> str:
    title, _, meaning = CONTEXT_TITLES[context].partition(": ")
    return f"{title.lower()} ({meaning})"


def _around(text: str, start: int, end: int) -> str:
    return f"… {text[max(start - 30, 0) : start]}[{text[start:end]}]{text[end : end + 30]} …"
