"""Times into Periods, with the newest month on record and the thread's last period."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from bot.dataset.calendar import Month, Period
from bot.questions.draft import Draft
from bot.questions.question import Pair
from bot.questions.times import Time

_YET = re.compile(
    r"\byet\b|\balready\b|(?:出来|公布|出)了(?:没|吗)"
)  # asked of the newest month of that name
MOST_YEARS = 8


class Resolver:
    """Resolves times for one set of lines; `base` is the period that a relative time counts from."""

    def __init__(self, draft: Draft, pairs: tuple[Pair, ...], measure: str) -> None:
        self.draft, self.record, self.today = draft, draft.record, draft.record.today
        self.pairs, self.measure = pairs, measure
        self.year_said = any(
            isinstance(m.value, Time) and isinstance(m.value.year, int)
            for m in draft.mentions
            if m.kind == "time"
        )

    @cached_property
    def newest(self) -> Month:
        """The newest month on record of these lines."""
        return newest_of(self.draft, self.pairs, self.measure)

    @cached_property
    def current(self) -> int:
        """The year of the newest month of anything."""
        return newest_of(self.draft, ()).year

    def periods(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The periods that a time names; none where it names none that there can be."""
        resolve = _RESOLVERS.get(time.kind)
        return resolve(self, time, base) if resolve else ()

    def year_for(self, last_month: int, base: Period | None) -> int:
        """The year of a month, quarter or half that was named without one: assumed."""
        self.draft.assumed.add("year")
        return base.end.year if base else self.latest_year(last_month)

    def latest_year(self, last_month: int) -> int:
        """The last year in which that month is on record."""
        return self.newest.year - (last_month > self.newest.number)

    def month(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A month by name; without a year the one nearest to what the thread is about."""
        if time.year == "relative":
            return (Period.month(Month(self.latest_year(time.number), time.number)),)
        if time.year is not None:
            return (Period.month(Month(time.year, time.number)),)
        if not base and _YET.search(self.draft.text):
            this = self._this_month
            return (Period.month(Month(this.year - (time.number >= this.number), time.number)),)
        year = self.year_for(time.number, base)
        if base and base.kind == "month" and not self.year_said:
            year = self._nearest_year(time.number, base, year)
        if base and not self.year_said and Month(year, time.number) >= self._this_month:
            year -= 1
        return (Period.month(Month(year, time.number)),)

    @property
    def _this_month(self) -> Month:
        return Month(self.today.year, self.today.month)

    def _nearest_year(self, number: int, base: Period, year: int) -> int:
        """January after December is the next one: a neighbour within two months, else the same year."""
        near = [
            (abs(base.end.until(Month(y, number))), y)
            for y in (year - 1, year + 1)
            if abs(base.end.until(Month(y, number))) <= 2 and Month(y, number) <= self.newest
        ]
        return min(near)[1] if near and abs(base.end.until(Month(year, number))) > 2 else year

    def quarter(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A quarter, of the last year that has it where none is named."""
        year = time.year
        if not isinstance(year, int):
            year = self.year_for(3 * time.number, base)
            year -= bool(base) and Month(year, 3 * time.number) > self.newest
        return (Period.quarter(year, time.number),)

    def half(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A half-year; "the other half" is the one that the thread is not about."""
        number = time.number
        if number == "other":
            number = 2 if base and base.end.number <= 6 else 1
        year = time.year if isinstance(time.year, int) else self.year_for(6 * number, base)
        return (Period.half(year, number),)

    def year(self, time: Time, base: Period | None = None) -> tuple[Period, ...]:
        """A calendar year; of the current one what there is of it."""
        assert isinstance(time.year, int)
        return (self.whole(time.year),)

    def whole(self, year: int) -> Period:
        """A year, or so much of it as is on record."""
        if year < self.today.year - 1:
            return Period.whole_year(year)
        under_way = year == self.newest.year and self.newest.number < 12 and year == self.current
        return Period.ytd(self.newest) if under_way else Period.whole_year(year)

    def years(self, time: Time, base: Period | None = None) -> tuple[Period, ...]:
        """Every year from one to another."""
        assert isinstance(time.year, int)
        if time.number < time.year:
            return ()
        if time.number - time.year >= MOST_YEARS:
            return (Period.span(Month(time.year, 1), Month(time.number, 12)),)
        return tuple(map(self.whole, range(time.year, time.number + 1)))

    def to_date(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A running total to a month, or to the newest one."""
        if time.number is None:
            return (Period.ytd(self.newest),)
        if not 1 <= time.number <= 12:
            return ()
        year = (
            time.year
            if isinstance(time.year, int)
            else base.end.year
            if base
            else self.latest_year(time.number)
        )
        if time.number == 12:
            return (Period.whole_year(year),)
        end = Month(year, time.number)
        if time.number in (3, 6) and not any(m.time.kind == "cumulative" for m in self.draft.live("time")):
            return (Period.around(end, "half" if time.number == 6 else "quarter"),)  # January to June: a half
        return (Period.ytd(end),)

    def range(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A stretch of months."""
        first, last = time.parts
        if isinstance(first, Month):
            return (stretch(first, last),)
        year = time.year if isinstance(time.year, int) else base.end.year if base else self.latest_year(last)
        return (stretch(Month(year, first), Month(year, last)),)

    def span(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """From one time to another, which may lie in different years."""
        first, last = time.parts
        ends = (Period.month(self.newest),) if last.kind == "latest" else self.periods(last, base)
        if not ends:
            return ()
        end = ends[-1]
        if first.year is None and first.kind in ("month", "quarter", "half"):
            begin = self.periods(replace(first, year=end.end.year), base)
            if begin[0].start > end.end:
                begin = self.periods(replace(first, year=end.end.year - 1), base)
        else:
            begin = self.periods(first, base)
        if first.kind == "year" and last.kind == "year":
            return self.years(Time("years", first.year, last.year))
        return (stretch(begin[0].start, end.end),) if begin and begin[0].start <= end.end else ()

    def listed(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """Each member of a list."""
        return tuple(period for part in time.parts for period in self.periods(part, base))

    def latest(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The newest month."""
        return (Period.month(self.newest),)

    def full(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The whole year that the thread is about."""
        return (self.whole(base.end.year),) if base else ()

    def fiscal(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """A fiscal year as the calendar year, which is assumed; none for one that is split."""
        if time.number == "split":
            return ()
        self.draft.assumed.add("fiscal year")
        return self.year(time)

    def last(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The last so many months, quarters or years that are whole."""
        count, unit = time.number
        if unit == "month":
            return (stretch(self.newest.plus(1 - count), self.newest),)
        if unit == "quarter":
            newest = self._last_quarter()
            return tuple(newest.plus(-3 * back) for back in reversed(range(count)))
        return tuple(Period.whole_year(self.newest.year - back) for back in range(count, 0, -1))

    def _last_quarter(self) -> Period:
        quarter = Period.around(self.newest, "quarter")
        return quarter if quarter.end <= self.newest else quarter.plus(-3)

    def ago(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """So many months or years ago, counted from today, or from the thread's period."""
        count, unit = time.number
        if unit == "published":
            return (Period.month(self.newest.plus(1 - count)),)
        if unit == "year":
            return (base.plus(-12 * count) if base else Period.month(self.newest.plus(-12 * count)),)
        if unit == "month":
            self.draft.assumed.add("months ago")
            return (Period.month(min(Month(self.today.year, self.today.month).plus(-count), self.newest)),)
        return ()

    def around(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The quarter, half or year in which the thread's period lies."""
        end = base.end if base else self.newest
        return (self.whole(end.year) if time.number == "year" else Period.around(end, time.number),)

    def beside(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The month before or after a named one."""
        step, number = time.number
        year = base.end.year if base else self.latest_year(number)
        return (Period.month(Month(year, number).plus(step)),)

    def preceding(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The last month of that name before the thread's period."""
        end = base.start if base else self.newest
        return (Period.month(Month(end.year - (time.number >= end.number), time.number)),)

    def relative(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """So many months, quarters or years before or after the thread's period."""
        unit, step = time.number
        if unit == "same":
            base = base or Period.month(self.newest)
            return (base.plus(step * (12 if base.kind == "ytd" else base.length)),)
        if unit == "year":
            return ((base or Period.month(self.newest)).plus(12 * step),)
        if unit == "month":
            return self._months_on(base or Period.month(self.newest.plus(1)), step)
        if base is None or base.kind != "quarter":
            newest = self._last_quarter()
            return (newest.plus(3 * (step + 1)) if step < 0 else newest,)
        return (base.plus(3 * step),)

    def _months_on(self, base: Period, step: int) -> tuple[Period, ...]:
        if base.kind == "ytd":
            end = base.end.plus(step)
            return (Period.ytd(end),) if end.year == base.end.year else ()
        if base.kind != "month":
            return (Period.month((base.start if step < 0 else base.end).plus(step)),)
        return (base.plus(step),)


_RESOLVERS: Mapping[str, Callable[[Resolver, Time, Period | None], tuple[Period, ...]]] = {
    "list": Resolver.listed,
    **{kind: getattr(Resolver, kind) for kind in (
        "month", "quarter", "half", "year", "years", "to_date", "range", "span", "latest", "full", "fiscal",
        "last", "ago", "around", "beside", "preceding", "relative",
    )},
}  # fmt: skip


def newest_of(draft: Draft, pairs: tuple[Pair, ...], measure: str = "quantity") -> Month:
    """The newest month on record of these lines, else of anything, else the month before today's."""
    names = tuple(dict.fromkeys(pair.commodity for pair in pairs)) or tuple(draft.record.catalogue)
    flows = tuple(dict.fromkeys(pair.flow for pair in pairs)) or ("export", "import")
    partner = pairs[0].partner if pairs else ""
    tries = ((measure, partner), ("quantity", partner), ("quantity", ""))
    for each, whose in tries:
        found = draft.record.newest(names, flows, partner=whose, measure=each)  # type: ignore[arg-type]
        if found:
            return found
    whole = draft.record.newest(tuple(draft.record.catalogue), ("export", "import"))
    return whole or Month(draft.record.today.year, draft.record.today.month).plus(-1)


def stretch(first: Month, last: Month) -> Period:
    """Months from one to another, as the kind of period that they make."""
    if first == last:
        return Period.month(first)
    if first.number == 1 and last == first.plus(11):
        return Period.whole_year(first.year)
    if first.number == 1 and last == first.plus(5):
        return Period.half(first.year, 1)
    if first.number == 1 and first.year == last.year and last.number != 3:
        return Period.ytd(last)
    if first.number % 3 == 1 and first.plus(2) == last:
        return Period.quarter(first.year, (first.number + 2) // 3)
    if first.number == 7 and first.plus(5) == last:
        return Period.half(first.year, 2)
    return Period.span(first, last)
