"""Any answer fits into a message, in each language, and on each rung of the ladder."""

from hypothesis import given

from bot.answers.respond import respond
from bot.messages.forms import FORMS, in_form
from bot.messages.limits import problems
from bot.messages.render import render
from bot.questions.question import Question
from tests.any_question import DATASET, questions


@given(questions())
def test_any_answer_fits_in_each_form(question: Question) -> None:
    message = render(respond(question, DATASET))
    for form in FORMS:
        shown = in_form(message, form)
        assert problems(shown.text, shown.blocks) == []
