from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vbl_detect.errors import UsageError

PROSE = "She was spoken to at home and said that all was well."


@pytest.fixture
def write_parquet(tmp_path):
    def write(columns, **options):
        pq.write_table(pa.table(columns), tmp_path / "export.parquet", **options)
        return "export.parquet"

    return write


def test_notes_are_read_with_their_row(read, write_parquet):
    write_parquet({"ref": [7, 8, None], "narrative": [PROSE, None, PROSE + " "]})

    notes = read("export.parquet")

    assert [(n.text, n.record_id, n.row, n.column) for n in notes] == [
        (PROSE, "7", 1, "narrative"),
        (PROSE + " ", None, 3, "narrative"),
    ]


def test_kept_values_are_plain(read, write_parquet):
    write_parquet(
        {
            "text": [PROSE],
            "day": [date(2024, 5, 1)],
            "midnight": [datetime(2024, 5, 1)],
            "time": [datetime(2024, 5, 1, 10, 30)],
            "count": [3],
            "share": [0.5],
            "missing": pa.array([float("nan")]),
            "flag": [True],
            "tags": [["a", "b"]],
        }
    )

    (note,) = read(
        "export.parquet",
        keep_columns=("day", "midnight", "time", "count", "share", "missing", "flag", "tags"),
    )

    assert dict(note.meta) == {
        "day": "2024-05-01",
        "midnight": "2024-05-01",
        "time": "2024-05-01T10:30:00",
        "count": 3,
        "share": 0.5,
        "missing": None,
        "flag": True,
        "tags": '["a", "b"]',
    }


def test_rows_are_counted_across_row_groups(read, write_parquet, heard):
    write_parquet({"text": [f"{PROSE} {i}" for i in range(2_500)]}, row_group_size=700)

    notes = read("export.parquet")

    assert [n.row for n in notes] == list(range(1, 2_501))
    assert notes[-1].text.endswith("2499")
    assert heard.fractions[-1] == 1.0


def test_only_needed_columns_are_read(read, write_parquet, monkeypatch):
    write_parquet({"ref": ["a"] * 300, "text": [PROSE] * 300, "other": ["b"] * 300})
    asked = []
    original = pq.ParquetFile.iter_batches

    def iter_batches(self, *args, **kwargs):
        asked.append(kwargs.get("columns"))
        return original(self, *args, **kwargs)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", iter_batches)
    read("export.parquet")

    assert sorted(asked[-1]) == ["ref", "text"]


def test_a_wrong_column_names_the_columns_there_are(read, write_parquet):
    write_parquet({"ref": ["a"], "text": [PROSE]})

    with pytest.raises(UsageError, match='no column "txet"; the columns are "ref", "text"'):
        read("export.parquet", text_columns=("txet",))


@pytest.mark.parametrize("content", [b"", b"no parquet at all", b"PAR1 broken PAR1"])
def test_a_damaged_file_is_a_problem(read, write_bytes, heard, content):
    write_bytes("export.parquet", content)

    assert read("export.parquet") == []
    assert "no Parquet file, or it is damaged" in str(heard.problems[0])


def test_a_file_without_rows_holds_no_notes(read, write_parquet, heard):
    write_parquet({"text": pa.array([], pa.string())})

    assert read("export.parquet") == []
    assert not heard.problems


def test_text_that_is_not_utf8_is_read_as_far_as_it_goes(read, write_parquet, heard):
    broken = pa.array([PROSE.encode() + b" \xff"]).cast(pa.binary())
    write_parquet({"text": pa.StringArray.from_buffers(1, *broken.buffers()[1:])})

    assert [n.text for n in read("export.parquet")] == [f"{PROSE} \ufffd"]
    assert "row 1" in heard.warnings[0]


def test_a_date_beyond_pythons_calendar_is_kept_as_text(read, write_parquet):
    write_parquet({"text": [PROSE], "when": pa.array([2**55], pa.timestamp("ms"))})

    (note,) = read("export.parquet", keep_columns=("when",))

    assert isinstance(note.meta["when"], str)
