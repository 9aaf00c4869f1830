import pytest

from vbl_detect.errors import UsageError
from vbl_detect.readers.encoding import detect_encoding

NOTE = "Café closed – “nobody” at home when the officer called. "


@pytest.mark.parametrize(
    ("encoding", "detected"),
    [
        ("ascii", "utf-8"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_detected(tmp_path, encoding, detected):
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode(encoding, "ignore"))

    assert detect_encoding(path) == detected


def test_a_character_across_two_pieces_is_still_utf8(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"a" * ((1 << 20) - 1) + "é".encode())

    assert detect_encoding(path) == "utf-8"


def test_a_late_windows_character_is_noticed(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"plain text " * 200_000 + b"caf\xe9")

    assert detect_encoding(path) == "cp1252"


def test_one_bad_byte_does_not_turn_utf8_into_windows(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode() * 20 + b"\xff")

    assert detect_encoding(path) == "utf-8"


def test_an_empty_file_is_utf8(tmp_path):
    path = tmp_path / "note.txt"
    path.touch()

    assert detect_encoding(path) == "utf-8"


@pytest.mark.parametrize("asked", ["utf-8", "UTF8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_the_text(read, write, asked):
    write("note.txt", NOTE, "utf-8-sig")

    assert read("note.txt", encoding=asked)[0].text == NOTE


@pytest.mark.parametrize("asked", ["utf-16", "utf-16-le"])
def test_nor_is_that_of_utf16(read, write_bytes, asked):
    write_bytes("note.txt", b"\xff\xfe" + NOTE.encode("utf-16-le"))

    assert read("note.txt", encoding=asked)[0].text == NOTE


@pytest.mark.parametrize("asked", ["utf-99", "hex", "rot13"])
def test_an_encoding_that_does_not_exist_is_refused(read, write, asked):
    write("note.txt", NOTE)

    with pytest.raises(UsageError, match=f'no encoding "{asked}"; use utf-8'):
        read("note.txt", encoding=asked)
