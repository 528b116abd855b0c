"""What is worked out as far as it is read, and once."""

from collections.abc import Iterator
from itertools import islice

from bot.answers.conversation import answer_to
from bot.answers.onward import FOLLOWS, Lazy
from bot.dataset.dataset import Dataset
from bot.questions import understand


def counted(found: list[int]) -> Iterator[int]:
    for number in range(5):
        found.append(number)
        yield number


def test_no_more_is_worked_out_than_is_read_and_nothing_twice() -> None:
    worked_out: list[int] = []
    lazy = Lazy(counted(worked_out))
    assert (list(islice(lazy, 2)), worked_out) == ([0, 1], [0, 1])
    assert (list(islice(lazy, 3)), worked_out) == ([0, 1, 2], [0, 1, 2])
    assert (len(lazy), lazy[-1], list(lazy), worked_out) == (5, 4, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4])


def test_two_who_read_at_a_time_miss_nothing() -> None:
    lazy = Lazy(range(4))
    assert list(zip(lazy, lazy, strict=True)) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_next_questions_are_looked_up_when_they_are_read(dataset: Dataset) -> None:
    answer = answer_to(understand("alumina exports march 2024", record=dataset), dataset)
    assert isinstance(answer.onward, Lazy)
    assert 2 < len(answer.onward) <= len(FOLLOWS["figure"])
