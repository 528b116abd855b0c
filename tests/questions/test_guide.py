"""docs/asking.md is what the lexicon and the cases make, and what the help shows can be asked."""

import re

from bot.messages.headline import help_lines
from bot.questions import understand
from bot.questions.question import Question
from bot.words import LANGUAGES, Language, speaking
from handlers.commands import split_private
from tests.looped import looped

from .cases import SmallRecord
from .guide import PLACE, guide


def test_the_guide_is_up_to_date() -> None:
    assert PLACE.read_text(encoding="utf-8") == guide(), "run python -m tests.questions.guide"


@looped("language", LANGUAGES)
def test_every_example_of_the_help_is_a_question_in_its_language(language: Language) -> None:
    with speaking(language):
        lines = help_lines()
    for line in lines:
        _, example = split_private(re.split("[:：]", line)[0])
        question = understand(example, record=SmallRecord())
        assert isinstance(question, Question), line
        assert question.view != "help"
        assert question.language == language


def test_the_last_example_is_private_in_each_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert split_private(help_lines()[-1])[0]


@looped("text", ["and february?", "and imports?", "chart it", "in kt", "source?", "vs a year ago"])
def test_every_follow_up_of_the_help_goes_on(text: str) -> None:
    last = understand("alumina exports march 2024", record=SmallRecord())
    assert isinstance(last, Question)
    question = understand(text, record=SmallRecord(), last=last)
    assert isinstance(question, Question)
    assert question.commodities == ("alumina",)
