"""The contextual tagger as it runs: each token's context and category, by onnxruntime.

A window is run on its own, never in a batch with others: the 8-bit model scales its activations
by what it sees together, and a finding must not depend on the notes that came before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
import numpy.typing as npt

from vbl_detect.classifier.onnx import import_onnxruntime
from vbl_detect.classifier.remembering import Remembering

FloatArray = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
#: Wordpieces in a window, without the two marks at its ends, and how far windows lie apart; the
#: overlap gives every token context on both sides. Longer windows, mostly ordinary prose in
#: fitting, hide a blaming sentence among many; shorter ones find more in ordinary prose.
WINDOW = 200
STRIDE = 140
#: Windows of one note that run side by side, unless it is told otherwise.
MOST_THREADS = 4

MODEL_FILE = "tagger.onnx"
TOKENIZER_FILE = "tokenizer.json"


class Tags(NamedTuple):
    """What the tagger says of a note.

    Attributes
    ----------
    offsets : ndarray of shape (n_tokens, 2)
        Half-open offsets of the wordpieces in code points.
    contexts : ndarray of shape (n_tokens, n_contexts + 1)
        Probabilities of no blaming wording, then of each context.
    categories : ndarray of shape (n_tokens, n_categories)
        Probabilities of the categories.
    seen : ndarray of shape (n_tokens,)
        Whether the token lay in a window that was run; the others are all zeros.
    """

    offsets: npt.NDArray[np.int64]
    contexts: FloatArray
    categories: FloatArray
    seen: npt.NDArray[np.bool_]


class Tagging(Protocol):
    """Anything that tags: the shipped model, or one in training."""

    def tag(self, text: str, stretches: Sequence[tuple[int, int]]) -> Tags:
        """Tag the windows of a note that hold any of the stretches."""


class Encoder(Protocol):
    """Runs one window: token ids in, probabilities of contexts and of categories out."""

    def __call__(self, ids: Ids, /) -> tuple[FloatArray, FloatArray]:
        """Return two arrays of shape (n_ids, …)."""


class Runner(Protocol):
    """Runs windows, as `map` does."""

    def __call__(
        self, encoder: Encoder, windows: Iterable[Ids], /
    ) -> Iterable[tuple[FloatArray, FloatArray]]:
        """Return what the encoder gives for each window, in order."""


def window_starts(n_tokens: int) -> list[int]:
    """Return where the windows of a note begin, in tokens."""
    if n_tokens <= WINDOW:
        return [0]
    last = n_tokens - WINDOW
    return [*range(0, last, STRIDE), last]


@dataclass(frozen=True, slots=True)
class WindowTagger:
    """Tags notes window by window.

    Attributes
    ----------
    tokenizer : tokenizers.Tokenizer
        Splits text into wordpieces, without adding marks.
    encoder : Encoder
        Runs a window.
    first_id, last_id : int
        The marks at a window's ends.
    run : callable
        Takes the encoder and windows, and returns what it gives for each, in order.
    """

    tokenizer: Tokenizing
    encoder: Encoder
    first_id: int
    last_id: int
    run: Runner = map

    def tag(self, text: str, stretches: Sequence[tuple[int, int]]) -> Tags:
        """Tag the windows of a note that hold any of the stretches.

        Parameters
        ----------
        text : str
            The note.
        stretches : sequence of (int, int)
            Half-open offsets of what has to be tagged; none: nothing is run.

        Returns
        -------
        Tags
            Where windows overlap, each token is judged by the one that shows most around it.
        """
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
        ids = np.array(encoded.ids, dtype=np.int64)
        spans = _windows_over(stretches, offsets)
        windows = (
            np.concatenate([[self.first_id], ids[begin:stop], [self.last_id]])
            for begin, stop in spans
        )
        outputs = self.run(self.encoder, windows)
        tagged = [tuple(array[1:-1] for array in output) for output in outputs]
        return _merged(offsets, spans, tagged)


def _windows_over(
    stretches: Iterable[tuple[int, int]], offsets: npt.NDArray[np.int64]
) -> list[tuple[int, int]]:
    """Return the windows, as half-open token positions, that hold any of the stretches."""
    n_tokens = len(offsets)
    wanted = np.zeros(n_tokens, dtype=bool)
    for start, end in stretches:
        wanted |= (offsets[:, 0] < end) & (start < offsets[:, 1])
    return [
        (begin, stop)
        for begin in window_starts(n_tokens)
        if wanted[begin : (stop := min(begin + WINDOW, n_tokens))].any()
    ]


def _merged(
    offsets: npt.NDArray[np.int64],
    spans: Sequence[tuple[int, int]],
    tagged: Sequence[tuple[FloatArray, ...]],
) -> Tags:
    """Put windows together: each token by the window that shows most around it."""
    n_tokens = len(offsets)
    widths = [array.shape[1] for array in tagged[0]] if tagged else [0, 0]
    contexts, categories = (np.zeros((n_tokens, width), dtype=np.float32) for width in widths)
    seen = np.zeros(n_tokens, dtype=bool)
    most = np.full(n_tokens, -1)
    for (begin, stop), (by_context, by_category) in zip(spans, tagged, strict=True):
        place = np.arange(stop - begin)
        # Where the note itself begins or ends, nothing is missing around a token.
        around = np.minimum(
            place if begin else place + WINDOW,
            place[::-1] if stop < n_tokens else place[::-1] + WINDOW,
        )
        better = around > most[begin:stop]
        contexts[begin:stop][better] = by_context[better]
        categories[begin:stop][better] = by_category[better]
        most[begin:stop] = np.maximum(most[begin:stop], around)
        seen[begin:stop] = True
    return Tags(offsets, contexts, categories, seen)


#: The tags of a note that nothing of is run.
NOTHING = Tags(
    offsets=np.zeros((0, 2), dtype=np.int64),
    contexts=np.zeros((0, 0), dtype=np.float32),
    categories=np.zeros((0, 0), dtype=np.float32),
    seen=np.zeros(0, dtype=np.bool_),
)


class LazyTagger:
    """A tagger that is loaded when it is first needed; most notes hold nothing to be tagged.

    Parameters
    ----------
    load : callable
        Returns the tagger.
    """

    def __init__(self, load: Callable[[], Tagging]) -> None:
        self._load = cache(load)

    def tag(self, text: str, stretches: Sequence[tuple[int, int]]) -> Tags:
        """Tag the windows of a note that hold any of the stretches; without any, load nothing."""
        return self._load().tag(text, stretches) if stretches else NOTHING


class Encoded(Protocol):
    """A text in wordpieces."""

    @property
    def ids(self) -> list[int]:
        """The wordpieces' ids."""

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Where they stand: half-open offsets in code points."""


class Tokenizing(Protocol):
    """What is used of ``tokenizers.Tokenizer``, which has no types of its own."""

    def encode(self, text: str, /, *, add_special_tokens: bool) -> Encoded:
        """Return the wordpieces of a text."""

    def token_to_id(self, token: str, /) -> int | None:
        """Return the id of a wordpiece, or None if there is none."""

    def no_truncation(self) -> None:
        """Keep texts whole."""

    def no_padding(self) -> None:
        """Add nothing."""


def load_tagger(folder: Path, threads: int = MOST_THREADS) -> WindowTagger:
    """Load the shipped tagger.

    Parameters
    ----------
    folder : Path
        A model folder with `MODEL_FILE` and `TOKENIZER_FILE`.
    threads : int
        How many windows of a note may run side by side.
    """
    # Both load native libraries, which a run without the tagger need not pay for.
    from tokenizers import Tokenizer  # noqa: PLC0415

    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / MODEL_FILE),
        options,
        providers=["CPUExecutionProvider"],
        # What it fuses to is slower than the parts: with it a window takes a fifth longer.
        disabled_optimizers=["SkipLayerNormFusion"],
    )

    def encode(ids: Ids) -> tuple[FloatArray, FloatArray]:
        by_context, by_category = session.run(None, {"ids": ids[None]})
        return by_context[0], by_category[0]

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    most = min(os.cpu_count() or 1, threads)
    run: Runner = map if most == 1 else partial(_side_by_side, most)
    return window_tagger(tokenizer, encode, Remembering(run))


def window_tagger(tokenizer: Tokenizing, encoder: Encoder, run: Runner = map) -> WindowTagger:
    """Put a tokenizer and an encoder together.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        Truncation and padding are switched off in it.
    encoder : Encoder
        Runs a window.
    run : callable
        As of `WindowTagger`.
    """
    tokenizer.no_truncation()
    tokenizer.no_padding()
    first, last = (cast("int", tokenizer.token_to_id(mark)) for mark in ("[CLS]", "[SEP]"))
    return WindowTagger(tokenizer, encoder, first, last, run)


def _side_by_side(
    most: int, encoder: Encoder, windows: Iterable[Ids]
) -> Iterable[tuple[FloatArray, FloatArray]]:
    """Run windows in threads of their own; each is a run by itself, so that none moves another."""
    windows = list(windows)
    if len(windows) < 2:  # noqa: PLR2004 - one has no other beside it
        return map(encoder, windows)
    with ThreadPoolExecutor(min(len(windows), most)) as threads:
        return list(threads.map(encoder, windows))
