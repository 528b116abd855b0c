"""Chinese questions on the shipped record: each answer's first line, and each number in it worked out."""

import re
from itertools import pairwise

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.messages.headline import headline
from bot.words import speaking
from tests.looped import looped
from tests.offered import worded

from .chinese import Turn, threads
from .sums import is_that, said

# What is no figure: dates, codes, ranks and counts of months, what was typed.
NO_FIGURE = re.compile(
    r"“[^”]*”|HS \d+|第\d+[至或]?第?\d*位|\d+个月"
    r"|\d+个国家|(?:\d{4}年)?\d{1,2}(?:-\d{1,2})?月(?:至\d{1,2}月)?(?:\d+日)?|\d{4}年|\d{4}-\d\d"
    r"|(?:January-)?(?:January|February|March|July|September) \d{4}"
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
HAN = re.compile("[\u4e00-\u9fff]")


THREADS = list(threads())
TURNS = [turn for turns in THREADS for turn in turns]


@looped("turns", THREADS)
def test_the_first_line_is_that(turns: tuple[Turn, ...], dataset: Dataset) -> None:
    answers = list(converse([turn.typed for turn in turns], dataset))
    assert [first_line(answer) for answer in answers] == [turn.first for turn in turns]
    for turn, answer in zip(turns, answers, strict=True):
        assert not turn.offers or worded(answer.suggestions) == turn.offers


def first_line(answer: Answer) -> str:
    with speaking(answer.language):
        return headline(answer)


@looped("turn", TURNS)
def test_every_number_in_it_is_in_the_published_table(turn: Turn) -> None:
    stripped = NO_FIGURE.sub(" ", turn.first)
    numbers = {number.replace(",", "") for number in NUMBER.findall(stripped)}
    assert numbers == {f"{abs(said(told)[0]):f}" for told in turn.sums}
    for told, expression in turn.sums.items():
        assert is_that(told, expression), f"{told} is not {expression}"


@looped("turn", TURNS)
def test_a_change_is_told_with_its_direction(turn: Turn) -> None:
    first = re.sub(r"±[\d.]+", "", turn.first)  # +0.3±0.1万吨
    for told in turn.sums:
        if told[0] not in "+-" or not HAN.search(first):
            continue
        way = "增长" if told[0] == "+" else "下降"
        assert way + told[1:] in first or told in first


def test_the_set_is_large_enough() -> None:
    assert sum(bool(HAN.search(turn.typed)) for turn in TURNS) >= 60
    views = [turns for turns in THREADS if len(turns) > 1]
    assert len(views) >= 8
    mixed = [one for turns in views for one in pairwise(bool(HAN.search(turn.first)) for turn in turns)]
    assert (True, False) in mixed
    assert (False, True) in mixed
