from vbl_detect.cli.evaluation_tables import as_tables


def test_the_headline_comes_first_and_fits_eighty_columns(figures):
    lines = as_tables(figures, details=False).splitlines()

    assert lines[1] == "By sentence: 2 positive in 2 notes (95 % intervals)"
    assert lines[3].startswith("full model ")
    assert "By note" not in "\n".join(lines)
    assert max(map(len, lines)) <= 80


def test_details_hold_every_table(figures):
    told = as_tables(figures, details=True)

    for words in (
        "By note:",
        "By span:",
        "By category",
        "By context",
        "By note type",
        "By part",
        "Thresholds",
        "Calibration",
        "part<1> & co",
    ):
        assert words in told
    assert max(map(len, told.splitlines())) <= 80
    assert "Zanzibar" not in told
