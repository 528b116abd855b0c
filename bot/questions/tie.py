"""Times that belong together: ranges, lists, a year that stands apart from its months."""

import re
from dataclasses import replace
from itertools import pairwise

from bot.dataset.calendar import Month
from bot.questions.draft import Draft, Mention
from bot.questions.times import Time

_RANGE = re.compile(r"-+|to|to the|through|thru|till|until|up to|~|\.\.|到|至|upto|through to|up until")
_BETWEEN = re.compile(r"(?:between|从|由|自)$")
_OF_A_YEAR = re.compile(r"yoy|y/y|year|同比|去年")
_ON = re.compile(r"\b(?:on|over|vs|versus|than|against|from|compared (?:to|with)) (?:the )?$")
_SHARE = re.compile(r"\bshare\b")
_SUMMED = re.compile(r"total|cumul|sum|between")
_LIST = re.compile(r"(?:[\s,/&+]|and|vs|or|和|与|、)*")
_BESIDE = re.compile(
    r"(?:[\s,/&+]|and|vs\.?|versus|or|with|in|against|to|compared|than|和|与|跟|、|比|对比)*"
)
_OF_MONTHS = ("month", "quarter", "half", "range", "to_date", "span", "full")
_PLAIN = ("month", "quarter", "half", "range", "to_date")


def tie(draft: Draft, mentions: list[Mention]) -> None:
    """Joins the live times of a message: ends of a range, years with the months they belong to."""
    live = [m for m in mentions if m.live]
    _fiscal(live)
    live = [m for m in live if m.live]
    _apart(draft, live)
    _ranges(draft, live)
    live = [m for m in live if m.live]
    _same_years(draft, live)
    live = [m for m in live if m.live]
    _years(draft, live)
    _open_years([m for m in live if m.live])


def _fiscal(live: list[Mention]) -> None:
    """A fiscal year whose months are said: "FY 2025-26 (Apr to Mar)"."""
    named = [m for m in live if m.time.kind == "fiscal" and isinstance(m.time.year, int)]
    for mention in named:
        for other in live:
            first_last = other.time.parts if other.time.kind == "range" else ()
            if first_last and isinstance(first_last[0], Month):
                mention.live = False
            elif first_last and first_last[0] > first_last[1]:
                year = mention.time.year
                parts = (Month(year, first_last[0]), Month(year + 1, first_last[1]))  # type: ignore[operator,arg-type]
                other.value, mention.live = replace(other.time, parts=parts), False


def _apart(draft: Draft, live: list[Mention]) -> None:
    """Reads "Percent change june to july 2026": two months, and no stretch."""
    if (
        draft.has("view", "mom")
        or not draft.has("view", "growth", "compare", "difference")
        or _OF_A_YEAR.search(draft.text)
    ):
        return
    for mention in live:
        time = mention.time
        if time.kind == "range" and isinstance(time.parts[0], int) and not _SUMMED.search(draft.text):
            months = tuple(Time("month", time.year, number) for number in time.parts)
            mention.value = replace(time, kind="list", parts=months)


def _ranges(draft: Draft, live: list[Mention]) -> None:
    at = 0
    while at < len(live) - 1:
        first, last = live[at], live[at + 1]
        if _is_range(draft, first, last):
            whole = draft.text[first.start : last.end]
            first.value = Time(
                "span", parts=(first.time, last.time), start=first.start, end=last.end, text=whole
            )
            first.end, last.live = last.end, False
            live.pop(at + 1)
        else:
            at += 1


def _is_range(draft: Draft, first: Mention, last: Mention) -> bool:
    kinds = (first.time.kind, last.time.kind)
    alike = kinds[0] == kinds[1] and kinds[0] in ("month", "quarter", "half", "year")
    if not (
        alike
        or (kinds[0] in ("month", "quarter", "half", "year") and kinds[1] == "latest")
        or kinds == ("quarter", "month")
    ):
        return False
    gap = draft.between(first, last).strip(" ,.'")
    before = draft.before(first).rstrip(" '")
    between = bool(_BETWEEN.search(before))
    if gap in ("to", "to the") and re.search(r"\bcompar", before):
        return False
    if not (_RANGE.fullmatch(gap) or (between and gap in ("and", "&", "和", "与", ""))):
        return False
    opened = between or before.endswith("from")
    changed = draft.has("view", "growth", "mom", "compare", "difference")
    later = first.time.kind == "month" and first.time.number != 1 and not _OF_A_YEAR.search(draft.text)
    return not (changed and (opened or later) and not re.search(r"total|cumul|sum", draft.text))


def _same_years(draft: Draft, live: list[Mention]) -> None:
    """Reads "Same period of 2024 and 2025"; "2024, same months"."""
    apart = not any(m.time.kind in _PLAIN for m in live)
    for first, second in pairwise(live):
        one, other = first.time, second.time
        if one.kind == "same" and isinstance(one.year, int) and other.kind == "year":
            if _LIST.fullmatch(draft.between(first, second)):
                second.value = replace(other, kind="same")
        elif one.kind == "year" and other.kind == "same" and other.year is None and apart:
            first.value, second.live = replace(one, kind="same"), False
        elif one.kind == "same" and one.year is None and other.kind == "year" and apart:
            second.value, first.live = replace(other, kind="same"), False


