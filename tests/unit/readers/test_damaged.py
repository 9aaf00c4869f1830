"""Files of every format cut off and with bits changed: notes or one sentence, never a traceback."""

import io
import zipfile

import docx
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vbl_detect.readers import READERS, ReadListener, ReadOptions, read_stream

from .msg_files import attached, message, write_msg
from .odf_files import cell, row, write_ods, write_odt
from .test_eml import mail
from .test_pdf import canvas_pages

PROSE = "She was spoken to at home and said that all was well."


class _Listener(ReadListener):
    def __init__(self):
        self.problems = []

    def problem(self, error):
        self.problems.append(str(error))

    def warning(self, message):
        """Take a warning quietly."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A good file of each format, by suffix."""
    folder = tmp_path_factory.mktemp("good")
    table = pd.DataFrame({"Ref": ["A1", "A2"], "Notes": [PROSE, PROSE]})
    table.to_csv(folder / "a.csv", index=False)
    table.to_csv(folder / "a.tsv", index=False, sep="\t")
    table.to_parquet(folder / "a.parquet")
    table.to_json(folder / "a.json", orient="records")
    table.to_json(folder / "a.jsonl", orient="records", lines=True)
    book = openpyxl.Workbook()
    for values in (["Ref", "Notes"], ["A1", PROSE]):
        book.active.append(values)
    book.save(folder / "a.xlsx")
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.save(folder / "a.docx")
    write_odt(folder / "a.odt", f"<text:p>{PROSE}</text:p>")
    write_ods(folder / "a.ods", {"Log": row(cell("Notes")) + row(cell(PROSE))})
    message_with_table = mail()
    message_with_table.add_attachment((folder / "a.csv").read_text(), filename="a.csv")
    (folder / "a.eml").write_bytes(message_with_table.as_bytes())
    write_msg(
        folder / "a.msg", message({0x37: "S", 0x1000: PROSE}, attachments=[attached("a.txt", b"x")])
    )
    (folder / "a.pdf").write_bytes(canvas_pages([PROSE] * 3, [PROSE] * 2))
    (folder / "a.txt").write_text(PROSE)
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


SUFFIXES = sorted(
    suffix
    for suffix in READERS
    if suffix not in {".tab", ".xlsm", ".ndjson", ".log", ".md", ".markdown"}
)


def read(content, suffix):
    listener = _Listener()
    notes = list(read_stream(io.BytesIO(content), ReadOptions(), listener, name=f"a{suffix}"))
    return notes, listener.problems


def test_every_format_is_tried(files):
    assert set(SUFFIXES) == files.keys()
    assert all(read(files[suffix], suffix)[0] for suffix in SUFFIXES)


def check(notes, problems):
    assert all(isinstance(note.text, str) and note.text for note in notes)
    assert all("\n" not in problem for problem in problems)


few = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
many = settings(few, max_examples=400)


@pytest.mark.parametrize("suffix", SUFFIXES)
@few
@given(data=st.data())
def test_a_file_cut_off_is_read_or_named(files, suffix, data):
    content = files[suffix]
    check(*read(content[: data.draw(st.integers(0, len(content) - 1))], suffix))


def _changed(content, changes):
    changed = bytearray(content)
    for place, byte in changes:
        changed[place % len(changed)] ^= byte
    return bytes(changed)


CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.integers(1, 255)), min_size=1, max_size=8)


@pytest.mark.parametrize("suffix", SUFFIXES)
@few
@given(changes=CHANGES)
def test_a_file_with_changed_bytes_is_read_or_named(files, suffix, changes):
    check(*read(_changed(files[suffix], changes), suffix))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@many
@given(changes=CHANGES)
def test_a_file_with_changed_bytes_is_read_or_named_at_length(files, suffix, changes):
    check(*read(_changed(files[suffix], changes), suffix))


PACKAGES = [".docx", ".ods", ".odt", ".xlsx"]


def _changed_inside(package, part, changes):
    """Change bytes of a part of an office file, its checksum put right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as whole, zipfile.ZipFile(out, "w") as changed:
        names = whole.namelist()
        for number, name in enumerate(names):
            content = whole.read(name)
            if number == part % len(names) and content:
                content = _changed(content, changes)
            changed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("suffix", PACKAGES)
@few
@given(part=st.integers(0, 20), changes=CHANGES)
def test_a_part_with_changed_bytes_is_read_or_named(files, suffix, part, changes):
    check(*read(_changed_inside(files[suffix], part, changes), suffix))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", PACKAGES)
@many
@given(part=st.integers(0, 20), changes=CHANGES)
def test_a_part_with_changed_bytes_is_read_or_named_at_length(files, suffix, part, changes):
    check(*read(_changed_inside(files[suffix], part, changes), suffix))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("other", [".pdf", ".docx", ".msg", ".txt"])
def test_a_file_under_another_s_name_is_read_or_named(files, suffix, other):
    check(*read(files[other], suffix))
