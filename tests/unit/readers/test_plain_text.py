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


def test_a_file_that_is_no_text_is_told(read, write_bytes, heard):
    write_bytes("note.txt", bytes(range(256)))

    read("note.txt")

    assert "may not be plain text" in heard.warnings[0]
