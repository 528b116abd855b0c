"""What a subscription waits for, and the moments at which it may be posted: pure, by the release calendar."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dataset.calendar import Month
from bot.dataset.dataset import COMPLETE, Dataset
from bot.dataset.model import Series
from bot.dataset.releases import STAGES, ReleaseCalendar, Stage, stage_of
from bot.posts.cron import crontab
from bot.posts.subscription import Subscription

FEBRUARY = 2
By = Mapping[Stage, tuple[Series, ...]]


def waited_for(commodities: Sequence[str], dataset: Dataset) -> By:
    """The series a subscription to these commodities waits for, by the stage that first holds them.

    None of them means everything. Of a commodity that a full post does not wait for: each of its flows.
    """
    wanted = [series for series in COMPLETE if not commodities or series.commodity in commodities]
    leading = {series.commodity for series in COMPLETE}
    for name in commodities:
        if name not in leading and name in dataset.catalogue:
            wanted += [Series(name, flow) for flow in dataset.catalogue[name].flows]
    held = {stage: tuple(each for each in wanted if stage_of(each) == stage) for stage in STAGES}
    return {stage: own for stage, own in held.items() if own}


def first_stages(subscription: Subscription, by: By) -> By:
    """What the monthly message itself waits for: the flash alone where that is asked for, else all stages."""
    if subscription.at == "flash" and "flash" in by:
        return {"flash": by["flash"]}
    return by


def on_record(by: By, dataset: Dataset, releases: ReleaseCalendar) -> frozenset[Month]:
    """The editions for which all of this is on record. January and February are one, February's, unless
    January has a day of its own; it is there as soon as the running total of February is.
    """
    return frozenset(month for month in months_of(by, dataset) if is_edition(month, by, releases))


def months_of(by: By, dataset: Dataset) -> frozenset[Month]:
    """The months of which all of this is on record, whether posted by themselves or not."""
    editions = [_months(series, dataset) for held in by.values() for series in held]
    return frozenset.intersection(*editions) if editions else frozenset()


def is_edition(month: Month, by: By, releases: ReleaseCalendar) -> bool:
    """Whether a month is posted by itself; January is not where it is published with February."""
    return not any(releases.comes_with_next(month, stage) for stage in by)


def _months(series: Series, dataset: Dataset) -> frozenset[Month]:
    totals = (period.end for period in dataset.periods(series, "ytd") if period.end.number == FEBRUARY)
    return frozenset(period.end for period in dataset.periods(series, "month")).union(totals)


def release_day(month: Month, by: By, releases: ReleaseCalendar) -> dt.date:
    """The day by which the last of these stages is out, on record or expected."""
    return max(releases.release(month, stage).day for stage in by)


def is_expected(month: Month, by: By, releases: ReleaseCalendar) -> bool:
    """Whether that day is reckoned or planned, and not one that was seen."""
    return any(releases.release(month, stage).expected for stage in by)


def firing(subscription: Subscription, day: dt.date) -> dt.datetime | None:
    """The first moment from that day on at which the subscription wants a post, in UTC.

    The time of day in its zone, at once where somebody asks for it later than that; or its cron's next time
    after it was asked for (None: it never comes). A time that a day does not have, as the clock goes forward,
    counts from before the change; of two that it has, the first is meant.
    """
    asked = subscription.changed_at.astimezone(dt.UTC)
    if subscription.at != "cron":
        at = dt.datetime.combine(day, subscription.time, subscription.tz)
        return max(at.astimezone(dt.UTC), asked)
    start = dt.datetime.combine(day, dt.time(), subscription.tz).astimezone(dt.UTC)
    next_time = crontab(subscription.cron, subscription.zone).get_next_fire_time(None, max(start, asked))
    return next_time.astimezone(dt.UTC) if next_time else None


def due_at(subscription: Subscription, day: dt.date, now: dt.datetime) -> dt.datetime | None:
    """When a post whose data is on record was or is due, in UTC: at the firing of its release day, of today
    where the data is there before that day.

    What was asked for on a clock that was ahead counts as asked for now.
    """
    asked = replace(subscription, changed_at=min(subscription.changed_at, now))
    return firing(asked, min(day, now.astimezone(subscription.tz).date()))


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
    """The next editions, and the months that should be on record and are not: the newest of them is posted
    as soon as it is.
    """

    coming: tuple[Coming, ...]
    overdue: tuple[Month, ...]


def outlook(
    subscription: Subscription,
    now: dt.datetime,
    releases: ReleaseCalendar,
    dataset: Dataset,
    posted: Month | None = None,
    most: int = 3,
) -> Outlook:
    """The next editions of a subscription; `posted` is the newest one that the channel has."""
    by = first_stages(subscription, waited_for(subscription.commodities, dataset))
    newest = max(on_record(by, dataset, releases), default=None)
    coming: list[Coming] = []
    if newest and (posted is None or newest > posted):
        at = due_at(subscription, release_day(newest, by, releases), now)
        coming += [Coming(newest, at, expected=False, on_record=True, at_once=at <= now)] if at else []
    overdue: list[Month] = []
    for item in _to_come(subscription, newest or Month(now.year, now.month).plus(-2), by, releases):
        late = release_day(item.month, by, releases) < now.astimezone(subscription.tz).date()
        if late or item.at <= now:
            overdue.append(item.month)
        elif coming and coming[-1].at == item.at:  # of the months that a cron brings together, the newest
            coming[-1] = item
        elif len(coming) == most:
            break
        else:
            coming.append(item)
    return Outlook(tuple(coming), tuple(overdue))


def _to_come(subscription: Subscription, after: Month, by: By, releases: ReleaseCalendar) -> Iterator[Coming]:
    """Every edition after a month with its firing, without end; none where no time ever comes."""
    month = after.plus(1)
    while by and (at := firing(subscription, release_day(month, by, releases))):
        if is_edition(month, by, releases):
            yield Coming(month, at, is_expected(month, by, releases))
        month = month.plus(1)
