"""The times of a question in order: spans folded, years handed on, and what is compared with what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.questions.items import Item, Moment

SEVERAL = 4  # with more times than that the question is asked back anyway
_UNTIL = frozenset({"until", "till", "through", "thru", "up to"})

Back = Literal["", "year_before", "before"]


@dataclass(frozen=True, slots=True)
class Times:
    """Which moments were said: one is the period; after a word of comparison another stands against it.

    `wrong` is a sentence about what cannot be; `several` holds periods of which only one can be answered.
    """

    period: Moment | None = None
    against: Moment | None = None
    back: Back = ""
    compare: bool = False
    ytd: bool = False
    latest: bool = False
    wrong: tuple[str, ...] = ()
    several: tuple[Moment, ...] = ()

    @property
    def said(self) -> bool:
        """Whether the text speaks of time at all."""
        return bool(self.period or self.against or self.back or self.ytd or self.latest or self.several)


def times_of(items: Sequence[Item]) -> Times:
    """What the items say of time."""
    folded, wrong = _fold(items)
    folded = _with_years(folded)
    senses = {item.sense for item in folded}
    ytd = ("ytd" in senses or _up_to(folded)) and not _beside_a_month(folded)
    moments = _moments(folded, ytd)
    back: Back = "year_before" if "year_before" in senses else "before" if "before" in senses else ""
    times = Times(back=back, compare="compare" in senses, ytd=ytd, latest="latest" in senses, wrong=wrong)
    if _beside_a_month(folded) and len(moments) == 1:
        return replace(times, several=(moments[0], _running(moments[0], True)))
    return _placed(times, moments, folded)


def _moments(items: Sequence[Item], ytd: bool) -> list[Moment]:
    """The moments, as running totals where those are asked for: not what a year is compared with."""
    compared = False
    found: list[Moment] = []
    for item in items:
        compared = compared or item.sense == "compare"
        if item.moment:
            found.append(_running(item.moment, ytd and not (compared and item.moment.kind == "year")))
    return found if compared else list(dict.fromkeys(found))


def _placed(times: Times, moments: list[Moment], items: Sequence[Item]) -> Times:
    if len(moments) > (2 if times.compare and not times.back else 1):
        return replace(times, several=tuple(moments))
    if len(moments) == 2:
        return replace(times, period=moments[0], against=moments[1])
    if not moments:
        return times
    order = [item.sense for item in items if item.sense in ("compare", "time")]
    if times.compare and not times.back and order[0] == "compare" and _is_vs(items):
        return replace(times, against=moments[0])
    return replace(times, period=moments[0])


def _is_vs(items: Sequence[Item]) -> bool:
    """Whether the comparison points forward ("vs march") instead of opening ("compare march")."""
    return any(item.sense == "compare" and item.text not in ("compare", "对比", "比较") for item in items)


def _up_to(items: Sequence[Item]) -> bool:
    """Whether a time is only the end of a stretch ("through march 2024"): then it begins in January."""
    return any(a.text in _UNTIL and b.sense == "time" for a, b in pairwise(items))


def _beside_a_month(items: Sequence[Item]) -> bool:
    """Whether the running total was asked for beside a month ("march and ytd")."""
    senses = [item.sense for item in items]
    triples = (senses[i : i + 3] for i in range(len(senses)))
    return any(triple in (["time", "and", "ytd"], ["ytd", "and", "time"]) for triple in triples)


def _running(moment: Moment, ytd: bool) -> Moment:
    if not ytd or moment.kind not in ("month", "year"):
        return moment
    return Moment("ytd", moment.year, moment.number if moment.kind == "month" else None)


def _fold(items: Sequence[Item]) -> tuple[list[Item], tuple[str, ...]]:
    """The items with "january to march" as one time, and sentences about spans that cannot be."""
    folded: list[Item] = []
    wrong: list[str] = []
    for item in items:
        if item.moment and (start := _open_span(folded, item)):
            del folded[start.index :]
            span = _span(start.moment, item.moment)
            said = f"{start.text} to {item.text}"
            if isinstance(span, str):
                wrong.append(f"“{said}” {span}")
            else:
                folded.append(Item("time", said, said, span))
        else:
            folded.append(item)
    return folded, tuple(wrong)


@dataclass(frozen=True, slots=True)
class _Start:
    index: int
    moment: Moment
    text: str


def _open_span(before: Sequence[Item], item: Item) -> _Start | None:
    """The time that this one closes a span with, if the words between them say so."""
    if len(before) < 2 or not (first := before[-2].moment):
        return None
    joined = before[-1].sense == "join"
    between = before[-1].sense == "and" and len(before) > 2 and before[-3].sense == "between"
    if not (joined or between or (before[-1].sense == "and" and _january_february(first, item.moment))):
        return None
    return _Start(len(before) - 2, first, before[-2].text)


def _january_february(first: Moment, second: Moment | None) -> bool:
    """Customs publishes the two as one figure: naming both asks for that."""
    return bool(second) and [(m.kind, m.number) for m in (first, second) if m] == [("month", 1), ("month", 2)]


def _span(first: Moment, last: Moment) -> Moment | str:
    if first.bare_year != last.bare_year or "ytd" in (first.kind, last.kind) or first.first or last.first:
        return "is not a stretch of months; write “march 2023 to june 2024”."
    begin = (
        1 if first.kind == "year" else (first.last_month or 0) - {"quarter": 2, "half": 5}.get(first.kind, 0)
    )
    end = last.last_month or 0
    if not begin or not end:
        return "is not a stretch of months; write “march 2023 to june 2024”."
    first_year, last_year = _span_years(first.year, last.year, begin, end)
    if (first_year or 0, begin) > (last_year or 0, end) and first_year:
        return "ends before it begins."
    return _stretch(first_year, begin, last_year, end, years=first.bare_year)


def _stretch(first_year: int | None, begin: int, last_year: int | None, end: int, *, years: bool) -> Moment:
    if first_year == last_year and years:
        return Moment("year", last_year)
    if first_year == last_year and begin == end:
        return Moment("month", last_year, end)
    if first_year == last_year and begin == 1:
        return Moment("ytd", last_year, end)
    return Moment("range", last_year, end, first=Moment("month", first_year, begin))


def _span_years(first: int | None, last: int | None, begin: int, end: int) -> tuple[int | None, int | None]:
    """Both years of a span of which one may be left out: november to february 2024 begins in 2023."""
    if first is None and last is not None:
        return (last if begin <= end else last - 1), last
    if last is None and first is not None:
        return first, (first if begin <= end else first + 1)
    return first, last


def _with_years(items: list[Item]) -> list[Item]:
    """A year said apart ("in 2024: march") given to the times without one; it is then no time of its own."""
    yearless = [i for i, item in enumerate(items) if item.moment and _lacks_year(item.moment)]
    years = [i for i, item in enumerate(items) if item.moment and _gives_year(item.moment)]
    if not yearless or len(yearless) > SEVERAL:
        return items
    if len(years) == 1 and not _compared_year(items, years[0], len(yearless)):
        year = items[years[0]].moment
        return [_dated(item, year.year if year else None) for i, item in enumerate(items) if i != years[0]]
    return [_dated(item, _nearest_year(items, i)) for i, item in enumerate(items)]


def _gives_year(moment: Moment) -> bool:
    return moment.kind == "year" and moment.year is not None


def _lacks_year(moment: Moment) -> bool:
    return moment.year is None and moment.number is not None


def _compared_year(items: Sequence[Item], at: int, others: int) -> bool:
    """Whether the year is what one other time is compared with: "march 2024 vs 2023"."""
    return others == 1 and any(item.sense == "compare" for item in items[:at]) and not _lead_compare(items)


def _lead_compare(items: Sequence[Item]) -> bool:
    order = [item.sense for item in items if item.moment or item.sense == "compare"]
    return order[:1] == ["compare"] and order.count("time") < 3 and not _is_vs(items)


def _nearest_year(items: Sequence[Item], at: int) -> int | None:
    """The year of the next time that has one, else of the one before."""
    around = [*items[at + 1 :], *reversed(items[:at])]
    return next((m.year for item in around if (m := item.moment) and m.year and m.kind != "year"), None)


def _dated(item: Item, year: int | None) -> Item:
    moment = item.moment
    if year is None or moment is None or not _lacks_year(moment):
        return item
    first = moment.first
    if first and first.year is None:
        begins = year if (first.number or 0) <= (moment.number or 0) else year - 1
        first = replace(first, year=begins)
    return replace(item, moment=replace(moment, year=year, first=first))
