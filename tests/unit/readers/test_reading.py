import io
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.manifest import Manifest, manifest_path, write_manifest
from vbl_detect.readers import (
    READERS,
    ReadListener,
    ReadOptions,
    find_files,
    nowhere,
    read_notes,
    read_stream,
)

PROSE = "She was spoken to at home and said that all was well."


def test_a_folder_is_walked_in_order(read, tmp_path, heard):
    for name in ["b.txt", "a/z.md", "a/b/c.txt", "B.TXT", "c.log"]:
        path = tmp_path / "drafts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")

    notes = read("drafts")

    assert [n.text for n in notes] == ["B.TXT", "a/b/c.txt", "a/z.md", "b.txt", "c.log"]
    assert [n.path for n in notes] == [str(Path("drafts", n.text)) for n in notes]


def test_hidden_lock_and_unknown_files_in_a_folder_are_left_out(read, tmp_path, heard):
    for name in [".hidden.txt", ".git/config.txt", "~$draft.docx", "photo.jpg", "x", "note.txt"]:
        path = tmp_path / "drafts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE, encoding="utf-8")

    assert [n.path for n in read("drafts")] == [str(Path("drafts", "note.txt"))]
    (notice,) = heard.notices
    assert notice.startswith("drafts: 2 files left out (photo.jpg, x); ")
    assert ".docx" in notice


def test_a_file_in_a_folder_that_would_hold_notes_if_saved_anew_is_a_problem(read, tmp_path, heard):
    for name in ["old.doc", "old.rtf", "report.html", "note.txt"]:
        path = tmp_path / "drafts" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PROSE, encoding="utf-8")

    assert [n.path for n in read("drafts")] == [str(Path("drafts", "note.txt"))]
    assert [Path(problem.path).name for problem in heard.problems] == ["old.doc", "old.rtf"]
    assert "save it as .docx" in str(heard.problems[0])
    assert "(report.html)" in heard.notices[0]


def test_what_a_scan_wrote_into_a_folder_is_left_out_and_told(read, tmp_path, heard):
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name in ["note.txt", "findings.csv", "list.csv"]:
        (folder / name).write_text(f"Notes\n{PROSE}\n", encoding="utf-8")
    write_manifest(Manifest(), manifest_path(folder / "findings.csv"))
    (folder / "list.csv.manifest.json").write_text('[{"text": "Somebody else\'s."}]')

    paths = [Path(n.path).name for n in read("drafts")]

    assert paths == ["list.csv", "list.csv.manifest.json", "note.txt"]
    assert heard.notices[0] == (
        "drafts: what a scan wrote was left out: findings.csv, findings.csv.manifest.json"
    )


def test_a_folder_without_files_to_read_is_told(read, tmp_path, heard):
    (tmp_path / "drafts").mkdir()

    assert read("drafts") == []
    assert heard.warnings == ["drafts: there is no file in this folder that can be read"]


def test_a_file_named_twice_is_read_once(read, write, tmp_path):
    write("note.txt", PROSE)

    assert [n.path for n in read("note.txt", ".", tmp_path / "note.txt")] == ["note.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_pipes_in_a_folder_are_not_waited_for(tmp_path, heard):
    os.mkfifo(tmp_path / "pipe.txt")

    assert find_files([tmp_path], heard) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs rights for links")
def test_a_link_that_leads_nowhere_is_a_problem(read, write, tmp_path, heard):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "note.txt").symlink_to(tmp_path / "gone.txt")

    assert read("drafts") == []
    assert "a link that leads to no file" in str(heard.problems[0])


def test_a_missing_path_is_refused_before_anything_is_read(write, tmp_path, monkeypatch, heard):
    monkeypatch.chdir(tmp_path)
    write("note.txt", PROSE)

    with pytest.raises(UsageError, match=r"gone\.txt: there is no such file"):
        read_notes([Path("note.txt"), Path("gone.txt")], ReadOptions(), heard)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("photo.jpg", f"the suffixes that can are {', '.join(READERS)}"),
        ("noend", f"the suffixes that can are {', '.join(READERS)}"),
        ("old.doc", "open it in the program it comes from and save it as .docx"),
        ("old.xls", "open it in the program it comes from and save it as .xlsx"),
        ("~$note.docx", "name the document itself"),
    ],
)
def test_a_named_file_of_unknown_kind_is_a_problem_with_a_remedy(read, write, heard, name, remedy):
    write(name, PROSE)
    write("note.txt", PROSE)

    assert [n.path for n in read(name, "note.txt")] == ["note.txt"]
    (problem,) = heard.problems
    assert str(problem).endswith(remedy)


def test_a_pattern_leaves_out_the_locks_of_open_documents(read, write, heard):
    write("note.txt", PROSE)
    write("~$note.txt", PROSE)

    assert [n.path for n in read("*.txt")] == ["note.txt"]
    assert heard.problems == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("notse.txt", 'did you mean "notes.txt"?'),
        ("none/notes.txt", "check the path"),
        ("zebra", "check the path"),
        ("She puts herself at risk.", 'vbl-detect explain "TEXT"'),
        ("x" * 5_000, "check the path"),
        ("no\0where", "check the path"),
    ],
)
def test_a_path_that_leads_nowhere_is_told_with_a_way_on(tmp_path, monkeypatch, path, told):
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text(PROSE, "utf-8")

    assert nowhere(Path(path)).endswith(told)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.jsonl", '{"schema_version": "1", "finding_id": "ab", "sentence": "She went out."}\n'),
        ("f.csv", "schema_version,finding_id,sentence\n1,ab,She went out to meet him.\n"),
    ],
)
def test_findings_are_not_taken_for_notes_unless_that_is_asked_for(read, write, heard, name, text):
    write(name, text)

    assert read(name) == []
    assert "this holds findings of an earlier scan" in str(heard.problems[0])
    assert len(read(name, text_columns=("sentence",))) == 1


