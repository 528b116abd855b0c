"""How each value of an answer stands in the JSON document: numbers in base units, changes in percent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.answers.answer import Citation, Highlight
from bot.answers.results import Revised
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Event, Figure, Growth, Input, Row, Series
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


def picked(item: object, *fields: str) -> Json:
    """Fields under their names, or "key=path.of.names" under a key: null where the path breaks off."""
    found: Json = {}
    for field in fields:
        key, _, path = field.partition("=")
        value: Any = item
        for name in (path or key).split("."):
            value = None if value is None else getattr(value, name)
        found[key] = encoded(value)
    return found


def as_number(value: float | None) -> Number:
    """Whole numbers without a decimal point, others to six decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def as_percent(pct: float | None, *, exact: bool = False) -> float | None:
    """A percentage to one decimal; as it was printed where it was."""
    return pct if exact or pct is None else round(pct, 1) + 0.0


def range_of(item: Figure) -> list[Number] | None:
    """From where to where rounding leaves a level."""
    return list(map(as_number, item.range)) if item.range else None


def as_percents(edges: Sequence[float] | None) -> list[float | None] | None:
    """The same of a change."""
    return list(map(as_percent, edges)) if edges else None


def trade_of(series: Series) -> Json:
    """What, which way, with whom."""
    return {"commodity": series.commodity, "flow": series.flow, "partner": series.partner or None}


def series_of(series: Series) -> Json:
    """The same, and measured how."""
    return {**trade_of(series), "measure": series.measure}


def named(item: Figure | Row | Revised) -> Json:
    """A series and a period of it."""
    return {**series_of(item.series), "period": item.period.label}


def scoped(item: Figure) -> Json:
    """The same with what the figure counts."""
    return {**series_of(item.series), **picked(item, "kind=period.kind", "period=period.label", "scope")}


def figure(item: Figure, question: Question | None = None) -> Json:
    """A figure with its changes, its rounding and what it was made from."""
    by_day = question is not None and question.unit == "t/day" and item.value is not None
    move = item.move
    return {
        **series_of(item.series),
        **picked(item, "kind=period.kind", "period=period.label"),
        **level_of(item),
        "per_day": as_number((item.value or 0) / item.period.days) if by_day else None,
        "derived": item.derived,
        **_growth(item.growth),
        "mom_pct": as_percent(move.pct) if move else None,
        "mom_range": as_percents(move.range) if move else None,
        **picked(item, "mom_base=move.base", "status", "scope", "source=row.source"),
        "published": encoded(item.row.published) if not item.derived else None,
        "inputs": [_input(each) for each in item.inputs] if item.derived else [],
    }


def level_of(item: Figure) -> Json:
    """The value in its base unit, with the step in which it was printed."""
    value, step = as_number(item.value), as_number(item.step)
    return {"value": value, "unit": item.unit, "step": step, "range": range_of(item)}


def _growth(growth: Growth) -> Json:
    printed = growth.origin == "published"
    return {
        "yoy_pct": as_percent(growth.pct, exact=printed),
        "yoy_origin": growth.origin,
        "yoy_source": growth.printed_source if printed else None,
        "yoy_computed_pct": as_percent(growth.computed_pct),
        "yoy_range": as_percents(growth.range),
        **picked(growth, "yoy_printed_pct=printed_pct", "yoy_printed_source=printed_source"),
        "yoy_disputed": growth.disputed,
    }


def _input(item: Input) -> Json:
    numbers = {"value": as_number(item.row.value), "step": as_number(item.row.step)}
    row = picked(item, "role", "kind=row.period.kind", "period=row.period.label")
    return {**row, **numbers, **picked(item.row, "status", "source")}


def evidence(item: Figure) -> Json:
    """A figure that something rests on."""
    return {
        **series_of(item.series),
        "period": encoded(item.period),
        "value": as_number(item.value),
        "range": range_of(item),
        "yoy_pct": as_percent(item.growth.pct, exact=item.growth.origin == "published"),
        "scope": item.scope,
    }


def source(citation: Citation) -> Json:
    """A source and its copy; null for what it has none of."""
    fields = ("id", "title", "url", "publisher", "published", "via", "copy_url", "retrieved")
    paths = (each if each == "published" else f"{each}=source.{each}" for each in fields)
    return {key: value or None for key, value in picked(citation, *paths).items()}


def standout(item: Highlight, words: str) -> Json:
    """A highlight: its rule, its sentence, the figures it rests on and the sources behind them."""
    return {
        **picked(item, "rule", "commodity=figure.series.commodity", "flow=figure.series.flow"),
        **picked(item.figure, "measure=series.measure", "period=period.label"),
        "text": words,
        "surprise": round(item.surprise, 2),
        "evidence": list(map(evidence, item.evidence)),
        "sources": list(dict.fromkeys(row.source for figure in item.evidence for row in figure.rows)),
        "event": event(item.event) if item.event else None,
    }


def event(item: Event, **about: Any) -> Json:
    """A dated event and who told of it."""
    return {"date": str(item.day), **about, **picked(item, "title", "source=source_name", "url=source_url")}
