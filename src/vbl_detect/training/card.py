"""The card of a trained model, in the form of Mitchell et al., *Model Cards* (2019)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vbl_detect.classifier.stacker import LISTED

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

Screen and tagger read a note that is mostly about a boy as though it were about a girl, so that
both are held to one standard.

Developed by the vbl-detect maintainers, under the project's MIT licence.
Fitted on {platform}, Python {python}, seed {seed}, {epochs} epochs, by

    {tagger_command}
{after}{refitted}
## Intended use

To point a reader to wording in police reviews and case notes that deserves a second look, with the
reason and better words. Not to judge or rank the people who wrote it, not as evidence that a record
is free of such wording, and not outside that kind of text without measuring first.

Users in mind: audit analysts, supervisors and gatekeepers, trainers, safeguarding leads, and the
data engineers who run it for them.

## Factors

What may move it: whose words they are and about whom; the kind of note, its length and form (terse
logs, minutes, long reviews); voice and register; the gender, age and name of the person written
about; how rare blame is. The evaluation tells by kind of note, category and context; tests swap
genders, names and places. Region, first language and force of the writer could not be looked at:
the notes are fictional.

## Evaluation data

The development notes and the held-out parts below, written and labelled as the training data but
by other writers with themes of their own ([data statement](../../docs/data-statement.md)). Chosen
so that what is learnt of one writer is measured on another. Nothing was measured on real records.

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

Counted from a score of {thresholds}, chosen on these notes. Precision, recall and F1 by
sentence, because a reader reads sentences; beside baselines, by note, span, category and context in
[the evaluation](../../docs/evaluation.md).

## Ethical considerations

It reads the most sensitive records there are, and runs on the reader's own machine, without a
network. It marks wording, and can hurt in four ways: it can be used against the people who write,
so that they write less or elsewhere; a clean result can be taken for proof; what it does not hear
(other voices, boys, adults, communities whose abuse it has not seen) gets less attention; and
better words can be pasted in without a better look at the child. The report ranks nobody, hides
small groups and tells intervals; every finding carries its reason; what does not count is shown
with the words that decided. Nobody who has been harmed has been asked about it yet, and somebody
should be.

## Limits and recommendations

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
    (folder / CARD_FILE).write_text(card(folder.name, meta), "utf-8", newline="\n")


def card(name: str, meta: Mapping[str, Any]) -> str:
    """Return the card of a model, in Markdown.

    Parameters
    ----------
    name : str
        The model's name.
    meta : mapping
        What its ``meta.json`` holds.
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
    names = {
        "tagger": "full",
        LISTED: "full, wording that the lexicon matches",
        "short": "full, notes of a sentence or two",
        "screen": "fast",
    }
    rows = [
        f"| {names[mode]} | {part} ({figures['notes']}) | {_told(figures['precision'])} "
        f"| {_told(figures['recall'])} | {_told(figures['f1'])} "
        f"| {figures['calibration_error']:.3f} |"
        for mode, by_part in meta["figures"].items()
        for part, figures in by_part.items()
    ]
    return _CARD.format(
        name=name,
        tagger_command=_briefly(meta["tagger_command"]),
        after=_elsewhere(meta.get("elsewhere"))
        + _gone_on_from(meta.get("after"))
        + _mean_with(meta.get("mean_with")),
        refitted=""
        if meta["command"] == meta["tagger_command"]
        else f"\nThe stacker was fitted by\n\n    {_briefly(meta['command'])}\n",
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


def _told(estimate: Mapping[str, float]) -> str:
    return f"{estimate['value']:.2f} ({estimate['low']:.2f}-{estimate['high']:.2f})"


def _briefly(command: str) -> str:
    """Return a command with parts numbered in a row as the shell's braces have them."""

    def braced(run: re.Match[str]) -> str:
        numbers = [int(number) for number in re.findall(rf"{re.escape(run[1])}(\d+)", run[0])]
        in_a_row = numbers == list(range(numbers[0], numbers[-1] + 1))
        return f"{run[1]}{{{numbers[0]}..{numbers[-1]}}}{run[2]}" if in_a_row else run[0]

    return re.sub(r"(\S*?-)\d+(\.jsonl)(?: \1\d+\2)+", braced, command)


def _elsewhere(made: Mapping[str, Any] | None) -> str:
    if not made:
        return ""
    commands = "\n".join(f"    {command}" for command in made["commands"])
    return (
        f"\nThe tagger's weights were fitted elsewhere ({made['device']}), on what\n"
        f"`train --readings` wrote of these notes, earlier steps of those there were then, by\n\n"
        f"{commands}\n"
    )


def _gone_on_from(after: Mapping[str, Any] | None) -> str:
    if not after:
        return ""
    return (
        f"\nwhich goes on from the tagger (SHA-256 {after['tagger_sha256'][:12]}) made by\n\n"
        f"    {_briefly(after['tagger_command'])}\n{_elsewhere(after.get('elsewhere'))}"
        f"{_gone_on_from(after['after'])}"
        f"{_mean_with(after.get('mean_with'))}"
    )


def _mean_with(other: Mapping[str, Any] | None) -> str:
    if not other:
        return ""
    return (
        "\nThe weights of this tagger and of the one made by\n\n"
        f"    {_briefly(other['tagger_command'])}\n{_gone_on_from(other['after'])}\n"
        f"(SHA-256 {other['tagger_sha256'][:12]}) are set to their mean.\n"
    )
