"""What a user would pick instead, on the same notes and terms, beside spaCy's tokenizer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import notes
import pandas as pd
import spacy
from ratios import Step, spent
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.matcher import Matcher

import vbl_detect
from vbl_detect import Note, detect
from vbl_detect.pipeline import find_matcher

FOLDER = Path(__file__).parent / "peers"
#: The interpreter that has `peers/requirements.txt`, and the folder that has `peers/package.json`.
PYTHON, NODE = "BENCH_PYTHON", "BENCH_NODE"
_PYTHON_PEERS = {"medspaCy": "medspacy", "proselint": "proselint", "Presidio": "presidio"}
_LIMIT = 900


class NotHereError(Exception):
    """A peer that is not installed, or does not run."""


def compare(count: int) -> dict[str, float | str]:
    """Return what each takes in times of the tokenizer, or why it was left out."""
    texts = list(notes.make(count + 1, seed=11))
    bare, fast = spacy.blank("en"), vbl_detect.load(model="fast")
    for text in notes.make(300, seed=1):
        bare.make_doc(text)
        fast(text)
    unit = spent(lambda some: [bare.make_doc(text) for text in some], texts[1:])
    terms = sorted({row.term for row in find_matcher(fast).lexicon.terms.values() if row.term})
    takers: dict[str, Callable[[], float]] = {
        "vbl-detect `--model fast`": lambda: spent(
            lambda some: list(detect((Note(text=text) for text in some), fast)), texts[1:]
        ),
        "keyword search in pandas": lambda: spent(_keywords(terms), texts[1:]),
        "spaCy sentencizer, Matcher, scikit-learn": lambda: spent(_naive(terms), texts[1:]),
    }
    for name, module in _PYTHON_PEERS.items():
        takers[name] = lambda module=module: _python_peer(module, texts, terms)  # type: ignore[misc]
    takers["alex"] = lambda: _node_peer("alex", [], texts)
    takers["textlint with the same terms"] = lambda: _textlint(texts, terms)
    found: dict[str, float | str] = {}
    for name, take in takers.items():
        try:
            found[name] = take() / unit
        except NotHereError as error:
            found[name] = str(error)
    return found


def _keywords(terms: Sequence[str]) -> Step:
    import re  # noqa: PLC0415

    pattern = re.compile("|".join(rf"\b{re.escape(term)}\b" for term in terms), re.IGNORECASE)
    return lambda texts: pd.Series(texts).str.findall(pattern)


def _naive(terms: Sequence[str]) -> Step:
    """Return what most tutorials build: a pattern a term, and a classifier called for each text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = Matcher(nlp.vocab)
    matcher.add("VBL", [[{"LOWER": word.lower_} for word in nlp.make_doc(term)] for term in terms])
    known = notes.stock()
    sentences = [*known.plain[:1000], *known.blaming[:1000]]
    labels = [0] * len(known.plain[:1000]) + [1] * len(known.blaming[:1000])
    vectors = TfidfVectorizer(ngram_range=(1, 2))
    model = LogisticRegression().fit(vectors.fit_transform(sentences), labels)

    def step(texts: Sequence[str]) -> None:
        for text in texts:
            doc = nlp(text)
            matcher(doc)
            model.predict_proba(vectors.transform([sent.text for sent in doc.sents]))

    return step


def _python_peer(module: str, texts: Sequence[str], terms: Sequence[str]) -> float:
    python = os.environ.get(PYTHON, sys.executable)
    there = subprocess.run(  # noqa: S603
        [python, "-c", f"import {'presidio_analyzer' if module == 'presidio' else module}"],
        capture_output=True, check=False,
    )  # fmt: skip
    if there.returncode:
        raise NotHereError("not installed")
    given = json.dumps({"texts": list(texts), "terms": list(terms)})
    done = subprocess.run(  # noqa: S603
        [python, str(FOLDER / "run.py"), module],
        input=given, capture_output=True, text=True, check=False, timeout=_LIMIT,
    )  # fmt: skip
    if done.returncode:
        raise NotHereError(f"does not run here: {done.stderr.strip().splitlines()[-1][:80]}")
    return float(done.stdout.split()[-1])


def _textlint(texts: Sequence[str], terms: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        rules = "".join(f"  - expected: '-'\n    pattern: {json.dumps(term)}\n" for term in terms)
        prh, config = Path(folder, "prh.yml"), Path(folder, "textlintrc.json")
        prh.write_text(f"version: 1\nrules:\n{rules}", "utf-8")
        config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(prh)]}}}), "utf-8")
        return _node_peer("textlint", ["--config", str(config)], texts)


def _node_peer(name: str, options: Sequence[str], texts: Sequence[str]) -> float:
    """Return what a program takes for all notes, less what it takes for the first one."""
    modules = Path(os.environ.get(NODE, str(FOLDER))).resolve() / "node_modules"
    program = modules / ".bin" / name
    if not program.exists():
        raise NotHereError("not installed")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.md").write_text(text, "utf-8")
        files = [str(path) for path in sorted(Path(folder).glob("*.md"))]
        one = _process_time([str(program), *options, files[0]], modules.parent)
        return _process_time([str(program), *options, *files], modules.parent) - one


def _process_time(command: Sequence[str], folder: Path) -> float:
    before = os.times()
    subprocess.run(command, capture_output=True, check=False, cwd=folder, timeout=_LIMIT)  # noqa: S603
    after = os.times()
    return (
        after.children_user + after.children_system
        - before.children_user - before.children_system
    )  # fmt: skip
