"""The periods that a message asks for, beside what its thread is about."""

import re
from dataclasses import dataclass

from bot.dataset.calendar import Month, Period
from bot.questions.draft import Draft, Mention
from bot.questions.patterns import pattern
from bot.questions.periods import Resolver, stretch
from bot.questions.question import Pair, Question
from bot.questions.refusal import Refusal
from bot.questions.thread import periods_in, seen
from bot.questions.times import Time

_SINCE = pattern("when", "since")
_FROM = re.compile(r"from$|从$")
_ONWARDS = pattern("when", "onwards")
_TO_NOW = pattern("when", "to_now")
_UNTIL = pattern("when", "until")
_TO_DATE = re.compile(r"\s*(?:ytd|year to date|cumulative|累计)")
_VERSUS = re.compile(r"(?:compared|vs)\s*$")
_COMPARES = pattern("when", "compares")
_MISTAKE = re.compile(r"instead of|\bnot\b|而不是|typo|meant|mean\b")
_WHOLE_YEAR = re.compile(r"\b(?:full|whole|entire|all of|all|calendar|annual|total)\b|全年|整年|年度|一共|总")
_ONE_MONTH = re.compile(r"month|alone|single|当月|单月|only|just|只")
_AGAINST = pattern("when", "against")
_OF_EACH = re.compile(r"\beach\b|\bboth\b|各|分别")
_TOTAL = re.compile(r"rolling|trailing|ltm|ttm|12m")
_COUNTS = (("two", 2), ("both", 2), ("2 ", 2), ("three", 3), ("3 ", 3), ("four", 4))
_COMPARED = re.compile(r"\bvs?\b|versus|compar|than|against|比")
_SPANNED = (
    "ranking",
    "trend",
    "average",
    "table",
    "count",
    "streak",
    "rolling",
    "season",
    "export",
    "record",
)


@dataclass(slots=True)
class When:
    """Periods; whether they were left to the record; whether they make it a trend or a comparison."""

    periods: tuple[Period, ...]
    open_ended: bool = False
    trend: bool = False
    compared: bool = False


def when_of(
    draft: Draft,
    times: list[Mention],
    pairs: tuple[Pair, ...],
    last: tuple[Question, ...],
    before: tuple[Period, ...],
    view: str,
    measure: str,
    cumulative: bool,
) -> When:
    """The periods of one wish; `before` are those that relative times count from."""
    resolver = Resolver(draft, pairs, measure)
    if not times:
        return _without_time(draft, resolver, last, before, view, cumulative)
    found = _resolved(draft, resolver, times, before, view)
    if cumulative and len(times) == 1 and times[0].time.kind == "year" and times[0].time.pointing:
        newest = resolver.newest
        found.periods = (Period.ytd(newest.plus(-12)),)
        if _COMPARED.search(draft.text):
            found.periods = (Period.ytd(newest), *found.periods)
    found.periods = _a_year_before(times, found.periods, view)
    if cumulative:
        found.periods = _unique(Period.ytd(p.end) if p.kind == "month" else p for p in found.periods)
    if "month alone" in draft.assumed:
        found.periods = tuple(Period.month(p.end) if p.kind == "ytd" else p for p in found.periods)
    if last:
        _after_thread(draft, resolver, times, last, before, view, found)
    if view in ("growth", "compare", "difference") and len(found.periods) > 1:
        found.compared = True
    return found


def _a_year_before(times: list[Mention], periods: tuple[Period, ...], view: str) -> tuple[Period, ...]:
    """Reads "The newest month, against last year": the same month of that year, and not the whole of it."""
    last = next((m.time for m in times if m.time.kind == "year" and m.time.pointing), None)
    parts = [period for period in periods if period.length < 12]
    if (
        view not in ("compare", "difference", "growth")
        or last is None
        or len(parts) != 1
        or len(periods) != 2
    ):
        return periods
    return (parts[0], _in_year(parts[0], last))


def _unique(periods: object) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(periods))  # type: ignore[call-overload]


def _without_time(
    draft: Draft,
    resolver: Resolver,
    last: tuple[Question, ...],
    before: tuple[Period, ...],
    view: str,
    cumulative: bool,
) -> When:
    if cumulative:
        return When((Period.ytd(_base(before).end if before else resolver.newest),), open_ended=not before)
    if before:
        draft.inherited.add("period")
        return When(before, any(question.open_ended for question in last))
    draft.assumed.add("period")
    newest = resolver.newest
    if view == "table":
        return When((stretch(Month(newest.year - 5, 1), newest),))
    if view in ("ranking", "count", "streak", "events", "definition", "coverage", "export"):
        return When(())
    if view in _SPANNED:
        return When((stretch(newest.plus(-11), newest),))
    return When((Period.month(newest),), open_ended=True)


