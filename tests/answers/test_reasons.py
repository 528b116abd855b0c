"""What a question is asked back for: a rule, which messages word in both languages."""

from typing import get_args

from bot.answers.answer import Rule
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.messages.unanswered import reasons
from tests.answers.asking import EXPORTS, asked, read
from tests.tables import tables

MUCH = asked("growth", EXPORTS, *map(Period.whole_year, range(1900, 2060)))
ASKED_BACK = [
    (MUCH, "too_much"),
    *((read(line), rule) for line, rule in tables("answers/asked.yaml")["asked_back"]),
]


def test_a_question_that_breaks_a_rule_is_asked_back_with_that_rule_in_one_sentence(dataset: Dataset) -> None:
    for question, rule in ASKED_BACK:
        answer = respond(question, dataset)
        assert (answer.outcome, answer.reason, answer.refusal) == ("ask_back", rule, ""), question
        assert len(reasons(answer)) == 1
    assert {rule for _, rule in ASKED_BACK} == set(get_args(Rule))
