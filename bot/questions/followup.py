"""What was said joined with the thread's last question: only what is said changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.model import Flow
from bot.questions.items import Moment
from bot.questions.periods import Dated, dated, in_year
from bot.questions.question import Question, View
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.speak import words
from bot.questions.subject import BOTH, Subject, subject_of
from bot.questions.times import Times


def settled(said: Said, last: Question | None, record: Record) -> Question:
    """The question that was said, completed from the last one and the record; or a Refused."""
    if said.pairs:
        raise _one_pair(said, last, record)
    subject = subject_of(said, _subject(last), record)
    maker = _Maker(subject, said, last, record)
    if said.times.against and not said.times.period and _two_sides(said):
        said = replace(said, times=replace(said.times, period=said.times.against, against=None))
    if said.times.several:
        choices = [
            maker.question(replace(said.times, period=moment, several=()))
            for moment in said.times.several[:3]
        ]
        periods = [question.period.name for question in choices if question.period]
        raise Refused.one_of(
            periods, "One period at a time: which of them?", [words(item) for item in choices]
        )
    return maker.question(said.times)


_FLOWS: Mapping[str, tuple[Flow, ...]] = {
    "export": ("export",),
    "import": ("import",),
    "both": BOTH,
    "net": ("net",),
}


def _one_pair(said: Said, last: Question | None, record: Record) -> Refused:
    """Asks which of the series with its own flow is meant: one question has one set of flows."""
    each = [replace(said, pairs=(), commodities=(name,), flows=_FLOWS[flow]) for name, flow in said.pairs[:3]]
    choices = [words(settled(one, last, record)) for one in each]
    return Refused.one_of(choices, "One of these at a time: which?", choices)


def _two_sides(said: Said) -> bool:
    """Whether series or flows are set side by side ("exports vs imports"): the time is then that of both."""
    return len(said.commodities) > 1 or len(said.flows) > 1


def _subject(last: Question | None) -> Subject | None:
    if last is None:
        return None
    return Subject(last.commodities, last.flows, last.partner, last.measure, last.unit, last.scope)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Puts a time to a subject."""

    subject: Subject
    said: Said
    last: Question | None
    record: Record

    def question(self, times: Times) -> Question:
        found = self._period(times)
        against = self._against(times, found.period)
        everything = self.subject.commodities == tuple(self.record.catalogue)
        view: View = "compare" if against else "overview" if everything else "figure"
        subject = self.subject
        return Question(
            subject.commodities,
            subject.flows,
            found.period,
            view=view,
            partner=subject.partner,
            measure=subject.measure,
            unit=subject.unit,
            against=against,
            scope=subject.scope,
            open_ended=found.open_ended,
            restated=subject.restated,
        )

    def _period(self, times: Times) -> Dated:
        before = self.last.period if self.last else None
        moment, year = times.period, before.end.year if before else None
        if moment and moment.bare_year and before and (self.said.same or not self.said.commodities):
            return Dated(in_year(before, moment.year or before.end.year))
        if moment:
            return dated(moment, self._newest, year, self.record.today)
        if times.ytd:
            return self._running_total(times, before)
        if before and not times.latest:
            return Dated(_back(before, times.back) if times.back and not times.compare else before)
        newest = Period.month(self._newest("month", None))
        return Dated(
            _back(newest, times.back) if times.back and not times.compare else newest, open_ended=True
        )

    def _running_total(self, times: Times, before: Period | None) -> Dated:
        if before and not times.latest:
            return Dated(Period.ytd(before.end))
        return dated(Moment("ytd"), self._newest, None, self.record.today)

    def _against(self, times: Times, period: Period) -> Period | None:
        against = self._compared(times, period)
        if against is None:
            return None
        if against == period:
            raise Refused.unclear(period.name, f"{period.name} is compared with itself here.")
        if against.length != period.length:
            raise Refused.unclear(
                against.name, f"{period.name} and {against.name} differ in length, so they do not compare."
            )
        return against

    def _compared(self, times: Times, period: Period) -> Period | None:
        if times.against:
            return self._other(times.against, period)
        if times.back and (times.compare or times.period):
            return _back(period, times.back)
        if times.compare:
            return self._two_subjects(times, period)
        return self._kept(times, period)

    def _other(self, moment: Moment, period: Period) -> Period:
        """The period after "vs": "2023", "last year": the same stretch then; "last month": the one before."""
        if moment.step == -1 and moment.kind in ("year", period.kind):
            return _back(period, "year_before" if moment.kind == "year" else "before")
        if moment.bare_year or moment.so_far:
            return in_year(period, moment.year or period.end.year)
        return dated(moment, self._newest, period.end.year, self.record.today).period

    def _two_subjects(self, times: Times, period: Period) -> Period | None:
        """Two series or two flows side by side need no second period; otherwise: compared with what?"""
        if len(self.subject.commodities) > 1 or len(self.subject.flows) > 1:
            return None
        choices = [period.year_before.name]
        asked = self.question(replace(times, back="year_before"))
        raise Refused.one_of(choices, "Compared with what?", [words(asked)])

    def _kept(self, times: Times, period: Period) -> Period | None:
        """The last question's comparison, where it still fits: with the same period, or a year earlier."""
        last = self.last
        if not last or not last.against or not last.period:
            return None
        if period == last.period:
            return last.against
        return period.year_before if last.against == last.period.year_before else None

    def _newest(self, kind: Kind, number: int | None) -> Month:
        """The newest month for what is asked; where the record has none, a month that the answer can deny."""
        subject, newest = self.subject, self.record.newest
        flows = ("export", "import") if subject.flows == ("net",) else subject.flows
        own = newest(
            subject.commodities,
            flows,
            partner=subject.partner,
            measure=subject.measure,
            kind=kind,
            number=number,
        )
        return (
            own
            or newest(subject.commodities, flows, kind=kind, number=number)
            or newest(tuple(self.record.catalogue), ("export", "import"), kind=kind, number=number)
            or self._last_in_calendar(number)
        )

    def _last_in_calendar(self, number: int | None) -> Month:
        today = self.record.today
        month = Month(today.year, today.month).plus(-1)
        return month if number is None else month.plus(-((month.number - number) % 12))


def _back(period: Period, back: str) -> Period:
    if back == "year_before":
        return period.year_before
    steps = {"month": 1, "quarter": 3, "half": 6, "year": 12}
    if period.kind not in steps:
        raise Refused.unclear(period.name, f"Which period comes before {period.name}? Please name it.")
    return period.plus(-steps[period.kind])
