"""Questions in the form that their view has: what there is of one figure is a figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from bot.dataset.calendar import Month, Period, follow_on, natural_period
from bot.dataset.model import Measure
from bot.questions.bounds import bounds_in
from bot.questions.clauses import Group
from bot.questions.draft import Draft
from bot.questions.lexicon import patterns
from bot.questions.manner import Manner
from bot.questions.partners import VIEW
from bot.questions.question import Question

RE = patterns("compose")


def fitted(manner: Manner, draft: Draft, periods: Sequence[Period], measure: Measure, unit: str) -> Manner:
    """The manner as these periods take it: its view, how that is cut, and the change that it tells."""
    view, by, change = manner.view, manner.by, manner.change
    months = periods[0].length if len(periods) == 1 else 0
    several = months > 1 and periods[0].kind in ("range", "ytd")
    table = several and draft.says(RE.table)
    nested = (a.start <= b.start and b.end <= a.end for a, b in permutations(periods, 2))
    apart = view == "total" and (draft.says(RE.own_totals) or draft.says(RE.one_each) or any(nested))
    if (
        (view in ("growth", "share", "total", "compare") and unit == "%")
        or (view == "average" and measure == "unit_value")  # a unit value is an average already
        or (apart and len(periods) > 1)
        or (view in ("share", "compare", "growth") and draft.says(RE.and_world))
    ):
        view = "figure"
    spans = [m.time.parts for m in draft.live("time") if m.time.kind == "span"]
    quarters = any({part.kind for part in ends} == {"quarter"} for ends in spans)
    if months > 3 and quarters and view in ("figure", "compare"):
        view, by = "table", "quarter"  # each quarter beside the one before
    if view == "growth" and (table or (several and change == "mom")):
        view, change = "trend", "yoy" if table else change
    elif view in ("figure", "compare") and table:
        view, by = "trend", None
    return manner._replace(view=view, by=by, change=change)


def shaped(question: Question) -> Question:
    """The question in the form that its view has."""
    view, periods = question.view, question.periods
    figures, lengths = len(question.pairs) * len(periods), [period.length for period in periods]
    alone = figures == 1 and not question.against
    match view:
        case "difference" if question.change:  # "by how many tonnes did they fall"
            before = periods[0].year_before if question.change == "yoy" else periods[0].plus(-1)
            both = (periods[0], before) if len(periods) == 1 else periods
            return replace(question, periods=both, change=None)
        case "total" | "compare" | "difference" if alone:
            grown = view != "total" and question.unit != "%"
            return replace(question, view="growth" if grown else "figure")
        case "compare" | "partners" if len(periods) == 2:
            return replace(question, periods=periods[:1], against=periods[1])
        case "check" if len(periods) == 2 and question.claim:
            return _held(question, *sorted(periods, key=lambda period: period.end))
        case "ranking" if len(periods) > 1 and max(lengths) > 1:
            return replace(question, periods=tuple(p for p in periods if p.length > 1))
        case "ranking" if lengths == [1]:
            return replace(question, view="record", top=5)
        case "average" if periods and max(lengths) == 1 and figures == 1:
            return replace(question, view="figure", change=None)
        case "trend" if periods and (max(lengths) == 1 or (len(periods) > 1 and min(lengths) >= 6)):
            return replace(question, view="figure", change=None)
        case "share" if len(periods) == 2 and not question.against:
            part, whole = sorted(periods, key=lambda period: period.length)
            return replace(question, periods=(part,), against=whole)
        case "table" if question.by == "year" and len(periods) == 1 and lengths[0] <= 12:
            end = periods[0].end
            return replace(question, periods=(natural_period(Month(end.year - 4, 1), end),))
        case "why" | "check" | "season" | "rolling" if not periods:
            return replace(question, view="help")
    return question


def _held(question: Question, then: Period, now: Period) -> Question:
    """The check of a period against another: by its change, where that is the month or the year before."""
    one = replace(question, periods=(now,), against=None)
    if then == now.year_before:
        return one
    if not (then.length == now.length == 1 and then.end.plus(1) == now.end):
        return replace(one, against=then)
    criterion = question.criterion
    if criterion and criterion.of != "level":
        criterion = criterion._replace(of="mom")
    return replace(one, change="mom", criterion=criterion)


def each_wish(draft: Draft, asked: Question, group: Group) -> Iterator[Question]:
    """Yields a Question for each thing that is asked of the same: its months, each stretch, their sum.

    "April, May and then the total"; "each month, and mark the lowest"; "the best month and the worst".
    """
    totals = [m for m in draft.live("view", "total") if RE.and_total.search(draft.before(m))]
    if totals and asked.view == "total" and group.times and group.times[-1].end <= totals[0].start:
        yield replace(asked, view="figure")
    lengths = [period.length for period in asked.periods]
    each = asked.view == "average" and len(lengths) > 1 and 1 not in lengths  # and no blend of them
    stretches = asked.view == "trend" and len(lengths) > 1 and not follow_on(asked.periods)
    checks = asked.view == "check" and asked.criterion is not None
    by_month, other = draft.live("view", "trend")[:1], draft.live("view", asked.view)[-1:]
    beside = any(RE.and_place.search(draft.between(*pair)) for pair in zip(by_month, other, strict=False))
    if beside and asked.view in ("ranking", "average"):  # "every month, and mark the lowest"
        yield replace(asked, view="trend", order="highest", top=5)
    if asked.view == "average" and draft.says(RE.total_and_mean):  # "in total, and a month on average"
        yield replace(asked, view="figure")
    if asked.view == "ranking" and draft.says(RE.both_ends):  # "the best month and the worst"
        yield replace(asked, order="highest", top=1)
        asked = replace(asked, order="lowest", top=1)
    yield from map(asked.at, asked.periods) if each or stretches or checks else (asked,)
    for criterion, way in bounds_in(draft)[1:] if checks else ():
        yield from map(replace(asked, criterion=criterion, claim=way).at, asked.periods)
    if totals and sum(lengths) > 1 and asked.view in ("trend", "table", "figure"):
        yield replace(asked, view="total", by=None, change=None)


def merged(questions: Iterable[Question]) -> list[Question]:
    """Questions that differ in their lines alone as one; trade by country of each line for itself."""
    found: list[Question] = []
    for question in questions:
        if question.view == VIEW:
            found += (replace(question, pairs=(pair,)) for pair in question.pairs)
            continue
        is_plain = question.view not in ("figure", "overview") or bool(question.periods)
        alike = (at for at, each in enumerate(found) if replace(each, pairs=question.pairs) == question)
        if is_plain and (at := next(alike, None)) is not None:
            pairs = dict.fromkeys((*found[at].pairs, *question.pairs))
            found[at] = replace(question, pairs=tuple(pairs))
        else:
            found.append(question)
    return found
