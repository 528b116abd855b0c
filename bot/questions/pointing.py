"""What points back at what was shown: those, both, the second one, which was bigger, the sum of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS
from bot.questions.draft import Draft
from bot.questions.lexicon import NUMBER_WORDS, patterns
from bot.questions.manner import ranked
from bot.questions.periods import Resolver, of_year
from bot.questions.question import UNITS_OF, WEIGHTS, Criterion, Pair, Question, View
from bot.questions.reading import Refusal
from bot.questions.times import Time
from bot.questions.turn import Shown, figures_of, once, periods_of

RE, FOLLOWED = patterns("pointing"), patterns("followed")
_ONE_BY_ONE: tuple[View, ...] = ("figure", "growth", "compare", "difference")
# Since when a balance is on its side of nothing; since when a flow goes up, or down, on the year.
_OF_NET = (Criterion("above", 0.0, "level"),)
_RUNS = (Criterion("above", 0.0, "yoy"), Criterion("below", 0.0, "yoy"))
# What asks for each of the years, quarters or halves that were shown one by one.
_EACH = {"year": "years", "quarter": "quarters", "half": "halves"}
_OF_EACH = {*_EACH.values(), "growth"}
_RANKED = ("figure", "compare", "growth", "total")


def pointed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that act on what was shown; a Refusal where nothing was shown."""
    if not draft.turn.answers:
        complete = draft.has("series") or (draft.has("flow") and draft.has("time"))
        if draft.has("point") and not (complete or any(draft.turn.half)):
            raise Refusal("ask_back", "points_at_nothing", (draft.live("point")[0].text,))
        return ()
    points, views = set(draft.values("point")), set(draft.values("view"))
    times = [m.time for m in draft.live("time")]
    new = any(not (time.kind == "same" and time.year is None) for time in times)
    if "both" in points and times and all(time.kind == "cumulative" for time in times):
        return _bare(draft, points, {"total"})
    if "compare" in views and (shown := _months_shown(draft, times)):
        return _told(draft, shown, "compare")
    if new or draft.has_any("series", "flow", "world"):
        alone = len(times) == 1 and not draft.has_any("series", "flow")
        moved = [*_moved(draft, points, times[0])] if alone else []
        return _told(draft, moved, "figure") if moved else ()
    return _bare(draft, points, views)


def _bare(draft: Draft, points: set[str], views: set[str]) -> tuple[Question, ...]:
    last, every = figures_of(draft.turn.questions), draft.turn.figures
    several, both, text = len(last) > 1, "both" in points, draft.text
    if less := _less(draft, every[-2:]):
        return _told(draft, less, "difference")
    if one := _one_of(points, last, every):
        return _told(draft, one, "figure")
    if "other" in points:
        raise Refusal("ask_back", "which_other", offers=tuple(figure.alone for figure in every[:-1][-3:]))
    count = count_in(text)
    whole = several and (count is None or count <= len(last))
    pool = last if whole else every[-(count or (2 if "compare" in views else len(every))) :]
    alike = last if whole else every[-count:] if count else _alike(every)
    shown = {(figure.pair, figure.period.kind) for figure in _alike(every)}
    if len(shown) == 1 < len(every) and views & {_EACH.get(kind) for _, kind in shown} and views <= _OF_EACH:
        return _told(draft, _alike(every), "growth" if "growth" in views else "figure")
    if "growth" in views and (pair := _two_alike(draft, last, every)):
        return _told(draft, pair, "compare")
    parts = [figure for figure in every[-2:] if figure.pair.partner]  # of the world's figure beside it
    of_one = len({(*figure.pair[:2], figure.period) for figure in every[-2:]}) == len(parts) == 1 < len(every)
    if of_one and views <= {"growth", "share"} and RE.part.search(text) and not RE.moved.search(text):
        return tuple(replace(question, unit="%") for question in _told(draft, parts, "figure"))
    if "total" in views and len(draft.turn.answers) > 1 and RE.each.search(text):
        lists = [figures_of(answer) for answer in draft.turn.answers[-2:]]
        return tuple(question for each in lists for question in _told(draft, each, "total"))
    if views == {"total"} and [(f.question.view, bool(f.pair.partner)) for f in every] == [("figure", True)]:
        world = every[0].pair._replace(partner="")  # of one partner's figure: with all the others
        return _told(draft, [every[0]._replace(pair=world)], "figure")
    if "total" in views and draft.turn.questions and draft.turn.questions[0].view == "table":
        return tuple(_in_view(replace(each, by=None), "total") for each in draft.turn.questions)
    if "total" in views and (several or both or len(every) > 1):
        return _told(draft, alike, "total")
    compared = "compare" in views or RE.which.search(text)
    if compared and len(pool) > 1:
        return _told(draft, pool, "compare")
    if "ranking" in views and draft.turn.questions and draft.turn.questions[0].view == "table":
        draft.inherited |= {"series", "flow", "period", "view"}
        place = ranked(draft.text, views)
        return tuple(replace(each, order=place.order, top=place.top) for each in draft.turn.questions)
    if "ranking" in views and count and RE.among.search(text) and len(last) == 1 < count <= len(every):
        return _told(draft, every[-count:], "compare")
    few = 1 < len(last) < 13 and len({figure.period for figure in last}) > 1
    if "ranking" in views and few and draft.turn.questions[0].view in _RANKED:
        return _told(draft, last, "compare")
    averaged = "average" in views and (several or both or count) and len(alike) > 1
    if averaged and draft.turn.questions[0].view != "trend":
        return _told(draft, alike, "average")
    if both and ("export" in views or draft.has_any("unit", "measure")):
        return _told(draft, pool, "figure")
    return _told(draft, pool, "growth") if both and "growth" in views else ()


