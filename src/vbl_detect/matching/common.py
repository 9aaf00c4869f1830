"""How often the commonest words of police notes turn up: what an anchor of a pattern avoids.

Counted over the 720,000 tokens of ``data/corpus/train-*.jsonl``. The counts only choose where a
search begins; they change no finding, so that they need no care when the corpus grows.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Lower-case tokens by about how many of 100,000 tokens they are; all that are 40 or more.
_BY_SHARE = {
    8000: ".",
    4000: ", the",
    2000: "a to",
    1500: "and 's in",
    1000: ': of on he that she " is it i her for',
    700: "was with at by has",
    500: "be not his",
    350: "as - been ) ( from no had ; n't have him one told",
    250: "who asked 'd two you there what we so",
    180: (
        "out an said this do are 've about they child will \u2013 all up me phone says "
        "school mum if"
    ),
    130: (
        "police back which would man were review 2 did us three them first 3 since say off "
        "own when victim my ? suspect home 14 15"
    ),
    100: (
        "put like time both 4 officer seen mother found now then can same after but does "
        "before / 'll got call being car adult"
    ),
    80: (
        "over s1 & high see 1 oic v done male day door know last each four left ' could 16 "
        "room old girl go worker other next under made given down name only good boy "
        "account where 6 risk report ds 'm log night days your line nothing"
    ),
    60: (
        "read taken staff dad 5 9 re should 13 year \xa3 well sent note house number team "
        "w/ second statement or because ask come address through any pc our may children "
        "work gone went agreed men 12 file plan manager came family than gave took bus "
        "sister meeting new ring how flat get again six contact missing nurse"
    ),
    45: (
        "more nobody m di form week want letter case evidence their today why rang care 17 "
        "going f known sgt entry until lad parents arrested crime please every moved t "
        "right herself dog officers unit brother stop person 7 way five visit insp dc carer "
        "age tell father \u201d take nine girls decision \u201c card times ca interview 11 "
        "order mr met used view complainant cctv place van r never 're wants also"
    ),
}
#: About how many of 100,000 tokens a common word is.
COMMON_WORDS: Mapping[str, int] = {
    word: share for share, words in _BY_SHARE.items() for word in words.split()
}
