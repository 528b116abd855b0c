"""What goes with an answer: the questions that go on from it, and its picture."""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from bot.answers.complete import MOST_ONWARD as MOST
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.questions.question import Question, View
from tests.answers.asking import period
from tests.asked import worded
from tests.tables import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.month(Month(2026, 4)))
EVERYTHING = ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap")
SERIES = [("alumina",), ("bauxite",), ("alumina", "bauxite"), EVERYTHING]
PERIODS = [None, *map(period, "2026-04 2019-09 2026-07ytd 2025-Q2 2025 2024-06..2025-03".split())]
MEASURES = [("quantity", unit) for unit in ("t", "kt", "t/day")] + [("value", "USD"), ("unit_value", "USD/t")]


def holds(offered, dataset):
    """Every question offered is answered with figures."""
    assert len(offered) <= MOST
    for question in offered:
        answer = respond(question, dataset)
        assert (answer.outcome, bool(answer.figures)) == ("answered", True), question
    return len(offered)


# Views that offer nothing, or are asked back where nothing says what they look for.
WITHOUT_ONWARD = (
    "release", "coverage", "events", "definition", "count", "streak", "check", "difference", "share",
)  # fmt: skip
ASKED = list(product(SERIES, [("export",), ("import",), ("net",), ("export", "import")], PERIODS, MEASURES))


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.slow)])
@looped("view", [view for view in get_args(View) if view != "help"])
def test_every_question_offered_is_answered_with_figures(dataset, view, every):
    count = 0
    for names, flows, when, (measure, unit) in ASKED[::every]:
        if when or view not in ("figure", "overview"):
            asked = Question.of(names, flows, when, view, measure=measure, unit=unit)  # type: ignore[arg-type]
            count += holds(respond(asked, dataset).onward, dataset)
    assert count > 0 or view in WITHOUT_ONWARD


OF_PARTNERS = [
    ("bauxite", "import", "Guinea", "value", "USD"),
    ("bauxite", "import", "Guinea", "quantity", "%"),
    ("alumina", "export", "Russia", "quantity", "t"),
]


@looped(("name", "flow", "partner", "measure", "unit"), OF_PARTNERS)
def test_what_is_asked_of_a_partner_goes_on_with_it(dataset, name, flow, partner, measure, unit):
    count = 0
    for view, when in product(("figure", "trend", "growth"), PERIODS[1:]):
        asked = Question.of((name,), (flow,), when, view, partner=partner, measure=measure, unit=unit)
        count += holds(respond(asked, dataset).onward, dataset)
    assert count > 0


def test_a_post_goes_on_to_what_stands_out_and_to_the_year_before(dataset):
    summary = monthly_summary(dataset, Month(2026, 7))
    holds(summary.onward, dataset)
    assert worded(summary.onward) == (
        "everything July 2026 vs July 2025", "everything highlights July 2026",
    )  # fmt: skip


TREND = Question.of(("alumina",), ("export",), None, "trend")
ALUMINIUM = TREND.about(commodities=("unwrought_aluminium",))
ALL_TIME = Period.span(Month(2018, 1), Month(2026, 7))


def plots(question, dataset):
    plot = respond(question, dataset).plot
    return (plot,) if plot else ()


def scopes_of(plot):
    return {(figure.series.commodity, figure.scope) for figure in plot.figures}


def test_a_trend_is_its_thirteen_months(dataset):
    (plot,) = plots(TREND, dataset)
    (line,) = plot.lines
    assert [figure.end for figure in line] == [Month(2025, 7).plus(step) for step in range(13)]


def test_months_that_stand_together_alone_have_no_place(dataset):
    (plot,) = plots(ALUMINIUM.at(Period.span(Month(2019, 12), Month(2020, 12))), dataset)
    # exports of January-February 2020 are one
    assert [figure.end for figure in plot.lines[0]][:2] == [Month(2019, 12), Month(2020, 3)]


SEASONS = [
    (TREND.at(ALL_TIME), [2024, 2025, 2026], 7),  # published of 2026: to July
    # January and February of 2020 stand together alone; 2019, 2021 and 2023 lack other months
    (ALUMINIUM.at(Period.span(Month(2018, 1), Month(2026, 8))), [2018, 2022, 2024, 2025, 2026], 8),
]


@looped(("asked", "years", "last"), SEASONS)
def test_a_long_history_is_its_whole_years_over_one_another(dataset, asked, years, last):
    (plot,) = plots(asked, dataset)
    assert plot.shape == "season"
    ends = [[(figure.end.year, figure.end.number) for figure in line] for line in plot.lines]
    assert ends == [[(year, number) for number in range(1, last + 1)] for year in years]


def test_several_series_of_a_long_history_are_the_newest_months_of_one_scope(dataset):
    asked = TREND.at(Period.span(Month(2024, 6), Month(2026, 7))).about(flows=("export", "import"))
    (plot,) = plots(asked, dataset)
    assert (plot.shape, scopes_of(plot)) == ("months", {("alumina", "HS 28182000")})
    assert [series.flow for series in plot.series] == ["export", "import"]
    assert [(line[0].end, line[-1].end) for line in plot.lines] == [(Month(2025, 1), Month(2026, 7))] * 2


def test_what_is_far_larger_shares_no_picture_and_what_is_of_like_size_does(dataset):
    (plot,) = plots(TREND.about(commodities=("unwrought_aluminium", "alumina")), dataset)
    assert (len(plot.lines), scopes_of(plot) >= {("alumina", "HS 28182000")}) == (2, True)
    asked = TREND.about(commodities=("alumina", "bauxite"), flows=("import",))  # 0.3 and 20 Mt a month
    assert plots(asked, dataset) == ()


@looped("view", ["figure", "average", "ranking", "export", "sources", "record"])
def test_other_views_have_no_picture(dataset, view):
    period = Period.month(Month(2026, 7)) if view in ("figure", "record") else ALL_TIME
    assert plots(replace(TREND.at(period), view=view), dataset) == ()  # type: ignore[arg-type]


def test_the_monthly_post_has_the_months_of_what_leads(dataset):
    summary = monthly_summary(dataset, Month(2026, 7))
    plot = summary.plot
    assert plot
    assert plot.series == (summary.highlights[0].figure.series,)
    assert (plot.lines[0][0].end, plot.lines[0][-1].end) == (Month(2025, 7), Month(2026, 7))
    cited = {citation.source.id for citation in summary.citations}
    assert {row.source for figure in plot.figures for row in figure.rows} <= cited


def test_every_line_has_a_figure_of_one_scope_at_every_place(dataset):
    every = tuple(dataset.catalogue)
    for flows in (("export",), ("import",), ("net",), ("export", "import")):
        for start in (Month(2018, 1), Month(2022, 5), Month(2024, 6), Month(2025, 7)):
            asked = Question.of(every, flows, Period.span(start, Month(2026, 8)), "trend")
            for plot in plots(asked, dataset):
                assert len(scopes_of(plot)) == len({series.commodity for series in plot.series})
                assert all(figure.value is not None for figure in plot.figures)
                places = {
                    tuple(f.end.number if plot.shape == "season" else f.period for f in line)
                    for line in plot.lines
                }
                assert len(places) == 1
                assert 3 <= len(places.pop()) <= 20
                assert len(plot.lines) <= 12
