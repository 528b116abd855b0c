"""Times that point at the last question's: "since then", "both together", "and to june"."""

from dataclasses import replace

from bot.dataset.calendar import LENGTHS, Month, Period
from bot.questions.ago import in_counted_year, steps_back, which
from bot.questions.items import Moment
from bot.questions.maker import Maker
from bot.questions.named import named, period_name
from bot.questions.periods import dated, span
from bot.questions.question import Question
from bot.questions.refused import Refused
from bot.questions.several import moment_of, stretch
from bot.questions.times import Times
from bot.words import say

YEAR = 12  # months: the stretch that people let slide along as a whole
_SINGLE = ("figure", "overview", "growth")
_COUNTS = {2: "two", 3: "three"}
_BEFORE = {"before": 1, "month_before": 1, "quarter_before": 3}


def pointed(times: Times, maker: Maker) -> Times:
    """The times with what they take from the last question; a Refused where that leaves a choice."""
    last = maker.last.period if maker.last else None
    times = in_counted_year(maker, times, last) if last else times
    if last and times.period and times.period.ago and _beside_it(maker, times, last):
        return replace(times, period=None, against=times.period)  # 对比上一年
    if last and times.period and times.period.ago and not times.against:
        return replace(times, period=moment_of(steps_back(maker, times, times.period, last)))
    if times.starts and times.period and not times.period.rolling and not times.period.first:
        if stretch := _new_start(maker, times):
            return stretch
        raise _from(maker, times)
    if times.compare and times.period and not (times.against or times.back) and _beside_last(maker):
        return replace(times, period=None, against=times.period)  # "compare with 2024"
    if (times.beside or times.ends) and _another_beside(maker, times):
        return replace(times, period=None, against=times.period)  # "and with 2023", "and to june 2025"
    if times.ends and times.period and not times.against:
        return _ended(maker, times)
    if times.since and not times.period:
        return _since_then(maker, times)
    if times.back in _BEFORE and not (times.period or times.compare or times.latest or maker.last):
        raise _before_what(maker, times)
    return _both(maker, times)


def _beside_it(maker: Maker, times: Times, last: Period) -> bool:
    """Whether what was counted back is to stand beside the last question's period, and is as long."""
    as_long = times.period is not None and times.period.kind in ("year", last.kind)
    return as_long and times.compare and not (times.against or times.back) and _beside_last(maker)


def _before_what(maker: Maker, times: Times) -> Refused:
    """Asks whether "a month ago" is counted from the newest on record or from today."""
    months = _BEFORE[times.back]
    today = maker.record.today
    here = Month(today.year, today.month).plus(-months)
    on_record = maker.newest_of(times).plus(-months)
    calendar = Period.around(here, "month" if months == 1 else "quarter")
    found = [replace(times, back="", period=moment_of(one)) for one in (on_record, calendar)]
    return which(maker, found, say("pointing.before_what"))


def _beside_last(maker: Maker) -> bool:
    """Whether a time alone can be set beside the last question's."""
    said = maker.said
    return bool(maker.last and maker.last.period) and not (said.commodities or said.flows or said.partners)


def _another_beside(maker: Maker, times: Times) -> bool:
    """Whether a time as long as the last question's is named to stand beside it."""
    last = maker.last
    if not (last and last.period and times.period) or times.against:
        return False
    if not (last.against and last.view == "compare") and not (times.beside and last.view in _SINGLE):
        return False
    return maker.period(replace(times, ends=False)).period.length == last.period.length


def _from(maker: Maker, times: Times) -> Refused:
    """Asks whether "from march" is that month or what came after it too."""
    onwards = replace(times, period=Moment("range", first=times.period), starts=False)
    return which(maker, [replace(times, starts=False), onwards], say("pointing.from_there"))


def _new_start(maker: Maker, times: Times) -> Times | None:
    """The last stretch from another beginning, where it was about one that ends later."""
    last, moment = maker.last, times.period
    if not (last and last.period and moment) or last.period.length == 1 or last.against:
        return None
    start = dated(moment, maker.newest, last.period.end.year, maker.record.today).period.start
    if start >= last.period.end:
        return None
    return replace(times, period=moment_of(span(start, last.period.end)), starts=False, ytd=False)


def _since_then(maker: Maker, times: Times) -> Times:
    last = maker.last
    if not last or not last.period:
        raise Refused.unclear("since", say("pointing.since_when"))
    return replace(times, period=Moment("range", first=Moment.of(last.period.start)))


