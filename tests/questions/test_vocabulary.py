"""The vocabulary and its readers: slips become no other words, plain texts are not cleaned."""

import ast
import re
from itertools import product
from pathlib import Path

import pytest

from bot.questions import normalise as room
from bot.questions.lexicon import lexicon_of, load, patterns, split
from bot.questions.normalise import normalise
from bot.questions.spelling import corrected
from tests.questions.conftest import SmallRecord
from tests.tables import looped, tables

CASES = tables("questions/cases.yaml")
RECORD = SmallRecord()
LEXICON = lexicon_of(RECORD.catalogue)
# The files whose words stand once in each entry.
FILES = ("amounts", "calendar", "conditions", "countries", "series")


def test_every_series_and_alias_of_the_data_is_known():
    known = {phrase.value for phrase in LEXICON.phrases.values() if phrase.kind == "series"}
    assert set(RECORD.catalogue) <= known


@looped("file", FILES)
def test_no_word_stands_twice_in_an_entry(file):
    for table in load(file).values():
        for entry, words in table.items() if isinstance(table, dict) else ():
            assert entry in ("english", "chinese") or len(split(words)) == len(set(split(words))), entry


def test_the_patterns_compile():
    assert all(vars(patterns(table)) for table in load("patterns"))


@looped(("typed", "meant"), CASES["slips"].items())
def test_a_slip_is_set_right(typed, meant):
    assert corrected(typed, LEXICON)[0] == meant


@looped("word", CASES["no_slips"])
def test_an_ordinary_word_is_no_slip(word):
    assert corrected(word, LEXICON)[0] == word


WORDS = "alumina aluminium bauxite exports import january may march ytd q1 2020 2024 2026".split()


def test_nothing_is_put_right_in_it(monkeypatch):
    texts = [" ".join(words) for count in (1, 2, 3, 4) for words in product(WORDS, repeat=count)]
    tidy = room.RE.tidy
    assert all(tidy.fullmatch(text) and normalise(text) == text for text in texts)
    monkeypatch.setitem(vars(room.RE), "tidy", re.compile("(?!)"))
    assert [text for text in texts if normalise(text) != text] == []


@pytest.mark.parametrize(
    "text",
    ["Alumina", "alumina ", " alumina", "alumina  may", "alumina, may", "copper", "may i", "2024?", ""],
)
def test_anything_else_is_read_closely(text):
    assert not room.RE.tidy.fullmatch(text)


ROOT = Path(__file__).parents[2]
READERS = tables("questions/readers.yaml")


def calls_of(reader, path):
    source = path.read_text(encoding="utf-8")
    found = ast.walk(ast.parse(source)) if reader in source else ()
    calls = (node.func for node in found if isinstance(node, ast.Call))
    return sum(isinstance(each, ast.Name) and each.id == reader for each in calls)


@looped("reader", READERS)
def test_a_reader_is_called_where_typed_text_comes_in_and_nowhere_else(reader):
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    calls = {path.relative_to(ROOT).as_posix(): calls_of(reader, path) for path in files}
    assert {name: count for name, count in calls.items() if count} == READERS[reader]
