"""Every view on the shipped record. Expected figures are the published ones, or arithmetic that is shown."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question, View
from tests.offered import worded

from ..dataset.rows import ALUMINA, small_dataset, total

JULY_2026 = Period.month(Month(2026, 7))
YEAR_2025 = Period.whole_year(2025)
ALUMINA_EXPORTS = Question.of(("alumina",), ("export",), None, "trend")
ALUMINA_IMPORTS = Question.of(("alumina",), ("import",), None, "trend")
ALUMINIUM_EXPORTS = Question.of(("unwrought_aluminium",), ("export",), Period.whole_year(2020), "trend")
SCRAP_IMPORTS = Question.of(("aluminium_scrap",), ("import",), YEAR_2025, "trend")


def ends(answer: Answer) -> list[str]:
    return [str(figure.end) for figure in answer.figures]


def values(answer: Answer) -> list[float | None]:
    return [figure.value for figure in answer.figures]


def view(question: Question, name: View, period: Period | None = None, **other: object) -> Question:
    return replace(question.at(period) if period else question, view=name, **other)


class TestTrend:
    def test_without_a_period_it_is_the_thirteen_months_to_the_newest(self, dataset: Dataset) -> None:
        answer = respond(ALUMINA_EXPORTS, dataset)
        assert (len(answer.figures), ends(answer)[0], ends(answer)[-1]) == (13, "2025-07", "2026-07")
        assert answer.question is not None
        assert answer.question.period == Period.span(Month(2025, 7), Month(2026, 7))
        assert answer.lack is not None

    def test_every_month_of_the_period_is_in_it_and_nothing_else(self, dataset: Dataset) -> None:
        # as printed by customs' query, 1 t steps
        answer = respond(ALUMINA_IMPORTS.at(Period.quarter(2025, 2)), dataset)
        assert values(answer) == [10_705.48, 67_493.48, 101_258.62]
        assert {figure.period.kind for figure in answer.figures} == {"month"}

    def test_holes_are_named_with_the_figure_that_january_and_february_stand_in(
        self, dataset: Dataset
    ) -> None:
        answer = respond(ALUMINIUM_EXPORTS, dataset)
        (stretch,) = answer.stretches
        assert ends(answer)[0] == "2020-03"
        assert stretch.holes == (Month(2020, 1), Month(2020, 2))
        assert [figure.value for figure in stretch.together] == [669_208]

    def test_a_line_counts_one_thing_and_names_the_scope_it_leaves_out(self, dataset: Dataset) -> None:
        stretch_of_both = Period.span(Month(2024, 1), Month(2026, 7))
        answer = respond(ALUMINA_IMPORTS.at(stretch_of_both), dataset)
        (stretch,) = answer.stretches
        assert {figure.scope for figure in answer.figures} == {"HS 28182000"}
        assert stretch.other_scope == "HS 2818"
        # of 2024 only January, February and June are on record in HS 28182000
        assert [str(month) for month in stretch.holes] == [
            "2024-03", "2024-04", "2024-05", *(f"2024-{number:02d}" for number in range(7, 13)),
        ]  # fmt: skip

    def test_years_without_a_month_are_no_figure_and_the_newest_months_are_offered(
        self, dataset: Dataset
    ) -> None:
        answer = respond(ALUMINA_EXPORTS.at(Period.whole_year(2017)), dataset)
        assert (answer.outcome, answer.figures) == ("no_figure", ())
        assert len(answer.stretches[0].holes) == 12
        assert worded(answer.suggestions)

    def test_a_total_that_is_on_record_is_offered_where_its_months_are_not(self, dataset: Dataset) -> None:
        asked = ALUMINA_EXPORTS.at(Period.whole_year(2023)).about(partner="Russia")
        answer = respond(asked, dataset)
        assert answer.outcome == "no_figure"
        assert any("Russia" in text and "2023" in text for text in worded(answer.suggestions))


class TestRanking:
    def test_the_highest_months_of_a_year_best_first(self, dataset: Dataset) -> None:
        # 194,102.07 in December, 190,390.2 in April, 183,518.102 in March
        answer = respond(view(SCRAP_IMPORTS, "ranking", top=3), dataset)
        assert values(answer) == [194_102.07, 190_390.2, 183_518.102]

    def test_the_lowest_months(self, dataset: Dataset) -> None:
        # 155,414.4 in September, 155,616.269 in June
        answer = respond(view(SCRAP_IMPORTS, "ranking", top=2, order="lowest"), dataset)
        assert values(answer) == [155_414.4, 155_616.269]

    def test_by_the_day_february_is_measured_by_its_28_days(self, dataset: Dataset) -> None:
        # 164,429.78 t in 28 days are 5,872 a day, 172,610.37 in August's 31 are 5,568
        asked = view(SCRAP_IMPORTS, "ranking", top=12)
        by_day = ends(respond(replace(asked, unit="t/day"), dataset))
        assert by_day.index("2025-02") < by_day.index("2025-08")
        plain = ends(respond(asked, dataset))
        assert plain.index("2025-02") > plain.index("2025-08")

    def test_every_month_on_record_is_ranked_and_what_lacks_is_a_hole(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINIUM_EXPORTS, "ranking", top=20), dataset)
        (stretch,) = answer.stretches
        assert stretch.period == Period.whole_year(2020)
        assert stretch.holes == (Month(2020, 1), Month(2020, 2))
        assert len(answer.figures) == 10

    def test_without_a_period_it_is_all_there_is(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "ranking"), dataset)
        (stretch,) = answer.stretches
        # figures.csv: the first month of alumina exports is June 2018, the last July 2026
        assert stretch.period == Period.span(Month(2018, 6), Month(2026, 7))
        # April 2026, printed to 10 kt; October 2018, before the months that lack
        assert values(answer)[:2] == [520_000, 460_072]
        assert Month(2023, 6) in stretch.holes

    def test_rises_are_ranked_by_the_change_on_a_year_earlier(self, dataset: Dataset) -> None:
        # printed: +40.0 % in February, +22.82 % in December, +18.68 % in July
        answer = respond(view(SCRAP_IMPORTS, "ranking", order="rise"), dataset)
        growth = [figure.growth.pct for figure in answer.figures]
        assert growth[0] == 40.0
        assert 22.82 in growth
        assert growth == sorted(growth, key=lambda pct: -(pct or 0))

    def test_falls_hold_no_rise_and_a_disputed_change_is_not_ranked(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "ranking", order="fall", top=50), dataset)
        assert answer.figures
        assert all((figure.growth.pct or 0) < 0 for figure in answer.figures)
        assert not any(figure.growth.disputed for figure in answer.figures)

    def test_a_change_on_the_month_ranks_by_it(self, dataset: Dataset) -> None:
        answer = respond(view(SCRAP_IMPORTS, "ranking", order="rise", change="mom", top=1), dataset)
        # 194,102.07 / 162,756.17 = +19.3 %, the largest step up of 2025
        (figure,) = answer.figures
        assert str(figure.end) == "2025-12"
        assert figure.move is not None
        assert round(figure.move.pct, 1) == 19.3

    def test_a_running_total_is_not_ranked_and_it_is_said(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "ranking", change="ytd", period=YEAR_2025), dataset)
        assert (answer.outcome, answer.figures) == ("ask_back", ())


class TestRecord:
    def test_a_month_and_the_last_one_that_was_as_low(self, dataset: Dataset) -> None:
        # 626,000 in August 2026; 598,000 in April, and every month between higher
        asked = view(ALUMINIUM_EXPORTS, "record", period=Period.month(Month(2026, 8)), order="lowest")
        answer = respond(asked, dataset)
        assert [(str(figure.end), figure.value) for figure in answer.figures] == [
            ("2026-08", 626_000), ("2026-04", 598_000),
        ]  # fmt: skip
        assert answer.places[0].standing.lowest_since == Month(2026, 4)

    def test_the_highest_of_its_run_stands_alone(self, dataset: Dataset) -> None:
        asked = view(ALUMINA_EXPORTS, "record", period=Period.month(Month(2026, 4)))
        answer = respond(asked, dataset)
        assert ends(answer) == ["2026-04"]
        assert answer.places[0].rival is None

    def test_a_year_has_no_record_and_its_last_month_is_offered(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "record", period=YEAR_2025), dataset)
        assert answer.outcome == "ask_back"
        assert len(answer.suggestions) == 1

    def test_without_a_period_it_is_the_newest_month(self, dataset: Dataset) -> None:
        assert ends(respond(view(ALUMINA_EXPORTS, "record"), dataset))[0] == "2026-07"


class TestAverage:
    def test_the_mean_of_the_months_with_its_range(self, dataset: Dataset) -> None:
        # the twelve printed months of 2025 add up to 2,016,068.580 t: 168,005.715 a month, each within 0.5 t
        answer = respond(view(SCRAP_IMPORTS, "average"), dataset)
        (mean,) = answer.averages
        assert mean.value == pytest.approx(2_016_068.580 / 12)
        assert mean.range == pytest.approx((168_005.215, 168_006.215))
        assert len(answer.figures) == 12

    def test_over_a_hole_it_is_that_of_the_total_where_there_is_one(self, dataset: Dataset) -> None:
        # 4,860,000 t within 5,000, printed of the year; January and February stand as one figure
        answer = respond(view(ALUMINIUM_EXPORTS, "average"), dataset)
        (mean,) = answer.averages
        assert [figure.value for figure in answer.figures] == [4_860_000]
        assert mean.value == pytest.approx(4_860_000 / 12)
        assert mean.range == pytest.approx((4_855_000 / 12, 4_865_000 / 12))
        assert answer.stretches[0].holes == (Month(2020, 1), Month(2020, 2))

    def test_without_a_total_there_is_none_over_a_hole(self, dataset: Dataset) -> None:
        asked = view(ALUMINIUM_EXPORTS, "average", period=Period.whole_year(2023))
        answer = respond(asked, dataset)
        assert (answer.outcome, answer.figures, answer.averages) == ("no_figure", (), ())
        assert Month(2023, 6) in answer.stretches[0].holes

    def test_the_unit_value_of_a_total_is_no_mean_of_its_months(self) -> None:
        # US$600,000 for 300,000 t of three months: weighted by tonnes, as a mean of unit values is not
        rows = [
            total("2023-03", 300_000),
            total("2023-03", 600_000, series=replace(ALUMINA, measure="value")),
        ]
        first_quarter = Period.quarter(2023, 1)
        asked = Question.of(("alumina",), ("export",), first_quarter, measure="unit_value", unit="USD/t")
        of_total = small_dataset(rows).figure(replace(ALUMINA, measure="unit_value"), first_quarter)
        assert of_total
        assert of_total.value == pytest.approx(2)
        assert respond(replace(asked, view="average"), small_dataset(rows)).averages == ()

    def test_by_the_day_it_is_the_sum_by_all_days(self, dataset: Dataset) -> None:
        # 2,016,068.580 t in 365 days
        (mean,) = respond(view(SCRAP_IMPORTS, "average", unit="t/day"), dataset).averages
        assert (mean.value or 0) / mean.period.days == pytest.approx(2_016_068.580 / 365)

    def test_months_of_two_scopes_are_not_averaged(self, dataset: Dataset) -> None:
        asked = view(ALUMINA_IMPORTS, "average", period=Period.span(Month(2024, 7), Month(2025, 6)))
        answer = respond(asked, dataset)
        assert answer.averages == ()
        assert {answer.stretches[0].scope, answer.stretches[0].other_scope} == {"HS 28182000", "HS 2818"}

    def test_one_month_has_no_average_of_its_own(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "average", period=JULY_2026), dataset)
        assert answer.outcome == "ask_back"


class TestGrowth:
    def test_to_date_it_is_the_running_total_of_the_month(self, dataset: Dataset) -> None:
        answer = respond(view(ALUMINA_EXPORTS, "growth", period=JULY_2026, change="ytd"), dataset)
        assert [figure.period for figure in answer.figures] == [Period.ytd(Month(2026, 7))]

    def test_a_quarter_has_no_change_on_the_month_and_what_it_has_is_offered(self, dataset: Dataset) -> None:
        asked = view(ALUMINA_EXPORTS, "growth", period=Period.quarter(2025, 1), change="mom")
        answer = respond(asked, dataset)
        assert answer.outcome == "ask_back"
        assert worded(answer.suggestions)[0] == "alumina exports Q1 2025 vs Q4 2024"
        assert len(answer.suggestions) == 3


class TestHighlights:
    def test_only_the_series_asked_for(self, dataset: Dataset) -> None:
        asked = Question.of(("bauxite",), ("import",), JULY_2026, "highlights")
        answer = respond(asked, dataset)
        # printed -4.6 % after a printed +12.6 % in June
        assert answer.highlights[0].rule == "turn"
        assert {item.figure.series.commodity for item in answer.highlights} == {"bauxite"}
        assert {figure.series.commodity for figure in answer.figures} == {"bauxite"}

    def test_a_year_has_none_and_its_last_month_is_offered(self, dataset: Dataset) -> None:
        asked = Question.of(("bauxite",), ("import",), YEAR_2025, "highlights")
        answer = respond(asked, dataset)
        assert (answer.outcome, len(answer.suggestions)) == ("ask_back", 1)


class TestSourcesAndExport:
    def test_sources_are_of_the_figure_alone(self, dataset: Dataset) -> None:
        asked = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)), "sources")
        answer = respond(asked, dataset)
        assert (values(answer), answer.around) == ([140_000], ())
        assert [citation.source.id for citation in answer.citations] == ["reference-article"]

    def test_a_stretch_is_exported_month_by_month(self, dataset: Dataset) -> None:
        stretch = Period.span(Month(2025, 5), Month(2025, 6))
        answer = respond(view(ALUMINA_IMPORTS, "export", period=stretch), dataset)
        assert values(answer) == [67_493.48, 101_258.62]


class TestRelease:
    def test_the_next_of_every_stage(self, dataset: Dataset) -> None:
        # by the usual days: the flash by the 9th, the bulletin by the 18th, the query by the 20th
        answer = respond(Question.of((), (), None, "release"), dataset)
        told = [(item.stage, str(item.month), item.day) for item in answer.publications]
        assert told == [
            ("flash", "2026-11", date(2026, 12, 9)),
            ("bulletin", "2026-11", date(2026, 12, 18)),
            ("query", "2026-11", date(2026, 12, 20)),
        ]
        assert answer.outcome == "answered"

    def test_where_no_series_is_named_what_is_overdue_of_all_is_told(self, dataset: Dataset) -> None:
        # October was due by 20 November, August to October are not on record of every series
        lack = respond(Question.of((), (), None, "release"), dataset).lack
        assert lack is not None
        assert (str(lack.newest), str(lack.due), lack.since) == ("2026-07", "2026-10", date(2026, 11, 20))

    def test_of_one_series_its_own_stage_and_what_is_overdue(self, dataset: Dataset) -> None:
        answer = respond(Question.of(("alumina",), ("export",), None, "release"), dataset)
        assert [item.stage for item in answer.publications] == ["bulletin"]
        assert answer.lack is not None
        assert str(answer.lack.due) == "2026-10"

    def test_a_month_that_is_named_has_its_own_day_beside_the_next(self, dataset: Dataset) -> None:
        asked = Question.of(("unwrought_aluminium",), ("export",), Period.month(Month(2026, 8)), "release")
        answer = respond(asked, dataset)
        august = next(item for item in answer.publications if item.month == Month(2026, 8))
        assert (august.day, august.expected, august.past) == (date(2026, 9, 8), False, True)  # releases.csv


class TestTotals:
    def test_a_stretch_has_its_total(self, dataset: Dataset) -> None:
        # 189,325.98 + 232,376.4 + 227,821.8 + 260,404.69
        stretch = Period.span(Month(2025, 10), Month(2026, 1))
        answer = respond(Question.of(("alumina",), ("import",), stretch), dataset)
        assert values(answer) == [pytest.approx(909_928.87)]

    def test_over_a_hole_it_is_refused_and_the_hole_is_named(self, dataset: Dataset) -> None:
        stretch = Period.span(Month(2023, 5), Month(2024, 2))
        answer = respond(Question.of(("alumina",), ("export",), stretch), dataset)
        assert answer.outcome == "no_figure"
        assert Month(2023, 6) in answer.missing[0].holes
        assert Month(2023, 5) not in answer.missing[0].holes

    def test_over_two_scopes_it_is_refused_and_both_are_named(self, dataset: Dataset) -> None:
        stretch = Period.span(Month(2024, 7), Month(2025, 3))
        answer = respond(Question.of(("alumina",), ("import",), stretch), dataset)
        (lost,) = answer.missing
        assert [(part.scope, str(part.months[0]), str(part.months[-1])) for part in lost.parts] == [
            ("HS 2818", "2024-07", "2024-12"),
            ("HS 28182000", "2025-01", "2025-03"),
        ]
        assert lost.holes == ()


def shown(figure: Figure) -> tuple[str, str, float | None]:
    return figure.series.commodity, str(figure.end), figure.value


def test_two_series_stand_side_by_side_each_with_its_own_figures(dataset: Dataset) -> None:
    march = Period.month(Month(2024, 3))
    answer = respond(Question.of(("alumina", "bauxite"), ("export", "import"), march, "compare"), dataset)
    assert [shown(figure) for figure in answer.figures] == [
        ("alumina", "2024-03", 140_000),
        ("alumina", "2024-03", 309_109.374),
        ("bauxite", "2024-03", 11_862_900),
    ]  # fmt: skip
