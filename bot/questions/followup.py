"""What was said joined with the thread's last question: only what is said changes."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dataset.calendar import Period
from bot.questions.ago import counted_from
from bot.questions.doubts import refuse_what, refuse_whose
from bot.questions.items import Moment
from bot.questions.maker import Maker
from bot.questions.named import period_name
from bot.questions.pointing import pointed
from bot.questions.question import Question
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.several import in_a_row, joined, moment_of
from bot.questions.subject import Subject, subject_of
from bot.questions.times import Times
from bot.questions.views import needs_span
from bot.words import say

FEW = (3, 6, 12)  # months that "the last few" may be


def settled(said: Said, last: Question | None, record: Record) -> Question:
    """The question that was said, completed from the last one and the record; or a Refused."""
    refuse_whose(said, last, record, lambda one: settled(one, last, record))
    refuse_what(said, last, record, lambda one: settled(one, last, record))
    if said.both and last and not (said.times.said or said.commodities or said.partners):
        return _both(said, last, record)
    times = _record_of(said, _of_both_sides(said), last)
    maker = Maker(subject_of(said, _subject(last), record), said, last, record)
    if (said.wish.together and not _pointed_at(said, last)) or times.summed:
        _one_sum(maker, times)
    if times.several:
        return maker.question(_several(maker, times))
    if said.wish.few:
        raise _how_many(maker, times)
    question = maker.question(pointed(_in_one_run(maker, times), maker))
    question = replace(question, restated=(*question.restated, *counted_from(times, maker, question)))
    earlier = _earlier(maker, question)
    return replace(question, earlier=earlier) if earlier else question


def _of_both_sides(said: Said) -> Times:
    """The times, where the one time after "vs" is that of both series or flows beside each other."""
    times = said.times
    if times.against and times.period in (None, times.against) and _two_sides(said):
        return replace(times, period=times.against, against=None)
    return times


def _both(said: Said, last: Question, record: Record) -> Question:
    """A bare "both" is of the flows, of the last two periods, or of what else was asked about before."""
    flows = settled(replace(said, both=False), last, record)
    other = flows.lines != last.lines
    if (other or len(flows.lines) > 1) and not (last.earlier or said.times.compare):
        return flows
    if not last.period or not last.earlier:
        found = [flows] if other or len(flows.lines) > 1 else []
        raise Refused.among(found, say("followup.both_of_what"), record.catalogue)
    two = Times(period=moment_of(last.period), against=moment_of(last.earlier))
    periods = settled(replace(said, both=False, flows=(), times=two), last, record)
    if not other:
        return periods
    raise Refused.among((periods, flows), say("followup.both_of_which"), record.catalogue)


def _record_of(said: Said, times: Times, last: Question | None) -> Times:
    """A record is of one month: "the highest since 2021?" is told with the month since when it is."""
    after = bool(last and last.view == "record" and not said.wish.views)
    named = "record" in said.wish.views or after
    if named and times.period and times.period.rolling and times.period.first:
        return replace(times, period=None)
    if after:
        return times
    months = [moment for moment in times.several if not moment.rolling]
    if (named or said.wish.orders) and len(times.several) == 2 and len(months) == 1:
        return replace(times, period=months[0], several=())
    return times


def _pointed_at(said: Said, last: Question | None) -> bool:
    """Whether "together" can be of two periods: those of the last question, or several in this one."""
    return bool(said.times.several or (last and (last.against or last.earlier)))


def _one_sum(maker: Maker, times: Times) -> None:
    """A Refused where several lines would have to be added."""
    subject, said = maker.subject, maker.said
    if not (said.commodities or said.flows or said.everything or maker.last) or times.several:
        return
    if len(subject.commodities) == 1 and len(subject.flows) == 1:
        return
    beside = maker.question(replace(times, total=True))
    if len(subject.commodities) > 1:
        raise Refused.among([beside], say("followup.lines_apart"), maker.record.catalogue)
    net = replace(maker, subject=replace(subject, flows=("net",))).question(times)
    raise Refused.among([net, beside], say("followup.flows_apart"), maker.record.catalogue)


def _several(maker: Maker, times: Times) -> Times:
    """Several periods as one or two; otherwise it is asked which."""
    spanned = any(needs_span(view) for view in maker.said.wish.views)
    alone = [replace(times, period=moment, several=(), compare=False, back="") for moment in times.several]
    periods: Sequence[Period] = [maker.period(one).period for one in alone]
    periods = periods if maker.last else in_a_row(times.several, periods)
    if found := joined(times, periods, spanned=spanned):
        return found
    choices = [maker.question(one) for one in alone[:3]]
    names = [period_name(question.period) for question in choices if question.period]
    raise Refused.one_of(names, say("followup.one_period"), choices)


def _in_one_run(maker: Maker, times: Times) -> Times:
    """The times with the years of two that are in a row: 8月与7月相比."""
    two = [moment for moment in (times.period, times.against) if moment and not moment.year]
    if len(two) < 2 or maker.last:
        return times
    alone = [maker.period(Times(period=moment)).period for moment in two]
    row = in_a_row(two, alone)
    if list(row) == alone:
        return times
    return replace(times, period=moment_of(row[0]), against=moment_of(row[1]))


def _how_many(maker: Maker, times: Times) -> Refused:
    """Asks how many months "the last few" are."""
    few = [replace(times, period=Moment("range", back=back)) for back in FEW]
    names = [say("followup.past_months", months=back) for back in FEW]
    return Refused.one_of(names, say("followup.how_many"), [maker.question(one) for one in few])


def _earlier(maker: Maker, question: Question) -> Period | None:
    """The period asked about before, so that "both together" can be said: of the same subject, as long."""
    last, period = maker.last, question.period
    if not last or not last.period or not period or question.against or last.against:
        return None
    if last.period == period:
        return last.earlier
    same = (last.lines, last.partner) == (question.lines, question.partner)
    return last.period if same and last.period.length == period.length else None


def _two_sides(said: Said) -> bool:
    """Whether series or flows are set side by side ("exports vs imports"): the time is then that of both."""
    return len(said.commodities) > 1 or len(said.flows) > 1


def _subject(last: Question | None) -> Subject | None:
    if last is None:
        return None
    last_of = (last.commodities, last.flows, last.partner, last.measure, last.unit, last.scope)
    return Subject(*last_of, pairs=last.lines if last.is_mixed else ())
