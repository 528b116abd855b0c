"""Year-on-year and month-on-month: printed beside computed changes, with what rounding can do to them."""

from bot.dataset.model import NO_GROWTH, Figure, Growth, Move, Row, Series

PRINTED_HALF_POINT = 0.05  # half of the last decimal that a change is printed with
DISPUTED_FROM_POINTS = 1.0  # printed and computed change further apart than this: neither leads a sentence


def change_pct(now: Figure, base: Figure) -> tuple[float, tuple[float, float]] | None:
    """The change in percent and its rounding range; None where a value is missing or the base may be zero."""
    if now.value is None or base.value is None or now.range is None or base.range is None:
        return None
    return _ratio_pct(now.value, now.range, base.value, base.range)


def _ratio_pct(
    value: float, value_range: tuple[float, float], base: float, base_range: tuple[float, float]
) -> tuple[float, tuple[float, float]] | None:
    # No percentage across zero, as net trade can go, nor of what was printed as 0, "under half a step".
    if base_range[0] <= 0 or value_range[0] < 0 or value == 0:
        return None
    low, high = value_range[0] / base_range[1], value_range[1] / base_range[0]
    return (value / base - 1) * 100, ((low - 1) * 100, (high - 1) * 100)


def growth_of(now: Figure, year_before: Figure | None, printed: Row | None, moved: bool) -> Growth:
    """The printed change leads, unless the value has moved since it was printed; both are kept."""
    change = change_pct(now, year_before) if year_before and year_before.scope == now.scope else None
    computed, span = change if change else (None, None)
    if printed is None or printed.yoy_pct is None:
        return Growth(computed, "computed", computed_pct=computed, range=span) if change else NO_GROWTH
    leads_computed = moved and computed is not None
    return Growth(
        pct=computed if leads_computed else printed.yoy_pct,
        origin="computed" if leads_computed else "published",
        printed=printed,
        computed_pct=computed,
        range=span,
        disputed=computed is not None and _disputed(printed.yoy_pct, computed),
    )


def _disputed(printed: float, computed: float) -> bool:
    return abs(printed - computed) > DISPUTED_FROM_POINTS or printed * computed < 0


def parts_of_mean(series: Series) -> int:
    """By what the figure of January and February is divided; their unit value is their mean already."""
    return 1 if series.measure == "unit_value" else 2


def move_of(now: Figure, month_before: Figure | None, first_two_months: Figure | None) -> Move | None:
    """The change on the month before; March's on the mean of January-February where they are one figure."""
    if month_before and month_before.value is not None and month_before.scope == now.scope:
        change = change_pct(now, month_before)
        return Move(*change) if change else None
    if now.end.number != 3 or not first_two_months or first_two_months.scope != now.scope:
        return None
    if now.value is None or now.range is None or first_two_months.value is None or not first_two_months.range:
        return None
    parts = parts_of_mean(now.series)
    low, high = (edge / parts for edge in first_two_months.range)
    mean = _ratio_pct(now.value, now.range, first_two_months.value / parts, (low, high))
    return Move(*mean, base="mean of January and February") if mean else None
