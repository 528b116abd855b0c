"""The Condition: what a reader wants to be told of, as a value, and its one form in words."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.alerts.amounts import Amount, plain
from bot.dataset.model import UNITS, Series
from bot.questions import about
from bot.questions.question import Question
from bot.questions.speak import NONE, Names
from bot.words import say, speaking

Kind = Literal["yoy", "mom"]
Side = Literal["above", "below", "at least", "at most"]
Way = Literal["up", "down", "either"]
Extreme = Literal["highest", "lowest", "either"]
Sign = Literal["positive", "negative", "either"]


@dataclass(frozen=True, slots=True)
class Level:
    """The month's figure is on that side of an amount; of a balance net imports are below zero."""

    side: Side
    amount: Amount


@dataclass(frozen=True, slots=True)
class Change:
    """The month's figure has changed by more than `pct` percent on a year earlier, or on the month before."""

    on: Kind
    way: Way
    pct: Decimal


@dataclass(frozen=True, slots=True)
class Record:
    """The month is the highest, or the lowest, on record, at the end of an unbroken run of a year or more."""

    extreme: Extreme


@dataclass(frozen=True, slots=True)
class Turn:
    """The balance, or the change on a year earlier, has another sign than the month before: now that one."""

    of: Literal["balance", "yoy"]
    to: Sign


@dataclass(frozen=True, slots=True)
class Revised:
    """A month's figure was printed anew, beyond rounding."""


Test = Level | Change | Record | Turn | Revised


@dataclass(frozen=True, slots=True)
class Condition:
    """A series, by the month, and its test; told `once`, or every time that it holds.

    `scope` is set where an HS code picked it; else the scope is the one that serves each month.
    """

    series: Series
    test: Test
    once: bool = False
    scope: str | None = None


def words(condition: Condition) -> str:
    """The words of it that are stored: "alumina exports above 200 kt, every time".

    `bot.alerts.reading.read` makes the same Condition of them, as it does of those of `told`.
    """
    often = "once" if condition.once else "every time"
    with speaking("en"):
        return f"{_brief(condition, NONE)}, {often}"


def same_words(condition: Condition) -> frozenset[str]:
    """The words of every condition that watches for the same: of a level in each unit of its amount."""
    if not isinstance(condition.test, Level):
        return frozenset({words(condition)})
    levels = (replace(condition.test, amount=amount) for amount in condition.test.amount.in_every_unit())
    return frozenset(words(replace(condition, test=level)) for level in levels)


def told(condition: Condition, names: Names) -> str:
    """Its words in the language that is spoken; that it is told every time goes without saying."""
    brief = _brief(condition, names)
    return say("condition.once", told=brief) if condition.once else brief


def _brief(condition: Condition, names: Names) -> str:
    return say("condition.words", series=_subject(condition, names), test=_test(condition.test))


def _subject(condition: Condition, names: Names) -> str:
    """The series in words that are read back as it: alumina exports; HS 2818 imports value in US$."""
    series = condition.series
    asked = Question.of(
        (series.commodity,), (series.flow,), view="trend", partner=series.partner,
        measure=series.measure, unit=UNITS[series.measure], scope=condition.scope,
    )  # fmt: skip
    return about(asked, names)


def _test(test: Test) -> str:
    """The test in words: above 200 kt; yoy up more than 20 %; new record high; turns negative; revised."""
    match test:
        case Level(side, amount):
            return say(f"condition.level_{side.replace(' ', '_')}", amount=amount)
        case Change(on, way, pct):
            return say(f"condition.change_{on}_{way}", pct=plain(pct))
        case Record(extreme):
            return say(f"condition.record_{extreme}")
        case Turn(of, to):
            return say(f"condition.turn_{of}_{to}")
        case Revised():
            return say("condition.revised")
