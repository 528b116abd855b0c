"""Times that are counted back: from the last question's period where there is one, else from today."""

from dataclasses import replace

from bot.dataset.calendar import LENGTHS, Period
from bot.questions.items import Moment
from bot.questions.maker import Maker
from bot.questions.named import period_name
from bot.questions.periods import dated, with_year
from bot.questions.question import Question
from bot.questions.refused import Refused
from bot.questions.several import moment_of
from bot.questions.times import Times
from bot.words import say


def steps_back(maker: Maker, times: Times, moment: Moment, last: Period) -> Period:
    """So many years before the last question's period, or months before its month; of another length it is
    asked whether its end is meant, or today. 上一年走势 and 上一年合计 are of the whole year.
    """
    if moment.kind == "year" and _of_months(maker, times):
        return Period.whole_year(last.end.year + moment.step)
    if moment.kind in ("year", last.kind):
        return last.plus(moment.step * LENGTHS[moment.kind])
    today = dated(replace(moment, ago=False), maker.newest, None, maker.record.today).period
    then = Period.around(last.end.plus(moment.step * LENGTHS[moment.kind]), moment.kind)
    ways = [replace(times, period=moment_of(one)) for one in (then, today)]
    raise which(maker, ways, say("refused.which"))


def _of_months(maker: Maker, times: Times) -> bool:
    """Whether the months of a stretch are asked for, or what they add up to."""
    wish = maker.said.wish
    return bool(times.total or times.rows or wish.orders or {"trend", "average"} & {*wish.views})


def in_counted_year(maker: Maker, times: Times, last: Period) -> Times:
    """The time in the year so many before the last question's, where from today that would be asked again;
    where the two years differ otherwise, it is asked which is meant.
    """
    said, today = _of_counted_year(times), maker.record.today
    if said is None:
        return times
    from_today = replace(said, ago=False)
    from_last = with_year(from_today, last.end.year + (said.year or today.year) - today.year)
    ways = [_timed(times, moment) for moment in (from_last, from_today)]
    again = _nothing_named(maker) and dated(from_today, maker.newest, None, today).period == last
    if again or from_last == from_today:
        return ways[0]
    raise which(maker, ways, say("refused.which"))


def counted_from(times: Times, maker: Maker, question: Question) -> tuple[str, ...]:
    """A clause where a year was counted from the last question's and not from today's."""
    said, last = _of_counted_year(times), maker.last.period if maker.last else None
    meant = question.against if times.against else question.period
    if not (said and last and meant) or meant.end.year == said.year:
        return ()
    return (say("pointing.counted_from", period=period_name(last)),)


def which(maker: Maker, times: list[Times], sentence: str) -> Refused:
    """Asks which of these is meant."""
    choices = [maker.question(one) for one in times]
    names = [period_name(question.period) for question in choices if question.period]
    return Refused.one_of(names, sentence, choices)


def _of_counted_year(times: Times) -> Moment | None:
    """The one time that is said, where its year is counted: march two years ago."""
    said = times.against or times.period
    alone = said and not (times.against and times.period)
    return said if said and alone and said.ago and said.unit == "year" else None


def _nothing_named(maker: Maker) -> bool:
    said = maker.said
    return not (said.commodities or said.flows or said.partners or said.measures)


def _timed(times: Times, moment: Moment) -> Times:
    """The times with that one in the place of the one that is said."""
    return replace(times, against=moment) if times.against else replace(times, period=moment)
