"""What points back at what was shown: those, both, the second one, which was bigger, the sum of them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS
from bot.questions.draft import Draft
from bot.questions.patterns import pattern
from bot.questions.question import UNITS_OF, Question, View
from bot.questions.refusal import Refusal
from bot.questions.thread import Shown, figures_of, seen

_COUNT = re.compile(
    r"\b(?:all )?(three|3|four|4|two|2|both|five|six|seven|eight|nine|ten|twelve)\b|(两|二|三|四|2|3|4)个"
)
_EACH = re.compile(r"\beach\b|\btotals\b|分别|各自")
_ENDS = re.compile(r"\bfirst (?:one )?(?:and|to|vs\.?|with) (?:the )?last\b|首尾")
_NUMBERS = {
    "both": 2,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "two": 2,
    "three": 3,
    "four": 4,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
}
_WHICH = pattern("pointing", "which")
_CHANGE = re.compile(r"\bchange\b|difference|变化|增长多少|涨了多少|差")
_SUM = re.compile(r"\btotal|sum|合计|加")


def pointed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that act on what was shown; a Refusal where nothing was shown."""
    if not draft.turn.answers:
        _nothing_shown(draft)
        return ()
    points, views = set(draft.values("point")), set(draft.values("view"))
    new = (
        draft.has("series")
        or draft.has("flow")
        or draft.has("world")
        or any(not (m.time.kind == "same" and m.time.year is None) for m in draft.live("time"))
    )
    if (
        "both" in points
        and all(m.time.kind == "cumulative" for m in draft.live("time"))
        and draft.has("time")
    ):
        return _bare(draft, points, {"total"})
    flows = draft.values("flow")
    if "both" in points and "total" in views and flows and not draft.has("series"):
        figures = [figure for figure in seen(draft.turn.shown) if figure.pair.flow in flows]
        if len(figures) > 1:
            return _told(draft, figures[-(count_in(draft.text) or len(figures)) :], "total")
    return _with_times(draft, points) if new else _bare(draft, points, views)


def _nothing_shown(draft: Draft) -> None:
    if any(draft.turn.half) or not draft.has("point") or draft.has("series"):
        return
    if not draft.has("flow") or not draft.has("time"):
        raise Refusal("ask_back", "points_at_nothing", tuple(m.text for m in draft.live("point"))[:1])


def _bare(draft: Draft, points: set[str], views: set[str]) -> tuple[Question, ...]:
    """Pointing words and what is to be done, without a slot."""
    last = figures_of(draft.turn.questions)
    every = seen(draft.turn.shown)
    if _ENDS.search(draft.text) and len(every) > 1:
        shown = last if len(last) > 1 else every
        return _told(draft, [shown[0], shown[-1]], "compare")
    if one := _one_of(points, last, every):
        return _told(draft, one, "figure")
    if "other" in points:
        raise Refusal("ask_back", "which_other", offers=tuple(figure.alone for figure in every[:-1][-3:]))
    count = count_in(draft.text)
    pool = (
        last
        if len(last) > 1 and (count is None or count <= len(last))
        else every[-(count or (2 if "compare" in views else len(every))) :]
    )
    if "growth" in views and (pair := _two_alike(draft, last, every)):
        return _told(draft, pair, "compare")
    if "total" in views and len(draft.turn.answers) > 1 and _EACH.search(draft.text):
        lists = [figures_of(answer) for answer in draft.turn.answers[-2:]]
        return tuple(question for each in lists for question in _told(draft, each, "total"))
    if "total" in views and (len(last) > 1 or "both" in points or len(every) > 1):
        whole = len(last) > 1 and (count is None or count <= len(last))
        return _told(draft, last if whole else every[-count:] if count else _alike(every), "total")
    if (
        ("compare" in views or _WHICH.search(draft.text))
        and len(pool) > 1
        and not (len(last) == 1 and len(every) < 2)
    ):
        return _told(draft, pool, "compare")
    if "ranking" in views and draft.turn.questions and draft.turn.questions[0].view == "table":
        draft.inherited |= {"series", "flow", "period", "view"}
        return draft.turn.questions
    if "ranking" in views and _ranks_shown(draft, last):
        return _told(draft, last, "compare")
    if "average" in views:
        if len(last) > 1 and draft.turn.questions[0].view != "trend":
            return _told(draft, last, "average")
        if (count or "both" in points) and len(every) > 1:
            return _told(draft, every[-count:] if count else _alike(every), "average")
    if "both" in points and (draft.has("unit") or draft.has("measure") or "export" in views):
        return _told(draft, pool, "figure")
    if "both" in points and "growth" in views:
        return _told(draft, pool, "growth")
    return ()


