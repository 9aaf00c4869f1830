"""The page of the evaluation, and the README's paragraph of figures, from the measured figures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from vbl_detect import resources

ROOT = Path(__file__).parents[2]
FAILURES = ROOT / "tests" / "regression" / "classifier_failures.txt"
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=<!-- figures, by make pages -->\n).*?(?=<!-- end -->)", re.DOTALL)
_README = """\
On {notes} fictional notes with which it was tuned, {precision:.0%} of the sentences it flags
deserve it, and it finds {recall:.0%} of those that do; in notes of another writer as few as
{lowest:.0%}. Such notes are far denser in blame than real files: where one sentence in fifty
blames, expect {rare:.0%} of what it flags to deserve it (95 % interval {low:.0%} to {high:.0%}).
"""
TEMPLATE = Path(__file__).with_suffix(".md")


def page() -> str:
    """Return the page, in Markdown."""
    figures = measured()
    chosen = next(iter(figures["systems"].values()))
    failures = _failures()
    prose = json.loads((resources.model_dir() / "prose.json").read_text("utf-8"))
    told = TEMPLATE.read_text("utf-8").format(
        model=figures["model"].removeprefix("full model "),
        notes=figures["notes"],
        sentences=figures["sentences"],
        systems=_rows((name, one["sentence"]) for name, one in figures["systems"].items()),
        levels=_rows((level, chosen[level]) for level in ("sentence", "note", "span")),
        category=_share(chosen["category_accuracy"]),
        silent=_share(chosen["uncounted_spans_silent"]),
        calibration=figures["calibration"]["error"],
        prevalence=figures["at_prevalence"]["prevalence"],
        rare=_told(figures["at_prevalence"]["precision"]),
        held_out=_rows(
            (f"{name} ({one['notes']} notes) | {variant}", one)
            for variant, parts in figures["held_out"].items()
            for name, one in parts.items()
        ),
        categories="\n".join(
            f"{_row(name, one['spans'])[:-2]} | {_share(one['named'])} |"
            for name, one in figures["categories"].items()
        ),
        contexts="\n".join(
            f"| {name} | {_share(one['all_spans'])} | {_share(one['matched_spans'])} "
            f"| {_share(one['rules'])} |"
            for name, one in figures["contexts"].items()
        ),
        kinds=_rows(
            (f"{name} | {one['n_gold']}", one)
            for name, one in sorted(figures["note_types"].items())
        ),
        prose_model=prose["model"],
        prose="\n".join(
            f"| {name} | {one['sentences']:,} | {_told(one['rate'])} "
            f"| {_told(prose['fast'][name]['rate'])} |"
            for name, one in prose["full"].items()
        ),
        n_failures=len(failures),
        failures="\n".join(f"| {kind} | {why} |" for kind, why in failures),
    )
    return _spaced(told)


def readme() -> str:
    """Return the README with its paragraph of figures."""
    figures = measured()
    sentence = next(iter(figures["systems"].values()))["sentence"]
    rare = figures["at_prevalence"]["precision"]
    told = _README.format(
        notes=figures["notes"],
        precision=sentence["precision"]["value"],
        recall=sentence["recall"]["value"],
        lowest=min(one["recall"]["value"] for one in figures["held_out"]["full"].values()),
        rare=rare["value"],
        low=rare["low"],
        high=rare["high"],
    )
    return _BLOCK.sub(lambda _: _spaced(told), README.read_text("utf-8"))


def _spaced(text: str) -> str:
    """Write "2 %" as the project does, not "2%"."""
    return re.sub(r"(?<=\d)%", " %", text)


@cache
def measured() -> Mapping[str, Any]:
    """Return the measured figures."""
    content: dict[str, Any] = json.loads(
        (resources.model_dir() / "evaluation.json").read_text("utf-8")
    )
    return content


def _rows(named: Any) -> str:  # noqa: ANN401 - pairs of a name and the figures
    return "\n".join(_row(name, one) for name, one in named)


def _row(name: str, one: Mapping[str, Any]) -> str:
    told = " | ".join(_told(one[figure]) for figure in ("precision", "recall", "f1"))
    return f"| {name} | {told} |"


def _told(estimate: Mapping[str, float]) -> str:
    return f"{estimate['value']:.2f} ({estimate['low']:.2f}-{estimate['high']:.2f})"


def _share(share: Mapping[str, int]) -> str:
    if not share["total"]:
        return "none"
    return f"{share['right'] / share['total']:.2f} ({share['right']} of {share['total']})"


def _failures() -> list[tuple[str, str]]:
    lines = FAILURES.read_text("utf-8").splitlines()
    entries = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(kind, why) for _, _, kind, why in entries]
