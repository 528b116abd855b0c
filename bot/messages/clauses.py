"""What sentences of highlights have in common: what they are about, how much it is, and what is usual."""

from dataclasses import replace

from bot.answers.answer import Highlight
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure
from bot.messages.names import Names, lower_first, scope_name, series_name
from bot.messages.speech import change, is_later_scope, moved, opening, unsigned, value, without_range
from bot.questions.named import day_in_year, day_name, period_name
from bot.words import say

USUAL_WORTH_A_CLAUSE = 2  # times its usual change
NARROW, NARROW_POINTS = 0.01, 1.0  # of a level; of a change, in points: ranges that are not worth their words


def way(figure: Figure) -> str:
    """Whether it is more or less than a year earlier: up, down."""
    return "up" if (figure.growth.pct or 0) > 0 else "down"


def month_way(figure: Figure) -> str:
    """Whether it is more or less than the month before: up, down."""
    return "up" if figure.move and figure.move.pct > 0 else "down"


def subject(item: Highlight, names: Names) -> str:
    """Alumina imports; HS 2818: Alumina imports; The unit value of bauxite imports."""
    figure = item.figure
    if figure.series.measure != "unit_value":
        return opening(figure, names)
    tonnes = lower_first(series_name(replace(figure.series, measure="quantity"), names))
    if is_later_scope(figure, names):
        return say("clauses.unit_value_in_scope", scope=scope_name(figure.scope), series=tonnes)
    return say("clauses.unit_value", series=tonnes)


def level(figure: Figure) -> str:
    """How much it is; the range only where it says something that the table beside it does not."""
    told, (low, high) = value(figure), figure.range or (0.0, 0.0)
    return without_range(told) if _in_table(figure) or high - low <= NARROW * high else told


def on_the_year(figure: Figure) -> str:
    """The change on a year earlier, without its sign."""
    return unsigned(_told(change(figure.growth), figure.growth.range, figure))


def on_the_month(figure: Figure) -> str:
    """The change on the month before, without its sign."""
    assert figure.move
    return unsigned(_told(moved(figure.move), figure.move.range, figure))


def _told(told: str, span_pct: tuple[float, float] | None, figure: Figure) -> str:
    """The range only where it says something that the table beside it does not."""
    narrow = span_pct is not None and span_pct[1] - span_pct[0] <= NARROW_POINTS
    return without_range(told) if narrow or _in_table(figure) else told


def _in_table(figure: Figure) -> bool:
    return figure.series.measure == "quantity" and figure.period.kind == "month"


def usual(item: Highlight) -> str:
    """What the series usually does, where this is far from it."""
    change_pct = item.figure.move.pct if item.rule == "month_move" and item.figure.move else None
    pct = change_pct if change_pct is not None else item.figure.growth.pct
    far = item.usual_pct and abs(pct or 0) >= USUAL_WORTH_A_CLAUSE * item.usual_pct
    return say("clauses.usual", usual=f"{item.usual_pct:.0f}") if far else ""


def new_year(item: Highlight) -> str:
    """When Lunar New Year was, where it bears on the change."""
    if not item.new_year:
        return ""
    this, last = item.new_year
    year, before = year_name(Month(last.year, last.month)), day_in_year(last)
    return say("clauses.new_year", this=day_name(this), year=year, last=before)


def year_name(month: Month) -> str:
    """2026, as a year is named."""
    return period_name(Period.whole_year(month.year))
