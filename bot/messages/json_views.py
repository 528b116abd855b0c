"""What each view adds to the JSON document: a list under its own key, empty where it has nothing to say."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.answers import answer
from bot.answers.results import ByCountry, Check, Computed, Count, Rows, Seasonal, SideBySide, Streak, Why
from bot.dataset.coverage import Covered
from bot.dataset.model import Figure
from bot.messages.json_values import (
    Json,
    as_number,
    as_percent,
    as_percents,
    encoded,
    event,
    evidence,
    level_of,
    named,
    picked,
    range_of,
    scoped,
    series_of,
    trade_of,
)

T = TypeVar("T")


def views(item: answer.Answer) -> dict[str, list[Any]]:
    """All of them, as keys of the document; their numbers are in base units, their changes in percent."""

    def of(kind: type[T], made: Callable[[T], Json | None]) -> list[Json | None]:
        return [made(each) for each in item.results if isinstance(each, kind)]

    why = [each for each in item.results if isinstance(each, Why)]
    events = dict.fromkeys((*item.events, *(found for each in why for found in each.events)))
    return {
        "computed": list(map(_computed, item.computed)),
        "by_country": of(ByCountry, _by_country),
        "larger": of(
            SideBySide, lambda each: None if each.largest is None else scoped(each.figures[each.largest])
        ),
        "rows": of(Rows, _rows),
        "counts": of(Count, _count),
        "streaks": of(Streak, _streak),
        "seasons": of(Seasonal, _season),
        "partners_moved": [_moved(*each.partner) for each in why if each.partner],
        "checks": of(Check, _check),
        "events": [event(each, commodities=list(each.commodities)) for each in events],
        "definitions": [{"id": each.id, "en": each.text_en, "zh": each.text_zh} for each in item.definitions],
        "average": list(map(_average, item.averages)),
        "comparison": list(map(_contrast, item.contrasts)),
        "shares": [
            {**named(each.part), **_changed(each.pct, each.range, each.part.scope)} for each in item.shares
        ],
        "standings": list(map(_place, item.places)),
        "ranks": [named(each.figure) | picked(each, "first", "last") for each in item.ranks],
        "held": [named(each.row) | {"kind": each.row.period.kind} for each in item.held],
        "outside_run": [evidence(figure) for figure in item.around if item.places],
        "stretches": [
            series_of(each.series) | picked(each, "period", "scope", "holes", "other_scope")
            for each in item.stretches
        ],
        "revisions": [_revised(each) for found in item.revisions for each in found.told],
        "unrevised": list(map(_unrevised, item.revisions)),
        "on_record_since": [
            evidence(each.figure) | {"since": str(each.day), "dated": each.dated} for each in item.arrivals
        ],
        "undated": [
            named(each.row) | {"source": each.row.source, "taken_as": str(each.day)} for each in item.undated
        ],
        "releases": list(map(_publication, item.publications)),
        "coverage": [_coverage(each, item) for each in item.covered],
    }


def _computed(item: Computed) -> Json:
    number = as_percent if item.unit == "%" else as_number
    return {
        "operation": item.working,
        "value": number(item.value),
        "range": [number(edge) for edge in item.range],
        "unit": item.unit or None,
        "of": [{**scoped(each), "value": as_number(each.value or 0)} for each in item.of],
    }


def _by_country(item: ByCountry) -> Json:
    """Shares in percent, null where there is none; `others` is the world's figure less those listed."""
    found, parts = item.found, {each.part.series: each for each in item.shares}
    listed = []
    for each in item.shown:
        part = parts.get(each.series)
        pct, reach = (as_percent(part.pct), as_percents(part.range)) if part else (None, None)
        own = {"partner": each.series.partner, "value": as_number(each.value or 0)}
        listed.append({**own, "share_pct": pct, "share_range": reach})
    return {
        "scope": found.scope,
        "world": as_number(found.world.value or 0) if found.world else None,
        "listed": listed,
        "others": _computed(item.rest) if item.rest else None,
        "on_record": [each.series.partner for each in found.partners],
        "covered_pct": None if found.covered is None else as_percent(100 * found.covered),
    }


