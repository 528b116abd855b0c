"""Puts a time and a view to a subject: the last step to a Question."""

from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.questions.dates import Dates, back
from bot.questions.items import Moment
from bot.questions.named import period_name
from bot.questions.periods import Dated, dated, in_year, span
from bot.questions.question import Question
from bot.questions.refused import Refused
from bot.questions.times import Times
from bot.questions.views import Manner, alone, asked, changed, kept, needs_month, needs_span
from bot.words import say

OF_ALL_TIME = ("ranking", "revisions")  # views that need no period
HALF = 6  # months
YEAR = 12
TREND = 12  # months before the last one: a year earlier stands in it too


class Maker(Dates):
    """Puts a time and a view to a subject."""

    def question(self, times: Times) -> Question:
        """The question at that time."""
        named = changed(asked(self.said, times, self.last), self.said, times, self.last)
        named = self._monthly(named or self._release(times), times)
        if named and named.view == "release" and not times.period:
            return self._made(named, self._awaited(times), None, open_ended=False)
        if named and named.view == "coverage" and not times.period:
            return self._made(named, None, None, open_ended=False)  # of all months, whatever was asked before
        found = self.coming(times) if named and named.view == "release" else self.period(times)
        against = self._against(times, found.period)
        if against and named and (alone(named.view) or named.monthly) and not self._kept(times, found.period):
            raise Refused.unclear(named.view, say("maker.or_compared", one=say(f"maker.one_{named.view}")))
        manner = self._manner(named, times, found.period, against)
        if against and alone(manner.view):
            new = times.period and not (times.against or times.back)  # "since 2025" begins there
            found, against = found if new else self._opened_by(found, against, manner), None
        period, open_ended = self._stretched(manner, times, found)
        return self._made(manner, period, against, open_ended=open_ended)

    def _release(self, times: Times) -> Manner | None:
        """After a release date whatever is named next is asked its own, unless it is a whole question; after
        what is on record, what is of another series.
        """
        whole = (self.said.commodities and times.said) or times.latest
        view = self.last.view if self.last else None
        if view == "coverage" and not times.said:
            return Manner(view)
        return Manner("release") if view == "release" and not (whole or self.said.measures) else None

    def _monthly(self, named: Manner | None, times: Times) -> Manner | None:
        """A file asked for after a table of months holds these months."""
        table = self.last and self.last.period and self.last.view == "trend" and not times.said
        return replace(named, monthly=True) if named and named.view == "export" and table else named

    def _awaited(self, times: Times) -> Period | None:
        """The period whose release is asked about without naming it: the last question's, where that is one
        that came out ("when was it published") or is still to come ("when will that be out"); the newest.
        """
        if times.latest and self.said.wish.when:
            return Period.month(self.newest("month", None))
        before = self.last.period if self.last else None
        if not before or self.said.wish.upcoming:
            return None
        if self.last and self.last.view == "release":
            return before
        return before if self.said.wish.past or before.end > self.newest("month", None) else None

    def _made(
        self, manner: Manner, period: Period | None, against: Period | None, *, open_ended: bool
    ) -> Question:
        subject = self.subject
        return Question(
            subject.lines,
            (period,) if period else (),
            view=manner.view,
            measure=subject.measure,
            unit=subject.unit,
            against=against,
            scope=subject.scope,
            open_ended=open_ended,
            change=manner.change,
            order=manner.order,
            top=manner.top,
            monthly=manner.monthly and period is not None and period.kind not in ("month", "range"),
            restated=subject.restated,
            as_of=self.said.known.as_of,
            first=self.said.known.first,
            since=self.said.known.since if manner.view == "revisions" else None,
        )

    def _manner(self, named: Manner | None, times: Times, period: Period, against: Period | None) -> Manner:
        """The view that was named, else a comparison, else the last question's, else the figures."""
        if named and not (named.view == "growth" and against):
            return named
        if against:
            return Manner("compare")
        if times.rows:
            return Manner("trend")
        if before := kept(self.said, times, self.last, period):
            return before
        everything = self.subject.commodities == tuple(self.record.catalogue)
        return Manner("overview" if everything else "figure")

    def _opened_by(self, found: Dated, against: Period, manner: Manner) -> Dated:
        """A trend after a comparison runs over both of its periods."""
        if manner.view != "trend":
            return found
        first, second = sorted((found.period, against))
        return Dated(span(first.start, second.end), found.open_ended)

    def _stretched(self, manner: Manner, times: Times, found: Dated) -> tuple[Period | None, bool]:
        """The period as the view needs it: a month alone is no trend, and a year is no record."""
        single, open_ended = found.period.kind == "month", found.open_ended
        if needs_span(manner.view) and single:
            period = self._months_to(manner, times, found.period.end)
            return period, open_ended and period is not None
        if manner.view in OF_ALL_TIME and not times.said and not (self.last and self.last.period):
            return None, False
        ranked = self.last and self.last.view == "ranking" and not self.last.period
        if ranked and manner.view in ("sources", "export") and not times.said:
            raise self._which_month(manner, found.period)
        if needs_month(manner.view) and not single:
            raise self._which_month(manner, found.period)
        return found.period, open_ended

    def _months_to(self, manner: Manner, times: Times, end: Month) -> Period | None:
        if manner.view == "ranking":
            return None
        if manner.view == "trend":
            return span(end.plus(-TREND), end)
        year = span(end.plus(-11), end)
        if times.period and not times.latest:
            choices = [Period.whole_year(end.year), year]
            found = [self._made(manner, period, None, open_ended=False) for period in choices]
            names = [period_name(period) for period in choices]
            raise Refused.one_of(names, say("maker.average_of_which"), found)
        return year

    def _which_month(self, manner: Manner, period: Period) -> Refused:
        month = Period.month(period.end)
        found = self._made(manner, month, None, open_ended=False)
        sentence = say("maker.of_which_month", one=say(f"maker.one_{manner.view}"))
        return Refused.one_of([period_name(month)], sentence, [found])

    def _against(self, times: Times, period: Period) -> Period | None:
        against = self._compared(times, period)
        if against is None:
            return None
        if against == period:
            raise Refused.unclear(period.name, say("maker.with_itself", period=period_name(period)))
        if against.length != period.length:
            names = {"period": period_name(period), "against": period_name(against)}
            raise Refused.unclear(against.name, say("maker.lengths_differ", **names))
        return against

    def _compared(self, times: Times, period: Period) -> Period | None:
        if times.against:
            return self._other(times.against, period)
        if times.back and (times.compare or times.period):
            return back(period, times.back)
        if times.compare:
            return self._two_subjects(times, period)
        return self._kept(times, period)

    def _other(self, moment: Moment, period: Period) -> Period:
        """The period after "vs": "2023", "last year": the same stretch then; "last month": the one before."""
        if moment.kind == "month" and moment.year is None and moment.number:
            return Period.month(self._same_year(moment.number, period.end))
        if moment.step == -1 and moment.kind in ("year", period.kind):
            return back(period, "year_before" if moment.kind == "year" else "before")
        if moment.ago and moment.kind == "year":
            return period.plus(moment.step * YEAR)  # march 2025 vs two years ago
        if moment.step < -1 and moment.kind == period.kind and period.kind in ("month", "quarter"):
            return period.plus(moment.step * period.length)  # july vs two months ago
        if moment.bare_year or moment.so_far:
            return in_year(period, moment.year or period.end.year)
        return dated(moment, self.newest, period.end.year, self.record.today).period

    def _same_year(self, number: int, month: Month) -> Month:
        """The month of that number in the other's year; in the one before, where it is far ahead of it."""
        same, newest = Month(month.year, number), self.newest("month", number)
        if same == month:  # july vs last july
            return month.plus(-12) if newest == month else newest
        ahead = month.until(same)
        return same.plus(-12) if ahead > HALF or (ahead > 0 and same > self.newest("month", None)) else same

    def _two_subjects(self, times: Times, period: Period) -> Period | None:
        """Two series or two flows side by side need no second period; otherwise: compared with what?"""
        several = len(self.subject.commodities) > 1 or len(self.subject.flows) > 1
        if several and self.said.wish.those and self.last:  # of them, or of what was asked before?
            raise self._which_two(times)
        if several and (self.said.commodities or self.said.flows or self.said.everything or self.last):
            return None
        choices = [period_name(period.year_before)]
        asked = self.question(replace(times, back="year_before"))
        raise Refused.one_of(choices, say("maker.with_what"), [asked])

    def _which_two(self, times: Times) -> Refused:
        """Asks whether the two are those beside each other in the last question, or periods of it."""
        plain = replace(self, said=replace(self.said, wish=replace(self.said.wish, those=False)))
        found = [plain.question(replace(times, compare=False))]
        found += [self.question(replace(times, back="year_before"))]
        return Refused.among(found, say("maker.which_two"), self.record.catalogue)

    def _kept(self, times: Times, period: Period) -> Period | None:
        """The last question's comparison, where it still fits: with the same period, or a year earlier."""
        last = self.last
        if not last or not last.against or not last.period:
            return None
        if self.said.wish.change:
            return None  # "yoy" asks for that change, and not for the one that was compared
        if period == last.period:
            return last.against
        return period.year_before if last.against == last.period.year_before else None
