"""When a condition fires, by the figures that are served and never by a guess, and which firings are news."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from operator import ge, gt, le, lt
from typing import Any, Literal

from bot.answers.highlights.rules import NOTABLE_MONTHS
from bot.dataset.calendar import Month
from bot.dataset.coverage import known_since
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT, Standing
from bot.dataset.model import Figure
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, Side, SignChange, Threshold

# What came out longer ago is not caught up on, whatever has kept it from being told.
BACK = timedelta(days=92)
DUST = 9  # decimals of a percentage that are its own; what follows comes of binary fractions

Why = Literal[
    "no level", "no base", "no percentage", "disputed", "scopes differ", "mean of two months", "no sign",
    "short run",
]  # fmt: skip
Evidence = dict[str, Any]  # what a firing tells beside its figure
Measured = tuple[float, tuple[float, float]]  # a value or a percentage, and what rounding leaves of it


@dataclass(frozen=True, slots=True)
class Firing:
    """A month in which a condition holds, with the figure by which it does.

    `edition` is told once: the month; for a revision the month and the new value, which stay what they are
    when an older printing turns up. From `day` on it can be told. `within_rounding`: what was rounded away
    could undo it. `before` is the figure that it is told against: the month before a turn, the printing
    before a revision. `back`: the condition holds no more in that month.
    """

    condition: Condition = field(repr=False)
    figure: Figure
    edition: str
    day: date
    within_rounding: bool = False
    before: Figure | None = None
    standing: Standing | None = None
    back: bool = False

    @property
    def month(self) -> Month:
        """The month that is told."""
        return self.figure.end


class _Open(Exception):  # noqa: N818 - it carries a reason, not a fault
    """Whether the condition holds cannot be told, for this Why."""


def firings(condition: Condition, dataset: Dataset) -> tuple[Firing, ...]:
    """Every firing over the record, the oldest first; of a condition that is told once all of them too."""
    if isinstance(condition.test, Revision):
        return tuple(_revisions(condition, dataset))
    return tuple(each for _, each in _judged(condition, dataset) if isinstance(each, Firing))


def crossings(condition: Condition, dataset: Dataset) -> tuple[Firing, ...]:
    """The firings of months before which the condition did not hold, and the months in which it ends."""
    found, held = list[Firing](), False  # in the last month of which it can be told
    for figure, judged in _judged(condition, dataset):
        if isinstance(judged, str):
            continue
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


def missed(condition: Condition, dataset: Dataset) -> dict[Month, Why]:
    """The months on record of which it cannot be told whether the condition holds, and why not."""
    return {figure.end: why for figure, why in _judged(condition, dataset) if isinstance(why, str)}


def months(condition: Condition, dataset: Dataset) -> tuple[Month, ...]:
    """The months of which anything is on record, a change alone or a level, oldest first."""
    lines = dataset.lines.get(condition.series, {})
    scopes = (condition.scope,) if condition.scope else dataset.scopes(condition.series)
    figures = (figure for scope in scopes if scope in lines for figure in lines[scope].figures())
    return tuple(sorted({figure.end for figure in figures if figure.period.kind == "month"}))


def _judged(condition: Condition, dataset: Dataset) -> Iterator[tuple[Figure, Firing | Why | None]]:
    """Each month's figure with its firing, with None where it does not hold, or why that cannot be told."""
    for figure in _figures(condition, dataset):
        judged: Firing | Why | None = None
        try:
            if told := _evidence(condition, figure, dataset):
                judged = Firing(condition, figure, str(figure.end), known_since(figure, dataset), **told)
        except _Open as open_:
            judged = open_.args[0]
        yield figure, judged


def _figures(condition: Condition, dataset: Dataset) -> Iterator[Figure]:
    """What is served of each month on record, the oldest first."""
    return dataset.of_months(condition.series, months(condition, dataset), condition.scope)


