import pytest


@pytest.mark.parametrize("name", ["note.txt", "note.log", "note.md", "note.markdown", "NOTE.TXT"])
def test_a_file_is_one_note_exactly_as_it_stands(read, write, name):
    text = "  # Review\r\n\r\nShe was at home.\rEnd \n"
    write(name, text)

    (note,) = read(name)

    assert note.text == text
    assert (note.path, note.row, note.column, note.paragraph) == (name, None, None, None)


def test_white_space_is_no_note(read, write, heard):
    write("note.txt", " \r\n\t\n")

    assert read("note.txt") == []
    assert not heard.problems


@pytest.mark.parametrize(
    "content", [bytes(range(256)), b"%PDF" + bytes(90), b"\x89PNG\r\n\x1a\n\0"]
)
def test_a_file_that_is_no_text_is_a_problem(read, write_bytes, heard, content):
    write_bytes("note.txt", content)

    assert read("note.txt") == []
    assert "this is no text" in str(heard.problems[0])


def test_a_stray_character_that_is_no_text_is_told(read, write_bytes, heard):
    write_bytes("note.txt", b"She was at home \0 at ten, and again at eleven.")

    assert len(read("note.txt")) == 1
    assert "may not be plain text" in heard.warnings[0]
