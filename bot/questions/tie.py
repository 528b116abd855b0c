"""Times that belong together: ranges, lists, a year that stands apart from its months."""

from dataclasses import replace
from itertools import pairwise

from bot.dataset.calendar import Month
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.times import Time

RE = patterns("tie")
_OF_MONTHS = ("month", "quarter", "half", "range", "to_date", "span", "full")
_UNITS = ("month", "quarter", "half", "year")
_DATED = ("month", "quarter", "half", "to_date")
_PLAIN = ("month", "quarter", "half", "range", "to_date")


def tie(draft: Draft, mentions: list[Mention]) -> None:
    """Joins the live times of a message: ends of a range, years with the months they belong to."""
    steps = (
        _ahead, _held_against, _apart, _ranges, _yearly, _runs_before, _same_years, _listed, _set_apart,
        _years, _open_years,
    )  # fmt: skip
    several = sum(mention.time.kind != "cumulative" for mention in mentions) > 1
    for step in steps if several else (_apart,):
        step(draft, [m for m in mentions if m.live])


def _ahead(draft: Draft, live: list[Mention]) -> None:
    """Reads "Q1 next year": a year to come, and not the one after what was shown."""
    for mention in live if any(is_open(m.time) for m in live) else ():
        if mention.time.kind == "relative" and RE.next_year.fullmatch(mention.text):
            mention.value = Time("year", draft.record.today.year + 1)


def _held_against(draft: Draft, live: list[Mention]) -> None:
    """Reads "July exports, and how does that compare with last year?": the same month of both."""
    parts = [m.time.kind in _PLAIN and not isinstance(m.time.year, int) for m in live]
    for mention in live if any(parts) else ():
        time, before = mention.time, draft.before(mention).rstrip("的")
        zh = RE.versus_if.search(before) and RE.compares_zh.match(draft.after(mention))
        if time.kind == "year" and (zh or RE.versus.search(before)):
            mention.value = Time("same", "relative" if time.pointing else time.year)


def _yearly(draft: Draft, live: list[Mention]) -> None:
    """Reads "Every July since 2020", "July 2020 to 2025": that month of each of these years."""
    every = [m for m in live if m.time.kind == "each" and m.time.number is None]
    spans = [m for m in live if m.time.kind == "years" or _spans_years(m.time)]
    months = every or ([m for m in live if is_open(m.time)] if len(spans) == 1 else [])
    years = [m for m in live if m not in months]
    if (
        every and len(years) > 1 and all(m.time.kind == "year" for m in years)
    ):  # "the Aprils of 2024 and 2025"
        for year in years:
            parts = tuple(with_year(part, year.time.year) for m in every for part in m.time.parts)
            year.value = parts[0] if len(parts) == 1 else Time("list", parts=parts)
        for mention in every:
            mention.live = False
    for mention in months if len(years) == 1 else ():
        parts = mention.time.parts if mention.time.kind == "each" else (mention.time,)
        mention.value = _of_each(parts, years[0], draft)
        years[0].live = False


def _spans_years(time: Time) -> bool:
    return time.kind == "span" and all(part.kind == "year" for part in time.parts)


def _of_each(parts: tuple[Time, ...], years: Mention, draft: Draft) -> Time:
    """These parts of each year that a time names: of so many, of those since one, of a stretch of them."""
    time = years.time
    if time.kind == "last":
        return Time("each", number=time.number[0], parts=parts)
    first, last = time.year, time.number if time.kind == "years" else time.year
    if _spans_years(time):
        first, last = (part.year for part in time.parts)
    since = RE.since.search(draft.before(years)) or RE.to_now.match(draft.after(years))
    if since or not isinstance(last, int) or not isinstance(first, int):
        return Time("each", first if isinstance(first, int) else None, parts=parts)
    every = (with_year(part, year) for year in range(first, last + 1) for part in parts)
    return Time("list", parts=tuple(every))


def _apart(draft: Draft, live: list[Mention]) -> None:
    """Reads "Percent change june to july 2026": two months, and no stretch."""
    changed = draft.has("view", "growth", "compare", "difference") and not draft.has("view", "mom")
    if not changed or RE.of_a_year.search(draft.text) or RE.summed.search(draft.text):
        return
    for mention in live if len(live) == 1 else ():
        time = mention.time
        if time.kind == "range" and isinstance(time.parts[0], int):
            months = tuple(Time("month", time.year, number) for number in time.parts)
            mention.value = replace(time, kind="list", parts=months)


