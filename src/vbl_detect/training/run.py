"""From labelled notes to a model folder: screen, tagger, stacker, thresholds, card.

The stacker is fitted on parts of the corpus that neither screen nor tagger has seen, so that it
weighs them as they are on new text; nothing is fitted on the development notes, which choose the
thresholds together with those parts.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vbl_detect.classifier.model import STACKER_FILE, write_meta
from vbl_detect.training.card import write_card
from vbl_detect.training.data import TrainingData, described
from vbl_detect.training.parts import Sources, make_parts
from vbl_detect.training.tagger import TaggerSettings
from vbl_detect.training.weighing import weigh
from vbl_detect.training.workshop import Workshop

_PACKAGES = ("numpy", "onnxruntime", "scikit-learn", "spacy", "tokenizers", "torch", "transformers")


def train(
    data: TrainingData,
    folder: Path,
    settings: TaggerSettings,
    sources: Sources,
    *,
    command: str,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Fit a model and write its folder.

    Parameters
    ----------
    data : TrainingData
        The notes.
    folder : Path
        Where the model goes; it is made if it is not there.
    settings : TaggerSettings
        How the tagger is fitted, if it is; and how chance is drawn.
    sources : Sources
        What is taken from other models.
    command : str
        The command that can make the model again, kept with it.
    report : callable
        Told, a line each, what is being done.

    Returns
    -------
    dict
        What was written to the model's ``meta.json``.

    Raises
    ------
    UsageError
        If the model to keep was fitted on other notes, the one to go on from is of another kind,
        or the held-out notes are too few.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    workshop = Workshop.open()
    made = make_parts(data, folder, settings, sources, workshop, command=command, report=report)
    weighed = weigh(data, folder, workshop, settings.seed, report)
    weighed.stacker.save(folder / STACKER_FILE)
    meta: dict[str, Any] = {
        **made,
        "data": described(data),
        "categories": workshop.categories,
        "command": command,
        "figures": weighed.figures,
        "gate": weighed.gate,
        "lexicon_sha256": workshop.matcher.lexicon.sha256,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "platform": platform.machine(),
        "python": platform.python_version(),
        "stretches": weighed.stretches,
        "thresholds": weighed.stacker.thresholds,
        "versions": {package: version(package) for package in _PACKAGES},
    }
    write_meta(folder, meta)
    write_card(folder, meta)
    return meta