def _base(periods: tuple[Period, ...]) -> Period:
    return max(periods, key=lambda period: (period.end, -period.length))


def _resolved(
    draft: Draft, resolver: Resolver, times: list[Mention], before: tuple[Period, ...], view: str
) -> When:
    base = _base(before) if before else None
    found = When(())
    for mention in times:
        time = mention.time
        if time.kind == "same":
            meant = _meant(draft, time, before)
            if found.periods and time.pointing and time.text.endswith(("that year", "same year")):
                continue
            if found.periods and "years" in time.text and meant:
                years = dict.fromkeys(period.end.year for period in meant)
                found.periods = _unique(
                    p.plus(12 * (year - p.end.year)) for year in years for p in found.periods
                )
                continue
            found.periods = _unique((*found.periods, *_same(time, found.periods or meant)))
            continue
        if time.kind == "around" and time.number == "year" and found.periods:
            continue  # "May of that year"
        origin = found.periods[-1] if found.periods else base
        periods = resolver.periods(time, origin)
        if not periods:
            raise Refusal("ask_back", "time", (mention.text,), offers_of=_fiscal(time, resolver))
        if time.kind == "latest":
            found.open_ended = True
        if (
            time.kind == "last"
            and time.number[1] == "month"
            and view in ("figure", "growth", "trend")
            and not _TOTAL.search(mention.text)
        ):
            found.trend = True
        periods = _edges(draft, mention, periods, resolver, view, found)
        found.periods = _unique((*found.periods, *periods))
    return found


