"""What was revised: what figures were before, since when, and by how much they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answers.answer import Answer, Arrival, Revised, Revisions
from bot.dataset.calendar import Period
from bot.dataset.growth import change_pct
from bot.dataset.revision_history import Step
from bot.messages.columns import Cell, Column, Levels, Table
from bot.messages.courses import leading
from bot.messages.figure_tables import behind_column, label, provenance, series_column
from bot.messages.names import Names, lower_first, scope_name, series_name, status
from bot.messages.number_format import with_rounding
from bot.messages.percents import computed_percent
from bot.messages.speech import derived, in_period, in_scope, level, value, without_range
from bot.questions.named import day_name, period_name
from bot.questions.question import Question, Unit
from bot.words import say, say_count
from bot.words.joints import clauses, comma, enumeration, in_brackets

NAMED = 6  # figures that a sentence names; more of them are counted
LEADING = 4  # series in a first line


def lead(answer: Answer, question: Question) -> str:
    """What was revised and by how much; that nothing was, of how many figures."""
    if any(item.alone for item in answer.revisions):
        first, *others = [_of_one(each, question, answer) for item in answer.revisions for each in item.alone]
        return leading([first, *map(lower_first, others)], LEADING)
    changed = [item for item in answer.revisions if item.revised]
    told = [_of_series(item, question, answer) for item in changed[:LEADING]]
    told += [_unchanged([item for item in answer.revisions if not item.revised], answer)]
    return say("revisions.lead", span=_span(question), told=clauses([each for each in told if each]))


def _span(question: Question) -> str:
    """', 2025', ' since 30 April 2026': the time that was asked for, and the day since when."""
    when = say("revisions.of_period", period=period_name(question.period)) if question.period else ""
    return when + (say("revisions.since_day", day=day_name(question.since)) if question.since else "")


def _of_one(item: Revised, question: Question, answer: Answer) -> str:
    """One figure from its first printing, or from the day asked since, to today."""
    first, last = item.steps[0], item.steps[-1]
    named = in_period(_name(item, answer.catalogue), period_name(item.period))
    was, since = without_range(value(first.figure, question.unit)), question.since
    if len(item.steps) == 1:
        if since:
            return say("revisions.then_and_today", named=named, level=was, day=day_name(since))
        return say("revisions.not_revised", named=named, level=was, when=_when(first))
    was = say("revisions.on_that_day", level=was, day=day_name(since)) if since else _at_first(was, first)
    now = without_range(value(last.figure, question.unit))
    change = _change(first, last, question.unit)
    return say("revisions.revised", named=named, before=was, level=now, when=_when(last), change=change)


def _at_first(level: str, first: Step) -> str:
    return say("revisions.at_first", level=level, when=_when(first))


def _of_series(item: Revisions, question: Question, answer: Answer) -> str:
    named = lower_first(_name(item, answer.catalogue))
    figures = _figures(len(item.revised) + len(item.finer) + len(item.once))
    anew = [each for each in item.revised if each.printed_anew]
    most = max(anew or item.revised, key=_size)
    largest = {"period": period_name(most.period), "size": _gap(most.steps[0], most.steps[-1], question.unit)}
    count = len(anew or item.revised)
    if anew:
        return say("revisions.changed", series=named, count=count, figures=figures, **largest)
    return say("revisions.derived_changed", series=named, count=count, figures=figures, **largest)


def _unchanged(items: Sequence[Revisions], answer: Answer) -> str:
    if not items:
        return ""
    figures = _figures(sum(len(item.finer) + len(item.once) for item in items))
    names = [lower_first(_name(item, answer.catalogue)) for item in items]
    if len(names) > LEADING:
        return say("revisions.none_of_others", figures=figures, count=len(names))
    return say("revisions.none_changed", figures=figures, series=enumeration(names))


def _size(item: Revised) -> float:
    first, last = item.steps[0].figure.value or 0, item.steps[-1].figure.value or 0
    return abs(last - first)


def _when(step: Step) -> str:
    how = status(step.figure)
    return day_known(step) + in_brackets(derived(how) if step.figure.derived else how)


def _change(before: Step, now: Step, unit: Unit) -> str:
    """+2 kt, +0.2 %; that it is within rounding."""
    if not now.moved_from(before):
        return say("revisions.within")
    change = change_pct(now.figure, before.figure)
    return comma([_gap(before, now, unit), *([computed_percent(*change)] if change else [])])


def _gap(before: Step, now: Step, unit: Unit) -> str:
    """The difference with its sign, in steps of the coarser printing."""
    old, new = before.figure, now.figure
    moved = (new.value or 0) - (old.value or 0)
    half = sum((each.range[1] - each.range[0]) / 2 for each in (old, new) if each.range)
    size = abs(moved)
    between = replace(
        new, value=size, range=(max(size - half, 0.0), size + half),
        step=max(old.step or 0, new.step or 0) or None, derived=False,
    )  # fmt: skip
    return f"{'+' if moved > 0 else '-'}{with_rounding(between, unit)}"


def notes(answer: Answer) -> Iterator[str]:
    """Which figures did not change, and which days are not certain."""
    for item in answer.revisions:
        yield from _rest(item, answer)
    if any(not step.dated for item in answer.revisions for each in item.told for step in each.steps):
        yield say("revisions.calendar_meant")


def _rest(item: Revisions, answer: Answer) -> Iterator[str]:
    """Of one series the figures that did not change, in words."""
    if item.alone or not (item.finer or item.once):
        return
    if not item.revised and len(answer.revisions) > LEADING:
        return  # counted in the first line
    told = [say_count("revisions.as_first", len(item.once))] if item.once else []
    if item.finer:
        periods = enumeration(counted([period_name(period) for period in item.finer]))
        told.append(say_count("revisions.anew", len(item.finer), periods=periods))
    yield say("revisions.not_changed", series=_name(item, answer.catalogue), told=comma(told))


def _figures(count: int) -> str:
    return say_count("revisions.figures", count)


def _name(item: Revisions | Revised, names: Names) -> str:
    """The series, with its scope where that is a later one."""
    commodity = names.get(item.series.commodity)
    later = commodity and item.scope != commodity.scopes[0]
    return series_name(item.series, names) + (in_brackets(scope_name(item.scope)) if later else "")


def day_known(item: Arrival | Step) -> str:
    """The day since when it is on record; whether that is the calendar's."""
    return day_name(item.day) if item.dated else say("revisions.by_calendar", day=day_name(item.day))


