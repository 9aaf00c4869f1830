"""``vbl-detect label``: notes worth labelling, and the formats of the tools people label in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import CommandGroup, set_verbosity, tell
from vbl_detect.cli.label_queue import queue_command
from vbl_detect.cli.plain_help import PlainCommand
from vbl_detect.counts import how_many
from vbl_detect.errors import UsageError
from vbl_detect.files import check_not_read, check_place, writing
from vbl_detect.findings_files import read_findings_file
from vbl_detect.labelling.gathering import by_annotator, with_findings
from vbl_detect.labelling.offsets import Unit
from vbl_detect.labelling.records import Labelled, as_lines, read_labelled
from vbl_detect.labelling.tools import TOOLS, ToolName
from vbl_detect.lexicon import read_lexicon
from vbl_detect.resources import lexicon_dir

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Choose notes to label; take them to doccano, Label Studio or Prodigy, and back.",
)

app.command("queue", cls=PlainCommand)(queue_command)

Offsets = Annotated[
    Unit | None,
    typer.Option(
        help="What the tool counts. (default: code points; doccano: utf-16 when writing, and as it "
        "was written when reading)",
        show_default=False,
    ),
]


@app.command("export", cls=PlainCommand)
def export_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="What label queue wrote, or labelled notes; JSON Lines."
        ),
    ],
    lexicon: options.Lexicons,
    tool: Annotated[ToolName, typer.Option("--to", help="The tool to label in.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The tasks; the tool's label configuration is written beside them.",
        ),
    ],
    prelabel: Annotated[
        bool,
        typer.Option(
            "--prelabel",
            help="Show readers what the tool found, to correct. That leads them: for speed, never "
            "for notes to measure with.",
        ),
    ] = False,
    findings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --prelabel: what scan -o wrote of these notes, in place of what the queue "
            "holds.",
            show_default=False,
        ),
    ] = None,
    offsets: Offsets = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write notes in the format of a labelling tool, with its label configuration."""
    set_verbosity(quiet=quiet, verbose=verbose)
    if findings is not None and not prelabel:
        raise UsageError("--findings is for --prelabel; give both, or neither")
    check_place(output)
    check_not_read(output, files)
    notes = [note for path in files for note in read_labelled(path)]
    _check_ids(notes)
    remarks: list[str] = []
    if findings is not None:
        notes, remarks = with_findings(notes, read_findings_file(findings).findings)
    chosen = TOOLS[tool]
    labels = output.with_suffix(chosen.config_ending)
    categories = read_lexicon([lexicon_dir(), *lexicon]).categories
    written = {
        output: chosen.write(notes, prelabel=prelabel, unit=offsets),
        labels: chosen.configure(categories),
    }
    for path, content in written.items():
        with writing(path) as temporary:
            temporary.write_bytes(content.encode())
    if not quiet:
        for remark in remarks:
            tell(f"note: {remark}")
        tell(f"wrote {output}: {how_many(len(notes), 'note')}; labels: {labels}")


@app.command("import", cls=PlainCommand)
def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="What the tool exported; several are put together."),
    ],
    tool: Annotated[ToolName, typer.Option("--from", help="The tool they were labelled in.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Labelled notes of one reader, ending in .jsonl; or a folder, with a file a "
            "reader.",
        ),
    ],
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Take this reader's labels only.", show_default=False),
    ] = None,
    offsets: Offsets = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read what a labelling tool exported into labelled notes, for agree, train and evaluate."""
    set_verbosity(quiet=quiet, verbose=verbose)
    check_not_read(output, files)
    exports = [TOOLS[tool].read(path, unit=offsets) for path in files]
    found, remarks = by_annotator(exports)
    if annotator is not None:
        if annotator not in found:
            known = ", ".join(name for name in found if name) or "nobody"
            raise UsageError(f"--annotator {annotator}: no label is theirs; there are {known}")
        found = {annotator: found[annotator]}
    if not found:
        raise UsageError(f"{files[0]}: nobody has labelled a note there; " + "; ".join(remarks))
    told = [_write(path, notes) for path, notes in _places(output, found).items()]
    if not quiet:
        for line in (*(f"note: {remark}" for remark in remarks), *told):
            tell(line)


def _places(output: Path, found: dict[str | None, list[Labelled]]) -> dict[Path, list[Labelled]]:
    if output.suffix.lower() == ".jsonl" and not output.is_dir():
        if len(found) > 1:
            names = ", ".join(name or "(no name)" for name in found)
            raise UsageError(
                f"{output}: {len(found)} readers labelled these notes ({names}); name a folder for "
                "a file each, which agree compares, or choose one with --annotator"
            )
        return {output: next(iter(found.values()))}
    if not output.is_dir():
        check_place(output)
        output.mkdir(mode=0o700)
    places: dict[Path, list[Labelled]] = {}
    for name, notes in found.items():
        stem = re.sub(r"[^\w.@+-]+", "_", name or "labels")
        place = output / f"{stem}.jsonl"
        if place in places:
            raise UsageError(f"{place}: two readers would be written there; use --annotator")
        places[place] = notes
    return places


def _write(path: Path, notes: list[Labelled]) -> str:
    with writing(path) as temporary:
        temporary.write_bytes(as_lines(notes).encode())
    spans = sum(len(note.spans or ()) for note in notes)
    return f"wrote {path}: {how_many(len(notes), 'note')}, {how_many(spans, 'span')}"


def _check_ids(notes: list[Labelled]) -> None:
    seen: set[tuple[str, str | None]] = set()
    for note in notes:
        key = note.id, note.annotator
        if key in seen:
            raise UsageError(
                f"note {note.id!r} is there twice, and labels come back by id; keep one"
            )
        seen.add(key)
