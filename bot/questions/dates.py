"""The time of a question: what was said of it, else the last question's, else the newest month."""

from dataclasses import dataclass, replace

from bot.dataset.calendar import LENGTHS, Kind, Month, Period
from bot.dataset.model import Flow
from bot.questions.items import Moment
from bot.questions.named import period_name
from bot.questions.periods import Dated, dated, in_year, span
from bot.questions.question import Question
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.subject import Subject
from bot.questions.times import Times
from bot.questions.views import needs_span
from bot.words import say

RECENT = 3  # months: when one of these is out is asked of what is on record, not of next year
_PARTS = ("month", "quarter", "half")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a subject, after the last question and on the record."""

    subject: Subject
    said: Said
    last: Question | None
    record: Record

    def period(self, times: Times) -> Dated:
        """What was said of time, else the last question's period, else the newest month."""
        before = self.last.period if self.last else None
        moment, year = times.period, before.end.year if before else None
        if moment and moment.bare_year and before and not times.total and self._same_stretch(before):
            return Dated(in_year(before, moment.year or before.end.year))
        if moment and moment.step == -1 and moment.back and before:
            return Dated(span(before.start.plus(-moment.back), before.start.plus(-1)))
        if moment:
            return dated(moment, self.newest, year, self.record.today)
        if times.ytd:
            return self._running_total(times, before)
        if before and not times.latest:
            return Dated(back(before, times.back) if times.back and not times.compare else before)
        newest = self.newest_of(times)
        return Dated(
            back(newest, times.back) if times.back and not times.compare else newest, open_ended=True
        )

    def newest_of(self, times: Times) -> Period:
        """The newest month, or the newest quarter where quarters are spoken of."""
        if times.back == "quarter_before":
            return dated(Moment("quarter"), self.newest, None, self.record.today).period
        return Period.month(self.newest("month", None))

    def _same_stretch(self, before: Period) -> bool:
        """Whether a plain year moves the last period there: "and in 2023?", but not what spans months."""
        spanned = any(needs_span(view) for view in self.said.wish.views) or self.said.wish.orders
        last = self.last
        return (
            not spanned
            and not (last and needs_span(last.view))
            and (self.said.same or not self.said.commodities)
        )

    def coming(self, times: Times) -> Dated:
        """A month or quarter without a year whose release is asked for: one just on record, or the next."""
        moment = times.period
        if self.said.wish.past or not moment or moment.kind not in _PARTS or moment.year or not moment.number:
            return self.period(times)
        newest = self.newest("month", None)
        ahead = ((moment.last_month or 0) - newest.number) % 12
        end = newest.plus(ahead - 12 if ahead >= 12 - RECENT else ahead)
        return Dated(dated(replace(moment, year=end.year), self.newest, None, self.record.today).period)

    def _running_total(self, times: Times, before: Period | None) -> Dated:
        if before and not times.latest:
            return Dated(Period.ytd(before.end))
        return dated(Moment("ytd"), self.newest, None, self.record.today)

    def newest(self, kind: Kind, number: int | None) -> Month:
        """The newest month for what is asked; where the record has none, a month that the answer can deny."""
        subject, newest = self.subject, self.record.newest
        flows = ("export", "import") if subject.flows == ("net",) else subject.flows
        if self.said.known.as_of and number:
            return self._last_in_calendar(number)  # what was not out yet on that day is answered as such
        return (
            self._newest_of_all(kind, number)
            or newest(subject.commodities, flows, kind=kind, number=number)
            or newest(tuple(self.record.catalogue), ("export", "import"), kind=kind, number=number)
            or self._last_in_calendar(number)
        )

    def _newest_of_all(self, kind: Kind, number: int | None) -> Month | None:
        """The newest month that has all that is asked for, pairs of a series and a flow too."""
        subject = self.subject
        flows: tuple[Flow, ...] = ("export", "import") if subject.flows == ("net",) else subject.flows
        each: list[tuple[tuple[str, ...], tuple[Flow, ...]]]
        each = [((name,), (flow,)) for name, flow in subject.pairs] or [(subject.commodities, flows)]
        found = [
            self.record.newest(
                *asked, partner=subject.partner, measure=subject.measure, kind=kind, number=number
            )
            for asked in each
        ]
        return min((month for month in found if month), default=None)

    def _last_in_calendar(self, number: int | None) -> Month:
        today = self.record.today
        month = Month(today.year, today.month).plus(-1)
        return month if number is None else month.plus(-((month.number - number) % 12))


def back(period: Period, by: str) -> Period:
    """The same stretch a year earlier or later, or the one just before or after; a Refused where that has
    no name.
    """
    if by in ("year_before", "year_after"):
        return period.year_before if by == "year_before" else period.plus(12)
    if by == "quarter_before" and period.kind != "quarter":
        raise Refused.unclear(period.name, say("periods.no_quarter", period=period_name(period)))
    if by == "month_before" and period.kind in ("quarter", "half", "year"):
        raise Refused.unclear(period.name, say("periods.no_month", period=period_name(period)))
    if period.kind not in LENGTHS:
        raise Refused.unclear(period.name, say("periods.next_to", period=period_name(period)))
    return period.plus(LENGTHS[period.kind] * (1 if by == "after" else -1))
