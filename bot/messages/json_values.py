"""How each value of an answer stands in the JSON document: numbers in base units, changes in percent."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.answers import answer, results
from bot.answers.results import Share
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import Covered, Waiting
from bot.dataset.model import Event, Figure, Growth, Input, Row, Series
from bot.dataset.revision_history import Step
from bot.questions.question import Question
from bot.questions.serialise import period_as_json

Json = dict[str, Any]
Number = float | int | None


def encoded(value: Any) -> Any:
    """A value as JSON has it: months and days in digits, a period with its first and last month."""
    match value:
        case Period():
            return period_as_json(value)
        case Month() | date():
            return str(value)
        case tuple() if hasattr(value, "_asdict"):
            return value._asdict()
        case tuple() | list():
            return [encoded(each) for each in value]
        case _:
            return value


def picked(item: object, *names: str) -> Json:
    """Fields whose keys are their own names."""
    return {name: encoded(getattr(item, name)) for name in names}


def _plain(value: float | None) -> Number:
    """Whole numbers without a decimal point, others to six decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def _pct(pct: float | None, *, exact: bool = False) -> float | None:
    """A percentage to one decimal; as it was printed where it was."""
    return pct if exact or pct is None else round(pct, 1) + 0.0


def _range(edges: Sequence[float] | None) -> list[Number] | None:
    return [_plain(edge) for edge in edges] if edges else None


def _pct_range(edges: Sequence[float] | None) -> list[float | None] | None:
    return [_pct(edge) for edge in edges] if edges else None


def _line(series: Series) -> Json:
    return {"commodity": series.commodity, "flow": series.flow, "partner": series.partner or None}


def _series(series: Series) -> Json:
    return {**_line(series), "measure": series.measure}


def named(item: Figure | Row | answer.Revised) -> Json:
    """A series and a period of it."""
    return {**_series(item.series), "period": item.period.label}


def _scoped(item: Figure) -> Json:
    series = _series(item.series)
    return {**series, "kind": item.period.kind, "period": item.period.label, "scope": item.scope}


def figure(item: Figure, question: Question | None = None) -> Json:
    """A figure with its changes, its rounding and what it was made from."""
    by_day = question is not None and question.unit == "t/day" and item.value is not None
    move = item.move
    return {
        **_series(item.series),
        "kind": item.period.kind,
        "period": item.period.label,
        **_level(item),
        "per_day": _plain((item.value or 0) / item.period.days) if by_day else None,
        "derived": item.derived,
        **_growth(item.growth),
        "mom_pct": _pct(move.pct) if move else None,
        "mom_range": _pct_range(move.range) if move else None,
        "mom_base": move.base if move else None,
        **picked(item, "status", "scope"),
        "source": item.row.source,
        "published": encoded(item.row.published) if not item.derived else None,
        "inputs": [_input(each) for each in item.inputs] if item.derived else [],
    }


def _level(item: Figure) -> Json:
    value, step = _plain(item.value), _plain(item.step)
    return {"value": value, "unit": item.unit, "step": step, "range": _range(item.range)}


def _growth(growth: Growth) -> Json:
    printed = growth.origin == "published"
    return {
        "yoy_pct": _pct(growth.pct, exact=printed),
        "yoy_origin": growth.origin,
        "yoy_source": growth.printed_source if printed else None,
        "yoy_computed_pct": _pct(growth.computed_pct),
        "yoy_range": _pct_range(growth.range),
        "yoy_printed_pct": growth.printed_pct,
        "yoy_printed_source": growth.printed_source,
        "yoy_disputed": growth.disputed,
    }


def _input(item: Input) -> Json:
    row, value, step = item.row, _plain(item.row.value), _plain(item.row.step)
    printed = {"kind": row.period.kind, "period": row.period.label, "value": value, "step": step}
    return {"role": item.role, **printed, "status": row.status, "source": row.source}


def evidence(item: Figure) -> Json:
    """A figure that something rests on."""
    return {
        **_series(item.series),
        "period": encoded(item.period),
        "value": _plain(item.value),
        "range": _range(item.range),
        "yoy_pct": _pct(item.growth.pct, exact=item.growth.origin == "published"),
        "scope": item.scope,
    }


def source(citation: answer.Citation) -> Json:
    """A source and its copy."""
    found = citation.source
    return {
        "id": found.id,
        "title": found.title,
        "url": found.url or None,
        "publisher": found.publisher,
        "published": encoded(citation.published),
        "via": found.via or None,
        "copy_url": found.copy_url or None,
        "retrieved": str(found.retrieved),
    }


def standout(item: answer.Highlight, words: str) -> Json:
    """A highlight: its rule, its sentence, the figures it rests on and the sources behind them."""
    series = item.figure.series
    return {
        "rule": item.rule,
        **picked(series, "commodity", "flow", "measure"),
        "period": item.figure.period.label,
        "text": words,
        "surprise": round(item.surprise, 2),
        "evidence": [evidence(each) for each in item.evidence],
        "sources": list(item.sources),
        "event": event(item.event) if item.event else None,
    }


def event(item: Event, commodities: list[str] | None = None) -> Json:
    """A dated event and who told of it."""
    of = {} if commodities is None else {"commodities": commodities}
    told = {"title": item.title, "source": item.source_name, "url": item.source_url}
    return {"date": str(item.day), **of, **told}


def computed(item: results.Computed) -> Json:
    """A number that was worked out, its range, and the figures it was made from."""
    number = _pct if item.unit == "%" else _plain
    return {
        "operation": item.working,
        "value": number(item.value),
        "range": [number(edge) for edge in item.range],
        "unit": item.unit or None,
        "of": [{**_scoped(each), "value": _plain(each.value or 0)} for each in item.of],
    }


