"""Measure the shipped model beside its baselines, and write ``models/evaluation.json``.

Looked at closely on the development notes; on the parts that screen and tagger never saw, by
sentence. With ``--check`` nothing is measured; it fails if model, lexicon or notes are no longer
those that were measured. `scripts/write_pages.py` makes the pages of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from measure_precision import COMMAND, CORPUS, fingerprints, unseen_notes

from vbl_detect import resources
from vbl_detect.cli.evaluate import evaluate
from vbl_detect.files import replacing
from vbl_detect.gold import GoldNote, read_gold
from vbl_detect.records import ModelChoice

PATH = resources.model_dir() / "evaluation.json"
#: Figures of the evaluation that are left out: too many points for a page.
LEFT_OUT = {"curve", "ordinary", "parts"}


def main() -> None:
    """Measure and write, or check."""
    paths = unseen_notes()
    used = fingerprints(paths)
    if "--check" in sys.argv[1:]:
        if not PATH.exists() or json.loads(PATH.read_text("utf-8"))["measured_with"] != used:
            sys.exit(f"{PATH}: measured with another model, lexicon or notes; run {COMMAND}")
        return
    dev, *held_out = ({path.stem: read_gold(path)} for path in paths)
    figures = evaluate(dev)
    content: dict[str, Any] = {
        "command": COMMAND,
        "measured_with": used,
        "corpus": CORPUS.name,
        **{name: value for name, value in figures.as_dict().items() if name not in LEFT_OUT},
        "held_out": {
            variant: {
                name: {"notes": len(notes), **by_sentence(name, notes, variant)}
                for part in held_out
                for name, notes in part.items()
            }
            for variant in ("full", "fast")
        },
    }
    write(PATH, content)


def write(path: Path, content: dict[str, Any]) -> None:
    """Write figures as JSON, rounded, and tell so."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(rounded(content), indent=1) + "\n", "utf-8")
    print(f"wrote {path}")


def by_sentence(name: str, notes: list[GoldNote], model: ModelChoice) -> dict[str, Any]:
    """Return the agreement of a variant of the model on the notes of one part."""
    figures: dict[str, Any] = evaluate({name: notes}, model=model).as_dict()
    return dict(figures["parts"][name])


def rounded(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the same with every number to four places: intervals know no more."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


if __name__ == "__main__":
    main()
