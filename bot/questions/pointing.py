"""What points back at what was shown: those, both, the second one, which was bigger, the sum of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NoReturn

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS
from bot.questions.draft import Draft
from bot.questions.lexicon import NUMBER_WORDS, patterns
from bot.questions.manner import ranked
from bot.questions.periods import Resolver, of_year
from bot.questions.question import UNITS_OF, WEIGHTS, Criterion, Question, View
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
_RANKED = ("figure", "compare", "growth", "total")


def pointed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that act on what was shown; a Refusal where nothing was shown."""
    points, times = set(draft.values("point")), [m.time for m in draft.live("time")]
    if not draft.turn.answers:
        complete = draft.has("series") or (draft.has("flow") and times)
        if points and not (complete or any(draft.turn.half)):
            raise Refusal("ask_back", "points_at_nothing", (draft.live("point")[0].text,))
        return ()
    views, last, every = set(draft.values("view")), figures_of(draft.turn.questions), draft.turn.figures
    if times and "both" in points and all(time.kind == "cumulative" for time in times):
        views, times = {"total"}, []
    one, slots = _one_of(points, last, every), draft.has_any("series", "flow", "world")
    new = [time for time in times if time.kind != "same" or time.year is not None]
    if len(new) == 1 and not slots and (moved := _at_time(draft, new[0], one)):
        return moved
    if new or slots:
        return ()
    said, minus = draft.live("point"), draft.live("op", "except")
    between = minus and said and said[0].end <= minus[0].start and minus[0].end <= said[-1].start
    if between and RE.less.fullmatch(minus[0].text):  # "the first minus the second"
        return _which(every)
    if one:
        return _told(draft, one, "figure")
    if "other" in points:
        return _which(every[:-1] or every)
    return _of_tables(draft, views) or _together(draft, views, last, every)


def _which(figures: Sequence[Shown]) -> NoReturn:
    raise Refusal("ask_back", "which_other", offers=tuple(figure.alone for figure in figures[-3:]))


def _at_time(draft: Draft, time: Time, one: Sequence[Shown]) -> tuple[Question, ...]:
    """What was shown at a new time, two months beside each other; of several figures asks which is meant."""
    moved = [*_moved(draft, time, one)]
    two = len(moved) == 2 and time.kind == "month"
    clear = two or one or count_in(draft.text) or len(draft.turn.figures) == 1
    if moved and not clear:
        _which(moved)
    return _told(draft, moved, "compare" if two else "figure") if moved else ()


def _moved(draft: Draft, time: Time, one: Sequence[Shown]) -> Iterator[Shown]:
    """Figures at a new time: "the second one for 2025", "both a year earlier", "the difference for May"."""
    every = draft.turn.figures
    both = draft.has("point", "both") and len(figures_of(draft.turn.questions)) == 1
    if time.kind == "month" and time.year is None and draft.has("view", "compare"):
        months = [f for f in every if (f.period.kind, f.period.end.number) == ("month", time.number)]
        yield from months if len(months) > 1 else ()
    for figure in one or (every[-(count_in(draft.text) or 2) :] if both else ()):
        if time.kind == "year" and one:
            yield figure._replace(period=of_year(figure.period, time.year))
        elif time.kind == "relative":
            resolver = Resolver(draft, (figure.pair,), figure.question.measure)
            yield from (figure._replace(period=p) for p in resolver.periods(time, figure.period))


def _of_tables(draft: Draft, views: set[str]) -> tuple[Question, ...]:
    """What is asked of a table, of the lists of two answers, or of all partners beside one."""
    shown, every = draft.turn.questions, draft.turn.figures
    table = bool(shown) and shown[0].view == "table"
    if "total" in views and len(draft.turn.answers) > 1 and RE.each.search(draft.text):
        lists = [figures_of(answer) for answer in draft.turn.answers[-2:]]
        return tuple(question for each in lists for question in _told(draft, each, "total"))
    if "total" in views and table:
        return tuple(_in_view(replace(each, by=None), "total") for each in shown)
    if "ranking" in views and table:
        draft.inherited |= {"series", "flow", "period", "view"}
        place = ranked(draft.text, views)
        return tuple(replace(each, order=place.order, top=place.top) for each in shown)
    if views == {"total"} and [(f.question.view, bool(f.pair.partner)) for f in every] == [("figure", True)]:
        world = every[0].pair._replace(partner="")
        return _told(draft, [every[0]._replace(pair=world)], "figure")
    return ()


