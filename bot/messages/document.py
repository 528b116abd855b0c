"""An Answer as the JSON document of the command line: keys may be added, never renamed or removed."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.answers.answer import Answer, Publication
from bot.answers.results import (
    ByCountry,
    Check,
    Computed,
    Contrast,
    Count,
    Place,
    Revised,
    Revisions,
    Rows,
    Seasonal,
    Share,
    SideBySide,
    Streak,
    Why,
)
from bot.dataset.calendar import Period
from bot.dataset.coverage import Covered
from bot.dataset.model import Figure
from bot.messages import json_values as values
from bot.messages.caveats import notes
from bot.messages.json_values import Json, as_number, as_percent, as_percents, named, picked, scoped, trade_of
from bot.messages.plain_text import text
from bot.messages.reporting import reports
from bot.messages.standouts import highlight
from bot.messages.unanswered import lack
from bot.questions import words
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.questions.serialise import as_json
from bot.words import speaking

T = TypeVar("T")


def document(answer: Answer) -> Json:
    """The document behind every message; figures in base units (t, USD, USD/t), changes in percent."""
    with speaking(answer.language):
        every, names, made = answer.all, answer.catalogue, reports(answer)
        offers = [offer for each in every for offer in each.offers]
        cited = {each.source.id: each for one in every for each in (*one.citations, *one.behind)}
        told = [line for each in every for line in (*notes(each), lack(each)) if line]
        seen = [views(each) for each in every]
        # What is shown in the place of figures that are not on record, where there is none that is.
        missing = [item for each in every if not each.figures for item in each.missing]
        instead = [figure for item in missing for figure in (*item.told, item.newest) if figure]
        instead += [figure for each in every if each.not_out for figure in each.figures]
        highlights = [item for each in every for item in each.highlights]
        return {
            "text": "" if answer.outcome == "silent" else text(made),
            "outcome": "answered" if any(each.outcome == "answered" for each in every) else answer.outcome,
            "understood": any(each.understood for each in every),
            "language": answer.language,
            "suggestions": [words(each, names) for each in offers],
            "suggested": [as_json(each) for each in offers],
            "next": [words(each, names) for one in every for each in one.onward],
            **(_reading(answer.reading) if answer.reading else {}),
            "question": _question(answer.question) if answer.question else None,
            "questions": [as_json(each.question) for each in every if each.question],
            "figures": [values.figure(figure, each.question) for each in every for figure in each.figures],
            "instead": list(map(values.figure, instead)),
            "highlights": [values.standout(item, highlight(item, names)) for item in highlights],
            "notes": list(dict.fromkeys(told)),
            **{key: [item for each in seen for item in each[key]] for key in seen[0]},
            "csv": "".join(f"{line}\n" for report in made for line in report.file) or None,
            "sources": list(map(values.source, cited.values())),
        }


def _reading(reading: Reading) -> Json:
    """How each slot of a typed text came about, and why it is not answered."""
    slots: Json = {name: sorted(getattr(reading, name)) for name in ("said", "inherited", "assumed")}
    slots |= {"corrected": dict(reading.corrected), "left_aside": list(reading.left_aside)}
    return {"reading": slots, **picked(reading, "reason=reason.kind")}


def _question(question: Question) -> Json:
    periods = question.periods
    if len(periods) > 1:
        periods = (Period.span(min(each.start for each in periods), max(each.end for each in periods)),)
    return {
        **picked(question, "commodities", "flows"),
        "lines": [{"commodity": name, "flow": flow} for name, flow in question.lines],
        "partner": question.partner or None,
        **picked(question, "measure", "unit"),
        "period": values.encoded(periods[0]) if periods else None,
        **picked(question, "against", "view", "scope", "change", "order", "top", "as_of"),
        **picked(question, "first_published=first", "since"),
    }


def views(item: Answer) -> dict[str, list[Any]]:
    """What each view adds: a list under its own key, empty where it has nothing to say."""

    def of_kind(kind: type[T], made: Callable[[T], Json | None]) -> list[Json | None]:
        return [made(each) for each in item.results if isinstance(each, kind)]

    why = [each for each in item.results if isinstance(each, Why)]
    events = dict.fromkeys((*item.events, *(found for each in why for found in each.events)))
    return {
        "computed": list(map(_computed, item.computed)),
        "by_country": of_kind(ByCountry, _by_country),
        "larger": of_kind(
            SideBySide, lambda each: None if each.largest is None else scoped(each.figures[each.largest])
        ),
        "rows": of_kind(Rows, _rows),
        "counts": of_kind(Count, _count),
        "streaks": of_kind(Streak, _streak),
        "seasons": of_kind(Seasonal, _season),
        "partners_moved": [_moved(*each.partner) for each in why if each.partner],
        "checks": of_kind(Check, _check),
        "events": [values.event(each, commodities=list(each.commodities)) for each in events],
        "definitions": [picked(each, "id", "en=text_en", "zh=text_zh") for each in item.definitions],
        "average": list(map(_average, item.averages)),
        "comparison": list(map(_contrast, item.contrasts)),
        "shares": [named(each.part) | _changed(each, each.part) for each in item.shares],
        "standings": list(map(_place, item.places)),
        "ranks": [named(each.figure) | picked(each, "first", "last") for each in item.ranks],
        "held": [named(each.row) | picked(each, "kind=row.period.kind") for each in item.held],
        "outside_run": [values.evidence(figure) for figure in item.around if item.places],
        "stretches": [
            values.series_of(each.series) | picked(each, "period", "scope", "holes", "other_scope")
            for each in item.stretches
        ],
        "revisions": [_revised(each) for found in item.revisions for each in found.told],
        "unrevised": list(map(_unrevised, item.revisions)),
        "on_record_since": [
            values.evidence(each.figure) | picked(each, "since=day", "dated") for each in item.arrivals
        ],
        "undated": [
            named(each.row) | picked(each, "source=row.source", "taken_as=day") for each in item.undated
        ],
        "releases": list(map(_publication, item.publications)),
        "coverage": [_coverage(each, item) for each in item.covered],
    }


def _computed(item: Computed) -> Json:
    number = as_percent if item.unit == "%" else as_number
    of_figures = [{**scoped(each), "value": as_number(each.value or 0)} for each in item.of]
    numbers = {"value": number(item.value), "range": list(map(number, item.range))}
    return {"operation": item.working, **numbers, "unit": item.unit or None, "of": of_figures}


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
    months = [str(each.end) for each in item.months]
    counts = {"count": len(months), "months": months, "on_record": len(item.known)}
    known = picked(item, "scope", "period", "criterion") | counts
    return trade_of(item.series) | known | picked(item, "missing=lost", "could_turn=open")


def _streak(item: Streak) -> Json:
    months = [str(each.end) for each in item.months]
    first, last = (months[0], months[-1]) if months else (None, None)
    found = picked(item, "scope", "criterion") | {"count": len(months), "since": first, "to": last}
    ends = picked(item, "longest", "broken_by=broken_by.end", "missing_before=hole", "last=last.end")
    return trade_of(item.series) | found | ends | picked(item, "could_turn=open")


def _season(item: Seasonal) -> Json:
    years = [each.end.year for each in item.earlier]
    return {**scoped(item.figure), "years": years, "missing": [period.label for period in item.lost]}


def _moved(now: Figure, before: Figure) -> Json:
    return {**scoped(now), "value": now.value, "before": before.value, "against": before.period.label}


def _check(item: Check) -> Json:
    verdicts = picked(item, "claim", "verdict", "value", "pct", "way", "earlier_source=row.source")
    return scoped(item.figure) | verdicts


def _average(mean: Figure) -> Json:
    value = {"value": as_number(mean.value), "unit": mean.unit, "range": values.range_of(mean)}
    return (
        values.series_of(mean.series)
        | picked(mean, "period", "months=period.length")
        | value
        | {"scope": mean.scope}
    )


def _changed(item: Contrast | Share, figure: Figure) -> Json:
    return {"pct": as_percent(item.pct), "range": as_percents(item.range), "scope": figure.scope}


def _contrast(item: Contrast) -> Json:
    earlier, later = (each.period.label for each in item.in_time)
    periods = {"against": item.then.period.label, "from": earlier, "to": later}
    return {**named(item.now), **periods, **_changed(item, item.now)}


def _place(item: Place) -> Json:
    standing = picked(item.standing, "run_start", "months", "rank")
    standing["rank_range"] = [item.rank.first, item.rank.last]
    standing |= picked(item.standing, "highest_on_record=highest_known", "lowest_on_record=lowest_known")
    standing |= picked(item.standing, "highest_since", "lowest_since")
    return named(item.figure) | standing | {"scope": item.figure.scope}


def _publication(item: Publication) -> Json:
    series = [picked(each, "commodity", "flow") for each in item.series]
    return picked(item, "stage", "month", "date=day", "expected") | {"series": series}


def _revised(item: Revised) -> Json:
    printings = []
    for step in item.steps:
        sources = list(dict.fromkeys(row.source for row in step.figure.rows))
        told = values.level_of(step.figure) | picked(step.figure, "derived", "status") | {"sources": sources}
        printings.append(picked(step, "since=day", "dated") | told)
    return named(item) | picked(item, "kind=period.kind", "scope", "revised=moved") | {"printings": printings}


def _unrevised(item: Revisions) -> Json:
    again = sum(not each.moved and len(each.steps) > 1 for each in item.every)
    counts = {"within_rounding": again, "once": sum(len(each.steps) == 1 for each in item.every)}
    return {**values.series_of(item.series), "scope": item.scope, **counts}


def _coverage(item: Covered, answer: Answer) -> Json:
    months = {str(month): cell for month, cell in item.cells.items()}
    due = [str(wait.month) for wait in answer.waiting if wait.series == item.series and wait.due]
    return {**values.series_of(item.series), "months": months, "waiting": due}
