"""Lexicons compiled once: kept ones find what freshly compiled ones find."""

import json

import pytest
import spacy

import vbl_detect
from tests.lexicon_folder import term, write_lexicon
from vbl_detect import Note, cache, resources
from vbl_detect.components import compiled
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.gold import read_gold
from vbl_detect.lexicon import read_lexicon
from vbl_detect.matching import dump_index, load_index

TEXT = "She likes the wild side. She is a puzzle."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache folder, and nothing remembered, as in a new process."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(cache, "folder", lambda: folder)
    new_process(monkeypatch)
    return folder


def new_process(monkeypatch):
    monkeypatch.setattr(compiled, "_remembered", {})


def count_compiled(monkeypatch):
    """Return a list that grows by one for each index that is compiled."""
    built, build_index = [], compiled.build_index

    def counting(*args):
        built.append(args)
        return build_index(*args)

    monkeypatch.setattr(compiled, "build_index", counting)
    return built


def phrases(text, folder, nlp):
    """Return what the lexicon in one small folder finds."""
    doc = nlp(text)
    matcher = LexiconMatcher(nlp, read_lexicon([folder]))
    return [doc[match.start : match.end].text for match in matcher.match(doc)]


def findings(texts):
    notes = [Note(text=text, record_id=str(number)) for number, text in enumerate(texts)]
    return list(vbl_detect.detect(notes, vbl_detect.load(model=None)))


def test_a_kept_lexicon_finds_what_a_freshly_compiled_one_finds(folder, monkeypatch, corpus_dir):
    built = count_compiled(monkeypatch)
    lexicon = read_lexicon([resources.lexicon_dir()])
    texts = [note.text for note in read_gold(corpus_dir / "dev.jsonl")]
    texts += [text for t in lexicon.terms.values() for text in t.flag_examples + t.pass_examples]
    texts += [
        text.replace("[", "").replace("]", "")
        for rule in lexicon.context_rules.values()
        for text in rule.fires + rule.silent
    ]

    fresh = findings(texts)
    new_process(monkeypatch)
    from_cache = findings(texts)

    assert len(built) == len(list(folder.iterdir())) == 2, "terms and cues, compiled once"
    assert len(fresh) > len(lexicon.terms)
    assert from_cache == fresh


def test_a_loaded_index_holds_every_pattern_that_was_dumped(blank_nlp):
    index = compiled.cue_index(read_lexicon([resources.lexicon_dir()]), blank_nlp)
    text = dump_index(index)
    loaded = load_index(text)
    for anchors in (loaded.anchors, *(of.anchors for of in loaded.exceptions.values())):
        for word in loaded.word_ids.values():
            anchors[word]  # read on first use

    assert loaded.word_ids == index.word_ids
    assert patterns(dump_index(loaded)) == patterns(text)


def patterns(text):
    """Return an index's patterns, whatever their order and that of the word sets they name."""
    head, *lines = text.split("\n")
    n_sets, n_patterns, _ = json.loads(head)["lines"]
    found = []
    for line in lines[n_sets : n_sets + n_patterns]:
        code, nearest, farthest, near, slots, *states = json.loads(line)
        companies = [(lines[company], *where) for company, *where in near]
        words = ["any" if slot < 0 else lines[slot] for slot in slots]
        found.append((code, nearest, farthest, companies, words, states))
    return sorted(found, key=str)


def test_an_edited_file_is_compiled_again(folder, tmp_path, monkeypatch, blank_nlp):
    before = phrases(TEXT, write_lexicon(tmp_path, term(patterns="wild side")), blank_nlp)
    new_process(monkeypatch)
    after = phrases(TEXT, write_lexicon(tmp_path, term(patterns="a puzzle")), blank_nlp)

    assert (before, after) == (["wild side"], ["a puzzle"])


def test_an_edited_word_list_is_compiled_again(folder, tmp_path, monkeypatch, blank_nlp):
    lexicon = write_lexicon(tmp_path, term(patterns="wild <place>"), term(code="RC002"))
    lists = tmp_path / "_lists.csv"
    lists.write_text("list,words\nself,herself\nplace,home\n", "utf-8")
    before = phrases(TEXT, lexicon, blank_nlp)
    new_process(monkeypatch)
    lists.write_text("list,words\nself,herself\nplace,side\n", "utf-8")

    assert (before, phrases(TEXT, lexicon, blank_nlp)) == ([], ["wild side"])


def test_what_the_tokenizer_has_seen_before_changes_nothing(folder, tmp_path, monkeypatch):
    lexicon = write_lexicon(tmp_path, term(patterns="wild side"))
    built = count_compiled(monkeypatch)
    for seen in ("", "Words that no other text holds: zyzzyva, qoph."):
        new_process(monkeypatch)
        nlp = spacy.blank("en")
        nlp(seen)
        assert phrases(TEXT, lexicon, nlp) == ["wild side"]

    assert len(built) == 1


def test_another_tokenizer_compiles_again(folder, tmp_path, monkeypatch):
    lexicon = write_lexicon(tmp_path, term(patterns="wild side"))
    nlp = spacy.blank("en")
    phrases(TEXT, lexicon, nlp)
    new_process(monkeypatch)
    built = count_compiled(monkeypatch)
    nlp.tokenizer.add_special_case("wild", [{"ORTH": "wi"}, {"ORTH": "ld"}])

    assert phrases(TEXT, lexicon, nlp) == ["wild side"]
    assert built


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"no hash\n{}",
        lambda content: b"\xff\xfe\n",
        lambda content: content[:-9],
    ],
)
def test_a_damaged_file_is_compiled_again(folder, tmp_path, monkeypatch, blank_nlp, damage):
    lexicon = write_lexicon(tmp_path, term(patterns="wild side"))
    phrases(TEXT, lexicon, blank_nlp)
    for path in folder.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    new_process(monkeypatch)
    built = count_compiled(monkeypatch)

    assert phrases(TEXT, lexicon, blank_nlp) == ["wild side"]
    assert built


def test_a_home_that_cannot_be_written_still_works(tmp_path, monkeypatch, blank_nlp):
    (tmp_path / "home").write_text("in the way")
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "home" / "vbl-detect")
    new_process(monkeypatch)
    lexicon = write_lexicon(tmp_path / "lexicon", term(patterns="wild side"))

    assert phrases(TEXT, lexicon, blank_nlp) == ["wild side"]
