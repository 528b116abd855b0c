"""Which figures make a picture: months, years over one another; and what stays out, named."""

from dataclasses import replace

from bot.answers.monthly import monthly_summary
from bot.answers.plots import Plot
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions.question import Question
from tests.tables import looped

ALUMINA = Question.of(("alumina",), ("export",), None, "trend")
ALUMINIUM = ALUMINA.about(commodities=("unwrought_aluminium",))
ALL_TIME = Period.span(Month(2018, 1), Month(2026, 7))


def plots(question: Question, dataset: Dataset) -> tuple[Plot, ...]:
    plot = respond(question, dataset).plot
    return (plot,) if plot else ()


def scopes_of(plot: Plot) -> set[tuple[str, str]]:
    return {(figure.series.commodity, figure.scope) for figure in plot.figures}


def test_a_trend_is_its_thirteen_months(dataset: Dataset) -> None:
    (plot,) = plots(ALUMINA, dataset)
    (line,) = plot.lines
    assert plot.shape == "months"
    assert [figure.end for figure in line] == [Month(2025, 7).plus(step) for step in range(13)]


def test_months_that_stand_together_alone_have_no_place(dataset: Dataset) -> None:
    (plot,) = plots(ALUMINIUM.at(Period.span(Month(2019, 12), Month(2020, 12))), dataset)
    # exports of January-February 2020 are one
    assert [figure.end for figure in plot.lines[0]][:2] == [Month(2019, 12), Month(2020, 3)]


SEASONS = [
    (ALUMINA.at(ALL_TIME), [2024, 2025, 2026], 7),  # published of 2026: to July
    # January and February of 2020 stand together alone; 2019, 2021 and 2023 lack other months
    (ALUMINIUM.at(Period.span(Month(2018, 1), Month(2026, 8))), [2018, 2022, 2024, 2025, 2026], 8),
]


@looped(("asked", "years", "last"), SEASONS)
def test_a_long_history_is_its_whole_years_over_one_another(
    dataset: Dataset, asked: Question, years: list[int], last: int
) -> None:
    (plot,) = plots(asked, dataset)
    assert plot.shape == "season"
    ends = [[(figure.end.year, figure.end.number) for figure in line] for line in plot.lines]
    assert ends == [[(year, number) for number in range(1, last + 1)] for year in years]


def test_several_series_of_a_long_history_are_the_newest_months_of_one_scope(dataset: Dataset) -> None:
    asked = ALUMINA.at(Period.span(Month(2024, 6), Month(2026, 7))).about(flows=("export", "import"))
    (plot,) = plots(asked, dataset)
    assert (plot.shape, scopes_of(plot)) == ("months", {("alumina", "HS 28182000")})
    assert [series.flow for series in plot.series] == ["export", "import"]
    assert [(line[0].end, line[-1].end) for line in plot.lines] == [(Month(2025, 1), Month(2026, 7))] * 2


def test_what_is_far_larger_shares_no_picture(dataset: Dataset) -> None:
    asked = ALUMINA.about(commodities=("alumina", "bauxite"), flows=("import",))  # 0.3 and 20 Mt a month
    assert plots(asked, dataset) == ()


def test_two_commodities_of_like_size_share_a_picture(dataset: Dataset) -> None:
    (plot,) = plots(ALUMINA.about(commodities=("unwrought_aluminium", "alumina")), dataset)
    assert scopes_of(plot) >= {("alumina", "HS 28182000")}
    assert len(plot.lines) == 2


@looped("view", ["figure", "average", "ranking", "export", "sources", "record"])
def test_other_views_have_no_picture(dataset: Dataset, view: str) -> None:
    period = Period.month(Month(2026, 7)) if view in ("figure", "record") else ALL_TIME
    assert plots(replace(ALUMINA.at(period), view=view), dataset) == ()  # type: ignore[arg-type]


def test_the_monthly_post_has_the_months_of_what_leads(dataset: Dataset) -> None:
    summary = monthly_summary(dataset, Month(2026, 7))
    plot = summary.plot
    assert plot
    assert plot.series == (summary.highlights[0].figure.series,)
    assert (plot.lines[0][0].end, plot.lines[0][-1].end) == (Month(2025, 7), Month(2026, 7))
    cited = {citation.source.id for citation in summary.citations}
    assert {row.source for figure in plot.figures for row in figure.rows} <= cited


def test_every_line_has_a_figure_of_one_scope_at_every_place(dataset: Dataset) -> None:
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
