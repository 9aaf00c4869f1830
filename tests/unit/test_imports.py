"""Imports go only downwards, and each library stays in its own rooms."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "vbl_detect"

#: Layers from the bottom up; a module imports from its own layer and those below it.
LAYERS = [
    {"errors", ""},
    {
        "cache",
        "closest",
        "files",
        "fingerprints",
        "integrity",
        "lean_spacy",
        "records",
        "resources",
    },
    {"lexicon", "counts", "sentences", "gold", "entries"},
    {"exercises"},
    {"suppression"},
    {"classifier", "context", "masking", "matching", "scoring", "selection", "manifest", "readers"},
    {"components", "web", "writers"},
    {"findings_files", "settings"},
    {"pipeline", "lexicon_checks", "reference"},
    {"context_checks"},
    {"hits"},
    {"verdicts", "worker_process"},
    {"workers"},
    {"hands"},
    {"detection", "journal"},
    {"judging"},
    {"run_settings"},
    {"run_listener"},
    {"explanation", "frames", "marks", "rewriting_checks", "running"},
    {"checking", "scanning", "lsp"},
    {"spark"},
    {"suppressing"},
    {"baselining", "suppression_audit"},
    {"systems"},
    {"context_shares", "evaluation", "packs", "report"},
    {"annotators"},
    {"diagnosis", "labelling", "quiz", "sampling", "serving"},
    {"results"},
    {"training"},
    {"cli"},
    {"__main__"},
]
#: Where a heavy library may be imported.
ROOMS = {
    "spacy": {
        "components",
        "pipeline",
        "detection",
        "hits",
        "hands",
        "frames",
        "judging",
        "labelling",
        "lexicon_checks",
        "context_checks",
        "explanation",
        "lsp",
        "serving",
        "marks",
        "rewriting_checks",
        "spark",
        "systems",
        "suppressing",
        "suppression_audit",
        "baselining",
        "training",
        "cli",
    },
    "pandas": {"frames", "readers", "spark", "writers"},
    "pyspark": {"spark"},
    "py4j": {"spark"},
    "typer": {"cli"},
    "pygls": {"lsp"},
    "starlette": {"serving"},
    "uvicorn": {"serving"},
    "lsprotocol": {"lsp"},
    "rich": {"cli", "reference", "writers"},
    "openpyxl": {"findings_files", "readers", "report", "results", "sampling", "writers"},
    "docx": {"packs", "readers"},
    "oxmsg": {"readers"},
    "pdfminer": {"readers"},
    "olefile": {"readers"},
    "matplotlib": {"evaluation", "report", "results", "web"},
    "jinja2": {"web"},
    "fsrs": {"quiz"},
    "scipy": {"evaluation", "labelling", "report", "results", "sampling", "training"},
    "krippendorff": {"annotators"},
    "regex": {"labelling"},
    "sklearn": {"annotators", "labelling", "training"},
    "torch": {"training"},
    "transformers": {"training"},
    "onnxruntime": {"classifier", "training"},
    "phonenumbers": {"masking"},
    "stdnum": {"masking"},
    "tokenizers": {"classifier", "training"},
    "safetensors": {"training"},
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        room = "" if parts == ("__init__",) else parts[0]
        yield pytest.param(path, room, id="/".join(parts))


MODULES = list(modules())


def imported(path):
    """Yield every imported module, those under TYPE_CHECKING or inside functions included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "vbl_detect":
                yield from (f"vbl_detect.{alias.name}" for alias in node.names)


def layer(room):
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize(("path", "room"), MODULES)
def test_imports_go_only_downwards(path, room):
    if room == "":
        return  # the package's front door re-exports from every layer, lazily
    own = {name.split(".")[1] for name in imported(path) if name.startswith("vbl_detect.")}
    rooms = {name for name in own if name != "__version__"}

    assert {name for name in rooms if layer(name) > layer(room)} == set()


@pytest.mark.parametrize(("path", "room"), MODULES)
def test_each_library_stays_in_its_rooms(path, room):
    libraries = {name.split(".")[0] for name in imported(path)} & ROOMS.keys()

    assert {library for library in libraries if room not in ROOMS[library]} == set()


@pytest.mark.parametrize(("path", "room"), MODULES)
def test_readers_and_writers_do_not_know_each_other(path, room):
    others = {"readers": "writers", "writers": "readers"}
    if room in others:
        assert f"vbl_detect.{others[room]}" not in {
            ".".join(name.split(".")[:2]) for name in imported(path)
        }
