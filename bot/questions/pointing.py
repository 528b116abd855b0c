"""What points back at what was shown: those, both, the second one, which was bigger, the sum of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.dataset.model import UNITS
from bot.questions.draft import Draft
from bot.questions.lexicon import NUMBER_WORDS, patterns
from bot.questions.manner import ranked
from bot.questions.periods import of_year
from bot.questions.question import UNITS_OF, WEIGHTS, Question, View
from bot.questions.reading import Refusal
from bot.questions.times import Time
from bot.questions.turn import Shown, figures_of, once

RE = patterns("pointing")
_RANKED = ("figure", "compare", "growth", "total")


def pointed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that act on what was shown; a Refusal where nothing was shown."""
    if not draft.turn.answers:
        complete = draft.has("series") or (draft.has("flow") and draft.has("time"))
        if draft.has("point") and not (complete or any(draft.turn.half)):
            raise Refusal("ask_back", "points_at_nothing", (draft.live("point")[0].text,))
        return ()
    points, views, flows = set(draft.values("point")), set(draft.values("view")), draft.values("flow")
    times = [m.time for m in draft.live("time")]
    new = any(not (time.kind == "same" and time.year is None) for time in times)
    if "both" in points and times and all(time.kind == "cumulative" for time in times):
        return _bare(draft, points, {"total"})
    if "both" in points and "total" in views and flows and not draft.has("series"):
        figures = [figure for figure in draft.turn.figures if figure.pair.flow in flows]
        if len(figures) > 1:
            return _told(draft, figures[-(count_in(draft.text) or len(figures)) :], "total")
    if new or draft.has_any("series", "flow", "world"):
        return _with_times(draft, points)
    return _bare(draft, points, views)


def _bare(draft: Draft, points: set[str], views: set[str]) -> tuple[Question, ...]:
    last, every = figures_of(draft.turn.questions), draft.turn.figures
    several, both, text = len(last) > 1, "both" in points, draft.text
    if RE.ends.search(text) and len(every) > 1:
        shown = last if several else every
        return _told(draft, [shown[0], shown[-1]], "compare")
    if one := _one_of(points, last, every):
        return _told(draft, one, "figure")
    if "other" in points:
        raise Refusal("ask_back", "which_other", offers=tuple(figure.alone for figure in every[:-1][-3:]))
    count = count_in(text)
    whole = several and (count is None or count <= len(last))
    pool = last if whole else every[-(count or (2 if "compare" in views else len(every))) :]
    alike = last if whole else every[-count:] if count else _alike(every)
    if "growth" in views and len(last) == 2 and draft.turn.questions[0].view == "difference":
        return _told(draft, last, "compare")  # the difference "in percent"
    if "growth" in views and (pair := _two_alike(draft, last, every)):
        return _told(draft, pair, "compare")
    parts = [figure for figure in every[-2:] if figure.pair.partner]  # of the world's figure beside it
    of_one = len({(*figure.pair[:2], figure.period) for figure in every[-2:]}) == len(parts) == 1 < len(every)
    if of_one and views <= {"growth", "share"} and RE.part.search(text) and not RE.moved.search(text):
        return tuple(replace(question, unit="%") for question in _told(draft, parts, "figure"))
    if "total" in views and len(draft.turn.answers) > 1 and RE.each.search(text):
        lists = [figures_of(answer) for answer in draft.turn.answers[-2:]]
        return tuple(question for each in lists for question in _told(draft, each, "total"))
    if "total" in views and draft.turn.questions and draft.turn.questions[0].view == "table":
        return tuple(_in_view(replace(each, by=None), "total") for each in draft.turn.questions)
    if "total" in views and (several or both or len(every) > 1):
        return _told(draft, alike, "total")
    compared = "compare" in views or RE.which.search(text)
    if compared and len(pool) > 1 and (len(last) != 1 or len(every) > 1):
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
    if "average" in views and several and draft.turn.questions[0].view != "trend":
        return _told(draft, last, "average")
    if "average" in views and (count or both) and len(every) > 1:
        return _told(draft, every[-count:] if count else _alike(every), "average")
    if both and ("export" in views or draft.has_any("unit", "measure")):
        return _told(draft, pool, "figure")
    return _told(draft, pool, "growth") if both and "growth" in views else ()


def _one_of(points: set[str], last: Sequence[Shown], every: Sequence[Shown]) -> Sequence[Shown]:
    shown = last if len(last) > 1 else every
    if "first" in points:
        return shown[:1]
    if "second" in points:
        return shown[1:2]
    return every[-1:] if "last" in points else ()


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


def _with_times(draft: Draft, points: set[str]) -> tuple[Question, ...]:
    """Reads "Both in 2024 and 2025": figures of those years among what was shown."""
    times = [m.time for m in draft.live("time")]
    if not times or draft.has_any("series", "flow"):
        return ()
    if len(times) == 1 and draft.has("view", "compare") and (shown := _months_shown(draft, times[0])):
        return _told(draft, shown, "compare")
    if any(time.kind != "year" for time in times):
        return ()
    if len(times) == 1 and (one := _one_of(points, figures_of(draft.turn.questions), draft.turn.figures)):
        moved = [figure._replace(period=of_year(figure.period, times[0].year)) for figure in one]
        return _told(draft, moved, "figure")
    return ()


def _months_shown(draft: Draft, time: Time) -> Sequence[Shown]:
    """Reads "The difference for May only": that month of two years, where both were shown."""
    if time.kind != "month" or time.year is not None:
        return ()
    found = [f for f in draft.turn.figures if f.period.kind == "month" and f.period.end.number == time.number]
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
