"""Levels and changes as messages show them: `~` for what was not printed, and only digits that hold."""

from dataclasses import replace
from math import floor, log10

from bot.answers.results import Computed
from bot.dataset.model import Figure, Growth, Move
from bot.messages.names import series_name
from bot.messages.number_format import Scale, amount, grouped, scale_for, scale_of
from bot.profile import profile
from bot.questions.question import Unit
from bot.words import say
from bot.words.folder import own_name

Edges = tuple[float, float]
TENS, WHOLE = 1.5, 0.15  # half a change's range, in points: above these in tens, in whole points
DIGITS, FEWEST_DIGITS = 4, 2  # of a level in a sentence, of one that rounding leaves unsure
SURE = 2.5  # steps of a digit that rounding may reach, where the digit is still told
TIMES_FROM = 1_000  # from this change on "30 times"


def level(figure: Figure, unit: Unit = "t") -> str:
    """140 kt; ~309 kt of a derived or estimated one; net imports ~67 kt of a balance."""
    return side(figure) + size(figure, unit)


def size(figure: Figure, unit: Unit = "t") -> str:
    """The level without the side of a balance; that there is none where only a change was printed."""
    if not figure.value:
        return say("quantities.no_level") if figure.value is None else amount(figure, unit)
    scale = scale_for(figure, unit)
    told = scale.told(digits(figure, scale).removeprefix("-"))
    return about(told) if is_marked(figure) else told


def digits(figure: Figure, scale: Scale, *, most: int = DIGITS) -> str:
    """The number alone: as it was printed, of four digits at most; of one not printed those that hold."""
    value = abs(figure.value or 0) / scale.size
    decimals = min(scale.decimals_for(figure.value or 0, figure.step), _decimals(value, most))
    if is_marked(figure) and figure.range:
        half = (figure.range[1] - figure.range[0]) / 2 / scale.size
        fewest = _decimals(value, FEWEST_DIGITS)
        while decimals > fewest and half > SURE * 10.0**-decimals:
            decimals -= 1
    return scale.number(figure.value or 0, decimals)


def _decimals(value: float, count: int) -> int:
    """How many decimals so many digits have; no digit before the decimal point is cut by it."""
    before = floor(log10(value)) + 1 if value else 1
    return count - before if count == FEWEST_DIGITS else max(0, count - max(before, 1))


def about(told: str) -> str:
    """A number that was not printed: ~210 kt; 约21万吨."""
    return say("quantities.about", amount=told)


def is_marked(figure: Figure) -> bool:
    """Whether a level was derived or estimated; a unit value is a quotient of two printed ones."""
    return (figure.derived and figure.series.measure != "unit_value") or figure.estimated


def side(figure: Figure) -> str:
    """'net exports ' or 'net imports ' before the size of a balance; nothing before another figure."""
    if figure.series.flow != "net" or not figure.value:
        return ""
    return say("quantities.net_exports" if figure.value > 0 else "quantities.net_imports")


def is_open(edges: Edges) -> bool:
    """Whether rounding leaves open which way a change went."""
    return edges[0] < 0 < edges[1]


def change(pct: float, edges: Edges | None = None) -> str:
    """▲ 169.6 % as it was printed; ▲ ~18 % of a computed one, for which its range is given; '' where open."""
    if edges and is_open(edges):
        return ""
    number = change_digits(pct, edges)
    if number == "0.0":
        return say("quantities.flat")
    if pct >= TIMES_FROM:
        return say("quantities.times", times=times(pct))
    return say("quantities.rise" if pct > 0 else "quantities.fall", pct=marked(number, edges))


def marked(number: str, edges: Edges | None) -> str:
    """The digits of a change: 169.6; ~18 of one that was computed."""
    return about(number) if edges and edges[0] != edges[1] else number


def times(pct: float) -> str:
    """Of a change of 2,931 %: 30."""
    return grouped(pct / 100 + 1, 0)


def change_digits(pct: float, edges: Edges | None) -> str:
    """The digits that hold, without a sign."""
    if not edges:
        return grouped(abs(pct), 2 if round(pct, 1) != pct else 1)
    half = (edges[1] - edges[0]) / 2
    if half > TENS and abs(pct) >= 2 * TENS:
        return grouped(max(abs(round(pct, -1)), 10.0 if abs(pct) >= 5 else abs(round(pct))), 0)
    return grouped(abs(pct), 0 if half > WHOLE or abs(pct) >= 100 else 1)


