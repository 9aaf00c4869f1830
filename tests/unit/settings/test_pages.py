from pathlib import Path

from vbl_detect.settings import GROUPS, KEYS
from vbl_detect.settings.pages import beginning, page

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


def test_the_page_is_the_one_made_from_the_table():
    assert PAGE.read_text("utf-8") == page(), "run python scripts/write_settings_page.py"


def test_the_first_file_sets_nothing(read):
    settings = read(beginning())

    assert (dict(settings.values), settings.allow, settings.per_file) == ({}, (), ())


def test_the_first_file_is_sound_when_every_line_is_switched_on(read, tmp_path):
    (tmp_path / "our-lexicon").mkdir()
    lines = beginning().splitlines()

    settings = read(
        "\n".join(
            line[1:] if line[:1] == "#" and line[1:2] not in (" ", "") else line for line in lines
        )
    )

    assert set(settings.values) == {key.name for key in KEYS}
    assert all(settings.records(group.name) for group in GROUPS)


def test_no_line_of_the_first_file_is_wider_than_a_screen():
    assert max(map(len, beginning().splitlines())) <= 100