def _ranges(draft: Draft, live: list[Mention]) -> None:
    first = live[0] if live else None
    gaps = (draft.between(*pair).strip(" ,.'") for pair in pairwise(live))
    several = sum(bool(RE.range.fullmatch(gap)) for gap in gaps) > 1  # "June to July against May to June"
    for last in live[1:]:
        if first and _is_range(draft, first, last, several):
            first.value = Time("span", parts=(first.time, last.time))
            first.end, last.live = last.end, False
        else:
            first = last


def _is_range(draft: Draft, first: Mention, last: Mention, several: bool) -> bool:
    kinds = (first.time.kind, last.time.kind)
    if kinds == ("last", "month") and first.time.number[1] == "month":
        return bool(RE.ends.search(draft.before(last)))  # "last 6 months of bauxite, up to July"
    fitting = kinds[0] in _UNITS and kinds[1] in (kinds[0], "latest")
    if not fitting and kinds != ("quarter", "month"):
        return False
    gap, before = draft.between(first, last).strip(" ,.'"), draft.before(first).rstrip(" '")
    between = bool(RE.between.search(before))
    if gap in ("to", "to the") and RE.compar.search(before):
        return False
    if not RE.range.fullmatch(gap) and not (between and gap in ("and", "&", "和", "与", "")):
        return False
    if RE.through.fullmatch(gap) or several:
        return True
    opened = between or before.endswith("from")
    changed = draft.has("view", "growth", "mom", "compare", "difference") or draft.says(RE.moved)
    later = first.time.kind == "month" and first.time.number != 1 and not RE.of_a_year.search(draft.text)
    return not (changed and (opened or later) and not RE.sum.search(draft.text))


def _same_years(draft: Draft, live: list[Mention]) -> None:
    """Reads "Same period of 2024 and 2025"; "2024, same months"."""
    apart = not any(m.time.kind in _PLAIN for m in live)
    for first, second in pairwise(live):
        one, other = first.time, second.time
        if one.kind == "same" and isinstance(one.year, int) and other.kind == "year":
            if RE.listed.fullmatch(draft.between(first, second)):
                second.value = replace(other, kind="same")
        elif apart and one.kind == "year" and other.kind == "same" and other.year is None:
            first.value, second.live = replace(one, kind="same"), False
        elif apart and one.kind == "same" and one.year is None and other.kind == "year":
            second.value, first.live = replace(other, kind="same"), False


def _runs_before(draft: Draft, live: list[Mention]) -> None:
    """Reads "The last 6 months against the previous 6 months": as long a run before them."""
    for first, second in pairwise(live):
        one, other = first.time, second.time
        months = one.kind == "last" and one.number[1] == "month"
        if months and other == one and RE.earlier.match(second.text):
            second.value = Time("relative", number=("same", -1))


def _years(draft: Draft, live: list[Mention]) -> None:
    months = [m for m in live if m.time.kind in _OF_MONTHS]
    years = [m for m in live if m.time.kind == "year" or _of_years(m.time)]
    open_months = [m for m in months if is_open(m.time)]
    back = next((m for m in live if m.time.kind == "last" and m.time.number[1] == "year"), None)
    if back and open_months:  # "Q2 of the past three years"
        back.value = Time("each", number=back.time.number[0], parts=tuple(m.time for m in open_months))
        for mention in open_months:
            mention.live = False
        return
    if months and years and not open_months:
        for mention in years:  # "fewer last year, so July and August 2025"
            told = mention.time.pointing and len(months) > 1 and mention.start < months[0].start
            mention.live = not (told and all(m.time.year == mention.time.year for m in months))
        _repeat(draft, live, months, years)
    elif open_months and len(years) == 1 and not _of_years(years[0].time):
        for mention in open_months:
            mention.value = with_year(mention.time, years[0].time.year)
        years[0].live = draft.has("view", "share")
    elif open_months and years:
        for mention in years:
            said = mention.time.parts or (mention.time,)
            each = tuple(with_year(m.time, year.year) for m in open_months for year in said)
            mention.value = each[0] if len(each) == 1 else replace(mention.time, kind="list", parts=each)
        for mention in open_months:
            mention.live = False


