"""When a condition fires, by the figures that are served and never by a guess, and which firings are news."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from operator import ge, gt, le, lt
from typing import Any

from bot.answers.highlights.choice import NOTABLE_MONTHS
from bot.answers.rankings import measured
from bot.dataset.calendar import Month
from bot.dataset.coverage import known_since
from bot.dataset.dataset import Dataset
from bot.dataset.growth import Standing
from bot.dataset.model import Figure
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, Side, SignChange, Threshold

BACK = timedelta(days=92)  # what came out longer ago is not caught up on
DUST = 9  # decimals of a percentage that are its own; what follows comes of binary fractions


@dataclass(frozen=True, slots=True)
class Firing:
    """A month in which a condition holds, with the figure by which it does; each `edition` is told once."""

    condition: Condition = field(repr=False)
    figure: Figure
    edition: str  # the month; of a revision with the new value, which no older printing changes
    day: date  # from which on it can be told
    before: Figure | None = None  # that it is told against: the month before a turn, the printing before
    standing: Standing | None = None
    back: bool = False  # the condition holds no more in that month

    @property
    def month(self) -> Month:
        """The month that is told."""
        return self.figure.end

    @property
    def within_rounding(self) -> bool:
        """Whether what was rounded away could undo it."""
        match self.condition.test:
            case Threshold(side, amount):
                return not all(_HOLDS[side](edge, amount.value) for edge in self.figure.range or ())
            case PercentChange(on, _, pct) if seen := measured(self.figure, on):
                return round(seen.low if seen.value > 0 else -seen.high, DUST) <= float(pct)
            case SignChange(of) if self.before:
                both = (
                    measured(each, "yoy" if of == "yoy" else "level") for each in (self.before, self.figure)
                )
                return any(seen and seen.low <= 0 <= seen.high for seen in both)
        return False


class _Open(Exception):  # noqa: N818 - no fault
    """Whether the condition holds cannot be told of this month."""


def firings(condition: Condition, dataset: Dataset) -> tuple[Firing, ...]:
    """Every firing over the record, the oldest first; of a condition that is told once all of them too."""
    if isinstance(condition.test, Revision):
        return tuple(_revisions(condition, dataset))
    return tuple(each for _, each in _judged(condition, dataset) if each)


def crossings(condition: Condition, dataset: Dataset) -> tuple[Firing, ...]:
    """The firings of months before which the condition did not hold, and the months in which it ends."""
    found, held = list[Firing](), False  # in the last month of which it can be told
    for figure, judged in _judged(condition, dataset):
        if judged and not held:
            found.append(judged)
        elif held and not judged:
            day = known_since(figure, dataset)
            found.append(Firing(condition, figure, f"{figure.end}/back", day, back=True))
        held = judged is not None
    return tuple(found)


def news(
    condition: Condition, dataset: Dataset, since: date, *, crossing: bool = False
) -> tuple[Firing, ...]:
    """What has fired since a day, the oldest first; of a `crossing` its first month, and where it ends."""
    fired = crossings(condition, dataset) if crossing else firings(condition, dataset)
    new = [each for each in fired if each.day >= since]
    return tuple(sorted(new, key=lambda each: (each.day, each.edition)))


def editions_out(condition: Condition, dataset: Dataset, since: date) -> tuple[str, ...]:
    """The editions that have come since a day, whether the condition holds in them or not."""
    if isinstance(condition.test, Revision):
        return tuple(each.edition for each in news(condition, dataset, since))
    figures = _figures(condition, dataset)
    return tuple(str(each.end) for each in figures if known_since(each, dataset) >= since)


def months_judged(condition: Condition, dataset: Dataset) -> int:
    """How many months on record can be told to fulfil the condition or not; for a revision all of them."""
    if isinstance(condition.test, Revision):
        return len(months(condition, dataset))
    return sum(1 for _ in _judged(condition, dataset))


def months(condition: Condition, dataset: Dataset) -> tuple[Month, ...]:
    """The months of which anything is on record, a change alone or a level, oldest first."""
    lines = dataset.lines.get(condition.series, {})
    scopes = (condition.scope,) if condition.scope else dataset.lines.scopes(condition.series)
    figures = (figure for scope in scopes if scope in lines for figure in lines[scope].figures())
    return tuple(sorted({figure.end for figure in figures if figure.period.kind == "month"}))


def _judged(condition: Condition, dataset: Dataset) -> Iterator[tuple[Figure, Firing | None]]:
    """Each month's figure with its firing, None where it does not hold; without those that cannot be told."""
    for figure in _figures(condition, dataset):
        with suppress(_Open):
            fired = None
            if (told := _evidence(condition, figure, dataset)) is not None:
                fired = Firing(condition, figure, str(figure.end), known_since(figure, dataset), **told)
            yield figure, fired


