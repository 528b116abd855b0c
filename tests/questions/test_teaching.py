"""What teaches a word and what does not; which words cannot be taught, and why; how one is read then."""

import pytest

from bot.questions import understand
from bot.questions.commands import Lesson, lesson_in, obstacle, series_named
from bot.questions.lexicon import lexicon_of
from tests.tables import looped, tables

CASES = tables("questions/cases.yaml")

TAUGHT = (("rx", "bauxite"), ("white mud", "alumina"), ("bayerite", "alumina"), ("白料", "alumina"))
NONE = (*CASES["no_lessons"], "x" * 5_000, " " * 5_000, "!" * 5_000)


@pytest.fixture(scope="module")
def taught(dataset):
    return dataset.with_words(TAUGHT)


@looped("text", CASES["lessons"])
def test_a_text_teaches_a_word(text, dataset):
    lesson = lesson_in(text, dataset)
    assert (lesson.verb, lesson.word, lesson.series) == ("teach", *CASES["lessons"][text])
    assert obstacle(lesson, dataset) is None


@looped("text", NONE)
def test_a_question_teaches_none(text, dataset):
    assert lesson_in(text, dataset) is None


@looped("text", ["word remove RX", "word forget “RX”", "forget the word RX", "忘记RX", "词语 删除 RX"])
def test_a_text_takes_a_word_away(text, dataset):
    assert lesson_in(text, dataset) == Lesson("forget", "RX")


@looped(("why", "word"), [(why, word) for why, words in CASES["obstacles"].items() for word in words])
def test_a_word_that_cannot_be_taught_has_its_reason(why, word, taught):
    found = obstacle(Lesson("teach", word, "alumina", "alumina"), taught)
    assert found[0] == why


def test_a_series_that_is_not_there_is_the_reason(dataset):
    assert obstacle(Lesson("teach", "RX", "", "nickel"), dataset) == ("no_series", "")
    assert obstacle(Lesson("teach", "RX"), dataset) == ("unfit", "")
    assert series_named("bauxite and alumina", dataset) == ""


@looped(("text", "plain"), CASES["taught"])
def test_a_taught_word_is_read_like_an_alias(text, plain, taught):
    read = understand(text, record=taught)
    assert read.outcome == "asks"
    assert read.questions == understand(plain, record=taught).questions
    assert understand(text, record=taught.with_words(())).questions != read.questions


def test_what_means_something_already_keeps_its_meaning(dataset):
    odd = dataset.with_words((("march", "bauxite"), ("alumina", "bauxite"), ("rx", "gone")))
    for text in ("alumina exports march 2024", "rx"):
        assert understand(text, record=odd) == understand(text, record=dataset)


def test_a_set_of_words_is_put_together_once(dataset):
    names = dataset.catalogue
    made = lexicon_of(names, taught=TAUGHT)
    assert lexicon_of(names, taught=tuple(TAUGHT)) is made
    assert lexicon_of(names, taught=TAUGHT[:1]) is not made
    assert not lexicon_of(names).knows("bayerite")
