from datetime import date, datetime
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vbl_detect.errors import UsageError
from vbl_detect.readers.parquet_pages import read_pages, weigh

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


@pytest.fixture
def small_pages(monkeypatch):
    """Pages of more than 100,000 bytes are too large."""
    monkeypatch.setattr("vbl_detect.readers.parquet.LARGEST_PAGE", 100_000)


VERSIONS = [
    {},
    {"use_dictionary": False, "compression": "zstd", "write_page_checksum": True},
    {"data_page_version": "2.0", "write_page_index": True},
]


@pytest.mark.parametrize("options", VERSIONS)
def test_rows_beside_a_huge_cell_are_left_out_by_number_and_the_others_read(
    read, write_parquet, heard, small_pages, options
):
    texts = [f"{PROSE} {i}" for i in range(30)]
    texts[13] = PROSE * 10_000
    write_parquet({"text": texts, "team": ["N"] * 30}, row_group_size=10, **options)

    assert [n.row for n in read("export.parquet")] == [*range(1, 11), *range(21, 31)]
    [problem] = heard.problems
    assert (problem.path, problem.row) == ("export.parquet", 11)
    assert 'column "text" has 0 MB here' in str(problem)
    assert "rows 11 to 20 were left out" in str(problem)
    assert PROSE not in str(problem)


def test_a_huge_cell_in_a_column_that_is_not_needed_is_no_matter(
    read, write_parquet, heard, small_pages
):
    photos = pa.array([b"a", b"photograph" * 100_000, b""], pa.binary())
    write_parquet({"text": [PROSE] * 3, "photo": photos})

    assert len(read("export.parquet")) == 3
    assert not heard.problems


def test_a_file_of_one_huge_cell_is_told_as_that(read, write_parquet, heard, small_pages):
    write_parquet({"text": [PROSE * 10_000]})

    assert read("export.parquet") == []
    assert "row 1 was left out" in str(heard.problems[0])


def test_many_rows_that_share_a_long_value_are_read_a_few_at_a_time(
    read, write_parquet, monkeypatch
):
    monkeypatch.setattr("vbl_detect.readers.parquet._BYTES_PER_BATCH", 1 << 20)
    write_parquet({"text": [PROSE * 5_000] * 60})
    sizes = []
    original = pq.ParquetFile.iter_batches

    def iter_batches(self, *args, **kwargs):
        for batch in original(self, *args, **kwargs):
            sizes.append(batch.num_rows)
            yield batch

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", iter_batches)

    assert len(read("export.parquet")) == 60
    assert max(sizes) <= (1 << 20) // len(PROSE * 5_000)


@pytest.mark.parametrize("options", VERSIONS)
def test_the_heads_of_pages_tell_what_they_hold(write_parquet, tmp_path, options):
    columns = {
        "text": [f"{PROSE} {i}" for i in range(3_000)],
        "score": [i / 7 for i in range(3_000)],
        "tags": [["a", "b"]] * 3_000,
        "place": [{"x": i, "y": None} for i in range(3_000)],
    }
    write_parquet(columns, row_group_size=2_000, **options)
    with (
        pq.ParquetFile(tmp_path / "export.parquet") as file,
        (tmp_path / "export.parquet").open("rb") as stream,
    ):
        for group in range(2):
            for leaf in range(file.metadata.num_columns):
                chunk = file.metadata.row_group(group).column(leaf)
                starts = (chunk.dictionary_page_offset, chunk.data_page_offset)
                start = min(offset for offset in starts if offset is not None)
                pages = list(read_pages(stream, start, chunk.total_compressed_size))

                values = sum(page.values for page in pages if not page.is_dictionary)
                assert values == chunk.num_values
                assert 0 <= chunk.total_uncompressed_size - sum(p.size for p in pages) < 9_000
        weights = weigh(file, stream)
    assert [set(group) for group in weights] == [set(columns)] * 2
    assert weights[0]["tags"].page > 0


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff" * 40,
        b"\x1c" * 99,
        b"\x19\xfc" + b"\xff" * 9,
        b"\x15\x00\x15\x03\x15\x03\x00",
        # What should be the head of its kind is a number.
        b"\x15\x00\x15\x02\x15\x02\x25\x02\x00",
    ],
)
def test_a_head_that_makes_no_sense_is_an_error_and_no_endless_loop(head):
    with pytest.raises(ValueError, match=r"head|number"):
        list(read_pages(BytesIO(head), 0, 1 << 40))


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
