"""Cells of a gigabyte, really written and really read, in a process whose memory is looked at."""

import subprocess
import sys
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.readers.office_files import share_strings

pytest.importorskip("resource", reason="this system does not tell how much memory was used")

PROSE = b"She was spoken to at home and said that all was well. "
#: Just under what a workbook may unpack to.
MEGABYTES = 1_000
#: What reading may take beside what Python and the libraries do.
MOST_MEGABYTES = 250
READ = """
import resource, sys
from pathlib import Path
from vbl_detect.readers import ReadListener, ReadOptions, read_notes

class Heard(ReadListener):
    def problem(self, error):
        print(error)

def peak():
    scale = 20 if sys.platform == "darwin" else 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> scale

list(read_notes([Path(sys.argv[1])], ReadOptions(), Heard()))
before = peak()
notes = list(read_notes([Path(sys.argv[2])], ReadOptions(), Heard()))
print(len(notes), max((len(note.text) for note in notes), default=0), peak() - before)
"""


def read(small, huge):
    done = subprocess.run(
        [sys.executable, "-c", READ, small, huge], capture_output=True, text=True, check=True
    )
    *problems, last = done.stdout.splitlines()
    return problems, *map(int, last.split())


def grow(source, target, part):
    """Copy a workbook, nearly a gigabyte in the place of ``GROW``."""
    with (
        zipfile.ZipFile(source) as small,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as huge,
    ):
        for name in small.namelist():
            before, mark, after = small.read(name).partition(b"GROW")
            with huge.open(name, "w", force_zip64=True) as stream:
                stream.write(before)
                for _ in range(MEGABYTES if mark and name == part else 0):
                    stream.write((PROSE * (1 << 15))[: 1 << 20])
                stream.write(after)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_gigabyte_in_a_cell_of_a_workbook(tmp_path, part):
    book = openpyxl.Workbook()
    for values in (["Ref", "Notes"], ["A1", PROSE.decode()], ["A2", "GROW"]):
        book.active.append(values)
    small, huge = tmp_path / "small.xlsx", tmp_path / "huge.xlsx"
    book.save(small)
    if "shared" in part:
        share_strings(small, tmp_path / "shared.xlsx")
        small = tmp_path / "shared.xlsx"
    grow(small, huge, part)

    [problem], _, longest, megabytes = read(small, huge)

    assert "takes more than 64 MB" in problem
    assert "huge.xlsx" in problem
    assert (longest, megabytes < MOST_MEGABYTES) == (0, True), megabytes


@pytest.mark.slow
def test_half_a_gigabyte_in_a_cell_of_parquet(tmp_path):
    small, huge = tmp_path / "small.parquet", tmp_path / "huge.parquet"
    texts = [PROSE.decode()] * 30
    pq.write_table(pa.table({"Notes": texts}), small)
    texts[15] *= (1 << 29) // len(PROSE)
    pq.write_table(pa.table({"Notes": texts}), huge, row_group_size=10)
    del texts

    [problem], notes, _, megabytes = read(small, huge)

    assert "rows 11 to 20 were left out" in problem
    assert (notes, megabytes < MOST_MEGABYTES) == (20, True), megabytes
