"""Classes of English words that the context rules lean on; everything else is in the tables."""

from __future__ import annotations

from vbl_detect.lexicon import Gender, Number

#: Pronouns of the third person, lower case, with the gender and number of whom they stand for.
PRONOUNS: dict[str, tuple[Gender, Number]] = {
    **dict.fromkeys(("he", "him", "his", "himself", "hes"), ("m", "one")),
    **dict.fromkeys(("she", "her", "hers", "herself", "shes"), ("f", "one")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "theyre"), ("any", "any")),
}
SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "hes", "shes", "theyre"})
OBJECT_PRONOUNS = frozenset({"him", "her", "them"})
POSSESSIVE_PRONOUNS = frozenset({"his", "her", "their"})
AUTHORS = frozenset({"i", "we", "i'm", "i've"})
POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})
DETERMINERS = frozenset("the a an this that these those her his their our my your its".split())
PARTNERS = frozenset(
    "husband wife boyfriend girlfriend ex-husband ex-wife ex-boyfriend ex-girlfriend".split()
)
STRANGERS = frozenset("the a an one another his her their".split())
#: Participles of saying and thinking that do not end in "ed".
PARTICIPLES = frozenset("said told seen felt thought found put written known read".split())
IMPERSONAL = frozenset(
    "it there this that which who what and but so not nobody none never pattern evidence you "
    "your".split()
)
#: Before these "'s" stands for "is" or "has".
AFTER_IS = frozenset("a an been got not very so too just always never no still also quite".split())
#: Verbs whose subject stands just before them.
AUXILIARIES = frozenset(
    "is are was were has have had will would can could may might should must does did do".split()
)
#: Words between commas that leave the clause as it is: "he, meanwhile, has".
ASIDES = frozenset(
    "meanwhile however too also then though aged now therefore perhaps indeed frankly sadly "
    "clearly apparently likewise again rather".split()
)
#: Labels that speak for a meeting.
MEETING = frozenset({"chair", "chairman", "meeting", "panel"})
RELATIVES = frozenset("who which that".split())
BE = frozenset("is are was were be been being am 's \u2019s".split())
COPULAS = BE | set("as seem seems seemed become becomes became called".split())
#: What joins a clause to another of the same standing.
JOINTS = frozenset({",", ";", "and", "or"})
#: What stands before quotation marks that only hold words at arm's length.
BEFORE_SCARE_QUOTES = (
    DETERMINERS
    | POSSESSIVES
    | frozenset("so-called called supposed alleged self-styled being older new".split())
)
#: Boxes of a form, empty or ticked.
BOXES = frozenset("\u2610\u2611\u2612\u25a1\u25a0\u25a2")
QUOTATION_MARKS = frozenset("\"'\u201c\u201d\u2018\u2019")
CLAUSE_MARKS = frozenset(",;:()-\u2013\u2014\u2026/") | {"--", "..."}
CLAUSE_WORDS = frozenset(
    "but because so although though while whilst whereas when if where until since then unless "
    "whether despite however yet after before".split()
)
PREPOSITIONS = frozenset(
    "by with from to of for at in on about against near behind towards into via re regarding "
    "outside under between over around through beside like unlike than as".split()
)
QUESTION_WORDS = frozenset("whether why if".split())
NEGATORS = frozenset({"not", "n't", "n\u2019t", "never", "nor", "no", "nobody", "none", "cannot"})
