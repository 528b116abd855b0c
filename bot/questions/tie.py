"""Times that belong together: ranges, lists, a year that stands apart from its months."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.reading import Refusal
from bot.questions.times import Time

RE = patterns("tie")
_OF_MONTHS = ("month", "quarter", "half", "range", "to_date", "span", "full")
_DATED = ("month", "quarter", "half", "to_date")
_PLAIN = ("month", "quarter", "half", "range", "to_date")


def tie(draft: Draft, mentions: list[Mention]) -> None:
    """Joins the live times of a message: ends of a range, years with the months they belong to."""
    several = sum(mention.time.kind != "cumulative" for mention in mentions) > 1
    steps = (
        _held_against, _ranges, _runs_before, _same_years, _listed, _set_apart, _years, _open_years,
    )  # fmt: skip
    for step in steps if several else ():
        step(draft, [m for m in mentions if m.live])


def _held_against(draft: Draft, live: list[Mention]) -> None:
    """Reads "July exports, and how does that compare with last year?": the same month of both."""
    parts = [m.time.kind in _PLAIN and not isinstance(m.time.year, int) for m in live]
    for mention in live if any(parts) else ():
        time, before = mention.time, draft.before(mention).rstrip("的")
        zh = RE.versus_if.search(before) and RE.compares_zh.match(draft.after(mention))
        if time.kind == "year" and (zh or RE.versus.search(before)):
            mention.value = Time("same", "relative" if time.pointing else time.year)


def _ranges(draft: Draft, live: list[Mention]) -> None:
    first = live[0]
    gaps = (draft.between(*pair).strip(" ,.'") for pair in pairwise(live))
    several = sum(bool(RE.range.fullmatch(gap)) for gap in gaps) > 1  # "June to July against May to June"
    for last in live[1:]:
        if _is_range(draft, first, last, several):
            first.value = Time("span", parts=(first.time, last.time))
            first.end, last.live = last.end, False
        else:
            first = last


def _is_range(draft: Draft, first: Mention, last: Mention, several: bool) -> bool:
    kinds = (first.time.kind, last.time.kind)
    if kinds == ("last", "month") and first.time.unit == "month":
        return bool(RE.ends.search(draft.before(last)))  # "last 6 months of bauxite, up to July"
    fitting = kinds[0] in ("month", "quarter", "half", "year") and kinds[1] in (kinds[0], "latest")
    if not fitting and kinds != ("quarter", "month"):
        return False
    gap, before = draft.between(first, last).strip(" ,.'"), draft.before(first).rstrip(" '")
    between = bool(RE.between.search(before))
    if not RE.range.fullmatch(gap) and not (between and gap in ("and", "&", "和", "与", "")):
        return False
    changed = draft.has("view", "growth", "mom", "compare", "difference") or draft.says(RE.moved)
    later = first.time.kind == "month" and first.time.number != 1 and not RE.of_a_year.search(draft.text)
    opened = between or before.endswith("from") or later  # "the change june to july" holds two months
    apart = changed and opened and not RE.sum.search(draft.text)
    return several or bool(RE.through.fullmatch(gap)) or not apart


def _runs_before(draft: Draft, live: list[Mention]) -> None:
    """Reads "The last 6 months against the previous 6 months": as long a run before them."""
    for first, second in pairwise(live):
        months = first.time.kind == "last" and first.time.unit == "month"
        if months and first.time == second.time and RE.earlier.match(second.text):
            second.value = Time("relative", number=-1, unit="same")


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


def _years(draft: Draft, live: list[Mention]) -> None:
    if any(m.time.kind == "last" and m.time.unit == "year" for m in live):
        for mention in (m for m in live if m.time.kind == "full"):
            mention.live = False  # "full-year imports, last three years"
    months = [m for m in live if m.live and m.time.kind in _OF_MONTHS]
    for mention in live if any(is_open(m.time) for m in months) else ():
        mention.value = _one_by_one(mention)
    years = [m for m in live if m.time.kind == "year" or _of_years(m.time)]
    open_months = [m for m in months if is_open(m.time)]
    if months and years and not open_months:
        _repeat(draft, live, months, years)
    elif open_months and len(years) == 1 and not _of_years(years[0].time):
        for mention in open_months:
            mention.value = with_year(mention.time, years[0].time.year)
        years[0].live = draft.has("view", "share") and not draft.has("country")
    elif open_months and years:
        for mention in years:
            mention.value = _in_years(open_months, mention.time)
        for mention in open_months:
            mention.live = False


def _one_by_one(mention: Mention) -> Time:
    """A stretch of years beside a part of a year as each of them: "Q2, 2024 to 2026"."""
    time = mention.time
    if time.kind == "last" and time.unit == "year":
        raise Refusal("ask_back", "time", (mention.text,))
    if time.kind not in ("years", "span") or any(part.kind != "year" for part in time.parts):
        return time
    first, last = (int(part.year or 0) for part in time.parts)
    return Time("list", parts=tuple(Time("year", year) for year in range(first, last + 1)))


def _of_years(time: Time) -> bool:
    """Whether it is a list of years: "26 v 25"."""
    return time.kind == "list" and all(part.kind == "year" for part in time.parts)


def _in_years(months: list[Mention], years: Time) -> Time:
    each = tuple(with_year(m.time, year.year) for m in months for year in years.parts or (years,))
    return each[0] if len(each) == 1 else Time("list", parts=each)


def _listed(draft: Draft, live: list[Mention]) -> None:
    """Reads "October 2025, November and December": months listed beside a dated one are of its year."""
    for mention, other in _neighbours(live):
        first, second = sorted((mention, other), key=lambda each: each.start)
        months = mention.time.kind == other.time.kind == "month" and mention.time.year is None
        later = months and isinstance(other.time.year, int) and second.time.number > first.time.number
        if later and RE.of_one_year.fullmatch(draft.between(first, second)):
            mention.value = with_year(mention.time, other.time.year)
    for first, second in pairwise(live):
        parts = first.time.kind in ("month", "quarter", "half") and first.time.year is None
        if parts and first.time == second.time and RE.beside.fullmatch(draft.between(first, second)):
            second.value = Time("relative", number=-1, unit="year")  # "april against april"


def _neighbours(live: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yields each with the one after it, the last first; then each with the one before it."""
    pairs = [*pairwise(live)]
    yield from reversed(pairs)
    yield from ((second, first) for first, second in pairs)


