"""Net trade: turned net exporter or importer, since when, and the balance of twelve months."""

from collections.abc import Iterator
from dataclasses import replace
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Course, Span
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.dataset.standing import guarded_range

LONG = 6  # months on one side after a turn
YEAR = 12


def net_trade(course: Course, edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    """A turn of the month's balance, how long it has held, and a turn of the balance of twelve months."""
    sides = {month: side for month, span in course.spans.items() if (side := _side(span))}
    if edition not in sides:
        return
    count = _run(sides, edition)
    first = edition.plus(1 - count)
    turned = first.plus(-1) in sides
    if turned and count == 1:
        yield _turn(course, edition, sides, dataset)
    if turned and count >= LONG:
        yield Highlight(
            "net_streak",
            course.months[edition],
            surprise=0.3 + 0.5 * log2(count / LONG),
            evidence=course.figures(edition.plus(-back) for back in range(count + 1)),
            since=first.plus(-1),
            run_start=first,
            count=count,
            balance=balance(course, edition, dataset),
        )
    yield from _twelve_months(course, edition, dataset)


def _turn(course: Course, edition: Month, sides: dict[Month, int], dataset: Dataset) -> Highlight:
    """`since`: when it last was on this side, where that lies right before the other side's run."""
    other = _run(sides, edition.plus(-1))
    first = edition.plus(-other)
    exact = first.plus(-1) in sides
    return Highlight(
        "net_turn",
        course.months[edition],
        surprise=1.5 + log2(1 + other / 2),
        evidence=course.figures(edition.plus(-back) for back in range(other + 1 + exact)),
        since=first.plus(-1) if exact else None,
        run_start=first,
        before=course.months[edition.plus(-1)],
        count=other,
        balance=balance(course, edition, dataset),
    )


def _run(sides: dict[Month, int], end: Month) -> int:
    count = 0
    while sides.get(end.plus(-count)) == sides[end]:
        count += 1
    return count


def _side(span: Span) -> int:
    return 1 if span[0] > 0 else -1 if span[1] < 0 else 0


def _twelve_months(course: Course, edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    """The balance of twelve months is on the other side than a month before."""
    now, before = (balance(course, month, dataset) for month in (edition, edition.plus(-1)))
    if not now or not before or (now.value or 0) * (before.value or 0) >= 0:
        return
    if _side(_guarded(now, dataset)) * _side(_guarded(before, dataset)) < 0:
        run = course.run(edition)
        yield Highlight(
            "net_twelve_months",
            now,
            surprise=2.5,
            evidence=(now, before, *course.figures(run[-YEAR - 1 :])),
            before=before,
            run_start=run[0],
        )


def balance(course: Course, edition: Month, dataset: Dataset) -> Figure | None:
    """Exports less imports of twelve months; None unless each of them is on record in the one scope."""
    if len(course.run(edition)) < YEAR:
        return None
    return dataset.total(course.series, _twelve(edition), course.scope)


def _twelve(edition: Month) -> Period:
    return Period.span(edition.plus(1 - YEAR), edition)


def _guarded(figure: Figure, dataset: Dataset) -> Span:
    exports, imports = (
        guarded_range(part) if part else (0.0, 0.0)
        for part in (
            dataset.total(replace(figure.series, flow="export"), figure.period, figure.scope),
            dataset.total(replace(figure.series, flow="import"), figure.period, figure.scope),
        )
    )
    return exports[0] - imports[1], exports[1] - imports[0]