def _rows(item: Rows) -> Json:
    missing = [period.label for period in item.lost]
    return {**trade_of(item.series), **picked(item, "scope", "by"), "missing": missing}


def _count(item: Count) -> Json:
    return {
        **trade_of(item.series),
        **picked(item, "scope", "period", "criterion"),
        "count": len(item.months),
        "months": [str(each.end) for each in item.months],
        "on_record": len(item.known),
        "missing": encoded(item.lost),
        "could_turn": encoded(item.open),
    }


def _streak(item: Streak) -> Json:
    months = [str(each.end) for each in item.months]
    return {
        **trade_of(item.series),
        **picked(item, "scope", "criterion"),
        "count": len(months),
        "since": months[0] if months else None,
        "to": months[-1] if months else None,
        "longest": item.longest,
        "broken_by": str(item.broken_by.end) if item.broken_by else None,
        "missing_before": encoded(item.hole),
        "last": str(item.last.end) if item.last else None,
        "could_turn": encoded(item.open),
    }


def _season(item: Seasonal) -> Json:
    years = [each.end.year for each in item.earlier]
    return {**scoped(item.figure), "years": years, "missing": [period.label for period in item.lost]}


def _moved(now: Figure, before: Figure) -> Json:
    return {**scoped(now), "value": now.value, "before": before.value, "against": before.period.label}


def _check(item: Check) -> Json:
    earlier = item.row.source if item.row else None
    verdicts = picked(item, "claim", "verdict", "value", "pct", "way")
    return {**scoped(item.figure), **verdicts, "earlier_source": earlier}


def _average(mean: Figure) -> Json:
    value = {"value": as_number(mean.value), "unit": mean.unit, "range": range_of(mean), "scope": mean.scope}
    return {**series_of(mean.series), "period": encoded(mean.period), "months": mean.period.length, **value}


def _changed(pct: float | None, reach: tuple[float, float] | None, scope: str) -> Json:
    return {"pct": as_percent(pct), "range": as_percents(reach), "scope": scope}


def _contrast(item: answer.Contrast) -> Json:
    earlier, later = (each.period.label for each in item.in_time)
    periods = {"against": item.then.period.label, "from": earlier, "to": later}
    return {**named(item.now), **periods, **_changed(item.pct, item.range, item.now.scope)}


def _place(item: answer.Place) -> Json:
    standing = item.standing
    return {
        **named(item.figure),
        **picked(standing, "run_start", "months", "rank"),
        "rank_range": [item.rank.first, item.rank.last],
        "highest_on_record": standing.highest_known,
        "lowest_on_record": standing.lowest_known,
        **picked(standing, "highest_since", "lowest_since"),
        "scope": item.figure.scope,
    }


def _publication(item: answer.Publication) -> Json:
    series = [picked(each, "commodity", "flow") for each in item.series]
    when = {"date": str(item.day), "expected": item.expected}
    return {**picked(item, "stage", "month"), **when, "series": series}


def _revised(item: answer.Revised) -> Json:
    kind = {"kind": item.period.kind, "scope": item.scope, "revised": item.moved}
    printings = [
        {
            "since": str(step.day),
            "dated": step.dated,
            **level_of(step.figure),
            **picked(step.figure, "derived", "status"),
            "sources": list(dict.fromkeys(row.source for row in step.figure.rows)),
        }
        for step in item.steps
    ]
    return {**named(item), **kind, "printings": printings}


def _unrevised(item: answer.Revisions) -> Json:
    counts = {"within_rounding": len(item.finer), "once": len(item.once)}
    return {**series_of(item.series), "scope": item.scope, **counts}


def _coverage(item: Covered, of: answer.Answer) -> Json:
    months = {str(month): cell for month, cell in item.cells.items()}
    due = [str(wait.month) for wait in of.waiting if wait.series == item.series and wait.due]
    return {**series_of(item.series), "months": months, "waiting": due}
