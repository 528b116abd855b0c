"""What one question may look at: the newest months of a longer list, and no total of a longer stretch."""

from dataclasses import replace

from bot.answers.behind import MOST as EXPLAINED
from bot.answers.behind import behind
from bot.answers.bounds import LONGEST, MOST
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.how import how_view
from bot.messages.notes import notes
from bot.messages.render import render
from bot.questions import understand
from bot.questions.question import Question
from bot.words import speaking

CENTURY = Period.span(Month(1950, 1), Month(2049, 12))


def everything(dataset: Dataset, period: Period) -> Question:
    return Question.of(tuple(dataset.catalogue), ("export", "import"), period, "trend")


def test_a_list_of_too_many_figures_is_cut_to_its_newest_months(dataset: Dataset) -> None:
    since_2018 = Period.span(Month(2018, 1), Month(2026, 10))
    answer = respond(everything(dataset, since_2018), dataset)
    assert answer.question
    assert answer.question.period
    assert answer.cut == since_2018
    assert len(answer.figures) <= MOST
    assert min(figure.end for figure in answer.figures) == answer.question.period.start
    count = answer.question.period.length
    assert notes(answer)[0].startswith(f"Shown: the newest {count} months, ")
    with speaking("zh"):
        assert f"仅显示最近{count}个月" in notes(answer)[0]


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


def test_how_it_was_computed_is_told_of_the_newest_figures(dataset: Dataset) -> None:
    found = behind(everything(dataset, Period.span(Month(2020, 1), Month(2025, 12))), dataset)
    assert len(found.figures) == EXPLAINED < len(found.answer.figures)
    assert min(figure.end for figure in found.figures) >= Month(2025, 1)
    formula = how_view(found)["blocks"][1]["text"]["text"]
    assert f"Shown: the newest {EXPLAINED} of {len(found.answer.figures)} figures" in formula


def test_a_share_of_nobody_offers_a_few_partners(dataset: Dataset) -> None:
    asked = replace(everything(dataset, Period.whole_year(2024)), view="figure", unit="%")
    answer = respond(asked, dataset)
    assert 1 <= len(answer.suggestions) <= 5
    assert all(respond(near, dataset).shares for near in answer.suggestions)


def test_a_typed_century_is_answered_with_what_is_shown(dataset: Dataset) -> None:
    answer = respond(understand("alumina exports by month 1950 to 2049", record=dataset), dataset)
    assert answer.figures
    assert "of January 1950 to December 2049; ask for fewer months" in notes(answer)[0]


def test_a_ranking_of_many_series_has_fewer_places(dataset: Dataset) -> None:
    asked = replace(everything(dataset, Period.span(Month(2018, 1), Month(2026, 10))), view="ranking", top=50)
    answer = respond(asked, dataset)
    assert answer.question
    assert len(answer.ranks) <= answer.question.top * len(answer.stretches) <= 120
    assert f"Shown: the first {answer.question.top} places of each series, of 50;" in notes(answer)[0]
    alone = respond(replace(asked.about(commodities=("alumina",), flows=("export",))), dataset)
    assert alone.question
    assert (alone.top, alone.question.top) == (0, 50)


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
