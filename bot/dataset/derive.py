"""Published rows into served figures: everything that follows from them, once, at load."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from bot.dataset.calendar import Month, Period
from bot.dataset.growth import growth_of, move_of
from bot.dataset.identity import Level, close, difference
from bot.dataset.model import Figure, Input, Move, Row, Status
from bot.dataset.standing import Standing, standing_of
from bot.dataset.vintage_order import in_order, is_revised, printed_change

Printed = Mapping[Period, tuple[Row, ...]]
Levels = Mapping[Period, Level]
Find = Callable[[Period], Figure | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One series in one scope, derived: its figures by period.

    `printings` are the levels that follow from revised rows alone, and from first printings alone; `rows` are
    what was printed. A line made of others has none of them. `settled` are the years whose figures are those
    of the whole line, of which it has only the rows that were out on some day.
    """

    figures: Mapping[Period, Figure]
    printings: tuple[Levels, Levels] = ({}, {})
    rows: tuple[Row, ...] = ()
    settled: frozenset[int] = frozenset()

    def standing(self, month: Month) -> Standing | None:
        """Where a month stands in the unbroken run that it ends."""
        figures = self.figures.values()
        return standing_of({each.end: each for each in figures if each.period.kind == "month"}, month)

    def among(self, years: frozenset[int]) -> dict[Period, Figure]:
        """Its figures of these years."""
        return {period: figure for period, figure in self.figures.items() if period.end.year in years}


NO_LINE = Line({})


def derive_line(rows: Sequence[Row], whole: Line = NO_LINE) -> Line:
    """All figures of one series in one scope, with growth and month-on-month change.

    Of the years of which the `whole` line has no more rows, its figures: a day gone by costs little then.
    """
    settled = _settled(rows, whole.rows)
    printed = by_period(row for row in rows if row.period.end.year not in settled)
    levels, *printings = levels_of(printed)
    own = {
        period: figure_of(period, printed.get(period, ()), levels.get(period))
        for period in sorted({*printed, *levels})
    }
    kept = whole.among(settled)
    figures = {**kept, **own}
    grown = {period: with_growth(figure, figures.get, printed) for period, figure in own.items()}
    revised, first = map(partial(_with_settled, settled), whole.printings, printings)
    return Line(kept | grown, (revised, first), tuple(rows), settled)


def _settled(rows: Iterable[Row], of_whole: Iterable[Row]) -> frozenset[int]:
    """The years of which, and of the years before which, there are as many rows in the whole."""
    own, every = (Counter(row.period.end.year for row in each) for each in (rows, of_whole))
    return frozenset(year for year in own if all(own[each] == every[each] for each in (year, year - 1)))


def _with_settled(settled: frozenset[int], of_whole: Levels, own: Levels) -> Levels:
    return {**{period: level for period, level in of_whole.items() if period.end.year in settled}, **own}


def levels_of(printed: Printed) -> tuple[Levels, Levels, Levels]:
    """The level of every period; those that follow from revised rows alone; those from first printings."""
    revised, first = _closed(printed, revised=True), _closed(printed, revised=False)
    return _levels(printed, revised, first), revised, first


def net_line(exports: Line, imports: Line, whole: Line = NO_LINE) -> Line:
    """Exports less imports of one scope, wherever both stand for one period; below zero for net imports."""
    return _of_both(exports, imports, net_of, whole)


def unit_value_line(value: Line, quantity: Line, whole: Line = NO_LINE) -> Line:
    """US$ per tonne wherever both stand in one scope for one period."""
    return _of_both(value, quantity, quotient_of, whole)


def _of_both(
    one: Line, other: Line, made: Callable[[Figure, Figure | None], Figure | None], whole: Line
) -> Line:
    settled = one.settled & other.settled
    kept = whole.among(settled)
    own = {
        period: figure
        for period, each in one.figures.items()
        if period.end.year not in settled and (figure := made(each, other.figures.get(period)))
    }
    figures = {**kept, **own}
    grown = {period: with_growth(figure, figures.get, {}) for period, figure in own.items()}
    return Line(kept | grown, settled=settled)


def by_period(rows: Iterable[Row]) -> dict[Period, tuple[Row, ...]]:
    """The printings of each period, oldest first."""
    found: dict[Period, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.period].append(row)
    return {period: in_order(group) for period, group in found.items()}


def _closed(printed: Printed, *, revised: bool) -> Levels:
    """All that follows within each year from its revised rows, or from its first printings."""
    rows = _newest(printed, revised=revised)
    levels: dict[Period, Level] = {}
    for year in sorted({period.end.year for period in rows}):
        levels |= close({period: row for period, row in rows.items() if period.end.year == year}, year)
    return levels


