"""Several items that make one stretch of time: "january to march", "since 2021", "12 months to june 2024"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.questions.items import Item, Moment
from bot.words import say

_AS_OF = ("as of", "as at")  # that day's knowledge is asked for, and not what lies between
_BOUNDS = frozenset({"since", "out_of", "join", "between"})  # a time after them begins or ends a stretch


def fold(items: Sequence[Item]) -> tuple[list[Item], tuple[str, ...]]:
    """The items with "january to march" as one time, and sentences about spans that cannot be."""
    folded: list[Item] = []
    wrong: list[str] = []
    for item in items:
        start, read = _opened(folded, item)
        if start is None or read is None:
            folded.append(item)
            continue
        said = " ".join(piece.text for piece in (*folded[start:], item))
        value = "total" if folded[start].sense == "leading" else said
        del folded[start:]
        if isinstance(read, str):
            wrong.append(say(f"spans.no_{read}", said=said))
        else:
            folded.append(Item("time", value, said, read))
    wrong += [
        say("spans.open_end", said=f"{one.text} {two.text}")
        for one, two in pairwise(folded[-2:])
        if one.moment and two.sense == "join" and two.text != "-"
    ]
    wrong += [say("spans.open_end", said=item.text) for item in folded if item.sense == "leading"]
    return folded, tuple(wrong)


def without_last(items: Sequence[Item]) -> Sequence[Item]:
    """The items with "since last october" as since October: the newest one is meant without that word too."""
    if all(item.text != "last" for item in items):
        return items
    around = zip([None, *items], items, [*items[1:], None], strict=False)
    return [
        item
        for before, item, after in around
        if not (item.text == "last" and before and before.sense in _BOUNDS and after and after.moment)
    ]


def changes(items: Sequence[Item]) -> Sequence[Item]:
    """The items with "change from march to april" as April compared with March: no stretch is asked for."""
    grown = [item.text for item in items if item.sense == "growth"]
    rose_from = any(item.sense == "compare" and item.text.endswith(" from") for item in items)
    if not (grown or rose_from) or any(item.value == "trend" for item in items):
        return items
    named = not CHANGE_WORDS.isdisjoint(grown)
    for at in range(len(items)):
        if found := _change_at(items, at, named=named):
            start, first, last, end = found
            return [*items[:start], last, Item("compare", "compare", "from"), first, *items[end:]]
    return items


def _change_at(items: Sequence[Item], at: int, *, named: bool) -> tuple[int, Item, Item, int] | None:
    """Where a change from one time to another begins, the two, and where it ends."""
    if named and (halves := _halves(items[at])):
        return at, *halves, at + 1
    if len(items) < at + 3 or not (items[at].moment and items[at + 2].moment):
        return None
    opener = items[at - 1] if at else None
    opens = opener is not None and (
        opener.sense in ("out_of", "between") or (opener.sense == "compare" and opener.text.endswith(" from"))
    )
    if not _is_change(items[at : at + 3], opener if opens else None, named=named):
        return None
    return at - opens, items[at], items[at + 2], at + 3


def _is_change(three: Sequence[Item], opener: Item | None, *, named: bool) -> bool:
    """Whether two times and the word between them are those of a change."""
    first, between, last = three[0].moment, three[1], three[2].moment
    by_and = between.sense == "and" and opener is not None and opener.sense == "between"
    joined = by_and or (between.sense == "join" and between.text != "-")
    if not (first and last and joined and first.kind == last.kind != "range"):
        return False
    return opener is not None or named or (first.kind in ("quarter", "half", "year") and not first.so_far)


def _halves(item: Item) -> tuple[Item, Item] | None:
    """Both months of a stretch that is one word: 6月到7月."""
    moment = item.moment
    if not moment or not moment.number or moment.back or not re.search("月.*[到至].*月", item.text):
        return None
    first = moment.first or Moment("month", moment.year, 1)
    last = Moment("month", moment.year, moment.number)
    return Item("time", item.text, item.text, first), Item("time", item.text, item.text, last)


CHANGE_WORDS = frozenset({"change", "changes", "changed", "变化", "增减", "delta", "percent change"})
Reading = Moment | str | None  # a stretch, or by what name the sentence goes that says what is wrong with it


def _opened(before: Sequence[Item], item: Item) -> tuple[int | None, Reading]:
    """The place where a stretch begins that this item closes, and the stretch (or what is wrong with it)."""
    last = before[-1] if before else None
    if item.moment and last and last.sense == "since":
        return len(before) - 1, _open(item.moment)
    if item.moment and last and last.sense == "leading":
        return len(before) - 1, _counted(item.moment, last.count)
    if last and last.moment and item.sense == "ytd" and (part := _so_far(last.moment, item)):
        return len(before) - 1, part
    if last and last.moment and (item.sense == "onwards" or _to_date(before, item)):
        return _origin(before, len(before) - 1), _open(last.moment)
    if item.moment and (start := _open_span(before, item)):
        if start.moment.back:
            return start.index, _counted(item.moment, start.moment.back)
        known = before[-1].text in _AS_OF
        return _origin(before, start.index), "stretch" if known else _span(start.moment, item.moment)
    return None, None


def _so_far(moment: Moment, item: Item) -> Moment | None:
    """A quarter or a half "to date": as much of it as is on record."""
    if moment.kind in ("quarter", "half") and item.text in ("to date", "so far"):
        return replace(moment, so_far=True)
    return None


def _to_date(before: Sequence[Item], item: Item) -> bool:
    """Whether "from march 2024" goes on "to date"."""
    return (
        item.sense == "ytd"
        and item.text == "to date"
        and before[-2:-1] != []
        and before[-2].sense == "out_of"
    )


def _origin(before: Sequence[Item], at: int) -> int:
    """The place of the "from" before that time, or of the time."""
    return at - 1 if at and before[at - 1].sense == "out_of" else at


def _open(first: Moment) -> Moment | str:
    """The stretch from there to the end of the record."""
    if first.first or first.rolling or first.kind == "ytd":
        return "beginning"
    return Moment("range", first=replace(first, so_far=False))


def _counted(last: Moment, months: int) -> Moment | str:
    """So many months, of which the last is that."""
    if last.last_month is None or last.rolling:
        return "count"
    return Moment("range", last.year, last.last_month, back=months)


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
    if last.kind == "year" and last.so_far:
        return _open(first)  # 2024 to this year
    if (
        first.rolling
        or last.rolling
        or last.back
        or (first.bare_year != last.bare_year and not (first.bare_year and last.year))
        or "ytd" in (first.kind, last.kind)
        or first.first
        or last.first
    ):
        return "stretch"
    begin = (
        1 if first.kind == "year" else (first.last_month or 0) - {"quarter": 2, "half": 5}.get(first.kind, 0)
    )
    end = last.last_month or 0
    if not begin or not end or (begin == end and first.year is None):
        return "stretch"  # last march to this march: of which years?
    first_year, last_year = _span_years(first.year, last.year, begin, end)
    if (first_year or 0, begin) > (last_year or 0, end) and first_year:
        return "order"
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
