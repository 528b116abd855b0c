"""What an order waits for, when it is due and what is overdue, by release calendar and crontab. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.alerts.firing import Firing
from bot.crontab import crontab
from bot.dataset.calendar import Month
from bot.dataset.coverage import editions
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.releases import STAGES, ReleaseCalendar, Stage, awaited, stage_of
from bot.posts.order import Monthly, Order, What
from bot.posts.rows import BROKEN, Due, Entries, Post
from bot.questions.condition import Condition
from bot.questions.question import Question, moved

OnRecord = Mapping[Stage, frozenset[Month]]  # by stage the months of which all that is waited for is there
GROWING = 2  # messages of the flash that grow with later stages; of older ones nobody reads the thread
SENT = {"due", "claimed", "posted"}  # told, or about to be


def months_on_record(what: What | None, dataset: Dataset) -> OnRecord:
    """The months on record of what an order waits for, by the stage that first holds them."""
    found: dict[Stage, list[frozenset[Month]]] = {stage: [] for stage in STAGES}
    for series in _wanted(what, dataset):
        found[stage_of(series)].append(editions(series, dataset))
    return {stage: frozenset.intersection(*months) for stage, months in found.items() if months}


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


def month_told(order: Order, month: Month) -> Month:
    """The month that its newest post is on, once that month is on record."""
    periods = moved(order.what, month).periods if isinstance(order.what, Question) else ()
    return max((period.end for period in periods), default=month)


def post_time(order: Order, day: dt.date) -> dt.datetime | None:
    """The first moment from that day on at which the order wants a post, in UTC; None where none comes.
    A time that a day lacks, as the clock goes forward, counts from before the change; of two it is the first.
    """
    asked = order.changed_at.astimezone(dt.UTC)
    if order.at != "cron":
        at = dt.datetime.combine(day, order.time, order.tz)
        return max(at.astimezone(dt.UTC), asked)
    start = dt.datetime.combine(day, dt.time(), order.tz).astimezone(dt.UTC)
    next_time = crontab(order.cron, order.zone).get_next_fire_time(None, max(start, asked))
    return next_time.astimezone(dt.UTC) if next_time else None


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition to come and when it is posted, if its figures are on record by then."""

    month: Month
    at: dt.datetime
    expected: bool  # its release day is reckoned
    on_record: bool = False  # its figures are here
    at_once: bool = False  # and it is time


