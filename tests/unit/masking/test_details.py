"""What is found in a text, kind by kind, and what is left alone."""

import itertools

import pytest

from vbl_detect.masking import KINDS, MASK, find_details, mask


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        ("name", "I spoke with Oluwaseun about it.", "Oluwaseun"),
        ("name", "DC Marsh to update.", "Marsh"),
        ("name", "rang shanice again, no reply", "shanice"),
        ("name", "Mum says Ellie-Mae is out.", "Ellie-Mae"),
        ("name", "KIRSTY WAS FOUND IN A HOTEL ROOM.", "KIRSTY"),
        ("name", 'He is known as "Princess".', "Princess"),
        ("name", "Hope (14) was seen again.", "Hope"),
        ("name", "Ms de Souza agreed.", "de Souza"),
        ("initials", "JB is 15 and at risk.", "JB"),
        ("initials", "She was told by K to wait.", "K"),
        ("initials", "A said he would not.", "A"),
        ("birth-date", "Her dob 4/7/09.", "4/7/09"),
        ("birth-date", "Date of birth: 3rd August 2006", "3rd August 2006"),
        ("address", "Seen at 14 Elm Close, Northtown.", "14 Elm Close, Northtown"),
        ("address", "Placed at Larkfield House.", "Larkfield House"),
        ("address", "at flat 3, 12 cromwell court", "flat 3, 12 cromwell court"),
        ("postcode", "near LS99 4QT tonight", "LS99 4QT"),
        ("phone", "ring 07700 900 123 please", "07700 900 123"),
        ("phone", "ring +44 (0)113 496 0187 please", "+44 (0)113 496 0187"),
        ("email", "write to a.b+c@mail.example today", "a.b+c@mail.example"),
        ("username", "her snap: lexi.b_08", "lexi.b_08"),
        ("username", "follows @lexxx_08 there", "@lexxx_08"),
        ("vehicle", "a silver Astra YK19 FZB", "YK19 FZB"),
        ("vehicle", "reg P338 NRT", "P338 NRT"),
        ("nhs", "patient 999 012 3454 seen", "999 012 3454"),
        ("nhs", "NHS no: 999 000 0000", "999 000 0000"),
        ("ni", "NI QQ 12 34 56 C given", "QQ 12 34 56 C"),
        ("reference", "URN NP3-20441-24 closed", "NP3-20441-24"),
        ("reference", "crime 14/238817/24 filed", "14/238817/24"),
        ("reference", "PC 3318 attended", "3318"),
        ("reference", "DC Bhogal 5530 to call", "Bhogal 5530"),
    ],
)
def test_a_detail_is_found(kind, text, hidden):
    start = text.index(hidden)

    details = find_details(text)

    assert kind in {detail.kind for detail in details}
    assert mask(text)[start : start + len(hidden)].replace(MASK, "").strip() == ""
    assert MASK not in mask(text)[:start] + mask(text)[start + len(hidden) :]


@pytest.mark.parametrize(
    "text",
    [
        "Child does not understand her behaviour.",
        "The victim (14) was with S1, her mum and her nan on Friday 3 March 2024 at 2140 hrs.",
        "Referred to MASH, CAMHS and the NRM; Children's Services informed.",
        "Seen in Leeds near McDonald's with 2 Asian males in a black Audi.",
        "May be with friends. Will return when hungry. Hope she engages.",
        "IP is 15F, S2 is 17M; graded MEDIUM under THRIVE.",
        "VICTIM IS STREETWISE AND PUTS HERSELF AT RISK.",
        "Shouldn't've gone. They'll be back; she's mouthy. Dont worry.",
        "An unwise decision. Class A drugs, section 47, £40 and 3.5 grams.",
        "She handed over a jade bracelet; there is no hope of a statement.",
        "Insp to review. DC to call back. PC informed of the risk.",
        "",
    ],
)
def test_ordinary_words_stay(text):
    assert mask(text) == text


def test_a_name_is_hidden_wherever_the_note_has_it():
    text = (
        "Summer Hartley (14) is missing. Summer was last seen in summer clothes by Hartley senior."
    )

    assert mask(text) == (
        "██████ ███████ (14) is missing. ██████ was last seen in summer clothes by ███████ senior."
    )


def test_a_name_in_small_letters_is_hidden_once_it_is_known():
    assert mask("Jade Okafor rang. Later jade said no, with a jade ring on.") == (
        "████ ██████ rang. Later ████ said no, with a jade ring on."
    )


def test_names_known_from_elsewhere_are_hidden():
    assert mask("seen with marsh", known={"marsh"}) == "seen with marsh"  # an ordinary word
    assert mask("seen with Marsh", known={"marsh"}) == "seen with █████"


def test_unknown_words_with_a_capital_stay_where_they_are_labels():
    assert mask("Northgate CSE Team", unknown=False) == "Northgate CSE Team"
    assert mask("Sgt Okafor", unknown=False) == "Sgt ██████"


def test_details_are_in_order_and_do_not_overlap():
    details = find_details("Jade Okafor, 14 Elm Close, LS99 4QT, 07700 900123, dob 1/2/09.")

    assert [d.start for d in details] == sorted(d.start for d in details)
    assert all(one.end <= other.start for one, other in itertools.pairwise(details))
    assert {d.kind for d in details} <= set(KINDS)
