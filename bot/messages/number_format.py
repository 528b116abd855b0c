"""Numbers as people read them: scaled, rounded as they were printed, with what rounding leaves open."""

from dataclasses import replace
from functools import lru_cache
from math import ceil, floor, log10

from bot.dataset.model import UNITS, Figure, Row
from bot.errors import InternalError
from bot.messages.units import Scale, units
from bot.questions.question import Unit
from bot.words import say

ALONE = "{number}"  # the form of a number without its unit
SMALL_T_A_DAY = 100  # below this a day's tonnes are told with a decimal
SMALL_T = 10_000  # below this a figure printed to the tonne reads better in tonnes


def scale_of(value: float, step: float | None, base: str, asked: Unit = "t") -> Scale:
    """The unit that suits a value of that base unit, or the one that was asked for."""
    own, value = units(), abs(value)  # net trade can be below zero
    if base == "USD/t":
        return own.dollars_a_tonne.to(0 if value >= 100 else 1 if value >= 10 else 2)
    if base == "USD":
        return next(scale for least, scale in own.dollars if value >= least)
    if base != "t":
        raise InternalError(f"no scale for {base}")
    if asked in own.asked:
        return own.asked[asked]
    if value >= 1e6:
        return own.most_t
    return own.t if value < SMALL_T and (step or 0) < 1000 else own.many_t


def scale_for(figure: Figure, asked: Unit = "t") -> Scale:
    """The unit that suits a figure; tonnes a day are its tonnes by the days of its period."""
    if asked == "t/day" and figure.unit == "t":
        days = figure.period.days
        decimals = 0 if abs(figure.value or 0) >= SMALL_T_A_DAY * days else 1
        return replace(units().t_a_day, size=days, decimals=decimals)
    at_most = figure.range[1] if figure.range else 0.0
    return scale_of(figure.value or at_most, figure.step, figure.unit, asked)


@lru_cache(maxsize=1_000)
def decimals_of(step: float | None, scale: Scale, most: int | None = None) -> int:
    """How many decimals a value printed in such steps has in that unit, the unit's own at most."""
    most = scale.decimals if most is None else most
    if not step:
        return most
    decimals = min(most, -floor(log10(step / scale.size) + 1e-9))
    return decimals + 1 if decimals < -1 else max(0, decimals)  # pounds of a figure to 10 kt: to millions


def decimals_for(value: float, step: float | None, scale: Scale) -> int:
    """How many decimals a value in such steps is shown with, as it was printed.

    In Chinese as many more as tell what English tells of it.
    """
    least, most = _decimals(step, scale)
    if least == most:
        return most
    told = value / scale.size
    return next(each for each in range(least, most + 1) if round(told, each) == round(told, most))


def _decimals(step: float | None, scale: Scale, finer: int = 0) -> tuple[int, int]:
    """The fewest and the most of them; `finer`: how many more the unit may have."""
    least = decimals_of(step, scale, scale.decimals + finer)
    if scale.english is None:
        return least, least
    last = scale.english.size / 10.0 ** decimals_of(step, scale.english, scale.english.decimals + finer)
    return least, max(least, ceil(log10(scale.size / last) - 1e-9))


def number(value: float, scale: Scale, decimals: int) -> str:
    """1,234.5 with the unit: 140 kt, US$2.660bn, US$431/t."""
    return with_unit(bare(value, scale, decimals), scale)


def of_row(value: float, row: Row) -> str:
    """A number of a published row, its value or its step, with as many decimals as it was printed with."""
    scale = scale_of(value, row.step, UNITS[row.series.measure])
    return number(value, scale, decimals_for(value, row.step, scale))


def rounding_of(row: Row) -> str:
    """To what it was rounded, or of an estimate how far off it can be, as a clause: to the nearest 10 kt."""
    if not row.step:
        return ""
    if row.estimated:
        return say("numbers.off_by", half=of_row(row.half_step, row))
    return say("numbers.to_nearest", step=of_row(row.step, row))


def with_unit(shown: str, scale: Scale) -> str:
    """Digits with their unit: 140 kt, US$2.660bn."""
    return scale.form.format(number=shown)


