"""Totals, differences, ratios, shares, tables, rolling sums and seasons, against the printed rows."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.answers.results import Computed, Ratio, Rows, Seasonal, SideBySide
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions.question import Pair, Question, View
from tests.answers.printed import half, months, printed, value

EXPORTS, IMPORTS = Pair("alumina", "export"), Pair("alumina", "import")
BAUXITE, ALUMINIUM = Pair("bauxite", "import"), Pair("unwrought_aluminium", "export")
GUINEA, AUSTRALIA = Pair("bauxite", "import", "Guinea"), Pair("bauxite", "import", "Australia")


def month(text: str) -> Period:
    return Period.month(Month.from_text(text))


def span(first: str, last: str) -> Period:
    return Period.span(Month.from_text(first), Month.from_text(last))


def asked(view: View, pairs: tuple[Pair, ...], *periods: Period, **more: object) -> Question:
    return replace(Question(pairs, periods, view), **more)


def computed(answer: Answer) -> Computed:
    (found,) = answer.computed
    return found


def labels(answer: Answer) -> list[str]:
    return [figure.period.label for figure in answer.figures]


@pytest.mark.parametrize("view", ["figure", "growth", "compare"])
def test_several_periods_are_each_answered_in_order(dataset: Dataset, view: View) -> None:
    question = asked(view, (EXPORTS,), month("2026-03"), month("2024-03"), month("2026-01"))
    answer = respond(question, dataset)
    assert labels(answer) == ["2026-03", "2024-03", "2026-01"]
    assert [figure.value for figure in answer.figures] == [
        value("alumina", "export", each) for each in labels(answer)
    ]


def test_two_periods_to_compare_are_put_beside_each_other(dataset: Dataset) -> None:
    answer = respond(asked("compare", (EXPORTS,), month("2026-03"), month("2025-09")), dataset)
    (contrast,) = answer.contrasts
    now, then = value("alumina", "export", "2026-03"), value("alumina", "export", "2025-09")
    assert contrast.pct == pytest.approx((now / then - 1) * 100)


def test_a_period_that_is_not_on_record_is_named_and_the_others_are_told(dataset: Dataset) -> None:
    answer = respond(asked("figure", (EXPORTS,), month("2024-03"), month("2027-03")), dataset)
    assert labels(answer) == ["2024-03"]
    assert [item.period for item in answer.missing] == [month("2027-03")]


def test_a_total_takes_the_printed_running_total_of_the_same_months(dataset: Dataset) -> None:
    answer = respond(
        asked("total", (EXPORTS,), month("2024-02"), month("2024-01"), month("2024-03")), dataset
    )
    (figure,) = answer.figures
    assert figure.value == value("alumina", "export", "2024-03", "ytd")
    assert (figure.derived, answer.computed, figure.period) == (False, (), span("2024-01", "2024-03"))


def test_a_total_of_months_apart_is_their_sum_with_all_their_rounding(dataset: Dataset) -> None:
    names = ["2024-03", "2025-02", "2026-03"]
    answer = respond(asked("total", (EXPORTS,), *map(month, names)), dataset)
    cells = [printed("alumina", "export", each) for each in names]
    total = sum(cell[0] for cell in cells)
    assert computed(answer).value == total
    assert computed(answer).range == (total - half(*cells), total + half(*cells))
    assert labels(answer) == names


def test_a_total_over_a_month_that_lacks_has_no_number(dataset: Dataset) -> None:
    answer = respond(asked("total", (IMPORTS,), span("2024-03", "2026-03")), dataset)
    assert (answer.outcome, answer.figures, answer.computed) == ("no_figure", (), ())
    assert answer.missing[0].parts or answer.missing[0].holes


def test_a_total_never_mixes_scopes_and_names_both(dataset: Dataset) -> None:
    answer = respond(asked("total", (IMPORTS,), month("2024-03"), month("2025-10")), dataset)
    assert answer.computed == ()
    assert [(clash.operation, clash.scope, clash.other_scope) for clash in answer.clashes] == [
        ("sum", "HS 2818", "HS 28182000")
    ]


def test_each_of_several_series_has_a_total_of_its_own(dataset: Dataset) -> None:
    answer = respond(asked("total", (EXPORTS, BAUXITE), span("2025-01", "2025-03")), dataset)
    assert [figure.series.commodity for figure in answer.figures] == ["alumina", "bauxite"]
    assert len(answer.results) == 2


def test_a_difference_says_which_is_larger_and_by_how_much(dataset: Dataset) -> None:
    answer = respond(asked("difference", (EXPORTS,), month("2026-03"), month("2026-04")), dataset)
    first, second = (printed("alumina", "export", each) for each in ("2026-03", "2026-04"))
    (beside,) = answer.results
    assert isinstance(beside, SideBySide)
    assert beside.largest == 1
    gap = first[0] - second[0]
    assert computed(answer).value == gap
    assert computed(answer).range == (gap - half(first, second), gap + half(first, second))


def test_equal_printings_have_no_larger_one(dataset: Dataset) -> None:
    question = asked("difference", (EXPORTS,), month("2024-02"), against=month("2024-03"))
    (beside,) = respond(question, dataset).results
    assert isinstance(beside, SideBySide)
    assert beside.largest is None


def test_exports_less_imports_of_one_scope_are_worked_out(dataset: Dataset) -> None:
    answer = respond(asked("difference", (EXPORTS, IMPORTS), month("2026-03")), dataset)
    gap = value("alumina", "export", "2026-03") - value("alumina", "import", "2026-03")
    assert computed(answer).value == pytest.approx(gap)


def test_two_partners_are_put_beside_each_other(dataset: Dataset) -> None:
    answer = respond(asked("difference", (AUSTRALIA, GUINEA), month("2024-11")), dataset)
    (beside,) = answer.results
    assert isinstance(beside, SideBySide)
    assert beside.largest == 1
    assert beside.figures[0].value == value("bauxite", "import", "2024-11", partner="Australia")


def test_other_series_are_compared_and_not_subtracted(dataset: Dataset) -> None:
    answer = respond(asked("difference", (EXPORTS, BAUXITE, ALUMINIUM), month("2025-02")), dataset)
    (beside,) = answer.results
    assert isinstance(beside, SideBySide)
    assert (beside.largest, answer.computed) == (1, ())


def test_a_ratio_is_tonnes_of_one_for_each_tonne_of_the_other(dataset: Dataset) -> None:
    answer = respond(asked("ratio", (BAUXITE, IMPORTS), month("2025-05"), month("2025-06")), dataset)
    ratios = [
        value("bauxite", "import", each) / value("alumina", "import", each) for each in ("2025-05", "2025-06")
    ]
    assert [each.value for each in answer.computed] == pytest.approx(ratios)
    assert all(isinstance(result, Ratio) for result in answer.results)


def test_a_ratio_of_two_periods_carries_the_rounding_of_both(dataset: Dataset) -> None:
    answer = respond(asked("ratio", (EXPORTS,), month("2026-04"), against=month("2026-03")), dataset)
    (now, step, _), (then, other, _) = (printed("alumina", "export", each) for each in ("2026-04", "2026-03"))
    low, high = (now - step / 2) / (then + other / 2), (now + step / 2) / (then - other / 2)
    assert computed(answer).value == pytest.approx(now / then)
    assert computed(answer).range == pytest.approx((low, high))


def test_a_month_has_a_share_of_its_year(dataset: Dataset) -> None:
    question = asked("share", (EXPORTS,), month("2024-03"), against=Period.whole_year(2024))
    (share,) = respond(question, dataset).shares
    part, whole = value("alumina", "export", "2024-03"), value("alumina", "export", "2024-12", "ytd")
    assert share.pct == pytest.approx(part / whole * 100)


def test_a_share_of_the_world_may_be_asked_by_its_view(dataset: Dataset) -> None:
    (share,) = respond(asked("share", (AUSTRALIA,), month("2024-10")), dataset).shares
    part = value("bauxite", "import", "2024-10", partner="Australia")
    whole = value("bauxite", "import", "2024-10")
    assert share.pct == pytest.approx(part / whole * 100)


def test_a_table_by_quarter_has_each_quarter_in_one_scope(dataset: Dataset) -> None:
    answer = respond(asked("table", (EXPORTS,), span("2025-01", "2026-06"), by="quarter"), dataset)
    assert labels(answer) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    totals = [
        value("alumina", "export", each, "ytd") for each in ("2025-03", "2025-06", "2025-09", "2025-12")
    ]
    quarters = [after - before for before, after in zip([0.0, *totals], totals, strict=False)]
    for figure, between_totals in zip(answer.figures[:4], quarters, strict=True):
        assert figure.value == pytest.approx(between_totals, abs=15_000)  # totals to 10,000 t, months finer


def test_a_table_holds_the_newest_two_dozen_rows_and_says_so(dataset: Dataset) -> None:
    whole = span("2021-01", "2026-07")
    answer = respond(asked("table", (ALUMINIUM,), whole, by="month"), dataset)
    assert labels(answer) == months("2024-08", "2026-07")
    assert answer.cut == whole


def test_a_table_names_the_rows_it_lacks_and_what_there_is_of_the_last(dataset: Dataset) -> None:
    answer = respond(asked("table", (BAUXITE,), span("2024-01", "2026-07"), by="year"), dataset)
    (rows,) = answer.results
    assert isinstance(rows, Rows)
    assert (labels(answer), [period.label for period in rows.lost]) == (["2024", "2025"], ["2026"])
    assert rows.so_far
    assert rows.so_far.period == Period.ytd(Month(2026, 7))


def test_a_rolling_total_is_of_the_twelve_months_to_each_month(dataset: Dataset) -> None:
    answer = respond(asked("rolling", (EXPORTS,), month("2026-04")), dataset)
    (figure,) = answer.figures
    of_2025, to_april_2025, to_april_2026 = (
        printed("alumina", "export", each, "ytd") for each in ("2025-12", "2025-04", "2026-04")
    )
    total = of_2025[0] - to_april_2025[0] + to_april_2026[0]
    off = half(of_2025, to_april_2025, to_april_2026)
    assert figure.value == pytest.approx(total, abs=off)
    assert figure.range[1] - figure.range[0] <= 2 * off  # the narrowest way to it is taken
    assert figure.period == span("2025-05", "2026-04")


def test_rolling_totals_of_a_stretch_are_one_for_each_month(dataset: Dataset) -> None:
    answer = respond(asked("rolling", (BAUXITE,), span("2026-01", "2026-07")), dataset)
    assert [str(figure.end) for figure in answer.figures] == months("2026-01", "2026-07")


def test_a_season_is_held_against_the_same_month_of_the_years_before(dataset: Dataset) -> None:
    answer = respond(asked("season", (EXPORTS,), month("2026-07")), dataset)
    years = ["2021-07", "2024-07", "2025-07"]  # of 2022 and 2023 no July is on record
    mean = sum(value("alumina", "export", each) for each in years) / len(years)
    (season,) = answer.results
    assert isinstance(season, Seasonal)
    assert [str(figure.end) for figure in reversed(season.earlier)] == years
    assert [str(period.end) for period in season.lost] == ["2023-07", "2022-07"]
    assert answer.computed[0].value == pytest.approx(mean)
    change = (value("alumina", "export", "2026-07") / mean - 1) * 100
    assert answer.computed[1].value == pytest.approx(change)


def test_the_mean_of_months_apart_is_of_these_alone(dataset: Dataset) -> None:
    names = ["2024-03", "2025-02", "2026-03"]
    answer = respond(asked("average", (EXPORTS,), *map(month, names)), dataset)
    mean = sum(value("alumina", "export", each) for each in names) / len(names)
    assert computed(answer).value == pytest.approx(mean)
    assert labels(answer) == names


def test_several_periods_beside_another_are_all_told(dataset: Dataset) -> None:
    question = asked("figure", (EXPORTS,), month("2026-01"), month("2026-02"), against=month("2025-01"))
    assert labels(respond(question, dataset)) == ["2026-01", "2026-02", "2025-01"]
