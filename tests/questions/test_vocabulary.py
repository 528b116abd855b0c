"""The vocabulary: every file is read, and slips never become other words of the trade."""

from bot.questions.lexicon import lexicon_of, load, patterns, split
from bot.questions.spelling import corrected
from tests.looped import looped
from tests.questions.small_record import SmallRecord
from tests.tables import tables

CASES = tables("questions/cases.yaml")
RECORD = SmallRecord()
LEXICON = lexicon_of(RECORD.catalogue)
# The files whose words stand once in each entry.
FILES = ("amounts", "calendar", "conditions", "countries", "series")


def test_every_series_and_alias_of_the_data_is_known() -> None:
    known = {phrase.value for phrase in LEXICON.phrases.values() if phrase.kind == "series"}
    assert set(RECORD.catalogue) <= known


@looped("file", FILES)
def test_no_word_stands_twice_in_an_entry(file: str) -> None:
    for table in load(file).values():
        for entry, words in table.items() if isinstance(table, dict) else ():
            assert entry in ("english", "chinese") or len(split(words)) == len(set(split(words))), entry


def test_the_patterns_compile() -> None:
    assert all(vars(patterns(table)) for table in load("patterns"))


@looped(("typed", "meant"), CASES["slips"].items())
def test_a_slip_is_set_right(typed: str, meant: str) -> None:
    assert corrected(typed, LEXICON).text == meant


@looped("word", CASES["no_slips"])
def test_an_ordinary_word_is_no_slip(word: str) -> None:
    assert corrected(word, LEXICON).text == word
