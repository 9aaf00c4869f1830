import io

from vbl_detect.reference import find_rule, text


def test_a_screen_of_an_old_code_page_is_written_what_it_can_hold(reference):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    text.write_entry(reference.entry(find_rule("OI", reference.lexicon)), out)
    out.flush()

    assert b"into..." in out.buffer.getvalue()


def test_no_line_ends_in_spaces_or_is_wider_than_a_page(reference):
    out = io.StringIO()
    text.write_categories(reference, out)
    text.write_entry(reference.entry(find_rule("NE", reference.lexicon)), out)
    lines = out.getvalue().splitlines()

    assert [line for line in lines if line != line.rstrip() or len(line) > 100] == []
