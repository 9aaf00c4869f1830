"""What holds of any text under a mask."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbl_detect.masking import MASK, find_details, mask

#: Pieces that the patterns look for, so that texts made of them reach every branch.
PIECES = st.sampled_from(
    [
        *"Jade Okafor jade MARSH May Will hope JB K I A Mr DC Insp PC 3318 dob born Flat".split(),
        *"14 Elm Close, Road House Court LS99 4QT 07700 900123 +44 @ snap: a_b.c YK19 FZB".split(),
        *'a@b.example NHS 999 012 3454 QQ 12 34 56 C URN 14/238817/24 said is aka "Bee"'.split(),
        *"de al- 1/2/09 . , ; : ( ) ’ ' - – / █ İ ß 😀 é ı ﬁ".split(),
        *("\n", " ", "\t", "\ud800", "\x00", "\u202e"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=30).map(" ".join),
    st.lists(PIECES, max_size=30).map("".join),
)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_a_mask_keeps_length_and_white_space_and_is_put_on_once(text):
    masked = mask(text)

    assert len(masked) == len(text)
    assert mask(masked) == masked
    assert all(new in (old, MASK) for old, new in zip(text, masked, strict=True))
    assert all(new == old for old, new in zip(text, masked, strict=True) if old.isspace())


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a", "A", "1", " ", "\n", "a.", "a@", "a@b.", "A B ", "1 ", "1/", "1-", "A1", "12 ", "(0",
        "Jade ", "Mr ", "Jade-", "a_", "The Old ", "Flat 1, ", "14 Elm ", ", Town", "address: ",
        '"A" ', "snap ", "NHS 1", "QQ 1", "born ", "A.", "’", "PC 1 ", "I ", "\ud800", "07700 ",
    ],
)  # fmt: skip
def test_no_text_takes_long(piece):
    text = (piece * 20_000)[:20_000]
    start = time.process_time()

    find_details(text)

    assert time.process_time() - start < 20  # milliseconds by right; a slow machine is no fault