def _set_apart(draft: Draft, live: list[Mention]) -> None:
    """Reads "The first half, and the change on last year": held against it, and not of that year."""
    part = next((m for m in live if is_open(m.time)), None)
    if not part or not draft.has("view", "growth", "compare"):
        return
    for mention in live:
        last = mention.time.kind == "year" and mention.time.pointing and mention.start > part.end + 3
        mention.live = not (last and RE.on.search(draft.before(mention)))


def _repeat(draft: Draft, live: list[Mention], months: list[Mention], years: list[Mention]) -> None:
    """A bare year after a dated month stands for the same month of it: March 2024 and 2025."""
    for mention in years if not RE.share.search(draft.text) else ():
        last = next((m for m in reversed(months) if m.start < mention.start), None)
        if not last or last.time.year == mention.time.year or RE.whole.search(draft.before(mention)):
            continue
        if all(m in years for m in live if last.start < m.start <= mention.start):
            mention.value = _in_years([last], mention.time)


def _open_years(draft: Draft, live: list[Mention]) -> None:
    """Months without a year take that of the time after them, else of the one before."""
    dated = [m for m in live if m.time.kind in _DATED and isinstance(m.time.year, int)]
    for mention, beside in _neighbours(live):
        time, other = mention.time, beside.time
        alike = (time.kind, time.number) == (other.kind, other.number) and time.kind in _DATED
        # "June 2026 with May, and with June last year": May is no list with what follows.
        ahead = beside.start > mention.start and not RE.of_one_year.fullmatch(draft.between(mention, beside))
        ahead = ahead and live[live.index(mention) - 1] in dated and mention is not live[0]
        if beside in dated and not (alike or ahead) and is_open(time):  # alike they would be the same
            mention.value = with_year(time, other.year)
            dated.append(mention)


def is_open(time: Time) -> bool:
    """Whether its year was left open."""
    match time.kind:
        case "span":
            return all(part.year is None for part in time.parts) and time.parts[1].kind != "latest"
        case "to_date":
            return time.year is None and time.number > 0
        case "range":
            return time.year is None and time.parts[0].year is None
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
    return replace(time, year=year)
