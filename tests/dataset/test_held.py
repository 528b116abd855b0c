"""What is held is held everywhere: nothing is derived, added up, ranked or compared for a held month."""

from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Held, Row, Series

from .rows import ALUMINA, month, row, small_dataset, total, ytd

HELD = row("2024-03", 1_400_000)


def with_held(*rows: Row, held: Row = HELD) -> Dataset:
    record = small_dataset(rows).record
    return replace(record, held=(Held(held, "ten times too much"),)).as_of(date(2026, 11, 24))


def test_a_month_between_two_totals_is_not_derived_while_it_is_held() -> None:
    rows = [total("2024-02", 280_000), total("2024-04", 550_000), row("2024-04", 130_000)]
    assert small_dataset(rows).figure(ALUMINA, month("2024-03")) is not None
    data = with_held(*rows)
    assert data.figure(ALUMINA, month("2024-03")) is None
    assert data.figure(ALUMINA, ytd("2024-03")) is None
    assert data.figure(ALUMINA, Period.quarter(2024, 1)) is None
    assert Month(2024, 3) not in data.months(ALUMINA)


def test_what_was_printed_and_taken_stands() -> None:
    data = with_held(total("2024-02", 280_000), total("2024-04", 550_000), row("2024-03", 140_000))
    assert data.figure(ALUMINA, month("2024-03")).value == 140_000  # type: ignore[union-attr]
    assert data.figure(ALUMINA, ytd("2024-04")).value == 550_000  # type: ignore[union-attr]


def test_no_change_is_computed_on_a_held_month() -> None:
    rows = [
        total("2024-02", 280_000),
        total("2024-04", 550_000),
        row("2024-04", 130_000),
        row("2025-03", 150_000),
    ]
    assert small_dataset(rows).figure(ALUMINA, month("2025-03")).growth.pct is not None  # type: ignore[union-attr]
    assert with_held(*rows).figure(ALUMINA, month("2025-03")).growth.pct is None  # type: ignore[union-attr]


def test_the_run_of_months_ends_before_a_held_one() -> None:
    rows = [row(f"2024-0{number}", 100_000 + number * 1_000, 1_000) for number in (1, 2, 4, 5)]
    rows += [total("2024-02", 203_000, 1_000), total("2024-05", 515_000, 1_000)]
    figure = with_held(*rows).figure(ALUMINA, month("2024-05"))
    assert figure is not None
    standing = with_held(*rows).standing(figure)
    assert standing is not None
    assert (standing.run_start, standing.months) == (Month(2024, 4), 2)


def test_the_answer_can_say_that_a_figure_is_held() -> None:
    data = with_held(row("2024-02", 140_000))
    assert [each.row for each in data.held(ALUMINA, month("2024-03"))] == [HELD]
    assert [
        each.row for each in data.held(replace(ALUMINA, measure="unit_value"), Period.quarter(2024, 1))
    ] == [HELD]
    assert data.held(ALUMINA, month("2024-02")) == ()
    assert data.held(Series("bauxite", "import"), month("2024-03")) == ()


def test_a_day_gone_by_knows_nothing_of_what_came_later() -> None:
    rows = [total("2024-02", 280_000), total("2024-04", 550_000), row("2024-04", 130_000)]
    record = with_held(*rows, held=replace(HELD, published=date(2026, 10, 1))).record
    assert record.as_of(date(2026, 9, 1)).figure(ALUMINA, month("2024-03")) is not None
