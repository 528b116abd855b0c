"""Times into Periods, with the newest month on record and the thread's last period."""

from dataclasses import replace
from functools import cached_property
from typing import Literal

from bot.dataset.calendar import LENGTHS, Month, Period, natural_period
from bot.errors import UsageError
from bot.questions.draft import Draft
from bot.questions.lexicon import patterns
from bot.questions.question import Pair
from bot.questions.reading import Refusal
from bot.questions.times import Time
from bot.questions.turn import once, periods_in

RE = patterns("periods")
MOST_YEARS = 8
Found = Period | tuple[Period, ...]


class Resolver:
    """Resolves times for one set of lines; `base` is the period that a relative time counts from.

    A time is resolved by the method that has the name of its kind; some kinds name no period by themselves.
    """

    def __init__(self, draft: Draft, pairs: tuple[Pair, ...], measure: str) -> None:
        self.draft, self.pairs, self.measure = draft, pairs, measure
        self.today = draft.record.today
        self.this_month = Month.of_day(self.today)

    @cached_property
    def newest(self) -> Month:
        """The newest month on record of these lines."""
        return newest_of(self.draft, self.pairs, self.measure)

    def periods(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """The periods that a time names; none where it names none that there can be."""
        found = getattr(self, f"_{time.kind}", self._of_year)(time, base)
        return (found,) if isinstance(found, Period) else found

    def year_of(self, time: Time, base: Period | None, last_month: int) -> int:
        """The year that was said, else that of the thread, else the last that has it: assumed."""
        if isinstance(time.year, int):
            return time.year
        return base.end.year if base else self.newest.year - (last_month > self.newest.number)

    def _month(self, time: Time, base: Period | None) -> Found:
        """A month by name; without a year the one nearest to what the thread is about."""
        number, this = time.number, self.this_month
        if time.year == "before":  # before what, where nothing was shown
            year = base.start.year - (number >= base.start.number) if base else 0
            return Period.month(Month(year, number)) if base else ()
        if time.year is not None:  # "last March": the newest
            return Period.month(Month(self.year_of(time, None, number), number))
        if not base and self.draft.says(RE.yet):
            return Period.month(Month(this.year - (number > this.number), number))
        year = self.year_of(time, base, number)
        self.draft.assumed.add("year")
        if not base:
            year = self._newest_year(number, year)
            self.draft.assumed |= {"year before"} if self.newest < Month(year + 1, number) < this else set()
        elif not any(m.kind == "time" and isinstance(m.time.year, int) for m in self.draft.mentions):
            year = self._nearest_year(number, base, year) if base.kind == "month" else year
            year -= Month(year, number) >= this
        return Period.month(Month(year, number))

    def _newest_year(self, number: int, year: int) -> int:
        """Of everything the last year in which any leading series has that month: what lacks is named."""
        catalogue = tuple(self.draft.record.catalogue)
        named = self.draft.has("flow") or self.measure != "quantity"
        if named or not set(catalogue) <= {pair.commodity for pair in self.pairs}:
            return year
        newest = self.draft.record.newest(catalogue, ("export", "import"), number=number)
        return max(year, newest.year) if newest else year

    def _nearest_year(self, number: int, base: Period, year: int) -> int:
        """January after December is the next one: a neighbour within two months, else the same year."""
        months = (Month(each, number) for each in (year, year - 1, year + 1))
        near = (month for month in months if abs(base.end.until(month)) <= 2)
        return next((month.year for month in near if month.year == year or month <= self.newest), year)

    def _quarter(self, time: Time, base: Period | None) -> Period:
        """A quarter or a half; in a thread a quarter without a year is none that is under way."""
        kind: Literal["quarter", "half"] = "quarter" if time.kind == "quarter" else "half"
        end = LENGTHS[kind] * time.number
        year = self.year_of(time, base, end)
        if not isinstance(time.year, int):
            self.draft.assumed.add("year")
            year -= bool(base) and kind == "quarter" and Month(year, end) >= self.this_month
        return Period.around(Month(year, end), kind)

    _half = _quarter

    def _of_year(self, time: Time, base: Period | None) -> Found:
        """A year, or what the record or the thread has beside it; nothing for a kind that names no period."""
        match time.kind:
            case "fiscal" | "year" if isinstance(time.year, int):
                self.draft.assumed |= {"fiscal year"} if time.kind == "fiscal" else set()  # the calendar year
                return self.whole(time.year)
            case "full" if base:
                return self.whole(base.end.year)
            case "around":
                end = base.end if base else self.newest
                return (
                    self.whole(end.year)
                    if time.unit == "year"
                    else Period.around(end, "half" if time.unit == "half" else "quarter")
                )
            case "list":
                return tuple(period for part in time.parts for period in self.periods(part, base))
        return self._counted(time, base)

    def _counted(self, time: Time, base: Period | None) -> Found:
        count = time.number
        match time.kind, time.unit:
            case "latest", _:
                before = self.this_month.plus(-1)
                if self.newest < before and RE.last_month.search(self.draft.text):
                    self.draft.assumed.add("last month")
                shown = periods_in(self.draft.turn.questions)
                asked = ("series", "flow", "country", "world", "measure", "unit")
                more = self.draft.has_any(*asked) and not self.draft.is_whole
                if time.pointing and more and [period.kind for period in shown] == ["month"]:
                    return shown[0]  # "and the world total for this month?"
                return Period.month(self.newest)
            case "last", "month":
                return natural_period(self.newest.plus(1 - count), self.newest)
            case "last", unit:
                last = self._last_quarter() if unit == "quarter" else Period.whole_year(self.newest.year - 1)
                return tuple(last.plus(-last.length * back) for back in reversed(range(count)))
            case "ago", "month":
                if self.newest < self.this_month.plus(-1):
                    self.draft.assumed.add("last month")
                return Period.month(self.newest.plus(1 - count))
            case "ago", "year":
                return (base or Period.month(self.newest)).plus(-12 * count)
        return ()

    def whole(self, year: int) -> Period:
        """A year, or so much of it as is on record."""
        if year < self.today.year - 1 or year != self.newest.year or self.newest.number == 12:
            return Period.whole_year(year)
        under_way = year == newest_of(self.draft, ()).year
        return Period.ytd(self.newest) if under_way else Period.whole_year(year)

    def _years(self, time: Time, base: Period | None = None) -> tuple[Period, ...]:
        first, last = (int(part.year or 0) for part in time.parts)
        if last - first >= MOST_YEARS:
            return (Period.span(Month(first, 1), Month(last, 12)),)
        return tuple(map(self.whole, range(first, last + 1)))

    def _to_date(self, time: Time, base: Period | None) -> Found:
        """A running total to a month, or to the newest one; January to June is a half."""
        number = time.number
        if not number:
            return Period.ytd(self.newest)
        end = Month(self.year_of(time, base, number), number)
        cumulative = any(m.time.kind == "cumulative" for m in self.draft.live("time"))
        whole = number == 12 or (number in (3, 6) and not cumulative)
        return natural_period(Month(end.year, 1), end) if whole else Period.ytd(end)

    def _range(self, time: Time, base: Period | None) -> Period:
        year = self.year_of(time, base, time.parts[1].number)
        ends = (Month(end.year if isinstance(end.year, int) else year, end.number) for end in time.parts)
        return natural_period(*ends)

    def _span(self, time: Time, base: Period | None) -> tuple[Period, ...]:
        """From one time to another, which may lie in different years."""
        first, last = time.parts
        if first.kind == last.kind == "year":
            return self._years(time)
        ends = self.periods(last, base)
        if not ends:
            return ()
        end = ends[-1].end
        if first.kind == "last":
            return (natural_period(end.plus(1 - first.number), end),)
        dated = [first]
        if first.year is None and first.kind in ("month", "quarter", "half"):
            dated = [replace(first, year=end.year - back) for back in (0, 1)]
        begins = (period.start for each in dated for period in self.periods(each, base)[:1])
        return next(((natural_period(start, end),) for start in begins if start <= end), ())

    def _last_quarter(self) -> Period:
        quarter = Period.around(self.newest, "quarter")
        return quarter if quarter.end <= self.newest else quarter.plus(-3)

    def _relative(self, time: Time, base: Period | None) -> Found:
        unit, step = time.unit, time.number
        if unit == "month":
            base = base or Period.month(self.newest.plus(1))
            if base.kind == "month" or base.length == abs(step) > 1:  # "against the 12 months before"
                return base.plus(step)
            return Period.month((base.start if step < 0 else base.end).plus(step))
        if unit == "quarter" and (base is None or base.kind != "quarter"):
            newest = self._last_quarter()
            return newest.plus(3 * (step + 1)) if step < 0 else newest
        base = base or Period.month(self.newest)
        sizes = {"year": 12, "quarter": 3, "same": 12 if base.kind == "ytd" else base.length}
        return base.plus(step * sizes[unit])


def newest_of(draft: Draft, pairs: tuple[Pair, ...], measure: str = "quantity") -> Month:
    """The newest month on record of these lines, else of anything, else the month before today's."""
    names = once(pair.commodity for pair in pairs) or tuple(draft.record.catalogue)
    flows = once(pair.flow for pair in pairs) or ("export", "import")
    partner = pairs[0].partner if pairs else ""
    for each, whose in ((measure, partner), ("quantity", partner), ("quantity", "")):
        found = draft.record.newest(names, flows, partner=whose, measure=each)  # type: ignore[arg-type]
        if found:
            return found
    whole = draft.record.newest(tuple(draft.record.catalogue), ("export", "import"))
    return whole or Month.of_day(draft.record.today).plus(-1)


def of_year(period: Period, year: object) -> Period:
    """The same period of that year; refused where no calendar of ours has it."""
    assert isinstance(year, int)
    try:
        return period.plus(12 * (year - period.end.year))
    except UsageError:
        raise Refusal("ask_back", "time", (str(year),)) from None
