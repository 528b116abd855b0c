"""How a month grows: what is still to come, what a stage has brought, what has changed since a day. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bot.answers.answer import Answer
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.model import Figure, Growth, Series
from bot.dataset.releases import Stage, stage_of
from bot.messages.names import in_sentence, stage_name
from bot.messages.quantities import leading, level, on_year
from bot.questions.named import day_name, period_name
from bot.words import clauses, comma, enumeration, say, say_count

ONE_DAY = timedelta(days=1)
A_YEAR, MOST = 12, 3  # months in which changes are looked for, and changes that are told


def still_to_come(lacking: Iterable[Stage], month: Month, dataset: Dataset) -> str:
    """The stages that a month still lacks, with their days; '' where it lacks none."""
    told = list[str]()
    releases = [(dataset.calendar.release(month, stage), stage) for stage in lacking]
    for release, stage in sorted(releases, key=lambda each: each[0].day):
        when = day_name(release.day)
        if release.day <= dataset.today:
            when = say("stages.was_due", day=when)
        elif release.expected:
            when = say("stages.expected", day=when)
        told.append(say("stages.stage", stage=stage_name(stage), when=when))
    how = "one" if len(told) == 1 else "several"
    return say(f"stages.to_come_{how}", stages=enumeration(told)) if told else ""


def brought(stage: Stage, month: Month, answer: Answer, dataset: Dataset) -> Iterator[str]:
    """What a stage has brought of a month; and what it changed of what stood there, by more than rounding.

    The monthly bulletin of July 2026 is out: alumina exports 300 kt; bauxite imports 19.04 Mt, -4.6 %.
    """
    period, told = answer.question.period if answer.question else None, list[str]()
    of_month = [figure for figure in answer.figures if figure.period == period]
    came = [figure for figure in of_month if stage_of(figure.series) == stage]
    for each in came:
        named = say("report.named", series=in_sentence(each.series), level=level(each))
        told.append(comma([*filter(None, [named, on_year(each)])]))
    out = {"stage": stage_name(stage), "month": month}
    yield say("stages.out", told=clauses(told), **out) if told else say("stages.out_above", **out)
    if came:
        # A figure is out on the day of the last row behind it.
        day = min(max(map(dataset.calendar.out_since, figure.rows)) for figure in came)
        before = dataset.on(day - ONE_DAY)
        pairs = ((now, before.figure(now.series, now.period, now.scope)) for now in answer.figures)
        if moved := [clause for now, was in pairs if was and (clause := changed(now, was))]:
            yield say("stages.changed", told=clauses(moved))


def _span(growth: Growth) -> tuple[float, float] | None:
    """Within which the change that is told lies."""
    if growth.pct is None or growth.origin == "computed":
        return growth.range
    return growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and (one[1] < other[0] or other[1] < one[0]))


def since(day: date, last: Month, commodities: Sequence[str], dataset: Dataset) -> str:
    """What is new, revised or has turned since a day in the year up to the month that was told last."""
    known, before, told = dataset.catalogue, dataset.on(min(day, dataset.today)), list[str]()
    every = [Series(name, flow) for name in commodities or known for flow in known[name].flows]
    for month in (last.plus(-back) for back in range(A_YEAR)):  # the newest first
        for now in (dataset.figure(each, Period.month(month)) for each in every):
            if now and (clause := changed(now, before.figure(now.series, now.period, now.scope))):
                told.append(clause)
    if len(told) > MOST + 1:  # never "1 more"
        told = [*told[:MOST], say_count("stages.since_more", len(told) - MOST)]
    return say("stages.since", told=clauses(told)) if told else ""


def changed(now: Figure, was: Figure | None) -> str:
    """That a figure is new, or what is told otherwise than before by more than rounding; '' for nothing."""
    values = {"series": in_sentence(now.series), "period": period_name(now.period)}
    if was is None:
        return say("stages.since_new", now=level(now), **values)
    moved = _apart(now.range, was.range)
    if not moved and not _apart(_span(now.growth), _span(was.growth)):
        return ""
    grown = {"now": on_year(now), "before": leading(was.growth)}
    if (now.growth.pct or 0) * (was.growth.pct or 0) < 0:
        return say("stages.since_turned", **grown, **values)
    told = {"now": level(now), "before": level(was)} if moved else grown
    return say("stages.since_revised", **told, **values)
