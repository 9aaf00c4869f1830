"""Feed every reader with damaged files for a while: no traceback, no hang.

``python scripts/fuzz.py [SECONDS] [SUFFIX]...`` gives each reader its share of the time. Files are good
ones with bytes changed, cut out, doubled or put in; of packages, the parts within. With atheris
(``pip install atheris``) coverage guides the changes, else chance does, from a seed that is printed.
What goes wrong is kept in ``out/fuzz/``, to be made a test of.
"""  # noqa: E501
# ruff: noqa: S311, S603 - chance is all that is wanted, and the program is our own

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path

import docx
import openpyxl
import pandas as pd
from fpdf import FPDF

from vbl_detect.readers import ReadListener, ReadOptions, read_notes

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))

from tests.unit.readers.msg_files import attached, message, write_msg  # noqa: E402
from tests.unit.readers.odf_files import cell, row, write_ods, write_odt  # noqa: E402

FOUND = ROOT / "out" / "fuzz"
#: A reader that takes longer over a file of some kilobytes hangs.
SECONDS_A_FILE = 20.0
#: Stands in every text of the seeds, and nowhere else.
NAME = "Quendrilla"
ROWS = [
    {"Ref": f"A{n}", "Notes": f"Entry {n}. Café, “quoted”, {NAME} seen at home."} for n in range(9)
]
#: Bytes that mean something to one format or another.
TOKENS = (
    b'"', b"\n", b"\r\n", b",", b"\0", b"\xff\xfe", b"<", b"&#0;", b"]]>", b"{", b"[" * 99, b"}", b"%PDF-",  # noqa: E501
    b"endobj", b"stream\n", b"/Length 99999999999", b"boundary=", b"=?utf-8?b?", b"--", b"PK\x03\x04",  # noqa: E501
    b"\xed\xa0\x80", b"9" * 400, b"-1", b"1e999", b"\\ud800",
)  # fmt: skip


def seeds() -> dict[str, bytes]:
    """Return a good file of each kind, by suffix."""
    with tempfile.TemporaryDirectory() as folder:
        made = {suffix: Path(folder) / f"a{suffix}" for suffix in _WRITE}
        for suffix, path in made.items():
            _WRITE[suffix](path)
        return {suffix: path.read_bytes() for suffix, path in made.items()}


def _write_docx(path: Path) -> None:
    document = docx.Document()
    for cells in ROWS:
        document.add_paragraph(cells["Notes"])
    document.add_table(2, 2).cell(0, 0).text = ROWS[0]["Notes"]
    document.save(str(path))


def _write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (list(ROWS[0]), *(list(values.values()) for values in ROWS)):
        book.worksheets[0].append(cells)
    book.save(path)


_DAYS = ("On Monday she went to school, and in the evening", "At the weekend")


def _write_pdf(path: Path) -> None:
    document = FPDF()
    document.set_font("helvetica")
    for number in range(2):
        document.add_page()
        document.multi_cell(0, text=f"{_DAYS[number]} {NAME} was seen at home by staff.")
    document.output(str(path))


