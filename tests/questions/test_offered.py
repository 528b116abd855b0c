"""What a thread keeps of a reply that offered questions, and of turns that ask for no figure."""

from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset


def series(turns: list[str], dataset: Dataset) -> list[tuple[str, ...]]:
    answers = converse(turns, dataset)
    return [answer.question.commodities if answer.question else () for answer in answers]


def test_help_in_between_leaves_the_last_question(dataset: Dataset) -> None:
    assert series(["alumina exports june 2026", "help", "and imports?"], dataset)[-1] == ("alumina",)


def test_starting_over_clears_it(dataset: Dataset) -> None:
    everything = tuple(dataset.catalogue)
    assert series(["alumina exports june 2026", "start over", "and imports?"], dataset)[-1] == everything


def test_starting_over_withdraws_what_was_offered(dataset: Dataset) -> None:
    everything = tuple(dataset.catalogue)
    assert series(["alumini exports june 2026", "start over", "june 2026"], dataset)[-1] == everything


def test_what_is_not_understood_leaves_what_was_offered(dataset: Dataset) -> None:
    assert series(["alumini exports june 2026", "hm, zzz", "alumina"], dataset)[-1] == ("alumina",)
