from datetime import date

import pytest

from vbl_detect.errors import ExitCode, SettingsError
from vbl_detect.settings import KEYS, Allowed, FileRule, read_settings

ALLOW = '[[allow]]\nphrase = "Streetwise"\nreason = "A project"\n'


def faults(read, text, **more):
    with pytest.raises(SettingsError) as raised:
        read(text, **more)
    assert raised.value.exit_code == ExitCode.USAGE
    return str(raised.value).splitlines()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_setting_is_read_with_its_line(read, tmp_path, mark, line_end):
    (tmp_path / "our-lexicon").mkdir()
    text = mark + "".join(f"{key.name} = {key.example}{line_end}" for key in KEYS)

    settings = read(text)

    assert {name: setting.line for name, setting in settings.values.items()} == {
        key.name: number for number, key in enumerate(KEYS, 1)
    }
    assert settings.values["ignore"].value == ("MM004", "low")
    assert settings.values["min-score"].value == 0.7
    assert settings.values["lexicons"].value == ("our-lexicon",)
    assert settings.place("min-score") == "vbl.toml:5"
    assert settings.places["low"] == "vbl.toml:3"


def test_tables_become_records(read):
    settings = read(
        ALLOW
        + '[[allow]]\nphrase = "risk form"\nreason = "A form"\nexpires = 2030-06-30\n'
        + '[per-file]\n"a/" = { ignore = ["low"], min-score = 1 }\n"b.md" = { select = ["RC"] }\n'
    )

    assert settings.allow == (
        Allowed(phrase="Streetwise", reason="A project", place="vbl.toml:2"),
        Allowed(phrase="risk form", reason="A form", expires=date(2030, 6, 30), place="vbl.toml:5"),
    )
    assert settings.per_file == (
        FileRule(pattern="a/", ignore=("low",), min_score=1.0, place="vbl.toml:9"),
        FileRule(pattern="b.md", select=("RC",), place="vbl.toml:10"),
    )


def test_an_empty_file_sets_nothing(read):
    settings = read("")

    assert (dict(settings.values), settings.allow, settings.per_file) == ({}, (), ())


def test_the_table_of_a_pyproject_is_read_with_its_lines(read):
    text = f'[project]\nname = "notes"\n\n[tool.vbl-detect]\nmodel = "fast"\n\n{ALLOW}'

    settings = read(text.replace("[[allow", "[[tool.vbl-detect.allow"), name="pyproject.toml")

    assert settings.place("model") == "pyproject.toml:5"
    assert settings.allow[0].place == "pyproject.toml:8"
    assert faults(read, '[tool.vbl-detect]\n\nmodle = "fast"', name="pyproject.toml") == [
        'pyproject.toml:3: there is no setting "modle"; did you mean "model"?'
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_score = 0.5\n", 'vbl.toml:1: there is no setting "min_score"; did you mean "min-sc'),
        ('\n\nSELECT = ["RC"]', 'vbl.toml:3: there is no setting "SELECT"; did you mean "select"?'),
        ('min-score = "0.5"', 'min-score is the text "0.5"; give a number from 0 to 1'),
        ("min-score = 7", "min-score is the number 7; give a number from 0 to 1"),
        ("min-score = true", "min-score is true; give a number from 0 to 1"),
        ("min-score = nan", "min-score is the number nan; give a number from 0 to 1"),
        ("max-findings = 1.5", "the number 1.5; give a whole number, 0 or more"),
        ("max-findings = -1", "the number -1; give a whole number, 0 or more"),
        ('include-context = "yes"', 'the text "yes"; give true or false'),
        ('select = "RC"', 'select is the text "RC", not a list; write ["RC"]'),
        ("select = [\n  7,\n]", "vbl.toml:1: select holds the number 7; give a list"),
        ('ignore = [\n "RC",\n " ",\n]', "vbl.toml:3: ignore holds an empty text"),
        ("select = 2030-01-01", "select is the date 2030-01-01, not a list; give a list"),
        ('fail-on = "hihg"', 'is "hihg"; give one of "never", "low", "medium", "high"; did you me'),
        ('show = "all"', 'show is "all"; give one of "reference", "phrase", "sentence"'),
        ('model = 1', 'model is the number 1; give one of "full", "fast"'),
        ('format = "jsnl"', 'did you mean "jsonl"?'),
        ('encoding = "utf-88"', 'encoding is the text "utf-88"; give an encoding'),
        ('id-column = ""', "id-column is empty; give a text in quotes or leave the line out"),
        ('lexicons = ["a",\n"nowhere"]', 'vbl.toml:2: lexicons names the folder "nowhere"'),
        ("allow = true", "vbl.toml:1: allow is true; write [[allow]]"),
        ('allow = ["x"]', 'is the text "x"; give a table, such as'),
        ('[[allow]]\nphrase = "x"', "vbl.toml:1: [[allow]] has no reason; add a line such as reas"),
        ('[[allow]]\nphrase = "x"\nreason = " "', "vbl.toml:3: reason is empty"),
        (ALLOW + 'expires = "2030"', 'vbl.toml:4: expires is the text "2030"; give a date without'),
        (ALLOW + "resaon = 1", 'vbl.toml:4: there is no setting "resaon"; did you mean "reason"?'),
        ('[per-file]\n"*.md" = ["RC"]', 'vbl.toml:2: "*.md" is a list; give a table, such as'),
        ('[per-file]\n"*.md" = { model = "fast" }', 'vbl.toml:2: there is no setting "model"'),
        ("per-file = 1", "vbl.toml:1: per-file is the number 1; write [per-file]"),
        ('model = full\n', "vbl.toml:1:9: this is not TOML as it should be (invalid value)"),
        ('\nselect = ["RC"', "vbl.toml:2: what begins here does not come to its"),
        ('show = "phrase"\n\nselect = [\n"RC"\n\n', "vbl.toml:3: what begins here does not"),
        ('model = "fast', "vbl.toml:1: what begins here does not come"),
        ('encoding = "hex"', "encoding is the text"),
        (b'model = "fast"\n# caf\xe9\n', "vbl.toml:2: a character is not UTF-8; save the file"),
        ('model = "fast"'.encode("utf-16"), "vbl.toml:1: a character is not UTF-8"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_the_remedy(read, tmp_path, text, message):
    (tmp_path / "a").mkdir()

    assert message in faults(read, text)[-1]


def test_all_mistakes_are_told_at_once_in_their_order(read):
    told = faults(read, 'model = "x"\nchow = 1\n[[allow]]\nphrase = ""\nreason = 1\n')

    assert [line.split(":")[1] for line in told] == ["1", "2", "4", "5"]


def test_a_file_that_is_not_there_or_has_no_table_is_told(read, tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml: there is no such file"):
        read_settings(tmp_path / "nowhere.toml")
    assert "there is no table [tool.vbl-detect]" in faults(read, "", name="pyproject.toml")[0]
