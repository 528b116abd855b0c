"""What a question is asked back for and what is offered instead: questions that have a figure."""

from itertools import product
from typing import get_args

from bot.answers.answer import Rule
from bot.answers.complete import MOST
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.model import Measure
from bot.messages.command_line import document
from bot.messages.render import render
from bot.messages.reporting import reasons
from bot.questions.question import Question
from tests.answers.asking import BAUXITE, EXPORTS, asked, period, read
from tests.asked import CATALOGUE, held, worded
from tests.asked import asked as understand
from tests.dataset.rows import month
from tests.tables import looped, tables

MUCH = asked("growth", EXPORTS, *map(Period.whole_year, range(1900, 2060)))
ASKED_BACK = [
    (MUCH, "too_much"),
    *((read(line), rule) for line, rule in tables("answers/asked.yaml")["asked_back"]),
]


def test_a_question_that_breaks_a_rule_is_asked_back_with_that_rule_in_one_sentence(dataset):
    for question, rule in ASKED_BACK:
        answer = respond(question, dataset)
        assert (answer.outcome, answer.reason, answer.refusal) == ("ask_back", rule, ""), question
        assert len(reasons(answer)) == 1
    assert {rule for _, rule in ASKED_BACK} == set(get_args(Rule))


REFUSED = [
    "weather", "qwerty asdf", "price", "exports of copper", "forecast 2027", "tariffs", "foil",
    "exports to vietnam", "why did exports rise", "shandong", "in euros", "yesterday", "world exports",
]  # fmt: skip


@looped("typed", REFUSED)
def test_a_refusal_offers_questions_that_are_answered_wherever_told(typed, dataset):
    answer = respond(understand(typed, record=dataset), dataset)
    assert answer.outcome in ("outside", "not_understood", "ask_back")
    assert 1 <= len(worded(answer.offers)) <= MOST
    for offered in worded(answer.offers):
        asked = understand(offered, record=dataset)
        assert isinstance(asked, Question), offered
        assert respond(asked, dataset).outcome == "answered", offered
    [block] = [block for block in render(answer).blocks if block["type"] == "actions"]
    told = document(answer)["suggestions"]
    shown = [held(button["value"]) for button in block["elements"] if "value" in button]
    assert (shown[0], set(shown) <= set(told)) == (told[0], True)


NEAR = [("price", "unit value"), ("forecast", "next release")]


@looped(("typed", "what"), NEAR)
def test_what_is_offered_is_the_nearest_to_what_lies_outside(typed, what, dataset):
    offers = worded(respond(understand(typed, record=dataset), dataset).offers)
    assert any(what in offered for offered in offers)


def test_a_follow_up_is_never_read_as_one_of_the_examples(dataset):
    alone = list(converse(["march"], dataset))[-1]
    assert list(converse(["weather", "march"], dataset))[-1].question == alone.question
    with_last = list(converse(["bauxite imports 2025", "weather", "2024"], dataset))[-1]
    assert with_last.question.lines == (("bauxite", "import"),)
    refused = ["guinea share of bauxite imports by quarter since 2023", "just 2025"]
    assert list(converse(refused, dataset))[-1].question.pairs[0].partner == "Guinea"


def test_who_asks_how_to_ask_gets_one_question_of_each_kind(dataset):
    answer = respond(understand("help", record=dataset), dataset)
    [block] = [block for block in render(answer).blocks if block["type"] == "actions"]
    asked = [Question.from_json(button["value"]) for button in block["elements"]]
    assert [question.view for question in asked] == [
        "overview", "highlights", "trend",
    ]  # fmt: skip
    assert all(respond(question, dataset).outcome == "answered" for question in asked)


CASES = tables("answers/offers.yaml")

SERIES = """unwrought_aluminium/export alumina/export alumina/import alumina/net bauxite/import
primary_aluminium/export aluminium_scrap/import""".split()
PERIODS = "2025-02 2017-03 2026-09 2026-10ytd 2026-Q3 2026-H2 2026 2023-02..2024-03".split()
MEASURES: list[Measure] = ["quantity", "value", "unit_value"]


def test_every_question_offered_has_a_figure_of_the_same_series(dataset):
    offered = 0
    for line, when, measure in product(SERIES, map(period, PERIODS), MEASURES):
        name, flow = line.split("/")
        without = Question.of((name,), (flow,), when, measure=measure)  # type: ignore[arg-type]
        answer = respond(without, dataset)
        suggestions = worded(answer.suggestions) if answer.outcome == "no_figure" else ()
        assert len(suggestions) <= MOST
        for text in suggestions:
            near = respond(understand(text, record=dataset), dataset)
            assert near.outcome == "answered", (without, text)
            assert {figure.series.commodity for figure in near.figures} == {name}, text
            same_flow = {figure.series.flow for figure in near.figures} == {flow}
            assert same_flow or {figure.period for figure in near.figures} == {when}, text
            offered += 1
    assert offered > 100


EVERY, SEPTEMBER = tuple(CATALOGUE), month("2026-09")
OF_ALL = Question.of(EVERY, ("export",), Period.whole_year(2026), "overview")
BOTH_WAYS = Question.of(EVERY, ("export", "import"), SEPTEMBER, "overview")
NEAREST = [(read(line), first) for line, first in tables("answers/asked.yaml")["nearest"]]
NEAREST += [(OF_ALL, "everything exports ytd July 2026"), (BOTH_WAYS, "everything July 2026")]


@looped(("question", "first"), NEAREST)
def test_the_nearest_comes_first_and_is_answered(dataset, question, first):
    answer = respond(question, dataset)
    assert (answer.outcome, worded(answer.suggestions)[0]) == ("no_figure", first)
    assert respond(answer.suggestions[0], dataset).outcome == "answered"


def test_a_figure_that_is_told_instead_is_cited(dataset):
    answer = respond(asked("figure", BAUXITE, Period.whole_year(2026)), dataset)
    so_far = answer.missing[0].so_far
    assert so_far.value == 139_880_000
    assert {row.source for row in so_far.rows} <= set(answer.source_numbers)


@looped("typed", CASES["varied"])
def test_what_is_offered_is_answered_and_of_the_same_series(dataset, typed):
    question = understand(typed, record=dataset)
    assert isinstance(question, Question)
    suggestions = worded(respond(question, dataset).suggestions)
    assert 1 <= len(suggestions) <= MOST
    for text in suggestions:
        near = understand(text, record=dataset)
        assert isinstance(near, Question), text
        assert set(near.commodities) <= set(question.commodities), text
        assert respond(near, dataset).outcome == "answered", text