def _ended(maker: Maker, times: Times) -> Times:
    """A stretch whose end was said: of the last question's where it was about one, else from January on."""
    plain = replace(times, ends=False)
    last = maker.last.period if maker.last else None
    end = maker.period(plain).period.end
    if last is None:
        return _up_to(maker, plain, end)
    if last.length > 1:
        return _new_end(maker, plain, last, Period.month(end))
    choices = [Period.ytd(end)] + ([span(last.start, end)] if last.start < end else [])
    each = [replace(plain, period=moment_of(one), ytd=False) for one in choices]
    raise which(maker, each, say("refused.which"))


def _up_to(maker: Maker, times: Times, end: Month) -> Times:
    """January to March where "until march" was said; "to march" may be of March alone."""
    if times.period and times.period.kind == "month" and maker.said.wish.change != "ytd":
        whole = replace(times, period=moment_of(Period.ytd(end)))
        raise which(maker, [times, whole], say("pointing.up_to_there"))
    return times


def _new_end(maker: Maker, times: Times, last: Period, end: Period) -> Times:
    """The last stretch to another end. One of twelve months may have been meant to slide along whole."""
    slid = span(end.end.plus(1 - last.length), end.end)
    longer = [span(last.start, end.end)] if last.start <= end.end else []
    slides = last.kind == "range" and last.length == YEAR
    ends = dict.fromkeys(longer + [slid] * slides)
    found = [replace(times, period=moment_of(one), ytd=False) for one in ends]
    if not found:
        begins = {"start": named(last.start), "period": period_name(last)}
        raise Refused.unclear(end.name, say("pointing.ends_before", end=period_name(end), **begins))
    if len(found) > 1:
        raise which(maker, found, say("refused.which"))
    return found[0]


def _both(maker: Maker, times: Times) -> Times:
    """The two periods of the last question, or that of the one before it too, side by side or as one."""
    wish, last = maker.said.wish, maker.last
    names = maker.said.commodities or maker.said.flows or maker.said.partners
    if times.said or not (wish.those or times.total or (times.compare and not names)):
        return times
    if last and last.period and not wish.three and (other := _other(maker, times, last)):
        return (_united if times.total else _side_by_side)(times, last.period, other)
    if not times.compare:
        _ask_which(maker, times, last.period if last else None)
    return times


def _other(maker: Maker, times: Times, last: Question) -> Period | None:
    """The period beside the last one: what it was compared with, or what was asked about before it."""
    if last.against or not times.total or maker.said.wish.those:
        return last.against or last.earlier
    if last.view not in _SINGLE or not _adjoin(last.period, last.earlier):
        return None
    return last.earlier


def _adjoin(one: Period | None, other: Period | None) -> bool:
    first, second = sorted((one, other)) if one and other else (None, None)
    return bool(first and second and first.end.plus(1) == second.start)


def _ask_which(maker: Maker, times: Times, period: Period | None) -> None:
    """A Refused where several periods are pointed at and one is known; a long one can be meant itself."""
    wish, view = maker.said.wish, maker.last.view if maker.last else "figure"
    if wish.higher:
        raise Refused.unclear("which", say("pointing.which_of_what"))
    whole = wish.together and period and period.kind in LENGTHS and view != "trend"
    if whole or (wish.those and not (period and period.length > 1)):
        raise _which_two(maker, times, period)


def _side_by_side(times: Times, period: Period, other: Period) -> Times:
    return replace(times, period=moment_of(period), against=moment_of(other))


def _united(times: Times, period: Period, other: Period) -> Times:
    """Two periods as the one stretch that they make."""
    first, second = sorted((period, other))
    if not _adjoin(first, second):
        sentence = say("pointing.apart", first=period_name(first), second=period_name(second))
        raise Refused.unclear(f"{first.name} and {second.name}", sentence)
    year = first.start.number == 1 and second.end == first.start.plus(YEAR - 1)
    both = Period.whole_year(second.end.year) if year else span(first.start, second.end)
    return replace(times, period=moment_of(both))


def _which_two(maker: Maker, times: Times, period: Period | None) -> Refused:
    """Asks for the periods that are meant, two or three: the last question names one."""
    count = 3 if maker.said.wish.three else 2
    if not period:
        return Refused.unclear("those", say(f"pointing.those_{_COUNTS[count]}"))
    step = LENGTHS.get(period.kind, 1)
    runs = [
        (period.plus(-step * before), period.plus(step * (count - 1 - before))) for before in range(count)
    ]
    moments = [stretch(run) for run in reversed(runs)]
    what = "months" if step == 1 else "of_them"
    asked = [replace(times, period=moment) for moment in moments]
    return which(maker, asked, say(f"pointing.which_{_COUNTS[count]}_{what}"))