def _levels(printed: Printed, revised: Levels, first: Levels) -> Levels:
    """Levels of every period: as printed newest, else from revised printings, else from first ones."""
    levels = {**first, **revised}
    levels |= {period: today for period, rows in printed.items() if (today := _print(rows))}
    for year in sorted({period.end.year for period in printed}):
        for period in _longer_periods(year):
            from_january = levels.get(Period.ytd(period.end)) if period.start.number == 1 else None
            level = from_january or difference(revised, period) or difference(first, period)
            levels |= {period: level} if level else {}
    # Nothing is traded backward: a difference below zero is a correction of earlier months, not a figure.
    return {period: level for period, level in levels.items() if level.value >= 0}


@lru_cache(maxsize=256)
def _longer_periods(year: int) -> Sequence[Period]:
    quarters = [Period.quarter(year, number) for number in range(1, 5)]
    return [*quarters, Period.half(year, 1), Period.half(year, 2), Period.whole_year(year)]


def _newest(printed: Printed, *, revised: bool) -> dict[Period, Row]:
    """The newest printed row of each period, among first printings or among revised ones."""
    chosen = {
        period: [row for row in rows if row.value is not None and is_revised(row) == revised]
        for period, rows in printed.items()
    }
    return {period: rows[-1] for period, rows in chosen.items() if rows}


def _print(rows: Sequence[Row]) -> Level | None:
    valued = [row for row in rows if row.value is not None]
    return Level((Input("+", valued[-1]),)) if valued else None


def figure_of(period: Period, vintages: tuple[Row, ...], level: Level | None) -> Figure:
    """The figure at that level, or with a printed change alone where there is none."""
    if level is None:
        return _change_only(period, vintages)
    rows = [item.row for item in level.inputs]
    return Figure(
        series=rows[0].series,
        period=period,
        scope=rows[0].scope,
        value=level.value,
        step=max(row.step or 0.0 for row in rows),
        range=(max(level.value - level.half_step, 0.0), level.value + level.half_step),
        derived=len(rows) > 1,
        status=_common_status(rows),
        inputs=level.inputs,
        vintages=vintages,
    )


def _change_only(period: Period, vintages: tuple[Row, ...]) -> Figure:
    row = vintages[-1]
    return Figure(
        series=row.series, period=period, scope=row.scope, value=None, step=None, range=None,
        derived=False, status=row.status, inputs=(Input("+", row),), vintages=vintages,
    )  # fmt: skip


def _common_status(rows: Sequence[Row]) -> Status | None:
    statuses = {row.status for row in rows}
    return statuses.pop() if len(statuses) == 1 else None


def with_growth(figure: Figure, other: Find, printed: Printed) -> Figure:
    """The figure with its change on a year and on a month earlier, as the figures beside it have them."""
    own = figure.row if not figure.derived and figure.value is not None else None
    growth = growth_of(
        figure,
        other(figure.period.year_before),
        *printed_change(own, _rows_about(figure.period, printed)),
    )
    return replace(figure, growth=growth, move=_move(figure, other))


def _rows_about(period: Period, printed: Printed) -> tuple[Row, ...]:
    """The printings of a period, or of the same months under another name (Q1 is January-March)."""
    names = [period]
    if period.start.number == 1:
        names.append(Period.ytd(period.end))
    if period.start == period.end:
        names.append(Period.month(period.end))
    return next((printed[name] for name in names if name in printed), ())


def _move(figure: Figure, other: Find) -> Move | None:
    if figure.period.kind != "month":
        return None
    return move_of(figure, other(figure.period.plus(-1)), other(Period.ytd(Month(figure.end.year, 2))))


def net_of(exports: Figure, imports: Figure | None) -> Figure | None:
    """Exports less imports, with the roundings of both."""
    if (
        not imports
        or exports.value is None
        or imports.value is None
        or not exports.range
        or not imports.range
    ):
        return None
    low, high = exports.range[0] - imports.range[1], exports.range[1] - imports.range[0]
    return Figure(
        series=replace(exports.series, flow="net"),
        period=exports.period,
        scope=exports.scope,
        value=round(exports.value - imports.value, 6),
        step=max(exports.step or 0.0, imports.step or 0.0) or None,
        range=(round(low, 6), round(high, 6)),
        derived=True,
        status=exports.status if exports.status == imports.status else None,
        inputs=exports.inputs + tuple(item.turned() for item in imports.inputs),
    )


def quotient_of(value: Figure, quantity: Figure | None) -> Figure | None:
    """US$ per tonne, with the roundings of both."""
    if not quantity or not value.value or not quantity.value or not value.range or not quantity.range:
        return None
    if quantity.range[0] <= 0:
        return None
    return Figure(
        series=replace(value.series, measure="unit_value"),
        period=value.period,
        scope=value.scope,
        value=value.value / quantity.value,
        step=None,
        range=(value.range[0] / quantity.range[1], value.range[1] / quantity.range[0]),
        derived=True,
        status=value.status if value.status == quantity.status else None,
        inputs=value.inputs + tuple(replace(item, role="÷") for item in quantity.inputs),
    )
