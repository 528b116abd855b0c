"""Numbers as people read them: scaled, rounded as they were printed, with what rounding leaves open."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from math import floor, log10
from pathlib import Path

from bot.dataset.model import UNITS, Figure, Row
from bot.profile import profile
from bot.questions.question import Unit
from bot.words import Language, language, say

SMALL_T_A_DAY = 100  # below this a day's tonnes are told with a decimal
KT, FROM_KT = 1_000, 10_000
ASKED: tuple[Unit, ...] = ("kt", "Mt", "wan_t", "lb", "st")


def _decimals_of(step: float | None, size: float, most: int) -> int:
    """How many decimals a value printed in such steps has in a unit of that size, `most` at most."""
    if not step:
        return most
    decimals = min(most, -floor(log10(step / size) + 1e-9))
    return decimals + 1 if decimals < -1 else max(0, decimals)  # pounds of a figure to 10 kt: to millions


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A unit to show; units.toml says what each field is."""

    name: str
    size: float
    decimals: int
    form: str
    low: str = "{number}"
    least: float = 0
    column: bool = False
    fewest: int = 0

    def number(self, value: float, decimals: int) -> str:
        """1,234.5: the number alone, in this unit."""
        return grouped(value / self.size, decimals)

    def told(self, number: str) -> str:
        """Digits with the unit: 140 kt, US$2.660bn, US$431/t."""
        return self.form.replace("{number}", number)

    def printed(self, value: float, step: float | None) -> str:
        """A value in such steps as it was printed, with the unit."""
        return self.told(self.number(value, self.decimals_for(value, step)))

    def decimals_for(self, value: float, step: float | None) -> int:
        """With how many decimals a value in such steps was printed; no fewer than its unit has, but zeros."""
        own, told = _decimals_of(step, self.size, self.decimals), value / self.size
        finer = max(own, self.fewest or own)
        return own if round(told, own) == round(told, finer) else finer


@cache
def _scales(spoken: Language) -> Mapping[str, tuple[Scale, ...]]:
    table = tomllib.loads(Path(__file__).with_name("units.toml").read_text("utf-8"))[spoken]
    return {unit: tuple(Scale(**each) for each in scales) for unit, scales in table.items()}


def scale_of(value: float, step: float | None, base: str, asked: Unit = "t") -> Scale:
    """The unit that suits a value of that base unit, or the one that was asked for."""
    own, size = _scales(language()), abs(value)  # net trade can be below zero
    if base == "t" and asked in ASKED:
        return own[asked][0]
    if base == "t" and (step or 0) >= KT:  # what was printed to thousands of tonnes is told in them
        size = max(size, FROM_KT)
    return next(scale for scale in own[base] if size >= scale.least)


def scale_for(figure: Figure, asked: Unit = "t") -> Scale:
    """The unit that suits a figure; tonnes a day are its tonnes by the days of its period."""
    if asked == "t/day" and figure.unit == "t":
        days = figure.period.days
        decimals = 0 if abs(figure.value or 0) >= SMALL_T_A_DAY * days else 1
        return replace(_scales(language())[asked][0], size=days, decimals=decimals)
    at_most = figure.range[1] if figure.range else 0.0
    return scale_of(figure.value or at_most, figure.step, figure.unit, asked)


def column_scale(base: str) -> Scale:
    """The unit of a column whose levels would have several: thousand tonnes or tonnes, 万吨, US$m."""
    scales = _scales(language())[base]
    return scales[-1] if base == "t" and profile().small else next(each for each in scales if each.column)


def of_row(value: float, row: Row) -> str:
    """A number of a published row, its value or its step, with as many decimals as it was printed with."""
    return scale_of(value, row.step, UNITS[row.series.measure]).printed(value, row.step)


def rounding_of(row: Row) -> str:
    """To what it was rounded, or of an estimate how far off it can be, as a clause: to the nearest 10 kt."""
    if row.step and row.status == "estimated":
        return say("numbers.off_by", half=of_row(row.half_step, row))
    if not row.step or row.step < 1:  # of a tonne, or of a dollar: exact for every reader
        return ""
    return say("numbers.to_nearest", step=of_row(row.step, row))


def grouped(value: float, decimals: int, sign: str = "-") -> str:
    """1,234.5: with as many decimals, from 1,000 on in groups of three; in Chinese from 10,000 on.

    A half is rounded away from zero, as customs do; of fewer decimals than none tens are.
    """
    comma = "" if language() == "zh" and abs(value) < 10_000 else ","
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # without −0
    return f"{rounded:{sign}{comma}.{max(decimals, 0)}f}"


def amount(figure: Figure, asked: Unit = "t") -> str:
    """A figure's value without its sign, as it was printed: 140 kt; "under 5 kt" where printed as 0."""
    scale, value = scale_for(figure, asked), abs(figure.value or 0)
    if value:
        return scale.printed(value, figure.step)
    high = figure.range[1] if figure.range else 0.0
    edge = _outward(high / scale.size, _decimals_of(high, scale.size, scale.decimals), ROUND_CEILING)
    return say("numbers.under", amount=scale.told(edge))


def span(figure: Figure) -> tuple[str, str] | None:
    """The edges of the rounding range in the value's own unit: 195 and 225 kt; None where that is no news.

    Rounded outward, with a digit or two more than the value has. Of a balance below zero they are those of
    its size.
    """
    if figure.value is None or figure.range is None:
        return None
    scale, sign = scale_for(figure), -1 if figure.value < 0 else 1
    step, finer = (figure.step or 0) / 10 or None, scale.decimals + 1  # a range ends on half-steps
    decimals = _decimals_of(step, scale.size, finer + bool(step))
    low, high = sorted(sign * edge / scale.size for edge in figure.range)
    if len({grouped(edge, min(decimals, finer)) for edge in (low, high)}) == 1:
        return None
    told = scale.told(_outward(high, decimals, ROUND_CEILING))
    return scale.low.format(number=_outward(low, decimals, ROUND_FLOOR)), told


def _outward(told: float, decimals: int, rounding: str) -> str:
    """Rounded down or up to so many decimals, for what lies beyond would be cut off."""
    exact = Decimal(f"{told:.12g}")  # without what the arithmetic of floats makes of nothing
    return grouped(float(exact.quantize(Decimal(1).scaleb(-decimals), rounding)), max(decimals, 0))
