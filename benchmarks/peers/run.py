"""One peer on notes from standard input: prints the processor seconds that judging takes.

    python run.py NAME < {"texts": [...], "terms": [...]}

It runs under an interpreter of its own, where the peers are installed, and loads before it counts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def medspacy(terms: list[str]) -> Callable[[str], object]:
    """medspaCy: target rules for the terms, and its context rules."""
    import medspacy as library
    from medspacy.ner import TargetRule

    nlp = library.load(
        medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"]
    )
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(term, "VBL") for term in terms])
    return nlp


def proselint(terms: list[str]) -> Callable[[str], object]:
    """Proselint with its own checks; it takes no terms."""
    del terms
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile("note", text).lint()


def presidio(terms: list[str]) -> Callable[[str], object]:
    """Presidio's analyzer with a deny list alone, over a blank pipeline."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            nlp = spacy.blank("en")
            nlp.add_pipe("sentencizer")
            self.nlp = {"en": nlp}

    registry = RecognizerRegistry(supported_languages=["en"])
    registry.add_recognizer(PatternRecognizer(supported_entity="VBL", deny_list=terms))
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    return lambda text: engine.analyze(text=text, language="en")


PEERS = {"medspacy": medspacy, "proselint": proselint, "presidio": presidio}


def main() -> None:
    """Load, warm up on the first note, and measure the others."""
    given = json.load(sys.stdin)
    peer = PEERS[sys.argv[1]](given["terms"])
    first, *texts = given["texts"]
    peer(first)
    start = time.process_time()
    for text in texts:
        peer(text)
    print(time.process_time() - start)


if __name__ == "__main__":
    main()