def by_country(item: results.ByCountry) -> Json:
    """Shares in percent, null where there is none; `others` is the world's figure less those listed."""
    found, parts = item.found, {each.part.series: each for each in item.shares}
    listed = []
    for each in item.shown:
        part = parts.get(each.series)
        pct = {"share_pct": _pct(part.pct if part else None)}
        edges = {"share_range": _pct_range(part.range if part else None)}
        listed.append({"partner": each.series.partner, "value": _plain(each.value or 0), **pct, **edges})
    return {
        "scope": found.scope,
        "world": _plain(found.world.value or 0) if found.world else None,
        "listed": listed,
        "others": computed(item.rest) if item.rest else None,
        "on_record": [each.series.partner for each in found.partners],
        "covered_pct": None if found.covered is None else _pct(100 * found.covered),
    }


def larger(item: results.SideBySide) -> Json | None:
    """Which figure is the largest; null where rounding leaves that open."""
    return None if item.largest is None else _scoped(item.figures[item.largest])


def rows(item: results.Rows) -> Json:
    """Which periods are in a table, and which are not on record."""
    missing = [period.label for period in item.lost]
    return {**_line(item.series), "scope": item.scope, "by": item.by, "missing": missing}


def count(item: results.Count) -> Json:
    """How many months meet a criterion, and which."""
    return {
        **_line(item.series),
        **picked(item, "scope", "period", "criterion"),
        "count": len(item.months),
        "months": encoded([each.end for each in item.months]),
        "on_record": len(item.known),
        "missing": encoded(item.lost),
        "could_turn": encoded(item.open),
    }


def streak(item: results.Streak) -> Json:
    """How many months in a row meet a criterion, and what came before them."""
    months = [str(each.end) for each in item.months]
    return {
        **_line(item.series),
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


def season(item: results.Seasonal) -> Json:
    """A figure and the years that it stands beside."""
    years = [each.end.year for each in item.earlier]
    return {**_scoped(item.figure), "years": years, "missing": [period.label for period in item.lost]}


def moved(now: Figure, before: Figure) -> Json:
    """The partner that moved most."""
    values = {"value": now.value, "before": before.value}
    return {**_scoped(now), **values, "against": before.period.label}


def check(item: results.Check) -> Json:
    """What a claim comes to."""
    earlier = item.row.source if item.row else None
    verdicts = picked(item, "claim", "verdict", "value", "pct", "way")
    return {**_scoped(item.figure), **verdicts, "earlier_source": earlier}


def average(mean: Figure) -> Json:
    """A mean of months."""
    return {
        **_series(mean.series),
        "period": encoded(mean.period),
        "months": mean.period.length,
        "value": _plain(mean.value),
        "unit": mean.unit,
        "range": _range(mean.range),
        "scope": mean.scope,
    }


def _with_pct(pct: float | None, edges: tuple[float, float] | None, scope: str) -> Json:
    return {"pct": _pct(pct), "range": _pct_range(edges), "scope": scope}


def contrast(item: answer.Contrast) -> Json:
    """Two periods and the change between them."""
    earlier, later = (each.period.label for each in item.in_time)
    periods = {"against": item.then.period.label, "from": earlier, "to": later}
    return {**named(item.now), **periods, **_with_pct(item.pct, item.range, item.now.scope)}


def share(item: Share) -> Json:
    """A part of a whole."""
    return {**named(item.part), **_with_pct(item.pct, item.range, item.part.scope)}


def place(item: answer.Place) -> Json:
    """A month in its unbroken run."""
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


def stretch(item: answer.Stretch) -> Json:
    """The months that an answer looked at."""
    return {**_series(item.series), **picked(item, "period", "scope", "holes", "other_scope")}


def publication(item: answer.Publication) -> Json:
    """When a stage of a month is published."""
    series = [picked(each, "commodity", "flow") for each in item.series]
    when = {"date": str(item.day), "expected": item.expected}
    return {**picked(item, "stage", "month"), **when, "series": series}


def revised(item: answer.Revised) -> Json:
    """A figure with all that it was."""
    kind = {"kind": item.period.kind, "scope": item.scope, "revised": item.moved}
    return {**named(item), **kind, "printings": [_step(step) for step in item.steps]}


def _step(step: Step) -> Json:
    known = step.figure
    return {
        "since": str(step.day),
        "dated": step.dated,
        **_level(known),
        "derived": known.derived,
        "status": known.status,
        "sources": list(dict.fromkeys(row.source for row in known.rows)),
    }


def unrevised(item: answer.Revisions) -> Json:
    """How many figures of a series did not change: printed again within rounding, or once."""
    counts = {"within_rounding": len(item.finer), "once": len(item.once)}
    return {**_series(item.series), "scope": item.scope, **counts}


def arrival(item: answer.Arrival) -> Json:
    """Since when a figure is on record."""
    return {**evidence(item.figure), "since": str(item.day), "dated": item.dated}


def undated(item: answer.Undated) -> Json:
    """A row whose day is not known, and the day that stands for it."""
    return {**named(item.row), "source": item.row.source, "taken_as": str(item.day)}


def coverage(item: Covered, waiting: Iterable[Waiting]) -> Json:
    """By the month how it is on record, and the months that are due."""
    due = [str(wait.month) for wait in waiting if wait.series == item.series and wait.due]
    months = {str(month): cell for month, cell in item.cells.items()}
    return {**_series(item.series), "months": months, "waiting": due}
