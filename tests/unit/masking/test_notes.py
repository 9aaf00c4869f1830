"""The mask over a note, its reference, its kept columns, and findings in it."""

import datetime

import pytest

import vbl_detect
from vbl_detect.masking import MASK, NoteMask, mask_note, masked_finding
from vbl_detect.masking.notes import is_personal
from vbl_detect.records import Part

TEXT = (
    "Jade Okafor is 14. DC Marsh asked mum. jade is streetwise, Marsh says, and puts self at risk."
)


@pytest.fixture
def note():
    meta = {
        "Team": "Northgate",
        "Officer": "Marsh",
        "Comment": "Okafor family known",
        "DOB": datetime.date(2010, 1, 2),
        "Seen": datetime.date(2024, 1, 2),
        "Visits": 3,
        "Victim": None,
    }
    return vbl_detect.Note(text=TEXT, record_id="Okafor 12/4411", meta=meta)


def find(nlp, note, **options):
    return list(vbl_detect.detect([note], nlp, **options))


def test_everything_that_shows_text_is_masked(nlp, note):
    plain, masked = find(nlp, note), find(nlp, note, mask=True)

    assert plain
    for before, after in zip(plain, masked, strict=True):
        shown = f"{after.phrase} {after.sentence} {after.cue} {after.record_id} {after.meta}"
        assert not any(name in shown.lower() for name in ("jade", "okafor", "marsh"))
        assert len(after.sentence) == len(before.sentence)
        assert MASK in after.sentence


def test_places_and_fingerprints_stay(nlp, note):
    for before, after in zip(find(nlp, note), find(nlp, note, mask=True), strict=True):
        assert after.finding_id == before.finding_id
        assert (after.start, after.end, after.line, after.col) == (
            before.start,
            before.end,
            before.line,
            before.col,
        )
        assert after.phrase_offset == before.phrase_offset
        offset = after.phrase_offset
        assert after.sentence[offset : offset + len(after.phrase)] == after.phrase


def test_a_phrase_without_a_name_is_as_it_was(nlp, note):
    phrases = [finding.phrase for finding in find(nlp, note, mask=True)]

    assert "streetwise" in phrases


def test_a_kept_column_is_hidden_whole_if_its_heading_says_so(nlp, note):
    meta = find(nlp, note, mask=True)[0].meta

    assert meta == {
        "Team": "Northgate",
        "Officer": MASK * 5,
        "Comment": f"{MASK * 6} family known",
        "DOB": MASK * 10,
        "Seen": datetime.date(2024, 1, 2),
        "Visits": 3,
        "Victim": None,
    }


@pytest.mark.parametrize(
    ("heading", "personal"),
    [
        ("Officer", True),
        ("OIC Name", True),
        ("victimDob", True),
        ("E-mail", True),
        ("Team name", False),
        ("Victim age", False),
        ("Date", False),
        ("Supervisor review", False),
        ("", False),
    ],
)
def test_headings(heading, personal):
    assert is_personal(heading) is personal


def test_a_reference_stays_unless_it_is_a_person():
    hidden = NoteMask("Jade Okafor is missing.")

    assert hidden.reference("NP3-20441-24") == "NP3-20441-24"
    assert hidden.reference("M-1004") == "M-1004"
    assert hidden.reference("Okafor") == MASK * 6
    assert hidden.reference("999 012 3454") == "███ ███ ████"


def test_a_masked_note_keeps_its_offsets(note):
    part = Part(start=0, end=18, author="Okafor", quoted="Jade wrote:")
    parted = vbl_detect.Note(text=TEXT, parts=(part,))

    masked = mask_note(parted)

    assert len(masked.text) == len(TEXT)
    assert masked.parts == (Part(start=0, end=18, author=MASK * 6, quoted=f"{MASK * 4} wrote:"),)
    assert mask_note(note).text == masked.text


def test_a_finding_without_its_note_is_masked_by_its_sentence(nlp, note):
    for finding in find(nlp, note):
        masked = masked_finding(finding)
        offset = masked.phrase_offset
        assert "Okafor" not in masked.sentence
        assert masked.sentence[offset : offset + len(masked.phrase)] == masked.phrase
        assert masked.finding_id == finding.finding_id
        assert masked_finding(finding.shown("reference")).phrase is None


def test_a_table_is_masked_with_its_columns(nlp):
    import pandas as pd  # noqa: PLC0415 - only here

    df = pd.DataFrame({"text": [TEXT, "All well."], "Officer": ["Marsh", "Bell"], "Visits": [1, 2]})

    found = vbl_detect.detect_df(df, nlp=nlp, mask=True)

    assert set(found["Officer"]) == {MASK * 5}
    assert set(found["Visits"]) == {1}
    assert not found["sentence"].str.contains("Okafor").any()


def test_a_word_that_is_part_of_a_name_is_hidden_whole():
    mask = NoteMask("Jade Okafor is streetwise.")

    assert mask.word("jade") == MASK * len("jade")
    assert "jade" not in mask.word("jade is")
    assert mask.word("streetwise") == "streetwise"