def _of_years(time: Time) -> bool:
    """Whether it is a list of years: "26 v 25"."""
    return time.kind == "list" and all(part.kind == "year" for part in time.parts)


def _listed(draft: Draft, live: list[Mention]) -> None:
    """Reads "October 2025, November and December": months listed beside a dated one are of its year."""
    for first, second in reversed([*pairwise(live)]):  # "June and July 2026"
        months = first.time.kind == second.time.kind == "month" and first.time.year is None
        later = months and isinstance(second.time.year, int) and second.time.number > first.time.number
        if later and RE.listed.fullmatch(draft.between(first, second)):
            first.value = with_year(first.time, second.time.year)
    for first, second in pairwise(live):
        months = first.time.kind == second.time.kind == "month" and second.time.year is None
        parts = first.time.kind in ("month", "quarter", "half") and first.time.year is None
        if parts and first.time == second.time and RE.beside.fullmatch(draft.between(first, second)):
            second.value = Time("relative", number=("year", -1))  # "april against april"
            continue
        later = months and isinstance(first.time.year, int) and second.time.number > first.time.number
        if later and RE.listed.fullmatch(draft.between(first, second)):
            second.value = with_year(second.time, first.time.year)


def _set_apart(draft: Draft, live: list[Mention]) -> None:
    """Reads "The first half, and the change on last year": held against it, and not of that year."""
    part = next((m for m in live if is_open(m.time)), None)
    years = [m for m in live if m.time.kind == "year"]
    if not part or len(years) > 1 or not draft.has("view", "growth", "compare"):
        return
    for mention in live:
        last = mention.time.kind == "year" and mention.time.pointing and mention.start > part.end + 3
        mention.live = not (last and RE.on.search(draft.before(mention)))


def _repeat(draft: Draft, live: list[Mention], months: list[Mention], years: list[Mention]) -> None:
    """A bare year after dated months stands for the same months of it: March 2024 and 2025."""
    for mention in years if not RE.share.search(draft.text) else ():
        last = next((m for m in reversed(months) if m.start < mention.start), None)
        if last and _of_years(mention.time):  # "H1 24 against 25 against 26"
            each = tuple(with_year(last.time, year.year) for year in mention.time.parts)
            mention.value = replace(mention.time, parts=each)
        elif last and last.time.year != mention.time.year and not RE.whole.search(draft.before(mention)):
            between = [m for m in live if last.start < m.start <= mention.start]
            beside = RE.beside.fullmatch(draft.between(last, mention))
            if beside or all(m in years for m in between):
                each = tuple(with_year(m.time, mention.time.year) for m in _list_to(draft, months, last))
                mention.value = each[0] if len(each) == 1 else Time("list", parts=each)


def _list_to(draft: Draft, months: list[Mention], last: Mention) -> list[Mention]:
    """The months of one year that are listed up to that one: "April, May and June 2026 next to 2025"."""
    found = [last]
    for mention in reversed(months[: months.index(last)]):
        listed = RE.listed.fullmatch(draft.between(mention, found[0])) and mention.time.kind == "month"
        if not listed or mention.time.year != last.time.year:
            break
        found.insert(0, mention)
    return found


def _open_years(draft: Draft, live: list[Mention]) -> None:
    """Months without a year take that of the time after them, else of the one before."""
    for at in reversed(range(len(live) - 1)):
        before = live[at - 1].time if at else None
        if not (before and _goes_on(before, live[at].time, live[at + 1].time)):
            _take_year(live[at], live[at + 1].time)
    for first, second in pairwise(live):
        _take_year(second, first.time)


def _take_year(mention: Mention, other: Time) -> None:
    """Gives a time that is open the year of its neighbour, unless that would make them the same."""
    time = mention.time
    alike = time.kind == other.kind and time.number == other.number and time.kind in _DATED
    of = other.year if other.kind in _DATED else other.parts[0].year if other.kind == "span" else None
    if not alike and is_open(time) and isinstance(of, int):
        mention.value = with_year(time, of)


def _goes_on(before: Time, time: Time, after: Time) -> bool:
    """Whether a month belongs to the year before it: "November 2024, December and March 2025"."""
    if not all(each.kind == "month" for each in (before, time, after)) or not isinstance(before.year, int):
        return False
    return before.number < time.number and isinstance(after.year, int) and time.number > after.number


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