def _moved(draft: Draft, points: set[str], time: Time) -> Iterator[Shown]:
    """Reads "The second one for 2025", "both a year earlier": those figures at that time."""
    last, every, relative = figures_of(draft.turn.questions), draft.turn.figures, time.kind == "relative"
    both = "both" in points and len(last) == 1 and relative
    for figure in every[-(count_in(draft.text) or 2) :] if both else _one_of(points, last, every):
        if time.kind == "year":
            yield figure._replace(period=of_year(figure.period, time.year))
        elif relative:
            resolver = Resolver(draft, (figure.pair,), figure.question.measure)
            yield from (figure._replace(period=p) for p in resolver.periods(time, figure.period))


def _less(draft: Draft, two: Sequence[Shown]) -> Sequence[Shown]:
    """Reads "The first minus the second", "the one before less this one": the last two in that order."""
    said, minus = draft.live("point"), draft.live("op", "except")
    between = minus and said and said[0].end <= minus[0].start and minus[0].end <= said[-1].start
    if not (between and FOLLOWED.less.fullmatch(minus[0].text)):
        return ()
    if len({each.pair for each in two}) * len({each.period for each in two}) != 2:
        raise Refusal("ask_back", "which_other", offers=tuple(each.alone for each in two))
    return two[::-1] if said[-1].value == "first" or said[0].value in ("second", "last") else two


