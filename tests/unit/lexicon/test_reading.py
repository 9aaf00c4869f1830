import pytest

from tests.lexicon_folder import TERM, term, write_lexicon
from vbl_detect.errors import LexiconError, UsageError
from vbl_detect.lexicon import read_lexicon, read_with_faults


def faults_of(*folders):
    return [str(fault).rpartition("/")[2] for fault in read_with_faults(folders)[1]]


def test_a_sound_folder_gives_its_terms_and_tables(tmp_path):
    lexicon = read_lexicon([write_lexicon(tmp_path, term())])

    row = lexicon.terms["RC001"]
    assert (row.term, row.category, row.severity, row.line) == (
        "putting herself at risk",
        "risk-and-choice",
        "high",
        2,
    )
    assert row.flag_examples == ("YP puts self at risk.", "PUTTING HERSELF AT RISK.")
    assert lexicon.word_lists["self"] == ("herself", "himself", "self")
    assert lexicon.categories["non-engagement"].letters == "NE"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_a_spreadsheet_saves_is_read(tmp_path, encoding, delimiter):
    write_lexicon(tmp_path)
    cells = [f'"{cell}"' for cell in TERM.values()]
    text = "\r\n".join([delimiter.join(TERM), delimiter.join(cells), delimiter * (len(TERM) - 1)])
    (tmp_path / "risk-and-choice.csv").write_text(text, encoding=encoding, newline="")

    assert list(read_lexicon([tmp_path]).terms) == ["RC001"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (term(code="RC1"), "the code 'RC1' does not fit; codes of risk-and-choice run from RC001"),
        (term(code="NE001"), "the code 'NE001' does not fit"),
        (term(code="RC000"), "the code 'RC000' does not fit"),
        (term(source=""), "RC001: source is empty; fill it in"),
        (term(severity="grave"), "RC001: severity 'grave' is none of high, medium, low"),
        (
            term(severity="hihg"),
            "RC001: severity 'hihg' is none of high, medium, low; did you mean 'high'?",
        ),
        (term(context_needed="victim"), "RC001: context_needed 'victim' is none of always"),
        (term(colour="red"), "unknown column 'colour'; the columns are code, term"),
    ],
)
def test_a_fault_names_file_line_value_and_remedy(tmp_path, row, message):
    [fault] = faults_of(write_lexicon(tmp_path, row))

    line = 1 if "column" in message else 2
    assert fault.startswith(f"risk-and-choice.csv:{line}: {message}")


def test_the_line_is_the_one_an_editor_shows_also_after_a_cell_with_line_breaks(tmp_path):
    rows = [term(why="Two\nlines."), term(code="RC002", severity="no")]

    [fault] = faults_of(write_lexicon(tmp_path, *rows))

    assert fault.startswith("risk-and-choice.csv:4: RC002")


def test_a_code_that_stands_twice_names_the_first_line(tmp_path):
    [fault] = faults_of(write_lexicon(tmp_path, term(), term()))

    assert fault == (
        "risk-and-choice.csv:3: the code RC001 stands on line 2 already; take a free number"
    )


def test_a_missing_column_is_named(tmp_path):
    row = {column: value for column, value in TERM.items() if column != "why"}

    assert faults_of(write_lexicon(tmp_path, row)) == [
        "risk-and-choice.csv:1: the column 'why' is missing; add it"
    ]


def test_a_table_of_something_else_is_told_as_that_in_one_line(tmp_path):
    write_lexicon(tmp_path, term())
    (tmp_path / "non-engagement.csv").write_text("Ref,Note\n1,Seen at home.\n", "utf-8")

    [fault] = [one for one in faults_of(tmp_path) if one.startswith("non-engagement")]

    assert fault.startswith("non-engagement.csv:1: this is no table of the lexicon")


def test_an_error_tells_the_first_faults_and_how_many_there_are(tmp_path):
    rows = [term(code=f"RC{number:03}", why="") for number in range(1, 15)]

    with pytest.raises(LexiconError) as raised:
        read_lexicon([write_lexicon(tmp_path, *rows)])

    assert len(raised.value.faults) == 14
    assert str(raised.value).splitlines()[10:] == ["and 4 more"]


def test_a_file_of_no_category_is_named_with_the_categories(tmp_path):
    [fault] = faults_of(write_lexicon(tmp_path, term(), file="riks.csv"))

    assert fault.startswith("riks.csv:1: no category is called 'riks'; add it to _categories.csv")


def test_an_unknown_table_is_named(tmp_path):
    write_lexicon(tmp_path, term())
    (tmp_path / "_words.csv").write_text("a,b\n")

    assert faults_of(tmp_path)[0].startswith("_words.csv:1: unknown table")


def test_text_that_is_not_utf8_is_named_by_line(tmp_path):
    write_lexicon(tmp_path, term())
    path = tmp_path / "risk-and-choice.csv"
    path.write_bytes(path.read_bytes() + "naïve".encode("cp1252"))

    assert faults_of(tmp_path) == [
        "risk-and-choice.csv:3: a character is not UTF-8; save the file as 'CSV UTF-8'"
    ]


def test_a_users_folder_replaces_adds_and_takes_out(tmp_path):
    built_in = write_lexicon(tmp_path / "a", term(), term(code="RC002", patterns="~put at risk"))
    own = write_lexicon(
        tmp_path / "b",
        term(why="Our own reason."),
        term(code="RC002", severity="off"),
        term(code="RC900", patterns="own words"),
        tables=False,
    )

    lexicon = read_lexicon([built_in, own])

    assert list(lexicon.terms) == ["RC001", "RC900"]
    assert lexicon.terms["RC001"].why == "Our own reason."


def test_the_hash_follows_the_contents(tmp_path):
    first = read_lexicon([write_lexicon(tmp_path, term())]).sha256
    again = read_lexicon([tmp_path]).sha256
    changed = read_lexicon([write_lexicon(tmp_path, term(why="Another reason."))]).sha256

    assert first == again != changed


def test_every_fault_is_raised_at_once(tmp_path):
    write_lexicon(tmp_path, term(source=""), term(code="RC002", severity="no"))

    with pytest.raises(LexiconError) as caught:
        read_lexicon([tmp_path])

    assert len(caught.value.faults) == 2


def test_a_folder_that_is_not_there_or_is_empty_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no such lexicon folder"):
        read_lexicon([tmp_path / "nowhere"])
    (tmp_path / "terms.txt").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="this is a file; name the folder it is in"):
        read_lexicon([tmp_path / "terms.txt"])
    with pytest.raises(UsageError, match=r"holds no \.csv file"):
        read_lexicon([tmp_path])
