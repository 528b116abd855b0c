"""Totals, differences, ratios, shares, tables, seasons and two periods, against the printed rows."""

import pytest

from bot.answers.respond import respond
from bot.answers.results import Rows, Seasonal
from tests.answers.asking import BAUXITE, EXPORTS, IMPORTS, METAL, asked, read
from tests.dataset.rows import month, span
from tests.published import half, months, printed, value
from tests.tables import looped, tables


def labels(answer):
    return [figure.period.label for figure in answer.figures]


def test_a_period_that_is_not_on_record_is_named_and_the_others_are_told(dataset):
    answer = respond(asked("figure", EXPORTS, month("2024-03"), month("2027-03")), dataset)
    assert (labels(answer), [item.period for item in answer.missing]) == (["2024-03"], [month("2027-03")])


def test_a_total_over_two_scopes_has_no_number(dataset):
    answer = respond(asked("total", IMPORTS, month("2024-03"), month("2025-10")), dataset)
    (clash,) = answer.clashes
    assert (clash.operation, clash.scope, clash.other_scope) == ("sum", "HS 2818", "HS 28182000")
    assert answer.computed == ()


@looped(("line", "found"), tables("answers/asked.yaml")["computed"])
def test_what_is_worked_out_carries_all_its_rounding(dataset, line, found):
    answer = respond(read(line), dataset)
    told = [(each.pct, *each.range) for each in (*answer.contrasts, *answer.shares)]
    told += [(each.value, *each.range) for each in (*answer.computed, *answer.averages)]
    assert told == [pytest.approx(each) for each in found]


def test_a_table_by_quarter_has_each_quarter_in_one_scope(dataset):
    answer = respond(asked("table", EXPORTS, span("2025-01", "2026-06"), by="quarter"), dataset)
    assert labels(answer) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    ends = ("2025-03", "2025-06", "2025-09", "2025-12")
    totals = [0.0, *(value("alumina", "export", each, "ytd") for each in ends)]
    for figure, before, after in zip(answer.figures[:4], totals, totals[1:], strict=False):
        assert figure.value == pytest.approx(after - before, abs=15_000)  # totals to 10,000 t, months finer


def test_a_table_holds_the_newest_two_dozen_rows_and_names_what_it_lacks(dataset):
    whole = span("2021-01", "2026-07")
    answer = respond(asked("table", METAL, whole, by="month"), dataset)
    assert (labels(answer), answer.cut) == (months("2024-08", "2026-07"), whole)
    answer = respond(asked("table", BAUXITE, span("2024-01", "2026-07"), by="year"), dataset)
    (rows,) = answer.results
    assert isinstance(rows, Rows)
    assert (labels(answer), [period.label for period in rows.lost]) == (["2024", "2025"], ["2026"])


def test_a_rolling_total_is_of_the_twelve_months_to_each_month(dataset):
    (figure,) = respond(asked("rolling", EXPORTS, month("2026-04")), dataset).figures
    ends = ("2025-12", "2025-04", "2026-04")
    of_2025, to_april_2025, to_april_2026 = (printed("alumina", "export", each, "ytd") for each in ends)
    total, off = of_2025[0] - to_april_2025[0] + to_april_2026[0], half(of_2025, to_april_2025, to_april_2026)
    assert figure.value == pytest.approx(total, abs=off)
    assert figure.range[1] - figure.range[0] <= 2 * off  # the narrowest way to it is taken
    assert figure.period == span("2025-05", "2026-04")
    several = respond(asked("rolling", BAUXITE, span("2026-01", "2026-07")), dataset).figures
    assert [str(each.end) for each in several] == months("2026-01", "2026-07")


def test_a_season_is_held_against_the_same_month_of_the_years_before(dataset):
    answer = respond(asked("season", EXPORTS, month("2026-07")), dataset)
    years = ["2021-07", "2024-07", "2025-07"]  # of 2022 and 2023 no July is on record
    mean = sum(value("alumina", "export", each) for each in years) / len(years)
    (season,) = answer.results
    assert isinstance(season, Seasonal)
    assert [str(figure.end) for figure in reversed(season.earlier)] == years
    assert [str(period.end) for period in season.lost] == ["2023-07", "2022-07"]
    change = (value("alumina", "export", "2026-07") / mean - 1) * 100
    assert [each.value for each in answer.computed] == pytest.approx([mean, change])


FROM_GUINEA = BAUXITE._replace(partner="Guinea")
GUINEA = asked("figure", FROM_GUINEA, month("2024-01"), measure="value", unit="%")


def test_two_periods_that_no_scope_has_are_refused_and_both_scopes_named(dataset):
    answer = respond(asked("figure", IMPORTS, month("2025-03"), against=month("2024-03")), dataset)
    (clash,) = answer.clashes
    assert (clash.operation, clash.scope, clash.other_scope) == ("compare", "HS 28182000", "HS 2818")
    assert (len(answer.figures), answer.contrasts) == (2, ())


def test_shares_month_by_month_name_the_months_without(dataset):
    australia = BAUXITE._replace(partner="Australia")
    answer = respond(asked("trend", australia, span("2024-03", "2024-11"), unit="%"), dataset)
    # Australia's May to September 2024 are not on record
    assert [str(share.part.end) for share in answer.shares] == ["2024-03", "2024-04", "2024-10", "2024-11"]
    assert {str(item.period.end) for item in answer.missing} == {f"2024-0{month}" for month in range(5, 10)}
