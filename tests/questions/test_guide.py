"""What docs/asking.md and the help show is read as they say."""

import re
from itertools import groupby
from pathlib import Path

from bot.messages.headline import help_lines
from bot.questions import understand, words
from bot.questions.question import Question, Unresolved
from bot.words import LANGUAGES, Language, speaking
from handlers.language import split_private
from tests.looped import looped

from .cases import Case, SmallRecord, understood

RECORD = SmallRecord()
PAGE = (Path(__file__).parents[2] / "docs" / "asking.md").read_text(encoding="utf-8").splitlines()
TABLES = [
    [line.strip("| ").split(" | ") for line in lines]
    for is_table, lines in groupby(PAGE, lambda line: line.startswith("|"))
    if is_table
]


def rows(left: str, right: str) -> list[list[list[str]]]:
    """The rows of each table under these headings."""
    return [table[2:] for table in TABLES if table[0] == [left, right]]


def told(got: Question | Unresolved) -> str:
    assert isinstance(got, Question), got
    with speaking(got.language):
        return words(got, RECORD.catalogue)


@looped(("typed", "read"), [row for table in rows("typed", "read as") for row in table])
def test_an_example_of_the_page_is_read_as_it_says(typed: str, read: str) -> None:
    assert told(understand(typed, record=RECORD)) == read


@looped("turns", rows("typed in one thread", "read as"))
def test_a_thread_of_the_page_is_read_as_it_says(turns: list[list[str]]) -> None:
    read = understood([Case(typed, {}) for typed, _ in turns], RECORD)
    assert [told(got) for _, got in read] == [said for _, said in turns]


@looped(("typed", "why"), rows("typed", "why")[0])
def test_what_the_page_says_is_not_answered_is_refused(typed: str, why: str) -> None:
    got = understand(typed, record=RECORD)
    assert isinstance(got, Unresolved)
    assert why in got.issues[0].sentence


@looped("language", LANGUAGES)
def test_every_example_of_the_help_is_a_question_in_its_language(language: Language) -> None:
    with speaking(language):
        lines = help_lines()
    for line in lines:
        _, example = split_private(re.split("[:：]", line)[0])
        question = understand(example, record=RECORD)
        assert isinstance(question, Question), line
        assert question.view != "help"
        assert question.language == language
    assert split_private(lines[-1])[0]


@looped("text", ["and february?", "and imports?", "chart it", "in kt", "source?", "vs a year ago"])
def test_every_follow_up_of_the_help_goes_on(text: str) -> None:
    last = understand("alumina exports march 2024", record=RECORD)
    question = understand(text, record=RECORD, last=last)
    assert isinstance(question, Question)
    assert question.commodities == ("alumina",)
