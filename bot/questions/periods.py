"""A moment as said into a Period: what was left open is taken from the last question or from the record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.dataset.calendar import Kind, Month, Period
from bot.questions.items import Moment
from bot.questions.named import named, period_name
from bot.questions.refused import Refused
from bot.words import say

Newest = Callable[[Kind, int | None], Month]


@dataclass(frozen=True, slots=True)
class Dated:
    """A period, and whether the asker left it to the record."""

    period: Period
    open_ended: bool = False


def dated(moment: Moment, newest: Newest, year: int | None, today: date) -> Dated:
    """The period of a moment; `year` is the thread's, used where none was said."""
    if moment.year is None and year is not None and moment.number is not None:
        moment = with_year(moment, year)
    if moment.back or moment.rolling:
        return _stretch(moment, newest, year, today)
    if moment.so_far and moment.kind in ("quarter", "half"):
        return _part_so_far(moment, newest)
    if moment.so_far or (moment.kind == "ytd" and moment.number is None):
        return _so_far(moment.year, newest, today)
    if moment.year is None or moment.last_month is None:
        end = newest("month" if moment.kind == "range" else moment.kind, moment.last_month)
        return Dated(_ending(moment, end), open_ended=True)
    return Dated(_ending(moment, Month(moment.year, moment.last_month)))


def span(start: Month, end: Month) -> Period:
    """The months from one to the other: one is a month, those from January a running total, else a range."""
    if start == end:
        return Period.month(end)
    return Period.ytd(end) if start == Month(end.year, 1) else Period("range", start, end)


def _stretch(moment: Moment, newest: Newest, year: int | None, today: date) -> Dated:
    """A stretch counted back from its end, or one that ends with the record."""
    end = newest(moment.unit, None) if moment.number is None else _named_end(moment, newest)
    if moment.back:
        return Dated(span(end.plus(1 - moment.back), end), open_ended=moment.year is None)
    first = dated(moment.first or Moment.of(end), newest, year, today).period
    if first.start > end:
        sentence = say("periods.ends_before", end=named(end), first=period_name(first))
        raise Refused.unclear(first.name, sentence)
    return Dated(span(first.start, end), open_ended=True)


def _named_end(moment: Moment, newest: Newest) -> Month:
    if moment.year is not None and moment.number is not None:
        return Month(moment.year, moment.number)
    return newest("month", moment.number)


def with_year(moment: Moment, year: int) -> Moment:
    """The same stretch in that year (the year in which it ends)."""
    first = moment.first
    if first:
        begins = year if (first.number or 0) <= (moment.number or 0) else year - 1
        first = replace(first, year=begins)
    return replace(moment, year=year, first=first)


def in_year(period: Period, year: int) -> Period:
    """The same stretch in another year; the whole year for a year or months of two years."""
    if period.kind == "year" or period.start.year != period.end.year:
        return Period.whole_year(year)
    return period.plus(12 * (year - period.end.year))


def _so_far(year: int | None, newest: Newest, today: date) -> Dated:
    """The running total of a year: to December for a past one, else as far as the record reaches."""
    if year is not None and year < today.year:
        return Dated(Period.ytd(Month(year, 12)))
    end = newest("ytd", None)
    if year is not None and end.year != year:
        return Dated(Period.ytd(Month(year, today.month if year == today.year else 12)))
    return Dated(Period.ytd(end), open_ended=True)


def _part_so_far(moment: Moment, newest: Newest) -> Dated:
    """The months of a quarter or a half as far as the record reaches; a past one is whole."""
    last, length = moment.last_month or 12, 3 if moment.kind == "quarter" else 6
    first = Month(moment.year, last).plus(1 - length) if moment.year else newest("month", last + 1 - length)
    end, whole = newest("month", None), first.plus(length - 1)
    if end >= whole:
        return Dated(_ending(moment, whole))
    if end < first:
        return Dated(_ending(moment, whole))  # the answer says when it is due
    return Dated(span(first, end), open_ended=True)


def _ending(moment: Moment, end: Month) -> Period:
    year, number = end.year, end.number
    if moment.kind == "quarter":
        return Period.quarter(year, number // 3)
    if moment.kind == "half":
        return Period.half(year, number // 6)
    if moment.kind == "range" and moment.first:
        first = moment.first if moment.first.year else with_year(moment, year).first or moment.first
        return span(Month(first.year or year, first.number or 1), end)
    if moment.kind == "year":
        return Period.whole_year(year)
    return Period.ytd(end) if moment.kind == "ytd" else Period.month(end)
