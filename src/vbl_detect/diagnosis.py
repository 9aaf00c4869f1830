"""Whether an installation is whole and works: versions, hashes, a self-test without a network."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, get_args

from packaging.requirements import Requirement

from vbl_detect import __version__, resources
from vbl_detect.cache import folder as cache_folder
from vbl_detect.classifier.model import load_model
from vbl_detect.errors import IntegrityError, VblDetectError
from vbl_detect.integrity import is_recorded, read_sealed
from vbl_detect.lexicon import read_lexicon
from vbl_detect.marks import findings_in
from vbl_detect.pipeline import load
from vbl_detect.records import ModelChoice

#: Fictional sentences, and whether a finding counts in each; what any working model hears.
SELF_TEST: tuple[tuple[str, bool], ...] = (
    ("She continues to put herself at risk.", True),
    ("The child makes poor lifestyle choices and is streetwise.", True),
    ('Do not write "puts herself at risk"; say who endangers her.', False),
    ("Patrol drove past at 21:00 and saw nobody. House-to-house tomorrow.", False),
)
#: What each extra is for.
EXTRAS = {
    "lsp": "findings in an editor",
    "serve": "the page to paste a draft into",
    "spark": "scans on a Spark cluster",
    "train": "fitting the classifier",
}
_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto"})


class Check(NamedTuple):
    """One thing looked at.

    Attributes
    ----------
    name : str
        What.
    state : str
        ``ok``, ``missing`` (not needed for everything) or ``fault``.
    told : str
        What was found, and for a fault what to do.
    integrity : bool
        Whether a fault is that of a hash.
    """

    name: str
    state: str
    told: str
    integrity: bool = False


def diagnose() -> Iterator[Check]:
    """Yield what is found, one check after the other; no text of a user is looked at.

    Yields
    ------
    Check
        Paths under the home folder begin with ``~``.
    """
    yield Check("vbl-detect", "ok", f"{__version__}, in {_short(Path(__file__).parent)}")
    yield Check("Python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield Check("console", "ok", f"writes {getattr(sys.stdout, 'encoding', None) or 'unknown'}")
    yield from _libraries()
    yield _held("lexicon", _lexicon)
    yield _held("model", _model)
    yield _cache()
    for model in get_args(ModelChoice):
        yield _self_test(model)


def _libraries() -> Iterator[Check]:
    required, missing = [], []
    by_extra: dict[str, list[str]] = {name: [] for name in EXTRAS}
    for requirement in map(Requirement, metadata.requires("vbl-detect") or ()):
        extra = next((e for e in EXTRAS if _only_with(requirement, e)), None)
        found = _version(requirement.name)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            required.append(f"{requirement.name} {found or 'missing'}")
            missing += [] if found else [requirement.name]
        elif extra is not None and found is None:
            by_extra[extra].append(requirement.name)
    if missing:
        yield Check("libraries", "fault", f"{', '.join(missing)} missing; install vbl-detect again")
    else:
        yield Check("libraries", "ok", ", ".join(sorted(required)))
    for extra, absent in by_extra.items():
        state, told = ("missing", f"needs {', '.join(absent)}") if absent else ("ok", "installed")
        remedy = f"; pip install 'vbl-detect[{extra}]'" if absent else ""
        yield Check(f"extra [{extra}]", state, f"{EXTRAS[extra]}: {told}{remedy}")


def _only_with(requirement: Requirement, extra: str) -> bool:
    marker = requirement.marker
    return (
        marker is not None
        and marker.evaluate({"extra": extra})
        and not marker.evaluate({"extra": ""})
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _lexicon() -> str:
    folder = resources.lexicon_dir()  # holds the files to their hashes
    lexicon = read_lexicon([folder])
    return f"{len(lexicon.terms)} terms, SHA-256 {lexicon.sha256[:12]}, {_where(folder)}"


def _model() -> str:
    folder = resources.find_model(resources.MODEL)
    load_model(folder)
    seal = read_sealed(folder / "meta.json")["own_sha256"]
    return f"{folder.name}, SHA-256 {seal[:12]}, {_where(folder)}"


def _where(folder: Path) -> str:
    return f"in {_short(folder)}, " + (
        "as it was installed" if is_recorded(folder) else "in a checkout, where people edit"
    )


def _held(name: str, check: Any) -> Check:  # noqa: ANN401 - either of the two above
    try:
        return Check(name, "ok", check())
    except VblDetectError as error:
        return Check(name, "fault", str(error), isinstance(error, IntegrityError))


def _cache() -> Check:
    folder = cache_folder()
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if os.access(there, os.W_OK):
        return Check("cache", "ok", f"{_short(folder)} can be written")
    return Check("cache", "missing", f"{_short(folder)} cannot be written; commands start slower")


class _Listening:
    """Hears what a process asks of the network while it is on; such a hook cannot be taken off."""

    on = False
    heard: Sequence[str] = ()

    def __call__(self, event: str, _: Any) -> None:  # noqa: ANN401 - as sys.addaudithook gives it
        if self.on and event in _NETWORK:
            self.heard = [*self.heard, event]


@cache
def _listening() -> _Listening:
    listening = _Listening()
    sys.addaudithook(listening)
    return listening


def _self_test(model: ModelChoice) -> Check:
    name = f"self-test, {model}"
    listening = _listening()
    listening.on, listening.heard = True, ()
    try:
        found = findings_in((text for text, _ in SELF_TEST), load(model=model))
        counted = [any(finding.counted for finding in one) for one in found]
    except VblDetectError as error:
        return Check(name, "fault", str(error), isinstance(error, IntegrityError))
    finally:
        listening.on = False
    if listening.heard:
        return Check(name, "fault", f"asked for the network ({listening.heard[0]}); report this")
    wrong = [
        number
        for number, (is_so, (_, should)) in enumerate(zip(counted, SELF_TEST, strict=True), start=1)
        if is_so != should
    ]
    if wrong:
        numbers = ", ".join(map(str, wrong))
        return Check(name, "fault", f"judged sentence {numbers} wrongly; install vbl-detect again")
    return Check(name, "ok", f"{len(SELF_TEST)} sentences judged as they should be, no network")


def _short(path: Path) -> str:
    try:
        return str(Path("~") / path.resolve().relative_to(Path.home().resolve()))
    except (ValueError, RuntimeError, OSError):
        return str(path)