def _years(draft: Draft, live: list[Mention]) -> None:
    _listed(draft, live)
    _set_apart(draft, live)
    live = [m for m in live if m.live]
    months = [m for m in live if m.time.kind in _OF_MONTHS]
    years = [m for m in live if m.time.kind == "year"]
    if not months or not years:
        return
    open_months = [m for m in months if is_open(m.time)]
    if not open_months:
        _repeat(draft, live, months, years)
    elif len(years) == 1:
        for mention in open_months:
            mention.value = with_year(mention.time, years[0].time.year)
        years[0].live = draft.has("view", "share")
    else:
        for mention in years:
            each = tuple(with_year(m.time, mention.time.year) for m in open_months)
            mention.value = each[0] if len(each) == 1 else replace(mention.time, kind="list", parts=each)
        for mention in open_months:
            mention.live = False


def _listed(draft: Draft, live: list[Mention]) -> None:
    """Reads "October 2025, November and December": months listed after a dated one are of its year."""
    for first, second in pairwise(live):
        months = first.time.kind == second.time.kind == "month"
        dated = isinstance(first.time.year, int) and second.time.year is None
        listed = months and dated and _LIST.fullmatch(draft.between(first, second))
        if listed and second.time.number > first.time.number:
            second.value = with_year(second.time, first.time.year)


def _set_apart(draft: Draft, live: list[Mention]) -> None:
    """Reads "The first half, and the change on last year": held against it, and not of that year."""
    parts = [m for m in live if is_open(m.time)]
    if not parts or not draft.has("view", "growth", "compare"):
        return
    for mention in live:
        last = mention.time.kind == "year" and mention.time.pointing and mention.start > parts[0].end + 3
        mention.live = not (last and _ON.search(draft.before(mention)))


def _repeat(draft: Draft, live: list[Mention], months: list[Mention], years: list[Mention]) -> None:
    """A bare year after dated months stands for the same months of it: March 2024 and 2025."""
    for mention in [] if _SHARE.search(draft.text) else years:
        before = [m for m in months if m.start < mention.start]
        if not before:
            continue
        last = before[-1]
        between = [m for m in live if last.start <= m.start <= mention.start]
        beside = _BESIDE.fullmatch(draft.between(last, mention))
        if beside or all(m is last or m in years for m in between):
            mention.value = with_year(last.time, mention.time.year)


def _open_years(live: list[Mention]) -> None:
    """Months without a year take that of the time after them, else of the one before."""
    for before, first, second in zip(
        [None, *live[:-2]][::-1], reversed(live[:-1]), reversed(live[1:]), strict=False
    ):
        if _same_part(first.time, second.time) or (before and _goes_on(before.time, first.time, second.time)):
            continue
        if is_open(first.time) and isinstance(of := _year_of(second.time), int):
            first.value = with_year(first.time, of)
    for first, second in pairwise(live):
        if _same_part(first.time, second.time):
            continue
        if is_open(second.time) and isinstance(of := _year_of(first.time), int):
            second.value = with_year(second.time, of)


def _goes_on(before: Time, time: Time, after: Time) -> bool:
    """Whether a month belongs to the year before it: "November 2024, December and March 2025"."""
    if not all(each.kind == "month" for each in (before, time, after)) or not isinstance(before.year, int):
        return False
    return before.number < time.number and isinstance(after.year, int) and time.number > after.number


def _same_part(one: Time, other: Time) -> bool:
    """Whether a year in common would make them the same: H1, and H1 last year."""
    return (
        one.kind == other.kind
        and one.number == other.number
        and one.kind in ("month", "quarter", "half", "to_date")
    )


def is_open(time: Time) -> bool:
    """Whether its year was left open."""
    match time.kind:
        case "span":
            return all(part.year is None for part in time.parts) and time.parts[1].kind != "latest"
        case "to_date":
            return time.year is None and time.number is not None
        case "range":
            return time.year is None and not isinstance(time.parts[0], Month)
        case _:
            return time.kind in ("month", "quarter", "half", "full") and time.year is None


def with_year(time: Time, year: object) -> Time:
    """The same time of that year."""
    if not isinstance(year, int):
        return time
    if time.kind == "span":
        return replace(time, parts=tuple(replace(part, year=year) for part in time.parts))
    if time.kind == "full":
        return replace(time, kind="year", year=year)
    if time.kind == "range" and isinstance(time.parts[0], Month):
        back = time.parts[1].year - year
        return replace(time, parts=tuple(Month(m.year - back, m.number) for m in time.parts))
    return replace(time, year=year)


def _year_of(time: Time) -> object:
    if time.kind in ("month", "quarter", "half", "to_date"):
        return time.year
    return time.parts[0].year if time.kind == "span" else None
