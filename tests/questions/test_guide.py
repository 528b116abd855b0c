"""What docs/asking.md shows is read as it says, and what is said on buttons is read back."""

from itertools import groupby
from pathlib import Path

from bot.questions import understand, words
from bot.questions.reading import Reading
from bot.questions.turn import Turn
from bot.words import speaking
from tests.looped import looped
from tests.questions.brief import question_brief
from tests.questions.small_record import SmallRecord
from tests.questions.test_readings import SINGLES, after

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


def told(reading: Reading) -> str:
    said = []
    for question in reading.questions:
        with speaking(question.language):
            said.append(words(question, RECORD.catalogue))
    return "; ".join(said) or "asked back"


@looped(("typed", "read"), [row for table in rows("typed", "read as") for row in table])
def test_an_example_is_read_as_it_says(typed: str, read: str) -> None:
    assert told(understand(typed, record=RECORD)) == read


@looped("turns", rows("typed in one thread", "read as"))
def test_a_thread_is_read_as_it_says(turns: list[list[str]]) -> None:
    shown = Turn()
    for typed, read in turns:
        reading = understand(typed, record=RECORD, shown=shown)
        assert told(reading) == read
        shown = after(reading, shown)


@looped(("typed", "why"), rows("typed", "why")[0])
def test_what_is_not_answered_is_refused_for_that_reason(typed: str, why: str) -> None:
    reading = understand(typed, record=RECORD)
    assert reading.outcome == "outside"
    assert reading.reason.kind == why


# An overview and a comparison of two lines need no word of their own; a claim is not said again.
SAME = {"overview": "figure", "compare": "figure"}


@looped(("text", "expected"), SINGLES)
def test_what_is_said_of_a_question_is_read_as_it(text: str, expected: str) -> None:
    reading = understand(text, record=RECORD)
    for question in (*reading.questions, *reading.offers):
        if question.claim or question.view == "definition":
            continue
        with speaking(question.language):
            again = understand(words(question, RECORD.catalogue), record=RECORD)
        assert again.questions, words(question, RECORD.catalogue)
        read, asked = question_brief(again.questions[0]), question_brief(question)
        assert _plain(read) == _plain(asked)


def _plain(brief: str) -> str:
    view, _, rest = brief.partition(" ")
    return f"{SAME.get(view, view)} {rest}"
