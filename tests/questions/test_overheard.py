"""Which texts may be meant for us, in a thread where people talk to each other."""

import pytest

from bot.dataset.dataset import Dataset
from bot.questions.overheard import LONGEST, overheard


@pytest.mark.parametrize(
    "text",
    [
        "and april?",
        "alumina",
        "2024-03",
        "ytd",
        "bauxite imports, please!",
        "三月",
        "*and* april :eyes:",
        "and febuary?",
    ],
)
def test_a_series_or_a_period_in_known_words_is_a_subject(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "and imports?",
        "biggest rise",
        "top 5",
        "up?",
        "in kt",
        "vs a year ago",
        "compare",
        "why?",
        "what about copper?",
    ],
)
def test_known_words_without_a_subject_ask_all_the_same(text: str, dataset: Dataset) -> None:
    heard = overheard(text, dataset)
    assert (heard.known, heard.asks, heard.subject) == (True, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "lunch in march?",
        "it may fall",
        "let's march on",
        "we march to 2027",
        "see you next month",
        "I was out last month",
        "great chart",
        "thanks, that is what I feared",
        "qwertyish",
        "alumini",
        "march of the penguins",
    ],
)
def test_one_word_that_is_not_known_is_enough(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "so it is up",
        "high",
        "down again",
        "more",
        "thanks",
        "ok :+1:",
        "thanks all",
        "same here",
        "<@U_BEN> see this",
        "and you?",
    ],
)
def test_small_talk_asks_for_nothing(text: str, dataset: Dataset) -> None:
    assert not overheard(text, dataset).asks


def test_starting_over_is_heard(dataset: Dataset) -> None:
    assert overheard("Start over!", dataset).reset
    assert not overheard("and april?", dataset).reset


def test_a_long_text_is_said_to_people(dataset: Dataset) -> None:
    assert not overheard("march " * LONGEST, dataset).known
