"""The lexicon: its files, its pattern notation, and what makes a row of it sound."""

from vbl_detect.lexicon.automaton import Automaton, Part, compile_pattern
from vbl_detect.lexicon.expansion import Expander, Slot, Tokenize, TokenSequence
from vbl_detect.lexicon.notation import Gap, NotationError
from vbl_detect.lexicon.reading import read_lexicon, read_with_faults
from vbl_detect.lexicon.terms import Category, Fault, Lexicon, Term
from vbl_detect.lexicon.wordforms import WordForms

__all__ = [
    "Automaton",
    "Category",
    "Expander",
    "Fault",
    "Gap",
    "Lexicon",
    "NotationError",
    "Part",
    "Slot",
    "Term",
    "TokenSequence",
    "Tokenize",
    "WordForms",
    "compile_pattern",
    "read_lexicon",
    "read_with_faults",
]