def _meant(draft: Draft, time: Time, before: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods that are pointed at: of "the same two months" the last two that were shown."""
    halves = {Period.around(period.end, "half") for period in before}
    if "half" in time.text and len(halves) == 1:
        return tuple(halves)
    count = next((n for word, n in _COUNTS if word in time.text), 0)
    shown = tuple(dict.fromkeys(figure.period for figure in seen(draft.turn.shown)))
    return shown[-count:] if count and len(before) < count <= len(shown) else before


def _same(time: Time, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The same stretch, of another year where one is named."""
    if not periods:
        raise Refusal("ask_back", "same_as_what", (time.text,))
    if time.year is None:
        return periods
    return tuple(
        p.plus(-12 if time.year == "relative" else 12 * (int(time.year) - p.end.year)) for p in periods
    )


def _fiscal(time: Time, resolver: Resolver) -> tuple[Period, ...]:
    if time.kind != "fiscal" or not isinstance(time.year, int):
        return ()
    year = time.year
    return (
        Period.whole_year(year),
        Period.span(Month(year, 7), Month(year + 1, 6)),
        Period.span(Month(year, 4), Month(year + 1, 3)),
    )


def _edges(
    draft: Draft, mention: Mention, periods: tuple[Period, ...], resolver: Resolver, view: str, found: When
) -> tuple[Period, ...]:
    """Opens or closes a stretch where "since" or "until" stands beside the time."""
    before, after, time = draft.before(mention).rstrip(), draft.after(mention), mention.time
    period = periods[-1]
    if time.kind in ("month", "quarter", "year", "half") and len(periods) == 1 and _is_since(before, after):
        start = Month(time.year, 1) if time.kind == "year" and isinstance(time.year, int) else period.start
        if start > resolver.newest:
            raise Refusal("ask_back", "future", (mention.text,))
        found.trend = found.trend or view in ("figure", "growth", "trend", "share")
        return (stretch(start, resolver.newest),)
    closed = _UNTIL.search(before) or (_TO_DATE.match(after) and time.kind == "month")
    if closed and period.kind in ("month", "quarter") and not _VERSUS.search(before):
        draft.assumed.add("from January")
        return (Period.ytd(period.end),)
    return periods


def _is_since(before: str, after: str) -> bool:
    return bool(
        _SINCE.search(before) or (_FROM.search(before) and _ONWARDS.match(after)) or _TO_NOW.match(after)
    )


def _after_thread(
    draft: Draft,
    resolver: Resolver,
    times: list[Mention],
    last: tuple[Question, ...],
    before: tuple[Period, ...],
    view: str,
    found: When,
) -> None:
    """What a time means after the periods that the thread has shown."""
    text, first = draft.text, times[0].time
    shown, bare = periods_in(last), len(times) == 1 and times[0].time.kind == "year"
    lines = draft.has("series") or draft.has("flow")
    base = _base(before) if before else None
    if (not lines or draft.has("point", "both")) and before:
        if _COMPARES.search(text) or (view in ("compare", "difference") and len(found.periods) == 1):
            if (
                bare
                and base
                and base.kind in ("month", "ytd", "quarter", "half")
                and not _WHOLE_YEAR.search(text)
            ):
                found.periods = (_in_year(base, first),)
            kept = tuple(p for p in before if p not in found.periods)
            found.periods = _unique((*(kept if len(kept) == 1 else kept[-1:]), *found.periods))
            found.compared = True
        elif len(before) == 2 and len(found.periods) == 1 and _MISTAKE.search(text):
            gone = _withdrawn(draft, before)
            if gone:
                found.periods = _unique((*(p for p in before if p not in gone), *found.periods))
        elif (
            view in ("growth", "compare", "difference")
            and len(found.periods) == 1
            and _AGAINST.search(draft.before(times[0]))
        ):
            beside = (_in_year(base, first),) if bare and base and base.kind != "range" else found.periods
            found.periods = _unique((before[-1], *beside))
        elif _repeats_parts(draft, times, before):
            found.periods = tuple(
                found.periods[-1].plus(12 * (year - found.periods[-1].end.year))
                for year in dict.fromkeys(period.end.year for period in before)
            )
        elif _repeats_years(times, before):
            found.periods = tuple(Period.month(Month(p.end.year, first.number)) for p in before)
            found.compared = True
        elif bare and len(found.periods) == 1 and _keeps_months(base, last, view, text):
            year = (base.end.year - 1) if first.pointing and base else first.year
            assert isinstance(year, int)
            found.periods = _unique(p.plus(12 * (year - p.end.year)) for p in before)
            draft.assumed.add("same months")
    _keep_running(draft, times, shown, found)


def _repeats_parts(draft: Draft, times: list[Mention], before: tuple[Period, ...]) -> bool:
    """Reads "And the second quarter of each?", after halves of two years."""
    part = len(times) == 1 and times[0].time.kind in ("quarter", "half") and times[0].time.year is None
    return part and len({p.end.year for p in before}) > 1 and bool(_OF_EACH.search(draft.text))


def _repeats_years(times: list[Mention], before: tuple[Period, ...]) -> bool:
    """Reads "Same for April", after March of two years: a month of each of these years."""
    month = len(times) == 1 and times[0].time.kind == "month" and times[0].time.year is None
    return (
        month
        and len(before) > 1
        and all(p.kind == "month" for p in before)
        and len({p.end.number for p in before}) == 1
    )


def _in_year(base: Period, time: Time) -> Period:
    year = base.end.year - 1 if time.pointing else time.year
    assert isinstance(year, int)
    return base.plus(12 * (year - base.end.year))


def _withdrawn(draft: Draft, before: tuple[Period, ...]) -> set[Period]:
    """The periods that a correction takes back."""
    gone = set()
    for mention in draft.mentions:
        if mention.kind == "time" and not mention.live:
            time = mention.time
            for period in before:
                if (time.kind == "year" and period.end.year == time.year) or (
                    time.kind == "month"
                    and time.number == period.end.number
                    and time.year in (None, period.end.year)
                ):
                    gone.add(period)
    return gone


def _keeps_months(base: Period | None, last: tuple[Question, ...], view: str, text: str) -> bool:
    """Whether a bare year stands for the thread's months of that year."""
    if base is None or base.kind not in ("month", "ytd", "quarter", "half"):
        return False
    return (
        not any(question.open_ended for question in last)
        and not _WHOLE_YEAR.search(text)
        and view not in ("trend", "ranking", "average", "table", "export")
    )


def _keep_running(draft: Draft, times: list[Mention], shown: tuple[Period, ...], found: When) -> None:
    """A month named after a running total is one too."""
    totals = shown and all(p.kind == "ytd" for p in shown) and any(p.end.number not in (2, 12) for p in shown)
    months = found.periods and all(p.kind == "month" for p in found.periods)
    if not (totals and months and draft.turn.running) or _ONE_MONTH.search(draft.text):
        return
    if draft.has("series") and draft.has("flow"):
        return
    if all(m.time.kind in ("month", "relative") for m in times):
        found.periods = tuple(Period.ytd(p.end) for p in found.periods)
        draft.inherited.add("kind of period")
