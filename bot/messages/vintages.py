"""What is said of other days' knowledge: on which it rests, what came later, and what figures were before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answers.answer import Answer, Arrival, Revised, Revisions
from bot.dataset.calendar import Period
from bot.dataset.growth import change_pct
from bot.dataset.history import Step
from bot.messages.columns import Cell, Column, Levels, Table
from bot.messages.numbers import amount, computed_percent, plus_minus
from bot.messages.speech import (
    Names,
    day,
    enumeration,
    is_later_scope,
    level,
    lower_first,
    series_name,
    status,
    value,
    without_range,
)
from bot.messages.supply import figure_words
from bot.messages.tables import behind_column, label, provenance
from bot.questions.question import Question, Unit

NAMED = 6  # figures that a sentence names; more of them are counted
LEADING = 4  # series in a first line
WITHIN = "no difference beyond rounding"
BY_CALENDAR = "by the calendar"


def knowledge(question: Question | None) -> str:
    """As on record on 30 April 2026; as first published; '' where an answer rests on what is known today."""
    if question is None or not (question.as_of or question.first):
        return ""
    return f"as on record on {day(question.as_of)}" if question.as_of else "as first published"


def notes(answer: Answer) -> Iterator[str]:
    """What came later, and which days are not certain."""
    if _many_firsts(answer):
        yield _firsts(answer)
    else:
        yield from (_arrival(item, answer) for item in answer.arrivals)
    if answer.undated:
        named = [f"{figure_words(item.row, answer.catalogue)}, {day(item.day)}" for item in answer.undated]
        listed = "; ".join(_counted(named, "more"))
        yield f"The day of publication is not known of these; the release calendar's stands for it: {listed}."
    for item in answer.revisions:
        yield from _rest(item, answer)
    if any(not step.dated for item in answer.revisions for each in item.told for step in each.steps):
        yield f"“{BY_CALENDAR}”: the day of publication is not known, the release calendar's stands for it."


def _arrival(item: Arrival, answer: Answer) -> str:
    figure = item.figure
    named = f"{series_name(figure.series, answer.catalogue)}, {figure.period.name}"
    if answer.question and answer.question.first:
        return f"{named}: first on record on {_day(item)}."
    return f"{named}: on record since {_day(item)}; today {value(figure)}."


def _many_firsts(answer: Answer) -> bool:
    return bool(answer.question and answer.question.first and len(answer.arrivals) > LEADING)


def _firsts(answer: Answer) -> str:
    """Since when each series is on record, in one sentence, by the day."""
    days: dict[str, list[str]] = defaultdict(list)
    for item in sorted(answer.arrivals, key=lambda item: item.day):
        days[_day(item)].append(lower_first(series_name(item.figure.series, answer.catalogue)))
    told = [f"on {when} {enumeration(list(dict.fromkeys(names)))}" for when, names in days.items()]
    return f"First on record: {'; '.join(told)}."


def _day(item: Arrival | Step) -> str:
    return day(item.day) if item.dated else f"{day(item.day)} {BY_CALENDAR}"


def _counted(named: Sequence[str], what: str) -> list[str]:
    more = len(named) - NAMED
    return [*named[:NAMED], *([f"{more} {what}"] if more > 0 else [])]


def _rest(item: Revisions, answer: Answer) -> Iterator[str]:
    """Of one series the figures that did not change, in words."""
    if item.alone or not (item.finer or item.once):
        return
    if not item.revised and len(answer.revisions) > LEADING:
        return  # counted in the first line
    named = _name(item, answer.catalogue)
    told = [f"{_figures(len(item.once))} as first on record"] if item.once else []
    if item.finer:
        periods = enumeration(_counted([period.name for period in item.finer], "more"))
        told.append(f"{_figures(len(item.finer))} printed or derived anew within rounding ({periods})")
    yield f"{named}, not changed: {', '.join(told)}."


def _figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"


def _name(item: Revisions | Revised, names: Names) -> str:
    """The series, with its scope where that is a later one."""
    commodity = names.get(item.series.commodity)
    later = commodity and item.scope != commodity.scopes[0]
    return series_name(item.series, names) + (f" ({item.scope})" if later else "")


def lead(answer: Answer, question: Question) -> str:
    """What was revised and by how much; that nothing was, of how many figures."""
    if any(item.alone for item in answer.revisions):
        told = [_of_one(each, question, answer) for item in answer.revisions for each in item.alone]
        more = f"; {len(told) - LEADING} more" if len(told) > LEADING else ""
        return "; ".join([told[0], *map(lower_first, told[1:LEADING])]) + more
    changed = [item for item in answer.revisions if item.revised]
    told = [_of_series(item, question, answer) for item in changed[:LEADING]]
    told += [_unchanged([item for item in answer.revisions if not item.revised], answer)]
    when = f", {question.period.name}" if question.period else ""
    since = f" since {day(question.since)}" if question.since else ""
    return f"Revisions{when}{since}: {'; '.join(each for each in told if each)}"


def _of_one(item: Revised, question: Question, answer: Answer) -> str:
    """One figure from its first printing, or from the day asked since, to today."""
    first, last = item.steps[0], item.steps[-1]
    named = f"{_name(item, answer.catalogue)}, {item.period.name}"
    was = without_range(value(first.figure, question.unit))
    if len(item.steps) == 1:
        if question.since:
            return f"{named}: {was} on {day(question.since)} and today"
        return f"{named}: {was}, not revised, on record since {_when(first)}"
    opened = f"{was} on {day(question.since)}" if question.since else f"{was} at first, {_when(first)}"
    now = f"{without_range(value(last.figure, question.unit))} since {_when(last)}"
    return f"{named}: {opened}; {now}: {_change(first, last, question.unit)}"


def _of_series(item: Revisions, question: Question, answer: Answer) -> str:
    count = len(item.revised) + len(item.finer) + len(item.once)
    named = lower_first(_name(item, answer.catalogue))
    anew = [each for each in item.revised if each.printed_anew]
    told = f"{named} {len(anew) or len(item.revised)} of {_figures(count)} changed"
    if not anew:
        derived = f"{len(item.revised)} derived came out otherwise later"
        told = f"{named} no printed one of {_figures(count)} changed, {derived}"
    most = max(anew or item.revised, key=_size)
    return f"{told}, the most {most.period.name} by {_gap(most.steps[0], most.steps[-1], question.unit)}"


def _unchanged(items: Sequence[Revisions], answer: Answer) -> str:
    if not items:
        return ""
    count = sum(len(item.finer) + len(item.once) for item in items)
    names = [lower_first(_name(item, answer.catalogue)) for item in items]
    named = enumeration(names) if len(names) <= LEADING else f"{len(names)} other series"
    return f"none of {_figures(count)} of {named} changed by more than rounding"


def _size(item: Revised) -> float:
    first, last = item.steps[0].figure.value or 0, item.steps[-1].figure.value or 0
    return abs(last - first)


def _when(step: Step) -> str:
    return f"{_day(step)} ({status(step.figure)}{', derived' if step.figure.derived else ''})"


def _change(before: Step, now: Step, unit: Unit) -> str:
    """+2 kt, +0.2 %; that it is within rounding."""
    if not now.moved_from(before):
        return WITHIN
    change = change_pct(now.figure, before.figure)
    pct = f", {computed_percent(*change)}" if change else ""
    return f"{_gap(before, now, unit)}{pct}"


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
    return f"{'+' if moved > 0 else '-'}{amount(between, unit)}{plus_minus(between, unit)}"


def table(answer: Answer, question: Question) -> Table | None:
    """A row a printing: the level, since when it is on record, what it changed; None where none is told."""
    told = [each for item in answer.revisions for each in item.told]
    if not told:
        return None
    several = len({(each.series, each.scope) for each in told}) > 1
    levels = Levels.of([step.figure for each in told for step in each.steps], question.unit)
    rows = [row for each in told for row in _rows(each, levels, several, answer, question.unit)]
    leading = (*((Column("Series"),) if several else ()), Column("Period"))
    columns = (
        *leading, levels.column("Level"), Column("On record since", spoken="since "),
        Column("Change on the one before"), behind_column(),
    )  # fmt: skip
    caption = "Revisions" if several else label(told[0].steps[0].figure, answer.catalogue)
    return Table(caption, columns, tuple(rows), subject=len(leading), named=len(leading) - 1)


def _rows(
    item: Revised, levels: Levels, several: bool, answer: Answer, unit: Unit
) -> Iterator[tuple[Cell, ...]]:
    steps = item.steps
    changes = [_change(before, now, unit) for before, now in pairwise(steps)]
    cells = [Cell("the first", spoken="the first on record")]
    cells += [Cell(told, spoken=told if told == WITHIN else f"a change of {told}") for told in changes]
    for step, change in zip(steps, cells, strict=True):
        yield (
            *((Cell(label(step.figure, answer.catalogue)),) if several else ()),
            Cell(item.period.name, _order(item.period)),
            levels.cell(step.figure),
            Cell(_day(step), step.day.toordinal()),
            change,
            Cell(provenance((step.figure,), answer)),
        )


def _order(period: Period) -> int:
    return (period.end.year * 100 + period.end.number) * 100 + period.length


def unchanged_lines(answer: Answer, question: Question) -> Iterator[str]:
    """Where nothing was revised: what there is."""
    for figure in answer.figures:
        named = f"{series_name(figure.series, answer.catalogue)}, {figure.period.name}"
        scope = f" ({figure.scope})" if is_later_scope(figure, answer.catalogue) else ""
        yield f"{named}{scope}: {level(figure, question.unit)}; {status(figure)}."