def disagrees(growth: Growth) -> bool:
    """Whether the printed and the computed change differ in their signs, beyond rounding."""
    if growth.printed_pct is None or growth.computed_pct is None or growth.range is None:
        return False
    return growth.printed_pct * growth.computed_pct < 0 and not is_open(growth.range)


def leading(growth: Growth) -> str:
    """The change on a year earlier that leads, the printed one, if any; '' where its sign is not certain."""
    return "" if growth.pct is None or disagrees(growth) else change(growth.pct, leading_range(growth))


def leading_range(growth: Growth) -> Edges | None:
    """The range of the change that leads; None of one that was printed."""
    return None if growth.origin == "published" else growth.range


def on_year(figure: Figure) -> str:
    """▲ 169.6 % on the year; '' where there is none, or its sign is open."""
    if disagrees(figure.growth):
        return say("quantities.disagree")
    return _on("year", leading(figure.growth), figure.growth.pct or 0)


def _on(base: str, told: str, pct: float) -> str:
    if not told:
        return ""
    return say(f"quantities.times_on_{base}" if pct >= TIMES_FROM else f"quantities.on_{base}", change=told)


def on_month(move: Move | None) -> str:
    """▲ ~20 % on the month; '' where there is none, or rounding leaves its sign open."""
    if move is None:
        return ""
    return _on("month" if move.base == "month" else "mean", change(move.pct, move.range), move.pct)


def ranked_by(figure: Figure, of: str, unit: Unit) -> str:
    """A month by its change on the year (yoy) or the month (mom); by its level, also where it has none."""
    told = leading(figure.growth) if of == "yoy" else on_month(figure.move) if of == "mom" else ""
    return told or level(figure, unit)


def as_figure(item: Computed) -> Figure:
    """A computed amount as a figure of the first period that it was made from, without a sign."""
    value, (low, high) = abs(item.value), sorted(map(abs, item.range))
    edges = (0.0 if is_open(item.range) else min(low, value), max(high, value))
    step = max((figure.step or 0.0 for figure in item.of), default=0.0) or None
    first, moves = item.of[0], edges[1] - edges[0] > 0.51 * (step or 0)  # more than what was printed does
    series = first.series._replace(flow="export") if first.series.flow == "net" else first.series
    return replace(first, series=series, value=value, range=edges, step=step, derived=moves)


def percent(number: str) -> str:
    """169.6 %: digits with the sign of percent."""
    return say("quantities.percent", number=number)


def named_percent(pct: float) -> str:
    """20 %, −3.5 %: a change that somebody named."""
    return percent(grouped(pct, 0 if pct == int(pct) else 1).replace("-", "−"))


def share_digits(pct: float, edges: Edges) -> str:
    """64.4; ~7.8 where rounding reaches that digit."""
    half = (edges[1] - edges[0]) / 2
    told = grouped(pct, 0 if half > 0.5 else 1)
    return told if half <= 0.05 else about(told)


def quotient(item: Computed) -> str:
    """How much of one for the other: 38.4, 2.75; with the digits that hold."""
    half = (item.range[1] - item.range[0]) / 2
    most = 0 if item.value >= 100 else 1 if item.value >= 10 else 2
    held = next((each for each in range(most, -1, -1) if half <= 5 * 10.0 ** -(each + 1)), 0)
    return grouped(item.value, max(held, 1) if item.value < 10 else held)


def plain(value: float, base: str, unit: Unit = "t") -> str:
    """An amount that somebody named, without zeros behind it: 200 kt, US$487/t."""
    scale = scale_of(value, None, base, unit)
    return scale.told(scale.number(value, 9).rstrip("0").rstrip("."))


def is_later_scope(figure: Figure) -> bool:
    """Whether the figure counts something else than the series' first scope."""
    commodity = profile().catalogue.get(figure.series.commodity)
    return bool(commodity and figure.scope != commodity.scopes[0])


def label(figure: Figure) -> str:
    """The series; with its scope where a later one is served: Alumina imports (HS 2818)."""
    if not is_later_scope(figure):
        return series_name(figure.series)
    return say("quantities.in_scope", series=figure.series, scope=own_name(figure.scope))
