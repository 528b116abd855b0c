"""Highlights as sentences, in the press's style."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.answer import Highlight, HighlightRule
from bot.dataset.calendar import MONTH_NAMES
from bot.dataset.model import Figure
from bot.messages.balances import net_streak, net_turn, ratio, twelve_months
from bot.messages.speech import (
    Names,
    change,
    day,
    is_later_scope,
    lower_first,
    moved,
    opening,
    series_name,
    unsigned,
    value,
    without_range,
)  # fmt: skip
from bot.messages.wordings import count_of, place_of

USUAL_WORTH_A_CLAUSE = 2  # times its usual change
NARROW, NARROW_POINTS = 0.01, 1.0  # of a level; of a change, in points: ranges that are not worth their words


def highlight(item: Highlight, names: Names) -> str:
    """One highlight in one sentence, in the press's style."""
    return f"{SENTENCES[item.rule](item, names)}."


def _on_the_year(item: Highlight, names: Names) -> str:
    told = _change(item.figure)
    verb = "rose" if item.rule == "largest_rise" else "fell"
    return f"{_subject(item, names)} {verb} {told} on a year earlier, to {_level(item.figure)}{_beside(item)}"


def _on_the_month(item: Highlight, names: Names) -> str:
    return f"{_subject(item, names)} {_month_move(item.figure)}{_beside(item)}"


def _month_move(figure: Figure) -> str:
    assert figure.move
    verb = "rose" if figure.move.pct > 0 else "fell"
    base = "the month" if figure.move.base == "month" else "the mean of January and February"
    told = unsigned(_told(moved(figure.move), figure.move.range, figure))
    return f"{verb} {told} on {base}, to {_level(figure)}"


def _against_season(item: Highlight, names: Names) -> str:
    assert item.figure.move
    did = "fell" if item.figure.move.pct > 0 else "rose"
    month = MONTH_NAMES[item.figure.end.number - 1]
    every = f"which {did} in {month} in each of the {count_of(item.count)} earlier years on record"
    return f"{_subject(item, names)}, {every}, {_month_move(item.figure)}{_new_year(item)}"


def _turn(item: Highlight, names: Names) -> str:
    assert item.before
    growth = item.figure.growth
    verb, noun = ("rose", "rise") if (growth.pct or 0) > 0 else ("fell", "fall")
    told = _change(item.figure)
    lead = f"{_subject(item, names)} {verb} {told} on a year earlier, to {_level(item.figure)}"
    if item.count < 3:
        return f"{lead}, after {_before(item.before)}{_new_year(item)}"
    if item.since:
        return f"{lead}, the first {noun} since {item.since.name}{_new_year(item)}"
    others = "falls" if noun == "rise" else "rises"
    assert item.run_start
    run = f"at least {count_of(item.count)} {others} in a row, on record unbroken from {item.run_start.name}"
    return f"{lead}, after {run}{_new_year(item)}"


def _streak(item: Highlight, names: Names) -> str:
    growth = item.figure.growth
    told = _change(item.figure)
    verb = "rose" if (growth.pct or 0) > 0 else "fell"
    return f"{_subject(item, names)} {verb} on a year earlier for {_in_a_row(item)}, by {told}"


def _month_streak(item: Highlight, names: Names) -> str:
    assert item.figure.move
    verb = "rose" if item.figure.move.pct > 0 else "fell"
    return f"{_subject(item, names)} {verb} on the month for {_in_a_row(item)}, to {_level(item.figure)}"


def _in_a_row(item: Highlight) -> str:
    """The seventh month in a row; at least, where what was before is not known, and from when."""
    told = f"the {place_of(item.count)} month in a row"
    assert item.run_start
    return told if item.since else f"at least {told} (on record unbroken from {item.run_start.name})"


def _record(item: Highlight, names: Names) -> str:
    """The highest since a month; else the highest of so many, as nothing is claimed across a hole."""
    most = "highest" if item.rule == "highest_since" else "lowest"
    assert item.run_start
    lead = f"{_subject(item, names)} at {_level(item.figure)}: the {most}"
    if item.since:
        return f"{lead} since {item.since.name} (months on record unbroken from {item.run_start.name})"
    return f"{lead} of the {_months(item)}"


def _place(item: Highlight, names: Names) -> str:
    most = "highest" if item.rule == "nth_highest" else "lowest"
    place = f"the {place_of(item.count)} {most} of the {_months(item)}"
    return f"{_subject(item, names)} at {_level(item.figure)}: {place}"


def _months(item: Highlight) -> str:
    """26 months on record unbroken from April 2023."""
    assert item.run_start
    count = item.run_start.until(item.figure.end) + 1
    return f"{count} months on record unbroken from {item.run_start.name}"