def _one_of(points: set[str], last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    shown = last if len(last) > 1 else every
    if "first" in points:
        return shown[:1]
    if "second" in points:
        return shown[1:2]
    return every[-1:] if "last" in points else ()


def followed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that a text of a word or two asks of the one that was shown: "by month?", "ratio?"."""
    last, text = draft.turn.question, draft.text
    made: tuple[Question, ...] = ()
    if last is None or len(draft.turn.questions) > 1 or not (last.pairs and last.periods):
        return ()
    if FOLLOWED.months.fullmatch(text) and last.view in (*_ONE_BY_ONE, "total", "average", "table"):
        trend = replace(last.plain, view="trend", periods=last.periods[:1], against=None, change=None)
        made = (replace(trend, by=None),)
    elif FOLLOWED.runs.fullmatch(text) and last.view in (*_ONE_BY_ONE, "trend"):
        streak = replace(last.plain, view="streak", periods=(), against=None, change=None)
        streak = replace(streak, unit="t", measure="quantity")
        of_net = {pair.flow for pair in last.pairs} == {"net"}
        made = tuple(replace(streak, criterion=each) for each in (_OF_NET if of_net else _RUNS))
    elif FOLLOWED.which_months.fullmatch(text) and last.criterion:
        made = (replace(last.plain, view="count", claim=None),)
    elif last.view in (*_ONE_BY_ONE, "ratio") and last.unit != "%":
        asked: tuple[View, ...] = ("difference", "ratio")
        views = (view for view in asked if FOLLOWED.all[view].fullmatch(text))
        made = tuple(each for view in views for each in _beside(last.plain, draft, view))
    draft.inherited |= {"series", "flow", "period"} if made else set()
    return made


def _beside(last: Question, draft: Draft, view: View) -> tuple[Question, ...]:
    """The two that were shown, one less or by the other; where there is one, the year before beside it."""
    pairs, periods = last.pairs, periods_of(last)
    if len(periods) == len(pairs) == 1:
        pairs, periods = _with_earlier(draft, view)
    if len(pairs) * len(periods) != 2 or len({pair.flow == "net" for pair in pairs}) > 1:
        return ()
    return (replace(last, view=view, pairs=pairs, periods=periods, against=None, change=None),)


def _with_earlier(draft: Draft, view: View) -> tuple[tuple[Pair, ...], tuple[Period, ...]]:
    """The lines and periods of the last two figures, if of one commodity; else of one and the year before."""
    *_, last = every = draft.turn.figures[-2:]
    series = len({each.pair.commodity for each in every}) if view != "ratio" else 1
    kinds = {(bool(each.pair.partner), each.question.measure) for each in every}
    if len(every) == 1 or max(series, len(kinds)) > 1:
        return (last.pair,), (last.period, last.period.plus(-12))
    return once(each.pair for each in every[::-1]), once(each.period for each in every[::-1])


def count_in(text: str) -> int | None:
    """How many figures are pointed at: both, all three, 两个."""
    match = RE.count.search(text)
    if not match:
        return None
    said = match[1] or match[2]
    return 2 if said == "both" else NUMBER_WORDS.get(said) or int(said)


def _two_alike(draft: Draft, last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    """The last two figures where a change between them is asked for: the same month of two years."""
    if len(last) != 1 or len(every) < 2 or not RE.change.search(draft.text):
        return ()
    one, two = ((figure.pair, figure.period.kind, figure.period.end.number) for figure in every[-2:])
    return every[-2:] if one == two and every[-2].period != every[-1].period else ()


def _alike(every: Sequence[Shown]) -> Sequence[Shown]:
    """The figures at the end of the thread that are of one line and kind."""
    kinds = [(figure.pair, figure.period.kind, figure.question.measure) for figure in every]
    count = len([*takewhile(lambda kind: kind == kinds[-1], reversed(kinds))])
    return every[-max(count, 2) :]


def _months_shown(draft: Draft, times: Sequence[Time]) -> Sequence[Shown]:
    """Reads "The difference for May only": that month of two years, where both were shown."""
    if len(times) != 1 or times[0].kind != "month" or times[0].year or draft.has_any("series", "flow"):
        return ()
    months = [figure for figure in draft.turn.figures if figure.period.kind == "month"]
    found = [figure for figure in months if figure.period.end.number == times[0].number]
    return found if len(found) == 2 and found[0].pair == found[1].pair else ()


def _told(draft: Draft, figures: Sequence[Shown], view: View) -> tuple[Question, ...]:
    """These figures in one view: one Question where all lines are asked for in all periods, else several."""
    if not figures:
        raise Refusal("ask_back", "points_at_nothing")
    draft.inherited |= {"series", "flow", "period"}
    pairs, periods = once(figure.pair for figure in figures), once(figure.period for figure in figures)
    whole = len(pairs) * len(periods) == len(figures)
    found = [figure.alone for figure in figures]
    if whole:
        found = [replace(found[0], pairs=pairs, periods=periods)]
    return tuple(_in_unit(draft, _in_view(question, view)) for question in found)


def _in_view(question: Question, view: View) -> Question:
    pairs, periods = question.pairs, question.periods
    if view == "compare" and len(periods) == 2:
        return replace(question, view=view, periods=periods[:1], against=periods[1])
    alone = len(pairs) == len(periods) == 1 and view in ("total", "compare", "average")
    return replace(question, view="figure" if alone else view)


def _in_unit(draft: Draft, question: Question) -> Question:
    measures, units = draft.values("measure"), draft.values("unit")
    if units and units[-1] in WEIGHTS and not measures:  # "tonnes of these", after dollars
        measures = ["quantity"]
    if measures:
        question = replace(question, measure=measures[-1], unit=UNITS[measures[-1]])
    fits = units and units[-1] in UNITS_OF[question.measure]
    return replace(question, unit=units[-1]) if fits else question
