"""What a question is asked back for: a value, which messages word in both languages."""

from dataclasses import replace
from typing import get_args

from bot.answers.answer import Reason, Rule
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.messages.unanswered import reasons
from bot.questions.question import Question
from bot.words import speaking
from tests.answers.asking import EXPORTS, asked, period, read, series_of
from tests.tables import tables

QUARTER = period("2024-Q1")


def asked_back(line: str, rule: Rule, named: str | None = None, series: str = "") -> tuple[Question, Reason]:
    told = Reason(rule, period(named) if named else None, tuple(map(series_of, series.split())))
    return read(line), told


MUCH = asked("growth", EXPORTS, *map(Period.whole_year, range(1900, 2060)))
ASKED_BACK = [*(asked_back(*case) for case in tables("answers/asked.yaml")["asked_back"])]
ASKED_BACK += [(MUCH, Reason("too_much"))]


def test_a_question_that_breaks_a_rule_is_asked_back_with_that_rule(dataset: Dataset) -> None:
    for question, reason in ASKED_BACK:
        answer = respond(question, dataset)
        assert (answer.outcome, answer.reason, answer.refusal) == ("ask_back", reason, ""), question
    assert {reason.rule for _, reason in ASKED_BACK} == set(get_args(Rule))


def test_its_one_sentence_names_the_period_that_breaks_the_rule(dataset: Dataset) -> None:
    for question, reason in ASKED_BACK:
        for spoken, quarter in (("en", "Q1 2024"), ("zh", "2024年一季度")):
            with speaking(spoken):
                (told,) = reasons(respond(replace(question, language=spoken), dataset))
            assert (quarter in told) == (reason.period == QUARTER), told
