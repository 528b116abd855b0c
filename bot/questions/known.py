"""The day on whose knowledge a question rests: today, a day gone by, that of the first printing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dataset.calendar import Month
from bot.questions.days import Day
from bot.questions.items import Item, Moment
from bot.questions.knowing import Now
from bot.questions.question import Question
from bot.questions.refused import Refused
from bot.words import say

LEAP_YEARS = 9  # within which there is a 29 February


@dataclass(frozen=True, slots=True)
class Known:
    """The fields mean what they mean in a Question; `said`: the text itself speaks of it."""

    as_of: date | None = None
    first: bool = False
    since: date | None = None
    said: bool = False


TODAY = Known()


def known_of(
    items: Sequence[Item], now: Now, period: Moment | None, last: Question | None, today: date
) -> tuple[Known, ...]:
    """What is said of it, else what the last question rested on, in each way in which it can be read."""
    before = Known(last.as_of, last.first, last.since) if last else TODAY
    spoken = [item for item in items if item.sense == "known"]
    if not spoken:
        return (_at_present(before, now),) if now else (before,)
    if any(item.value == "after" for item in spoken):
        return (Known(said=True),)
    days = dict.fromkeys(item.day for item in spoken if item.value == "as_of" and item.day)
    first = any(item.value in ("first", "before") for item in spoken)
    if len(days) > 1 or (days and first):
        raise Refused.unclear(spoken[1].text, say("known.one_of_both" if first else "known.one_day"))
    found = [Known(first=True, said=True)] if first else [replace(before, said=True)]
    context = _Context(period, last, today)
    for item in (item for item in spoken if item.day):
        found = [_with(day, one, item) for one in found for day in context.dates(item)]
    return tuple(dict.fromkeys(_at_present(one, now) if now else one for one in found))


def _with(day: date, known: Known, item: Item) -> Known:
    if item.value == "since":
        return replace(known, since=day)
    return replace(known, as_of=day, first=False)


def _at_present(known: Known, now: Now) -> Known:
    """Today's knowledge in place of that, or set beside it."""
    return Known(since=known.as_of if now == "beside" else None, said=True)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a day without a year is read by: the time asked about, the question before, today."""

    period: Moment | None
    last: Question | None
    today: date

    def dates(self, item: Item) -> list[date]:
        """The day that was said, in each way to read it; a Refused where there is no such day."""
        assert item.day
        return [self._date(day, item) for day in (item.day, item.day.other) if day]

    def _date(self, said: Day, item: Item) -> date:
        day = said.in_year(said.year) if said.year else self._without_year(said)
        if day is None:
            raise Refused.unclear(item.text, say("known.no_day", said=item.text))
        if item.value == "since":
            return said.begins(day)
        return min(day, self.today) if said.begins(day) <= self.today else day

    def _without_year(self, said: Day) -> date | None:
        """The first such day after what is asked about where that has a year, else the last one gone."""
        asked = self._end()
        if asked is None and self.last and self.last.as_of:
            return said.in_year(self.last.as_of.year)
        after = self._begun(said, range(asked.year, asked.year + 2)) if asked else []
        later = (day for day in after if asked and Month(day.year, day.month) > asked)
        gone = self._begun(said, range(self.today.year, self.today.year - LEAP_YEARS, -1))
        return next(later, None) or next(iter(gone), None)

    def _begun(self, said: Day, years: Iterable[int]) -> list[date]:
        """It in each of these years, where it is not to come."""
        days = (day for year in years if (day := said.in_year(year)))
        return [day for day in days if said.begins(day) <= self.today]

    def _end(self) -> Month | None:
        """The last month of what is asked about, where it is plain which."""
        if self.period:
            number = self.period.last_month
            return Month(self.period.year, number) if self.period.year and number else None
        return self.last.period.end if self.last and self.last.period and not self.last.as_of else None
