"""The findings of a draft in an editor: the same as `vbl-detect check` has, with its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from vbl_detect.detection import detect
from vbl_detect.entries import with_entries
from vbl_detect.errors import UsageError
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.records import Finding, ModelChoice, Note
from vbl_detect.settings import Settings, find_settings, read_settings, selection_of
from vbl_detect.settings.adjusting import adjust
from vbl_detect.suppression import Suppressor
from vbl_detect.writers.visible import without_surrogates

if TYPE_CHECKING:
    from spacy.language import Language

    from vbl_detect.lexicon import Lexicon

#: A draft with more text is not judged while it is written: some 80 pages, which take a quarter of
#: a minute.
MAX_CHARACTERS = 200_000
#: Pipelines kept: drafts of more folders than that, each with a lexicon of its own, are rare.
_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as it stands in the editor.

    Attributes
    ----------
    uri : str
        The editor's name for it.
    path : Path
        Where it lies, or would lie if it were saved; settings and suppressions are found by it.
    text : str
        Its text.
    version : int or None
        The editor's number of this state of the text.
    """

    uri: str
    path: Path
    text: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something else that the writer should know: a comment that is wrong, or why nothing is found.

    Attributes
    ----------
    message : str
        In one sentence.
    line : int
        The line it is about, from 1.
    """

    message: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found in one state of a draft.

    Attributes
    ----------
    draft : Draft
        The draft.
    findings : tuple of Finding
        What the writer is to see, in order: what counts, and the rest if the settings say so.
    remarks : tuple of Remark
        What else there is to say.
    lexicon : Lexicon, optional
        The lexicon in force; None if the draft could not be judged.
    """

    draft: Draft
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    lexicon: Lexicon | None = None


class PipelineKey(NamedTuple):
    """What decides over a pipeline: the lexicons with the state of their files, and the model."""

    lexicons: tuple[Path, ...]
    files: tuple[tuple[str, int, int], ...]
    model: ModelChoice


class Load(Protocol):
    """What makes a pipeline, as `vbl_detect.load` does."""

    def __call__(self, *, lexicons: tuple[Path, ...], model: ModelChoice) -> Language:
        """Return a pipeline."""


class Judge:
    """Judges drafts; each pipeline is loaded once, when a draft first needs it.

    Of one thread at a time: spaCy's pipelines are not made for more.

    Parameters
    ----------
    load : callable
        What makes a pipeline.
    today : callable
        What tells the present day.
    """

    def __init__(self, load: Load = load, today: Callable[[], date] = date.today) -> None:
        self._load = load
        self._today = today
        self._pipelines: dict[PipelineKey, Language] = {}

    def settings_of(self, draft: Draft) -> Settings:
        """Return what the settings file of the draft's folder says; it is read anew each time.

        Raises
        ------
        SettingsError
            If there are faults in it.
        """
        path = find_settings([draft.path])
        return Settings() if path is None else read_settings(path)

    def key_of(self, settings: Settings) -> PipelineKey:
        """Return what names the pipeline that settings ask for."""
        return PipelineKey(
            settings.lexicons,
            tuple(_states(settings.lexicons)),
            _value(settings, "model", "full"),
        )

    def is_loaded(self, key: PipelineKey) -> bool:
        """Tell whether a pipeline is there."""
        return key in self._pipelines

    def load(self, key: PipelineKey) -> None:
        """Load a pipeline, and forget those that were used longest ago.

        Raises
        ------
        LexiconError
            If a lexicon has faults.
        """
        self._pipelines[key] = self._load(lexicons=key.lexicons, model=key.model)
        for old in list(self._pipelines)[:-_KEPT]:
            del self._pipelines[old]

    def judge(self, draft: Draft, settings: Settings, key: PipelineKey) -> Judged:
        """Return what is found in a draft.

        Parameters
        ----------
        draft : Draft
            The draft.
        settings : Settings
            What `settings_of` returned for it.
        key : PipelineKey
            What `key_of` returned for them; its pipeline is loaded if it is not there.

        Raises
        ------
        VblDetectError
            If settings, suppressions or lexicon cannot be used.
        """
        if key not in self._pipelines:
            self.load(key)
        nlp = self._pipelines[key] = self._pipelines.pop(key)
        lexicon = find_matcher(nlp).lexicon
        if not draft.text.strip():
            return Judged(draft=draft, lexicon=lexicon)
        if len(draft.text) > MAX_CHARACTERS:
            raise UsageError(
                f"the text is longer than the {MAX_CHARACTERS:,} characters that are judged while "
                "you write; use vbl-detect check"
            )
        suppressor = Suppressor(today=self._today(), known_codes=lexicon.reportable)
        # Half an emoji, which an editor may send while it is typed, cannot be read.
        note = Note(text=without_surrogates(draft.text), path=str(draft.path))
        found = detect(
            suppressor.prepare([with_entries(note)]),
            nlp,
            selection=selection_of(settings),
            min_score=_value(settings, "min-score", None),
        )
        adjusted = adjust(found, settings, lexicon, today=self._today())
        include_context = _value(settings, "include-context", default=False)
        findings = tuple(
            finding for finding in suppressor.apply(adjusted) if finding.counted or include_context
        )
        return Judged(
            draft=draft,
            findings=findings,
            remarks=tuple(_remarks(suppressor)),
            lexicon=lexicon,
        )


def not_judged(draft: Draft, reason: str) -> Judged:
    """Return what stands for a draft that could not be judged, so that silence is not taken for it.

    Parameters
    ----------
    draft : Draft
        The draft.
    reason : str
        Why, in one sentence or several lines.
    """
    return Judged(draft=draft, remarks=(Remark(f"This draft was not checked. {reason}"),))


def _value(settings: Settings, name: str, default: Any) -> Any:  # noqa: ANN401 - of any kind
    setting = settings.values.get(name)
    return default if setting is None else setting.value


def _states(folders: tuple[Path, ...]) -> Iterator[tuple[str, int, int]]:
    """Yield name, time and size of each file of lexicons, which a lead may edit meanwhile."""
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            state = path.stat()
            yield path.name, state.st_mtime_ns, state.st_size


def _remarks(suppressor: Suppressor) -> Iterator[Remark]:
    """Yield what is wrong with comments, each on its line, and what has ended."""
    told = set()
    for wrong in suppressor.wrong_comments:
        told.add(str(wrong))
        message = str(wrong).removeprefix(f"{wrong.place}: ")
        yield Remark(f"{message[0].upper()}{message[1:]}.", _line_in(wrong.place))
    for message in suppressor.messages:
        if message not in told:
            yield Remark(f"{message}.")


def _line_in(place: str) -> int:
    return int(place.rpartition(":")[2])
