"""The lexicon: its files, its pattern notation, and what makes a row of it sound."""

from vbl_detect.lexicon.automaton import Automaton, Joint, Part
from vbl_detect.lexicon.compilation import compile_pattern
from vbl_detect.lexicon.context_tables import (
    POSITIONAL,
    ContextRule,
    Effect,
    Gender,
    Number,
    Person,
    Role,
    Scope,
)
from vbl_detect.lexicon.expansion import Expander, TokenSequence
from vbl_detect.lexicon.faults import Fault
from vbl_detect.lexicon.notation import Gap, NotationError
from vbl_detect.lexicon.reading import read_lexicon, read_with_faults
from vbl_detect.lexicon.terms import Category, Lexicon, Term
from vbl_detect.lexicon.wordforms import WordForms

__all__ = [
    "POSITIONAL",
    "Automaton",
    "Category",
    "ContextRule",
    "Effect",
    "Expander",
    "Fault",
    "Gap",
    "Gender",
    "Joint",
    "Lexicon",
    "NotationError",
    "Number",
    "Part",
    "Person",
    "Role",
    "Scope",
    "Term",
    "TokenSequence",
    "WordForms",
    "compile_pattern",
    "read_lexicon",
    "read_with_faults",
]
