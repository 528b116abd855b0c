"""What an order waits for, when it may be posted, what is overdue: by release calendar and crontab. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.crontab import crontab
from bot.dataset.calendar import Month
from bot.dataset.coverage import editions
from bot.dataset.dataset import Dataset, awaited
from bot.dataset.model import Series
from bot.dataset.releases import STAGES, ReleaseCalendar, Stage, stage_of
from bot.posts.order import Monthly, Order, What
from bot.questions.condition import Condition
from bot.questions.moved import moved
from bot.questions.question import Question

Held = Mapping[Stage, frozenset[Month]]  # by stage the editions for which all that is waited for is on record


def on_record(what: What | None, dataset: Dataset) -> Held:
    """The editions on record of what an order waits for, by the stage that first holds them."""
    wanted = _wanted(what, dataset)
    held = {
        stage: [editions(each, dataset) for each in wanted if stage_of(each) == stage] for stage in STAGES
    }
    return {stage: frozenset.intersection(*months) for stage, months in held.items() if months}


def _wanted(what: What | None, dataset: Dataset) -> list[Series]:
    match what:
        case Condition(series):
            return [series]
        case Question(pairs, measure=measure) if pairs:
            return [Series(*pair, measure=measure) for pair in pairs]
    commodities = what.commodities if isinstance(what, Monthly) else ()
    leading = {series.commodity for series in awaited()}
    others = [name for name in commodities if name not in leading and name in dataset.catalogue]
    wanted = [series for series in awaited() if not commodities or series.commodity in commodities]
    return wanted + [Series(name, flow) for name in others for flow in dataset.catalogue[name].flows]


def first_stages(order: Order, held: Held) -> tuple[Stage, ...]:
    """What its message itself waits for: the flash alone where that is asked for, else all stages."""
    return ("flash",) if order.at == "flash" and "flash" in held else tuple(held)


def newest(held: Held, stages: Collection[Stage]) -> Month | None:
    """The newest edition of which all these stages are on record."""
    return max(frozenset.intersection(*(held[stage] for stage in stages)), default=None) if stages else None


def newest_for(order: Order, dataset: Dataset) -> Month | None:
    """The newest edition on record of what an order's message waits for."""
    held = on_record(order.what, dataset)
    return newest(held, first_stages(order, held))


def edition(order: Order, month: Month) -> Month:
    """The month that its newest post is on, once that month is on record."""
    periods = moved(order.what, month).periods if isinstance(order.what, Question) else ()
    return max((period.end for period in periods), default=month)


def release_day(month: Month, stages: Iterable[Stage], calendar: ReleaseCalendar) -> dt.date:
    """The day by which the last of these stages is out, on record or expected."""
    return max(calendar.release(month, stage).day for stage in stages)


def post_time(order: Order, day: dt.date) -> dt.datetime | None:
    """The first moment from that day on at which the order wants a post, in UTC.

    The time of day in its zone, at once where somebody asks for it later than that; or its cron's next time
    after it was asked for (None: it never comes). A time that a day does not have, as the clock goes forward,
    counts from before the change; of two that it has, the first is meant.
    """
    asked = order.changed_at.astimezone(dt.UTC)
    if order.at != "cron":
        at = dt.datetime.combine(day, order.time, order.tz)
        return max(at.astimezone(dt.UTC), asked)
    start = dt.datetime.combine(day, dt.time(), order.tz).astimezone(dt.UTC)
    next_time = crontab(order.cron, order.zone).get_next_fire_time(None, max(start, asked))
    return next_time.astimezone(dt.UTC) if next_time else None


def due_at(order: Order, day: dt.date, now: dt.datetime) -> dt.datetime | None:
    """When a post on record was or is due: by its release day, today where it came before that."""
    # What was asked for on a clock that was ahead counts as asked for now.
    asked = replace(order, changed_at=min(order.changed_at, now))
    return post_time(asked, min(day, now.astimezone(order.tz).date()))


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition to come and when it is posted, if its figures are on record by then.

    `expected`: its release day is reckoned. `on_record`: its figures are here; `at_once`: and it is time.
    """

    month: Month
    at: dt.datetime
    expected: bool
    on_record: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next editions, and the months that should be on record: the newest is posted as soon as it is."""

    coming: tuple[Coming, ...] = ()
    overdue: tuple[Month, ...] = ()


def outlook(
    order: Order, now: dt.datetime, dataset: Dataset, posted: Month | None = None, most: int = 3
) -> Outlook:
    """The next editions of an order; `posted` is the newest one that the channel has.

    What is out when an order is made is posted of the monthly summary alone.
    """
    held, calendar = on_record(order.what, dataset), dataset.calendar
    stages = first_stages(order, held)
    last = newest(held, stages)
    last = last and edition(order, last)
    coming: list[Coming] = []
    if last and (order.kind == "monthly" if posted is None else last > posted):
        at = due_at(order, release_day(last, stages, calendar), now)
        coming += [Coming(last, at, expected=False, on_record=True, at_once=at <= now)] if at else []
    overdue: list[Month] = []
    for item in _to_come(order, last or Month(now.year, now.month).plus(-2), stages, calendar):
        late = release_day(item.month, stages, calendar) < now.astimezone(order.tz).date()
        if late or item.at <= now:
            overdue.append(item.month)
        elif coming and coming[-1].at == item.at:  # of the months that a cron brings together, the newest
            coming[-1] = item
        elif len(coming) == most:
            break
        else:
            coming.append(item)
    return Outlook(tuple(coming), tuple(overdue))


def _to_come(
    order: Order, after: Month, stages: Sequence[Stage], calendar: ReleaseCalendar
) -> Iterator[Coming]:
    """Every edition after a month with its time, without end; none where no time ever comes."""
    month = after.plus(1)
    while stages and (at := post_time(order, release_day(month, stages, calendar))):
        alone = not any(calendar.comes_with_next(month, stage) for stage in stages)
        if alone and edition(order, month) == month:
            yield Coming(month, at, any(calendar.release(month, stage).expected for stage in stages))
        month = month.plus(1)