def _figures(condition: Condition, dataset: Dataset) -> Iterator[Figure]:
    return dataset.of_months(condition.series, months(condition, dataset), condition.scope)


def _evidence(condition: Condition, figure: Figure, dataset: Dataset) -> dict[str, Any] | None:
    """What its firing tells beside the figure; None where the condition does not hold."""
    match condition.test:
        case Threshold(side, amount):
            return {} if _HOLDS[side](_value(figure), amount.value) else None
        case PercentChange(on, way, pct):
            least, up, down = float(pct), way != "down", way != "up"
            changes = _on_year(figure) if on == "yoy" else _on_month(figure)
            return {} if _agreed((up and one > least) - (down and one < -least) for one in changes) else None
        case NewRecord(extreme):
            return _record(extreme, figure, dataset)
        case SignChange() as test:
            return _turn(test, figure, dataset)
        case Revision():
            return None  # told by the printing, not by the month


_HOLDS: dict[Side, Callable[[float, float], bool]] = {"above": gt, "below": lt, "at least": ge, "at most": le}


def _value(figure: Figure) -> float:
    if figure.value is None:
        raise _Open
    return figure.value


def _agreed(found: Iterable[int]) -> int:
    """What the printed and the computed change both say; where they are apart in that, neither decides."""
    one, *others = set(found)
    if others:
        raise _Open
    return one


def _on_year(figure: Figure) -> tuple[float, ...]:
    """The change on a year earlier: the one that leads; both in a dispute."""
    growth = figure.growth
    if growth.pct is None:
        raise _Open
    computed = growth.computed_pct
    if computed is not None and growth.origin == "computed" and not growth.disputed:
        return (round(computed, DUST),)
    printed = growth.pct if growth.printed_pct is None else growth.printed_pct
    return (printed,) if computed is None or not growth.disputed else (printed, round(computed, DUST))


def _on_month(figure: Figure) -> tuple[float, ...]:
    if (move := figure.move) is None or move.base != "month":  # against the mean of two months
        raise _Open
    return (round(move.pct, DUST),)


def _record(extreme: str, figure: Figure, dataset: Dataset) -> dict[str, Any] | None:
    standing = dataset.line(figure.series, figure.scope).standing(figure.period)
    if standing is None or standing.months < NOTABLE_MONTHS:
        raise _Open
    highest = extreme != "lowest" and standing.highest_known
    lowest = extreme != "highest" and standing.lowest_known
    return {"standing": standing} if highest or lowest else None


def _turn(test: SignChange, figure: Figure, dataset: Dataset) -> dict[str, Any] | None:
    before = dataset.figure(figure.series, figure.period.plus(-1), figure.scope)
    if before is None:
        raise _Open
    told = [_on_year(each) if test.of == "yoy" else (_value(each),) for each in (before, figure)]
    then, now = (_agreed((value > 0) - (value < 0) for value in each) for each in told)
    if not (now and then):
        raise _Open
    if now == then or (test.to != "either" and (test.to == "positive") != (now > 0)):
        return None
    return {"before": before}


def _revisions(condition: Condition, dataset: Dataset) -> Iterator[Firing]:
    """A firing for each printing of a month that differs from the one before it by more than rounding."""
    for served in _figures(condition, dataset):
        steps = dataset.line(condition.series, served.scope).history(served.period)
        known: Counter[str] = Counter()
        for before, now in pairwise(step for step in steps if not step.figure.derived):
            if now.moved_from(before):
                edition = f"{served.end}/{now.figure.value:.0f}"
                known[edition] += 1
                edition += f"/{known[edition]}" if known[edition] > 1 else ""
                yield Firing(condition, now.figure, edition, now.day, before=before.figure)