def _write_eml(path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Review"
    mail.set_content(f"{NAME} at home.\n\nFrom: B\nSubject: Log\n\n> {NAME}, regular misper.")
    mail.add_alternative(f"<p>{NAME} <b>at home</b>.</p>", subtype="html")
    csv = pd.DataFrame(ROWS).to_csv(index=False).encode()
    mail.add_attachment(csv, "text", "csv", filename="log.csv")
    path.write_bytes(mail.as_bytes())


def _write_msg(path: Path) -> None:
    csv = pd.DataFrame(ROWS).to_csv(index=False).encode()
    body = f"{NAME} at home.\r\n\r\nFrom: B\r\nSubject: Log\r\n\r\n> {NAME}, regular misper."
    write_msg(path, message({0x37: "Review", 0x1000: body}, attachments=[attached("a.csv", csv)]))


def _write_ods(path: Path) -> None:
    rows = [cells.values() for cells in ROWS]
    header = row("".join(map(cell, ROWS[0])))
    write_ods(path, {"Log": header + "".join(row("".join(map(cell, cells))) for cells in rows)})


def _write_odt(path: Path) -> None:
    write_odt(path, "".join(f"<text:p>{cells['Notes']}</text:p>" for cells in ROWS))


_WRITE: dict[str, Callable[[Path], object]] = {
    ".csv": lambda path: pd.DataFrame(ROWS).to_csv(path, index=False),
    ".json": lambda path: pd.DataFrame(ROWS).to_json(path, orient="records"),
    ".jsonl": lambda path: pd.DataFrame(ROWS).to_json(path, orient="records", lines=True),
    ".parquet": lambda path: pd.DataFrame(ROWS).to_parquet(path),
    ".txt": lambda path: path.write_text(f"12/03/2026 09:00 PC 1: {NAME} seen.\n\n" * 9, "utf-8"),
    ".md": lambda path: path.write_text(f"# Review\n\n- {NAME} seen\n\n> quoted\n", "utf-8"),
    ".docx": _write_docx,
    ".xlsx": _write_xlsx,
    ".pdf": _write_pdf,
    ".eml": _write_eml,
    ".msg": _write_msg,
    ".ods": _write_ods,
    ".odt": _write_odt,
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return content with a few changes; of a package, in one of its parts.

    Parameters
    ----------
    content : bytes
        A good file.
    chance : random.Random
        What decides.
    """
    if content[:4] == b"PK\x03\x04" and chance.random() < 0.8:  # noqa: PLR2004
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = chance.choice(sorted(parts))
        parts[name] = _changed(parts[name], chance)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for part, inner in parts.items():
                package.writestr(part, inner)
        return out.getvalue()
    return _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 4, 64, 1024))
        match chance.randrange(5):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 50))
            case 3:
                changed[place:place] = chance.choice(TOKENS)
            case _:
                del changed[place:]
    return bytes(changed)


class _Silent(ReadListener):
    def notice(self, message: str) -> None:
        """Say nothing."""

    warning = notice

    def problem(self, error: Exception) -> None:
        """Say nothing."""


def read_all(suffix: str, content: bytes) -> float:
    """Read a file as `read_notes` does; return the seconds it took.

    Parameters
    ----------
    suffix : str
        Which reader.
    content : bytes
        The file.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        begun = time.monotonic()
        for note in read_notes([path], ReadOptions(), _Silent()):
            for part in note.judged:
                if not 0 <= part.start <= part.end <= len(note.text):
                    raise AssertionError(f"{part} lies outside the note")
        return time.monotonic() - begun


def faults(suffix: str, seed: bytes, seconds: float, chance: random.Random) -> Iterator[bytes]:
    """Yield files that a reader does not bear, for a while."""
    end = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < end:
        content = mutated(seed, chance)
        tried += 1
        try:
            if read_all(suffix, content) > SECONDS_A_FILE:
                print(f"{suffix}: slow")
                yield content
        except Exception:
            traceback.print_exc()
            yield content
    print(f"{suffix}: {tried:,} files")


def guided(suffix: str, seed: bytes, seconds: float) -> bool:
    """Let atheris choose the changes, in a process of its own; return whether all went well."""
    corpus = FOUND / "corpus" / suffix[1:]
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed)
    program = (
        "import sys, atheris\n"
        "with atheris.instrument_imports(include=['vbl_detect']):\n"
        "    import fuzz\n"
        f"    fuzz.read_all({suffix!r}, fuzz.seeds()[{suffix!r}])\n"
        f"atheris.Setup(sys.argv, lambda data: fuzz.read_all({suffix!r}, data) and None)\n"
        "atheris.Fuzz()\n"
    )
    limits = (
        f"-max_total_time={seconds:.0f}",
        f"-timeout={SECONDS_A_FILE:.0f}",
        "-rss_limit_mb=4096",
    )
    command = (sys.executable, "-c", program, *limits, f"-artifact_prefix={FOUND}/", str(corpus))
    done = subprocess.run(command, cwd=ROOT / "scripts", check=False)
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Feed the readers asked for; return 1 if one went wrong."""
    asked = [argument for argument in arguments if argument.startswith(".")]
    seconds = float(next((a for a in arguments if not a.startswith(".")), 60))
    good = {suffix: content for suffix, content in seeds().items() if suffix in (asked or _WRITE)}
    FOUND.mkdir(parents=True, exist_ok=True)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    wrong = 0
    for suffix, content in good.items():
        share = seconds / len(good)
        if find_spec("atheris"):
            wrong += not guided(suffix, content, share)
            continue
        for number, fault in enumerate(faults(suffix, content, share, random.Random(seed))):
            wrong += 1
            (FOUND / f"{seed}-{number}{suffix}").write_bytes(fault)
    print(f"{wrong} faults" + (f", kept in {FOUND}" if wrong else ""))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
