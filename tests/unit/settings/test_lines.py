import pytest

from vbl_detect.settings.lines import Lines

TEXT = '''\
# a comment = "no key"
select = ["RC"]

ignore = [   # over several lines
  "MM",
  "low",
]
"quoted key" = """
model = "not a key"
"""
tool.vbl-detect.show = "phrase"

[per-file]
"a/*.md" = { min-score = 0.5, ignore = ["SL"] }

[per-file."b.md"]
ignore = []

[[allow]]
phrase = "one"
[[allow]]   # the second
phrase = "two"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("select",), 2),
        (("ignore",), 4),
        (("quoted key",), 8),
        (("tool", "vbl-detect", "show"), 11),
        (("per-file",), 13),
        (("per-file", "a/*.md"), 14),
        (("per-file", "a/*.md", "ignore"), 14),
        (("per-file", "b.md"), 16),
        (("per-file", "b.md", "ignore"), 17),
        (("allow", 0), 19),
        (("allow", 0, "phrase"), 20),
        (("allow", 1), 21),
        (("allow", 1, "phrase"), 22),
        (("allow", 1, "reason"), 21),  # not there: its table's line
        (("nowhere",), 1),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_key_is_on_its_line(path, line, line_end):
    assert Lines(TEXT.replace("\n", line_end)).of(path) == line


def test_an_item_of_a_list_is_on_its_own_line():
    assert Lines(TEXT).of(("ignore",), "low") == 6
    assert Lines(TEXT).of(("ignore",), "medium") == 4


def test_tables_in_one_list_have_their_own_numbers():
    lines = Lines('allow = [\n  {phrase = "one"},\n  {phrase = "two"},\n]\n')

    assert lines.of(("allow", 1), "two") == 3


def test_an_empty_file_has_no_lines():
    assert Lines("").of(("select",)) == 1