def bare(value: float, scale: Scale, decimals: int) -> str:
    """1,234.5: the number alone, in that unit."""
    return grouped(round(value / scale.size, decimals) + 0.0, max(decimals, 0))  # no zero has a sign


def grouped(value: float, decimals: int, sign: str = "-") -> str:
    """1,234.5: with as many decimals, from 1,000 on in groups of three; in Chinese from 10,000 on."""
    comma = "," if abs(value) >= units().grouped_from else ""
    return f"{value:{sign}{comma}.{decimals}f}"


def amount(figure: Figure, asked: Unit = "t") -> str:
    """A figure's value: 140 kt; "under 5 kt" where printed as 0; "-" where only a change was printed."""
    if figure.value is None or figure.range is None:
        return "-"
    scale = scale_for(figure, asked)
    if figure.value == 0:
        return under(with_unit(under_what(figure, scale), scale))
    return number(figure.value, scale, decimals_for(figure.value, figure.step, scale))


def under(told: str) -> str:
    """Under 5 kt: of what was printed as 0."""
    return say("numbers.under", amount=told)


def under_what(figure: Figure, scale: Scale) -> str:
    """The digits of what a figure that was printed as 0 lies under."""
    high = figure.range[1] if figure.range else 0.0
    decimals = decimals_of(high, scale)
    return grouped(_outward(high / scale.size, decimals, 1), max(decimals, 0))


def span(figure: Figure, asked: Unit = "t") -> tuple[str, str] | None:
    """The edges of the rounding range in the value's own unit: 195 and 225 kt; None where that is no news."""
    if figure.value is None or figure.range is None:
        return None
    scale = scale_for(figure, asked)
    most = _edge_decimals(figure, scale)[1]
    low, high = (bare(edge, scale, most) for edge in figure.range)
    return None if low == high else _edges(figure, scale)


def _edge_decimals(figure: Figure, scale: Scale) -> tuple[int, int]:
    """A range ends on half-steps: a digit more than the steps have."""
    return _decimals((figure.step or 0) / 10 or None, scale, finer=1)


def _edges(figure: Figure, scale: Scale) -> tuple[str, str]:
    """The range with the digits in which it ends, one more than usual at most; else rounded outward."""
    least, most = _edge_decimals(figure, scale)
    edges = [edge / scale.size for edge in figure.range or (0.0, 0.0)]
    exact = (each for each in range(least, most + 2) if not any(_is_cut(edge, each) for edge in edges))
    decimals = next(exact, most)
    low = grouped(_outward(edges[0], decimals, -1), max(decimals, 0))
    high = grouped(_outward(edges[1], decimals, 1), max(decimals, 0))
    return scale.low.format(number=low), with_unit(high, scale)


def _is_cut(told: float, decimals: int) -> bool:
    """Whether it has more decimals than so many."""
    return abs(round(told, decimals) - told) > _noise(told, decimals)


def _outward(told: float, decimals: int, way: int) -> float:
    """Rounded down or up to so many decimals, for what lies beyond would be cut off."""
    if not _is_cut(told, decimals):
        return round(told, decimals) + 0.0  # no zero has a sign
    unit = 10.0**-decimals
    return round(way * ceil(way * told / unit) * unit, max(decimals, 0)) + 0.0


def _noise(told: float, decimals: int) -> float:
    """What the arithmetic of floats can make of nothing."""
    return max(1e-6 / 10.0**decimals, abs(told) * 1e-13)


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st; 第1."""
    last = 0 if 11 <= place % 100 <= 13 else place % 10
    return say(f"numbers.place_{last if last in (1, 2, 3) else 'other'}", place=place)


def places(first: int, last: int) -> str:
    """2nd; 2nd or 3rd; 2nd to 4th."""
    if first == last:
        return ordinal(first)
    edges = {"first": ordinal(first), "last": ordinal(last)}
    return say("numbers.two_places" if last == first + 1 else "numbers.places", **edges)


def step_of(figure: Figure, part: float = 1) -> str:
    """The rounding step, or a part of it, in words: 10 kt, 100 t, US$1,000."""
    step = (figure.step or 0) * part
    small, large = units().steps[figure.unit]
    return number(step, large if step >= large.size else small, 0)