def _evidence(condition: Condition, figure: Figure, dataset: Dataset) -> Evidence | None:
    match condition.test:
        case Threshold(side, amount):
            (value, edges), holds = _sized(figure), _HOLDS[side]
            if not holds(value, amount.value):
                return None
            return {"within_rounding": not all(holds(edge, amount.value) for edge in edges)}
        case PercentChange() as test:
            return _change(test, figure, dataset)
        case NewRecord(extreme):
            return _record(extreme, figure, dataset)
        case SignChange() as test:
            return _turn(test, figure, dataset)
        case Revision():
            return None  # told by the printing, not by the month


_HOLDS: dict[Side, Callable[[float, float], bool]] = {"above": gt, "below": lt, "at least": ge, "at most": le}


def _sized(figure: Figure) -> Measured:
    if figure.value is None or figure.range is None:
        raise _Open("no level")
    return figure.value, figure.range


def _change(test: PercentChange, figure: Figure, dataset: Dataset) -> Evidence | None:
    told = _on_year(figure, dataset) if test.on == "yoy" else _on_month(figure, dataset)
    least, up, down = float(test.pct), test.way != "down", test.way != "up"
    sign = _agreed((up and pct > least) - (down and pct < -least) for pct, _ in told)
    if not sign:
        return None
    return {"within_rounding": any(min(sign * edge for edge in edges) <= least for _, edges in told)}


def _agreed(signs: Iterable[int]) -> int:
    """What the printed and the computed change both say; where they are apart in that, neither decides."""
    one, *others = set(signs)
    if others:
        raise _Open("disputed")
    return one


def _on_year(figure: Figure, dataset: Dataset) -> tuple[Measured, ...]:
    """The change on a year earlier, and what rounding leaves of it: the one that leads; both in a dispute."""
    growth = figure.growth
    if growth.pct is None:
        raise _Open(_why_no_change(figure, 12, dataset))
    computed = _measured(growth.computed_pct, growth.range) if growth.computed_pct is not None else None
    if computed and growth.origin == "computed" and not growth.disputed:
        return (computed,)
    pct = growth.pct if growth.printed_pct is None else growth.printed_pct
    printed = pct, (pct - PRINTED_HALF_POINT, pct + PRINTED_HALF_POINT)
    return (printed, computed) if computed and growth.disputed else (printed,)


def _on_month(figure: Figure, dataset: Dataset) -> tuple[Measured, ...]:
    if (move := figure.move) is None:
        raise _Open(_why_no_change(figure, 1, dataset))
    if move.base != "month":
        raise _Open("mean of two months")
    return (_measured(move.pct, move.range),)


def _why_no_change(figure: Figure, months: int, dataset: Dataset) -> Why:
    return "no percentage" if _earlier(figure, months, dataset).value is not None else "no base"


def _earlier(figure: Figure, months: int, dataset: Dataset) -> Figure:
    """The figure of so many months earlier in the same scope."""
    period = figure.period.plus(-months)
    if found := dataset.figure(figure.series, period, figure.scope):
        return found
    raise _Open("scopes differ" if dataset.figure(figure.series, period) else "no base")


def _measured(pct: float, edges: tuple[float, float] | None) -> Measured:
    edges = edges or (pct, pct)
    return round(pct, DUST), (round(edges[0], DUST), round(edges[1], DUST))


def _record(extreme: str, figure: Figure, dataset: Dataset) -> Evidence | None:
    standing = dataset.line(figure.series, figure.scope).standing(figure.period)
    if standing is None:
        raise _Open("no level")
    if standing.months < NOTABLE_MONTHS:
        raise _Open("short run")
    highest = extreme != "lowest" and standing.highest_known
    lowest = extreme != "highest" and standing.lowest_known
    return {"standing": standing} if highest or lowest else None


def _turn(test: SignChange, figure: Figure, dataset: Dataset) -> Evidence | None:
    before = _earlier(figure, 1, dataset)
    told = [_on_year(each, dataset) if test.of == "yoy" else (_sized(each),) for each in (before, figure)]
    then, now = (_agreed((value > 0) - (value < 0) for value, _ in each) for each in told)
    if not (now and then):
        raise _Open("no sign")
    if now == then or (test.to != "either" and (test.to == "positive") != (now > 0)):
        return None
    within = any(low <= 0 <= high for each in told for _, (low, high) in each)
    return {"within_rounding": within, "before": before}


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
