"""A runner of windows that remembers: a draft judged again while it is written changes in few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vbl_detect.classifier.tagger import Encoder, FloatArray, Ids, Runner

#: Windows remembered, some 40,000 words, in about 4 MB.
MOST_WINDOWS = 256


class Remembering:
    """Runs only windows that were not run lately; what it gives is the same to the last bit.

    It can be, since a window is run on its own: what the encoder gives depends on nothing else.

    Parameters
    ----------
    run : callable
        Runs the others.
    most : int
        Windows remembered, those used last.
    """

    def __init__(self, run: Runner, most: int = MOST_WINDOWS) -> None:
        self._run = run
        self._most = most
        self._known: dict[bytes, tuple[FloatArray, FloatArray]] = {}

    def __call__(
        self, encoder: Encoder, windows: Iterable[Ids], /
    ) -> Iterable[tuple[FloatArray, FloatArray]]:
        """Return what the encoder gives for each window, in order."""
        asked = [(window.tobytes(), window) for window in windows]
        before = self._known  # another thread may put others there meanwhile
        known = {key: before[key] for key, _ in asked if key in before}
        new = {key: window for key, window in asked if key not in known}
        known.update(zip(new, self._run(encoder, new.values()), strict=True))
        self._keep(known)
        return [known[key] for key, _ in asked]

    def _keep(self, used: dict[bytes, tuple[FloatArray, FloatArray]]) -> None:
        others = {key: value for key, value in self._known.items() if key not in used}
        self._known = dict([*others.items(), *used.items()][-self._most :])
