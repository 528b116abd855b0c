"""docs/asking.md is what the lexicon and the cases make, and what the help shows can be asked."""

import pytest

from bot.messages.headline import HELP_LINES
from bot.questions import understand
from bot.questions.question import Question

from .cases import SmallRecord
from .guide import PLACE, guide


def test_the_guide_is_up_to_date() -> None:
    assert PLACE.read_text(encoding="utf-8") == guide(), "run python -m tests.questions.guide"


@pytest.mark.parametrize("line", HELP_LINES)
def test_every_example_of_the_help_is_a_question(line: str) -> None:
    example = line.split(":")[0].removeprefix("private ")
    question = understand(example, record=SmallRecord())
    assert isinstance(question, Question)
    assert question.view != "help"


@pytest.mark.parametrize(
    "text", ["and february?", "and imports?", "chart it", "in kt", "source?", "vs a year ago"]
)
def test_every_follow_up_of_the_help_goes_on(text: str) -> None:
    last = understand("alumina exports march 2024", record=SmallRecord())
    assert isinstance(last, Question)
    question = understand(text, record=SmallRecord(), last=last)
    assert isinstance(question, Question)
    assert question.commodities == ("alumina",)