@dataclass(frozen=True, slots=True)
class Outlook:
    """An order with its next editions, the months that are overdue, and what it told last and when."""

    order: Order
    coming: tuple[Coming, ...] = ()
    overdue: tuple[Month, ...] = ()
    last: tuple[Month, dt.datetime] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An order, and by stage the editions on record of what it waits for."""

    order: Order
    on_record: OnRecord
    calendar: ReleaseCalendar

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What its message itself waits for: the flash alone where that is asked for, else all stages."""
        return ("flash",) if self.order.at == "flash" and "flash" in self.on_record else tuple(self.on_record)

    @property
    def newest(self) -> Month | None:
        """The newest edition on record of what its message waits for."""
        months = [self.on_record[stage] for stage in self.stages]
        return max(frozenset.intersection(*months), default=None) if months else None

    def due(self, posted: Sequence[Month], now: dt.datetime) -> Iterator[Due]:
        """The newest edition; what a flash has to grow by, also where the channel has changed since."""
        newest, told = self.newest, max(posted, default=None)
        is_told = newest and told and told >= month_told(self.order, newest)
        if newest and not is_told and (at := self._due_at(newest, self.stages, now)) and at <= now:
            yield from self.posts(newest, at)
        grown = [(month, stage) for month in posted[:GROWING] for stage in self._later(month)]
        for month, stage in grown:
            if (at := self._due_at(month, [stage], now)) and at <= now:
                yield Due(self.order.post(month, stage), at)

    def posts(self, month: Month, at: dt.datetime) -> list[Due]:
        """The message of a month, and of a monthly post the stages that it says already."""
        said = [Due(self.order.post(month, stage), at, silent=True) for stage in self._later(month)]
        return [Due(self.order.post(month_told(self.order, month)), at), *said]

    def outlook(self, now: dt.datetime, posted: Month | None = None, most: int = 3) -> Outlook:
        """The next editions; `posted` is the newest one that the channel has."""
        last = (month := self.newest) and month_told(self.order, month)
        coming, overdue = list[Coming](), list[Month]()
        if last and (self.order.kind == "monthly" if posted is None else last > posted):
            at = self._due_at(last, self.stages, now)
            coming += [Coming(last, at, expected=False, on_record=True, at_once=at <= now)] if at else []
        for item in self._to_come(last or Month(now.year, now.month).plus(-2)):
            late = self._release_day(item.month, self.stages) < now.astimezone(self.order.tz).date()
            if late or item.at <= now:
                overdue.append(item.month)
            elif coming and coming[-1].at == item.at:  # of the months that a cron brings together, the newest
                coming[-1] = item
            elif len(coming) == most:
                break
            else:
                coming.append(item)
        return Outlook(self.order, tuple(coming), tuple(overdue))

    def _to_come(self, after: Month) -> Iterator[Coming]:
        """Every edition after a month with its time, without end; none where no time ever comes."""
        month, stages, calendar = after.plus(1), self.stages, self.calendar
        while stages and (at := post_time(self.order, self._release_day(month, stages))):
            alone = not any(calendar.comes_with_next(month, stage) for stage in stages)
            if alone and month_told(self.order, month) == month:
                yield Coming(month, at, any(calendar.release(month, stage).expected for stage in stages))
            month = month.plus(1)

    def _later(self, month: Month) -> list[Stage]:
        """The stages after the flash that are on record for a month, of a monthly post."""
        later = self.on_record if self.order.kind == "monthly" else {}
        return [stage for stage in later if stage != "flash" and month in self.on_record[stage]]

    def _due_at(self, month: Month, stages: Iterable[Stage], now: dt.datetime) -> dt.datetime | None:
        """When a post on record was or is due: by its release day, today where it came before that."""
        # What was asked for on a clock that was ahead counts as asked for now.
        asked = replace(self.order, changed_at=min(self.order.changed_at, now))
        return post_time(asked, min(self._release_day(month, stages), now.astimezone(asked.tz).date()))

    def _release_day(self, month: Month, stages: Iterable[Stage]) -> dt.date:
        return max(self.calendar.release(month, stage).day for stage in stages)


def plan(order: Order, dataset: Dataset) -> Plan:
    """What is on record of what an order waits for."""
    return Plan(order, months_on_record(order.what, dataset), dataset.calendar)


def due(now: dt.datetime, orders: Iterable[Order], dataset: Dataset, ledger: Collection[Post]) -> list[Due]:
    """The newest edition on record for every active order that lacks it, once its time has come, and the
    stages by which a posted flash has grown since; by workspace and channel. Older ones are never due.
    """
    posted: dict[tuple[tuple[str, str], str], list[Month]] = defaultdict(list)  # the newest first
    for post in sorted(ledger, key=lambda each: each.edition, reverse=True):
        if post.label in ("month", "question") and post.edition != BROKEN:
            posted[post.place, post.kind].append(Month.from_text(post.edition))
    known_of = cache(lambda what: months_on_record(what, dataset))  # many want the same
    told = (each for each in orders if each.state == "active" and isinstance(each.what, Monthly | Question))
    wanted = (
        Plan(each, known_of(each.what), dataset.calendar).due(posted[each.place, each.post_kind], now)
        for each in sorted(told, key=lambda each: each.place)
    )
    return [new for each in wanted for new in each if new.post not in ledger]


def alerts_due(
    now: dt.datetime, alerts: Iterable[Order], heard: Callable[[Order], Sequence[Firing]], told: Entries
) -> Iterator[Due]:
    """The news that was not told yet or is parked, the oldest first; of what is told once the newest."""
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for post, entry in told.items():
        states[post.kind][post.edition] = entry.state
    for alert in alerts:
        known, once = states[alert.id], alert.often == "once"
        if once and not SENT.isdisjoint(known.values()):
            continue
        new = [each for each in heard(alert) if known.get(each.edition, "parked") == "parked"]
        for each in new[-1:] if once else new:
            yield Due(alert.post(each.edition), min(now, max(end_of(each.day), alert.changed_at)))


def told_once(orders: Iterable[Order], told: Entries) -> list[Order]:
    """Those that were to be told once, and stand in their channels."""
    posted = {post.kind for post, entry in told.items() if entry.state == "posted"}
    return [each for each in orders if each.often == "once" and each.id in posted]


def end_of(day: dt.date) -> dt.datetime:
    """The end of a day: figures come in its course, and nobody says at which hour."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