def _together(
    draft: Draft, views: set[str], last: Sequence[Shown], every: Sequence[Shown]
) -> tuple[Question, ...]:
    """Several figures in one view, by the first row that holds."""
    text, view, two = draft.text, every[-1].question.view if every else None, every[-2:]
    count, both = count_in(text), draft.has("point", "both")
    whole = len(last) > 1 and (count is None or count <= len(last))
    pool = last if whole else every[-(count or (2 if "compare" in views else len(every))) :]
    kinds = [(figure.pair, figure.period.kind, figure.question.measure) for figure in every]
    at_end = len([*takewhile(lambda kind: kind == kinds[-1], reversed(kinds))])
    alike = last if whole else every[-(count or max(at_end, 2)) :]
    each = {(figure.pair, _EACH.get(figure.period.kind)) for figure in alike}
    one_by_one = len(each) == 1 < len(alike) and views - {"growth"} == {name for _, name in each}
    few = 1 < len(last) < 13 and len({figure.period for figure in last}) > 1 and view in _RANKED
    compared: object = "compare" in views or RE.which.search(text)
    compared = compared or ("ranking" in views and (few or (count and RE.among.search(text))))
    several = len(last) > 1 or both
    dates = {(figure.pair, figure.period.kind, figure.period.end.number) for figure in two}
    moved = "growth" in views and RE.change.search(text) and len(dates) == 1 == len(last) < len(two)
    rows: tuple[tuple[object, Sequence[Shown], View], ...] = (
        (one_by_one, alike, "growth" if "growth" in views else "figure"),
        ("total" in views and (several or len(every) > 1), alike, "total"),
        (compared and len(pool) > 1, pool, "compare"),
        (moved, two, "compare"),  # "% change?" after the same month of two years
        ("average" in views and len(alike) > 1 and (several or count) and view != "trend", alike, "average"),
        (both and ("export" in views or draft.has_any("unit", "measure")), pool, "figure"),
        (both and "growth" in views, pool, "growth"),
    )
    found = next((_told(draft, figures, view) for holds, figures, view in rows if holds), ())
    return found or _part(draft, views, two)


def _part(draft: Draft, views: set[str], two: Sequence[Shown]) -> tuple[Question, ...]:
    """Reads "So what percentage is it?": a partner's part of the world's figure beside it."""
    parts = [figure for figure in two if figure.pair.partner]
    of_one = len({(*figure.pair[:2], figure.period) for figure in two}) == len(parts) == 1 < len(two)
    part = views <= {"growth", "share"} and RE.part.search(draft.text) and not RE.moved.search(draft.text)
    asked = _told(draft, parts, "figure") if of_one and part else ()
    return tuple(replace(question, unit="%") for question in asked)


def _one_of(points: set[str], last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    shown = last if len(last) > 1 else every
    if "first" in points:
        return shown[:1]
    if "second" in points:
        return shown[1:2]
    return every[-1:] if "last" in points else ()


def doubted(text: str) -> View | None:
    """The view for who doubts or weighs what was shown: "are you sure?", "is that a lot?"."""
    views: tuple[View, ...] = ("sources", "season")
    return next((view for view in views if FOLLOWED.all[view].fullmatch(text)), None)


def followed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that a text of a word or two asks of the one that was shown: "by month?", "ratio?"."""
    last, text = draft.turn.question, draft.text
    if last is None or len(draft.turn.questions) > 1 or not (last.pairs and last.periods):
        return ()
    made: tuple[Question, ...] = ()
    of_two: tuple[View, ...] = ("difference", "ratio") if last.unit != "%" else ()
    if FOLLOWED.months.fullmatch(text) and last.view in (*_ONE_BY_ONE, "total", "average", "table"):
        trend = replace(last.plain, view="trend", periods=last.periods[:1], against=None, change=None)
        made = (replace(trend, by=None),)
    elif FOLLOWED.one_month.fullmatch(text) and last.view in _ONE_BY_ONE and last.periods[0].length > 1:
        ends = once(Period.month(period.end) for period in last.periods)
        made = (replace(last.plain, view="figure", periods=ends, against=None, change=None),)
    elif view := doubted(text):
        made = (replace(last.plain, view=view, against=None, change=None),)
    elif FOLLOWED.runs.fullmatch(text) and last.view in (*_ONE_BY_ONE, "trend"):
        streak = replace(last.plain, view="streak", periods=(), against=None, change=None)
        streak = replace(streak, unit="t", measure="quantity")
        of_net = {pair.flow for pair in last.pairs} == {"net"}
        made = tuple(replace(streak, criterion=each) for each in (_OF_NET if of_net else _RUNS))
    elif view := next((view for view in of_two if FOLLOWED.all[view].fullmatch(text)), None):
        made = _of_two(last.plain, draft, view) if last.view in (*_ONE_BY_ONE, "ratio") else ()
    draft.inherited |= {"series", "flow", "period"} if made else set()
    return made


def _of_two(last: Question, draft: Draft, view: View) -> tuple[Question, ...]:
    """The two that were shown, one less or by the other; where there is one, the year before beside it."""
    pairs, periods, two = last.pairs, periods_of(last), draft.turn.figures[-2:]
    if len(periods) == len(pairs) == 1:
        kinds = {(bool(each.pair.partner), each.question.measure) for each in two}
        pairs, periods = once(each.pair for each in two[::-1]), once(each.period for each in two[::-1])
        apart = view != "ratio" and len({pair.commodity for pair in pairs}) > 1
        if len(two) == 1 or len(kinds) > 1 or apart:
            pairs, periods = last.pairs, (last.periods[0], last.periods[0].year_before)
    if len(pairs) * len(periods) != 2 or len({pair.flow == "net" for pair in pairs}) > 1:
        return ()
    return (replace(last, view=view, pairs=pairs, periods=periods, against=None, change=None),)


def count_in(text: str) -> int | None:
    """How many figures are pointed at: both, all three, 两个."""
    match = RE.count.search(text)
    if not match:
        return None
    said = match[1] or match[2]
    return 2 if said == "both" else NUMBER_WORDS.get(said) or int(said)


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
