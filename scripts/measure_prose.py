"""Count findings in ordinary prose, where nearly all are false, and write ``models/prose.json``.

    python scripts/measure_prose.py out/prose/held/*.jsonl

The texts are those that `scripts/gather_prose.py` holds back, one register a file; they are not in
the project, so that this cannot be checked where the other figures are. `scripts/write_pages.py`
makes the page of it, which names the model that was measured.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measure_evaluation import write

from vbl_detect import resources
from vbl_detect.evaluation.density import ordinary_prose
from vbl_detect.gold import read_texts
from vbl_detect.marks import counted_marks, findings_in
from vbl_detect.records import ModelChoice
from vbl_detect.systems import load_variant

PATH = resources.model_dir() / "prose.json"
COMMAND = "python scripts/measure_prose.py out/prose/held/*.jsonl"


def main(paths: Sequence[Path]) -> None:
    """Measure both variants of the model, and write."""
    registers = {path.stem: read_texts(path) for path in paths}
    content: dict[str, Any] = {
        "command": COMMAND,
        "model": resources.MODEL,
        **{variant: measure(registers, variant) for variant in ("full", "fast")},
    }
    write(PATH, content)


def measure(registers: dict[str, list[str]], variant: ModelChoice) -> dict[str, Any]:
    """Return by register what `ordinary_prose` counts."""
    nlp = load_variant(variant)
    found = {}
    for name, texts in registers.items():
        counted = ordinary_prose(texts, counted_marks(findings_in(texts, nlp)))
        print(f"{variant}: {name}: {counted.findings} in {counted.sentences:,} sentences")
        found[name] = asdict(counted)
    return found


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