def test_a_header_alone_is_told(read, write, heard):
    write("export.csv", "ref,note\n")

    assert read("export.csv") == []
    assert "export.csv: there are no rows below the header" in heard.notices


def test_a_file_that_cannot_be_read_does_not_stop_the_next(read, write, write_bytes, heard):
    write_bytes("broken.xlsx", b"PK\x03\x04 broken")
    write("note.txt", PROSE)

    assert [n.path for n in read("broken.xlsx", "note.txt")] == ["note.txt"]
    assert [problem.path for problem in heard.problems] == ["broken.xlsx"]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs rights that can be taken away"
)
def test_a_file_without_rights_is_a_problem(read, write, tmp_path, heard):
    write("note.txt", PROSE)
    (tmp_path / "note.txt").chmod(0)

    assert read("note.txt") == []
    assert "ask for the right to read it" in str(heard.problems[0])


def test_an_error_of_the_system_is_a_problem(read, write, heard, monkeypatch):
    def fail(source, options, listener):
        raise PermissionError(13, "Permission denied")
        yield

    monkeypatch.setitem(READERS, ".txt", fail)
    write("note.txt", PROSE)

    assert read("note.txt") == []
    assert "note.txt: the file could not be read; close it in other programs" in str(
        heard.problems[0]
    )


class Stops(ReadListener):
    """Stops at the first problem, as ``--on-error fail`` does."""

    def __init__(self):
        self.problems = 0

    def problem(self, error):
        self.problems += 1
        raise error


def test_a_listener_that_stops_is_asked_once(write, tmp_path):
    write("notes.jsonl", "{\n")
    listener = Stops()

    with pytest.raises(ReaderError):
        list(read_notes([tmp_path / "notes.jsonl"], ReadOptions(), listener))

    assert listener.problems == 1


def stream_of(text):
    return io.BytesIO(text.encode())


def test_a_stream_is_plain_text_called_stdin(heard):
    (note,) = read_stream(stream_of("pasted,text\r\n"), ReadOptions(), heard)

    assert (note.text, note.path) == ("pasted,text\r\n", "<stdin>")


def test_the_suffix_of_its_name_picks_a_streams_reader(heard):
    stream = stream_of(f"Ref,Notes\nA1,{PROSE}\n")

    (note,) = read_stream(stream, ReadOptions(), heard, name="drafts/export.csv")

    assert (note.text, note.path, note.record_id) == (PROSE, "drafts/export.csv", "A1")
    assert heard.notices[0].startswith("drafts/export.csv: ")


def test_a_stream_can_be_any_kind_of_file(heard, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Notes"])
    book.active.append(["A1", PROSE])
    book.save(tmp_path / "book.xlsx")

    with (tmp_path / "book.xlsx").open("rb") as stream:
        (note,) = read_stream(stream, ReadOptions(), heard, name="book.xlsx")

    assert (note.text, note.path) == (PROSE, "book.xlsx")


def test_a_stream_of_unknown_kind_is_a_problem(heard):
    assert list(read_stream(stream_of(PROSE), ReadOptions(), heard, name="x.jpg")) == []
    assert heard.problems[0].path == "x.jpg"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_copy_of_a_stream_is_its_owners_alone(temporary, heard):
    notes = read_stream(
        stream_of(f"Ref,Notes\nA1,{PROSE}\n"), ReadOptions(), heard, name="export.csv"
    )
    next(notes)

    (copy,) = temporary.iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    notes.close()


@pytest.mark.parametrize("text", [f"Ref,Notes\nA1,{PROSE}\nA2,{PROSE}\n", "Ref\n1\n"])
def test_no_copy_of_a_stream_is_left(temporary, heard, text):
    notes = read_stream(stream_of(text), ReadOptions(), heard, name="export.csv")
    next(notes, None)
    notes.close()

    assert list(temporary.iterdir()) == []


def test_no_copy_is_left_after_an_error(temporary, heard):
    options = ReadOptions(text_columns=("gone",))

    with pytest.raises(UsageError):
        list(read_stream(stream_of("Ref,Notes\n"), options, heard, name="export.csv"))

    assert list(temporary.iterdir()) == []


def test_files_are_found_without_being_read(tmp_path, heard):
    (tmp_path / "broken.xlsx").write_bytes(b"")

    assert find_files([tmp_path], heard) == [tmp_path / "broken.xlsx"]


LOG = "12/03/2026 21:14 PC 12 Hale: She was seen.\n13/03/2026 02:10 PC 12 Hale: She is home."


def test_a_cell_that_holds_a_log_is_one_note_in_parts(read, write):
    write("log.csv", f'Ref,Notes\nA1,"{LOG}"\nA2,"She was spoken to at home and was well."\n')

    first, second = read("log.csv", keep_columns=("entry_author", "Ref", "entry_time"))

    assert (first.text, first.row, first.record_id) == (LOG, 2, "A1")
    assert first.meta_of(first.parts[1]) == {
        "entry_author": "PC 12 Hale",
        "Ref": "A1",
        "entry_time": "2026-03-13T02:10",
    }
    assert second.parts == ()
    assert list(second.meta) == ["entry_author", "Ref", "entry_time"]


def test_a_log_is_left_whole_where_that_is_asked_for(read, write):
    write("log.txt", LOG)

    assert len(read("log.txt")[0].parts) == 2
    assert read("log.txt", split=False)[0].parts == ()
