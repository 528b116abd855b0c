"""Which texts may be meant for us, in a thread where people talk to each other."""

from bot.dataset.dataset import Dataset
from bot.questions.overheard import LONGEST, overheard
from tests.looped import looped

from .cases import loaded

TEXTS = loaded("overheard.yaml")


@looped("text", TEXTS["subject"])
def test_a_series_or_a_period_in_known_words_is_a_subject(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, True)


@looped("text", TEXTS["asks"])
def test_known_words_without_a_subject_ask_all_the_same(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, False)


@looped("text", TEXTS["unknown"])
def test_one_word_that_is_not_known_is_enough(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).known


@looped("text", TEXTS["small_talk"])
def test_small_talk_asks_for_nothing(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).asks


def test_starting_over_is_heard(dataset: Dataset) -> None:
    assert overheard("Start over!", dataset).reset
    assert not overheard("and april?", dataset).reset


def test_a_long_text_is_said_to_people(dataset: Dataset) -> None:
    assert not overheard("march " * LONGEST, dataset).known