def _pace(item: Highlight, names: Names) -> str:
    told = _change(item.figure)
    verb = "up" if (item.figure.growth.pct or 0) > 0 else "down"
    return f"{_so_far(item, names)} {_level(item.figure)}, {verb} {told} on a year earlier"


def _pace_turn(item: Highlight, names: Names) -> str:
    assert item.before
    return f"{_pace(item, names)}, after {_before(item.before)}"


def _before(figure: Figure) -> str:
    """A rise of 12.6 % in June 2026."""
    noun = "rise" if (figure.growth.pct or 0) > 0 else "fall"
    return f"a {noun} of {without_range(unsigned(change(figure.growth)))} in {figure.period.name}"


def _passed(item: Highlight, names: Names) -> str:
    assert item.before
    return (
        f"{_so_far(item, names)} {_level(item.figure)}, already more than in all of {item.before.end.year}"
        f" ({_level(item.before)})"
    )


def _of_years(item: Highlight, names: Names) -> str:
    most = "most" if item.rule == "year_to_date_highest" else "least"
    assert item.run_start
    years = f"{count_of(item.count)} years on record unbroken from {item.run_start.year}"
    stretch = "a year" if item.figure.end.number == 12 else "those months"
    return f"{_so_far(item, names)} {_level(item.figure)}, the {most} for {stretch} of the {years}"


def _so_far(item: Highlight, names: Names) -> str:
    """Bauxite imports in January-July 2026 came to; of a whole year: in 2025."""
    period = item.figure.period
    when = str(period.end.year) if period.end.number == 12 else period.name
    return f"{_subject(item, names)} in {when} came to"


def _revised(item: Highlight, names: Names) -> str:
    assert item.before
    when = item.figure.period.name
    return (
        f"{_subject(item, names)} of {when} were revised to {_level(item.figure)} from {_level(item.before)}"
    )


def _event(item: Highlight, names: Names) -> str:
    assert item.event
    return f"{day(item.event.day)}: {item.event.title} ({item.event.source_name})"


def _subject(item: Highlight, names: Names) -> str:
    """Alumina imports; HS 2818: Alumina imports; The unit value of bauxite imports."""
    figure = item.figure
    if figure.series.measure != "unit_value":
        return opening(figure, names)
    tonnes = lower_first(series_name(replace(figure.series, measure="quantity"), names))
    scope = f"{figure.scope}: " if is_later_scope(figure, names) else ""
    return f"{scope}The unit value of {tonnes}"


def _level(figure: Figure) -> str:
    told, (low, high) = value(figure), figure.range or (0.0, 0.0)
    return without_range(told) if _in_table(figure) or high - low <= NARROW * high else told


def _change(figure: Figure) -> str:
    """The change on a year earlier, without its sign."""
    return unsigned(_told(change(figure.growth), figure.growth.range, figure))


def _told(told: str, span_pct: tuple[float, float] | None, figure: Figure) -> str:
    """The range only where it says something that the table beside it does not."""
    narrow = span_pct is not None and span_pct[1] - span_pct[0] <= NARROW_POINTS
    return without_range(told) if narrow or _in_table(figure) else told


def _in_table(figure: Figure) -> bool:
    return figure.series.measure == "quantity" and figure.period.kind == "month"


def _beside(item: Highlight) -> str:
    """What the series usually does, where this is far from it; Lunar New Year where it bears on it."""
    change_pct = item.figure.move.pct if item.rule == "month_move" and item.figure.move else None
    pct = change_pct if change_pct is not None else item.figure.growth.pct
    far = item.usual_pct and abs(pct or 0) >= USUAL_WORTH_A_CLAUSE * item.usual_pct
    usual = f", against a usual change of about {item.usual_pct:.0f} %" if far else ""
    return f"{usual}{_new_year(item)}"


def _new_year(item: Highlight) -> str:
    if not item.new_year:
        return ""
    this, last = item.new_year
    before = f"in {last.year} on {last.day} {MONTH_NAMES[last.month - 1]}"
    return f" (Lunar New Year fell on {day(this)}, {before})"


SENTENCES: Mapping[HighlightRule, Callable[[Highlight, Names], str]] = {
    "largest_rise": _on_the_year,
    "largest_fall": _on_the_year,
    "month_move": _on_the_month,
    "against_season": _against_season,
    "turn": _turn,
    "streak": _streak,
    "month_streak": _month_streak,
    "highest_since": _record,
    "lowest_since": _record,
    "nth_highest": _place,
    "nth_lowest": _place,
    "year_to_date": _pace,
    "year_to_date_turn": _pace_turn,
    "year_to_date_highest": _of_years,
    "year_to_date_lowest": _of_years,
    "passed_last_year": _passed,
    "net_turn": net_turn,
    "net_streak": net_streak,
    "net_twelve_months": twelve_months,
    "bauxite_to_alumina": ratio,
    "event": _event,
    "revised": _revised,
}
