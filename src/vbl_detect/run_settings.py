"""What a run over files is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from vbl_detect.readers import STDIN_NAME, ReadOptions
from vbl_detect.records import FailOn, ModelChoice, Show
from vbl_detect.selection import Selection
from vbl_detect.settings import Settings

#: The path that stands for standard input.
STDIN = Path("-")

OnError = Literal["skip", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a run was asked to do; the manifest keeps it.

    `file` is the settings file: the other fields hold what options can say. `show` None leaves it
    to the format, and `max_findings` None writes all. `details` has `full` name score and source
    too, and `statistics` writes numbers by code in place of the findings.
    `suppressions` False counts what was accepted in drafts all the same. `resume` tells whether to
    go on with an unfinished run or to start again; None: there should be none.
    `workers` is how many processes judge, which changes no finding; None: as many as pay.
    """

    file: Settings = field(default_factory=Settings)
    read: ReadOptions = field(default_factory=ReadOptions)
    selection: Selection = field(default_factory=Selection)
    lexicons: tuple[Path, ...] = ()
    min_score: float | None = None
    model: ModelChoice = "full"
    output_format: str | None = None
    output: Path | None = None
    show: Show | None = None
    mask: bool = False
    include_context: bool = False
    details: bool = True
    max_findings: int | None = None
    statistics: bool = False
    on_error: OnError = "skip"
    fail_on: FailOn = "never"
    stdin_filename: str = STDIN_NAME
    suppressions: bool = True
    baseline: Path | None = None
    resume: bool | None = None
    workers: int | None = 1

    def as_dict(self) -> dict[str, Any]:
        """Return the settings that shape the findings, as values that JSON can hold."""
        return {
            "baseline": None if self.baseline is None else str(self.baseline),
            "config": self.file.as_dict(),
            "encoding": self.read.encoding,
            "fail_on": self.fail_on,
            "id_column": self.read.id_column,
            "ignore": list(self.selection.ignore),
            "keep_columns": list(self.read.keep_columns),
            "lexicons": [str(path) for path in self.lexicons],
            "mask": self.mask,
            "min_score": self.min_score,
            "on_error": self.on_error,
            "select": list(self.selection.select),
            "sheet": self.read.sheet,
            "split": self.read.split,
            "suppressions": self.suppressions,
            "text_columns": list(self.read.text_columns),
        }
