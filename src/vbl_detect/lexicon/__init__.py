"""The lexicon: its files, its pattern notation, and what makes a row of it sound."""

from vbl_detect.lexicon.expansion import Expander, Slot, Tokenize, TokenSequence
from vbl_detect.lexicon.notation import Gap, NotationError
from vbl_detect.lexicon.reading import read_lexicon, read_with_faults
from vbl_detect.lexicon.terms import Category, Fault, Lexicon, Term
from vbl_detect.lexicon.wordforms import WordForms

__all__ = [
    "Category",
    "Expander",
    "Fault",
    "Gap",
    "Lexicon",
    "NotationError",
    "Slot",
    "Term",
    "TokenSequence",
    "Tokenize",
    "WordForms",
    "read_lexicon",
    "read_with_faults",
]