def _one_of(points: set[str], last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    """The first, the second or the last of what was shown."""
    if "first" in points:
        return (last if len(last) > 1 else every)[:1]
    if "second" in points:
        return (last if len(last) > 1 else every)[1:2]
    return every[-1:] if "last" in points else ()


def count_in(text: str) -> int | None:
    """How many figures are pointed at: both, all three, 两个."""
    match = _COUNT.search(text)
    if not match:
        return None
    said = match[1] or match[2]
    return _NUMBERS.get(said) or int(said)


def _two_alike(draft: Draft, last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    """The last two figures where a change between them is asked for: the same month of two years."""
    if len(last) != 1 or len(every) < 2 or not _CHANGE.search(draft.text):
        return ()
    one, two = every[-2:]
    alike = one.pair == two.pair and one.period.kind == two.period.kind
    return (
        (one, two)
        if alike and one.period != two.period and one.period.end.number == two.period.end.number
        else ()
    )


def _alike(every: Sequence[Shown]) -> Sequence[Shown]:
    """The figures at the end of the thread that are of one line and kind."""
    last = every[-1]
    found: list[Shown] = []
    for figure in reversed(every):
        if (figure.pair, figure.period.kind, figure.question.measure) != (
            last.pair,
            last.period.kind,
            last.question.measure,
        ):
            break
        found.append(figure)
    return found[::-1] if len(found) > 1 else every[-2:]


def _ranks_shown(draft: Draft, last: Sequence[Shown]) -> bool:
    few = 1 < len(last) < 13 and len({figure.period for figure in last}) > 1
    return few and draft.turn.questions[0].view in ("figure", "compare", "growth", "total")


def _with_times(draft: Draft, points: set[str]) -> tuple[Question, ...]:
    """Reads "Both in 2024 and 2025": figures of those years among what was shown."""
    times = draft.live("time")
    one = _one_of(points, figures_of(draft.turn.questions), seen(draft.turn.shown))
    if (
        one
        and len(times) == 1
        and times[0].time.kind == "year"
        and not draft.has("series")
        and not draft.has("flow")
    ):
        return _told(draft, [_in_year(figure, times[0].time.year) for figure in one], "figure")
    if "both" not in points or draft.has("series") or draft.has("flow") or not times:
        return ()
    if all(m.time.kind == "year" for m in times):
        years = {m.time.year for m in times}
        chosen = [figure for figure in seen(draft.turn.shown) if figure.period.end.year in years]
        if chosen:
            return _told(draft, chosen, "total" if _SUM.search(draft.text) else "figure")
    return ()


def _in_year(figure: Shown, year: object) -> Shown:
    assert isinstance(year, int)
    return figure._replace(period=figure.period.plus(12 * (year - figure.period.end.year)))


def _told(draft: Draft, figures: Sequence[Shown], view: View) -> tuple[Question, ...]:
    """These figures in one view: one Question where all lines are asked for in all periods, else several."""
    if not figures:
        raise Refusal("ask_back", "points_at_nothing")
    draft.inherited |= {"series", "flow", "period"}
    pairs = tuple(dict.fromkeys(figure.pair for figure in figures))
    periods = tuple(dict.fromkeys(figure.period for figure in figures))
    whole = len(pairs) * len(periods) == len(figures)
    first = figures[0].alone
    found = [replace(first, pairs=pairs, periods=periods)] if whole else [figure.alone for figure in figures]
    return tuple(
        _in_unit(draft, replace(q, **{"view": view, **_against(q.pairs, q.periods, view)})) for q in found
    )


def _against(pairs: Sequence[object], periods: tuple[Period, ...], view: View) -> dict[str, Any]:
    if view == "compare" and len(periods) == 2:
        return {"periods": periods[:1], "against": periods[1]}
    if len(pairs) == len(periods) == 1 and view in ("total", "compare", "average"):
        return {"view": "figure"}
    return {}


def _in_unit(draft: Draft, question: Question) -> Question:
    measures, units = draft.values("measure"), draft.values("unit")
    if measures:
        question = replace(
            question,
            measure=measures[-1],
            unit=UNITS[measures[-1]],
        )
    if units and units[-1] in UNITS_OF[question.measure]:
        question = replace(question, unit=units[-1])
    return question