def counted(told: Sequence[str]) -> list[str]:
    """So many of them, and how many more there are."""
    more = len(told) - NAMED
    return [*told[:NAMED], *([say("revisions.more", count=more)] if more > 0 else [])]


def table(answer: Answer, question: Question) -> Table | None:
    """A row a printing: the level, since when it is on record, what it changed; None where none is told."""
    told = [each for item in answer.revisions for each in item.told]
    if not told:
        return None
    several = len({(each.series, each.scope) for each in told}) > 1
    levels = Levels.of([step.figure for each in told for step in each.steps], question.unit)
    rows = [row for each in told for row in _rows(each, levels, several, answer, question.unit)]
    subject = (*((series_column(),) if several else ()), Column(say("tables.period")))
    columns = (
        *subject,
        levels.column(say("tables.level")),
        Column(say("revisions.column_since"), spoken=say("revisions.column_since_spoken")),
        Column(say("revisions.column_change")),
        behind_column(),
    )
    caption = say("revisions.caption") if several else label(told[0].steps[0].figure, answer.catalogue)
    return Table(caption, columns, tuple(rows), subject=len(subject), named=len(subject) - 1)


def _rows(
    item: Revised, levels: Levels, several: bool, answer: Answer, unit: Unit
) -> Iterator[tuple[Cell, ...]]:
    steps = item.steps
    cells = [Cell(say("revisions.the_first"), spoken=say("revisions.the_first_spoken"))]
    cells += [_change_cell(_change(before, now, unit)) for before, now in pairwise(steps)]
    for step, change in zip(steps, cells, strict=True):
        yield (
            *((Cell(label(step.figure, answer.catalogue)),) if several else ()),
            Cell(period_name(item.period), _order(item.period)),
            levels.cell(step.figure),
            Cell(day_known(step), step.day.toordinal()),
            change,
            Cell(provenance((step.figure,), answer)),
        )


def _change_cell(told: str) -> Cell:
    same = told == say("revisions.within")
    return Cell(told, spoken=told if same else say("revisions.a_change", change=told))


def _order(period: Period) -> int:
    return (period.end.year * 100 + period.end.number) * 100 + period.length


def unchanged_lines(answer: Answer, question: Question) -> Iterator[str]:
    """Where nothing was revised: what there is."""
    for figure in answer.figures:
        yield say(
            "revisions.unchanged",
            series=series_name(figure.series, answer.catalogue),
            period=period_name(figure.period),
            scope=in_scope(figure, answer.catalogue),
            level=level(figure, question.unit),
            status=status(figure),
        )
