"""The card of a trained model, in the form of Mitchell et al., *Model Cards* (2019)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

CARD_FILE = "README.md"

_CARD = """\
# {name}: model card

Made by `vbl-detect train`; the headings are those of *Model Cards for Model Reporting* (Mitchell
et al., 2019). Do not edit: it is written anew with the model.

## Model details

Hears victim-blaming wording that no list holds, and scores every finding. Three parts:

- a **screen** over every sentence: logistic regressions on hashed n-grams of words and characters;
- a **tagger** where the screen or the lexicon sees something: MiniLM (all-MiniLM-L6-v2,
  Apache-2.0), fine-tuned to tag each wordpiece of the note with its context and category, in 8-bit
  ONNX;
- a **stacker**: a logistic regression that joins screen, tagger, lexicon row and context rules into
  the probability that a careful reader would count the finding.

Fitted on {platform}, Python {python}, seed {seed}, {epochs} epochs, by

    {tagger_command}
{refitted}
## Intended use

To point a reader to wording in police reviews and case notes that deserves a second look, with the
reason and better words. Not to judge or rank the people who wrote it, not as evidence that a record
is free of such wording, and not outside that kind of text without measuring first.

## Training data

{n_fitted:,} fictional notes in {n_parts} separately written parts (`data/corpus/`, with a
datasheet) and {ordinary}.
The stacker was fitted on {n_held_out:,} notes which screen and tagger had not seen:
{held_out}. The thresholds were chosen on these and on {n_dev} development notes, on which nothing
was fitted.

## Metrics

By sentence, 95 % intervals from a bootstrap over notes; calibration error in ten equal bins. On the
held-out parts the stacker is measured where it was fitted, screen and tagger are not.

| model | notes | precision | recall | F1 | calibration error |
| --- | --- | --- | --- | --- | --- |
{rows}

Counted from a score of {thresholds}.

## Limits

The notes are written by a language model, denser in blame than real files, and of one country's
police English. All parts of the model are weakest where context decides: reported and adopted
words, quotes, negation far away, suspects beside victims. Prose of other registers can set it off.
Measure on a sample of your own before relying on any figure here: `vbl-detect evaluate`.
"""


def write_card(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write the card of a model beside its parts.

    Parameters
    ----------
    folder : Path
        The model's folder.
    meta : mapping
        What goes into its ``meta.json``.
    """
    data = meta["data"]
    held_out = data["held_out"]
    sizes = {name: part["notes"] for name, part in data["parts"].items()}
    texts = data["ordinary"]["texts"]
    ordinary = (
        f"{texts:,} ordinary texts\nof other registers, not in the project (SHA-256 "
        f"{data['ordinary']['sha256'][:12]}),\na blaming sentence set into one in six"
        if texts
        else "nothing else"
    )
    names = {"tagger": "full", "short": "full, notes of a sentence or two", "screen": "fast"}
    rows = [
        f"| {names[mode]} | {part} ({figures['notes']}) | {_told(figures['precision'])} "
        f"| {_told(figures['recall'])} | {_told(figures['f1'])} "
        f"| {figures['calibration_error']:.3f} |"
        for mode, by_part in meta["figures"].items()
        for part, figures in by_part.items()
    ]
    card = _CARD.format(
        name=folder.name,
        tagger_command=meta["tagger_command"],
        refitted=""
        if meta["command"] == meta["tagger_command"]
        else f"\nand the stacker anew by\n\n    {meta['command']}\n",
        platform=meta["platform"],
        python=meta["python"],
        seed=meta["settings"]["seed"],
        epochs=meta["settings"]["epochs"],
        n_fitted=sum(n for name, n in sizes.items() if name not in held_out),
        n_parts=len(sizes) - len(held_out),
        ordinary=ordinary,
        held_out=", ".join(held_out),
        n_held_out=sum(sizes[name] for name in held_out),
        n_dev=data["dev"]["notes"],
        rows="\n".join(rows),
        thresholds=" and ".join(
            f"{threshold:.2f} ({names[mode]})" for mode, threshold in meta["thresholds"].items()
        ),
    )
    (folder / CARD_FILE).write_text(card, "utf-8")


def _told(estimate: Mapping[str, float]) -> str:
    return f"{estimate['value']:.2f} ({estimate['low']:.2f}-{estimate['high']:.2f})"
