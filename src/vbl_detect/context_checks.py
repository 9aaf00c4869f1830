"""What makes the context tables sound: faults of their rows, and every rule tried on text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language

from vbl_detect.components.compiled import lexicon_expander
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.sentences import Sentences
from vbl_detect.context import Verdict, judge
from vbl_detect.lexicon import ContextRule, Fault, Lexicon, NotationError, Person
from vbl_detect.lexicon_checks import Trial


def check_context(lexicon: Lexicon, nlp: Language) -> list[Fault]:
    """Report every fault of the context rules and of the words for people.

    Parameters
    ----------
    lexicon : Lexicon
        The rows that could be read.
    nlp : Language
        Its tokenizer splits patterns and examples.

    Returns
    -------
    list of Fault
        Bad notation, cues that stand twice, examples that do not do what they should.
    """
    faults = [*_notation_faults(lexicon, nlp), *_repeated(lexicon)]
    broken = {fault.message.partition(":")[0] for fault in faults}
    rules = {code: rule for code, rule in lexicon.context_rules.items() if code not in broken}
    people = {name: person for name, person in lexicon.people.items() if name not in broken}
    # Without its hash the lexicon is compiled afresh, since rows have been left out.
    sound = replace(lexicon, context_rules=rules, people=people, sha256="")
    trials = try_rules(sound, nlp)
    return faults + [trial.as_fault() for trial in trials if not trial.passed]


def try_rules(lexicon: Lexicon, nlp: Language) -> Iterator[Trial]:
    """Try every context rule on its own examples.

    Parameters
    ----------
    lexicon : Lexicon
        A lexicon without notation faults.
    nlp : Language
        Its tokenizer splits patterns and examples.
    """
    qualifier = ContextQualifier(nlp, lexicon)
    for rule in lexicon.context_rules.values():
        for text in rule.fires:
            yield _trial(rule, "fires", text, verdict_on(text, qualifier, nlp))
        for text in rule.silent:
            yield _trial(rule, "silent", text, verdict_on(text, qualifier, nlp))


def _trial(rule: ContextRule, column: str, text: str, verdict: Verdict) -> Trial:
    fires = verdict.rule == rule.code
    if fires == (column == "fires"):
        return Trial(rule, column, text, passed=True)
    if fires:
        remark = f"the rule decides in {text!r}; narrow its patterns or use unless"
    else:
        instead = f"{verdict.rule} makes it {verdict.context}" if verdict.rule else "no rule does"
        remark = f"the rule does not decide in {text!r}: {instead}"
    return Trial(rule, column, text, passed=False, remark=remark)


def verdict_on(marked: str, qualifier: ContextQualifier, nlp: Language) -> Verdict:
    """Return the verdict on the words in ``[ ]`` of a marked-up text.

    Parameters
    ----------
    marked : str
        The text, with square brackets round the words that are judged.
    qualifier : ContextQualifier
        The compiled tables.
    nlp : Language
        The pipeline they were compiled for.
    """
    before, _, rest = marked.partition("[")
    words, _, after = rest.partition("]")
    doc = nlp.make_doc(before + words + after)
    reading = qualifier.read(Sentences()(doc))
    return judge(reading, *reading.word_range(len(before), len(before) + len(words)))


def _notation_faults(lexicon: Lexicon, nlp: Language) -> Iterator[Fault]:
    expander = lexicon_expander(lexicon, nlp)
    for name, row in _rows(lexicon):
        patterns = row.patterns if isinstance(row, Person) else (*row.patterns, *row.unless)
        for pattern in patterns:
            try:
                expander.expand(pattern)
            except NotationError as error:
                yield Fault(row.path, row.line, f"{name}: pattern {pattern!r}: {error}")


def _repeated(lexicon: Lexicon) -> Iterator[Fault]:
    """Yield a fault for each cue that two rules of one effect and scope share, or two people."""
    seen: dict[tuple[str, str], tuple[str, ContextRule | Person]] = {}
    for name, row in _rows(lexicon):
        kind = "" if isinstance(row, Person) else f"{row.effect} {row.direction} {row.scope}"
        for pattern in row.patterns:
            key = (kind, " ".join(pattern.lower().split()))
            first, other = seen.setdefault(key, (name, row))
            if other is not row:
                where = f"{first} ({other.path}:{other.line})"
                message = f"{name}: pattern {pattern!r} stands in {where} already; remove one"
                yield Fault(row.path, row.line, message)


def _rows(lexicon: Lexicon) -> Iterable[tuple[str, ContextRule | Person]]:
    yield from lexicon.context_rules.items()
    yield from lexicon.people.items()
