"""What one question may look at: the newest months of a longer list, and no total of a longer stretch."""

from dataclasses import replace

from bot.answers.bounds import LONGEST
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.render import render
from bot.questions.question import Question

CENTURY = Period.span(Month(1950, 1), Month(2049, 12))


def everything(dataset: Dataset, period: Period) -> Question:
    return Question.of(tuple(dataset.catalogue), ("export", "import"), period, "trend")


def test_a_list_that_fits_is_whole(dataset: Dataset) -> None:
    for period in (Period.whole_year(2025), Period.span(Month(2018, 1), Month(2026, 10))):
        asked = Question.of(("alumina",), ("export",), period, "trend")
        answer = respond(asked, dataset)
        assert answer.question
        assert (answer.cut, answer.question.periods) == (None, (period,))


def test_of_a_long_stretch_the_months_to_the_newest_on_record_are_listed(dataset: Dataset) -> None:
    asked = Question.of(("alumina",), ("export",), CENTURY, "trend")
    for view in ("trend", "export", "ranking", "revisions"):
        answer = respond(replace(asked, view=view), dataset)
        assert answer.question
        assert answer.question.period
        assert answer.figures
        assert answer.question.period.length <= LONGEST
        assert answer.question.period.end <= Month(2026, 10)
        assert answer.cut == CENTURY


def test_what_is_no_list_is_asked_back_with_one_that_is_answered(dataset: Dataset) -> None:
    asked = Question.of(("alumina",), ("export",), CENTURY, "average")
    answer = respond(asked, dataset)
    assert answer.outcome == "ask_back"
    (near,) = answer.suggestions
    assert respond(near, dataset).figures


def test_coverage_and_releases_may_be_of_any_time(dataset: Dataset) -> None:
    asked = Question.of(("alumina",), ("export",), CENTURY, "coverage")
    assert respond(asked, dataset).covered
    assert respond(replace(asked, view="release"), dataset).publications


def test_a_share_of_nobody_offers_a_few_partners(dataset: Dataset) -> None:
    asked = replace(everything(dataset, Period.whole_year(2024)), view="figure", unit="%")
    answer = respond(asked, dataset)
    assert 1 <= len(answer.suggestions) <= 5
    assert all(respond(near, dataset).shares for near in answer.suggestions)


def test_every_printing_that_is_told_is_cited(dataset: Dataset) -> None:
    june = Period.month(Month(2025, 6))
    asked = Question.of(
        ("unwrought_aluminium",), ("export", "import"), june, "revisions", measure="value", unit="USD"
    )
    answer = respond(asked, dataset)
    told = {
        row.source
        for item in answer.revisions
        for each in item.told
        for step in each.steps
        for row in step.figure.rows
    }
    assert told <= set(answer.source_numbers)
    assert render(answer).blocks
