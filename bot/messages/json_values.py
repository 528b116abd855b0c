"""How each value of an answer stands in the JSON document: numbers in base units, changes in percent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.answers.answer import Citation, Highlight, Revised
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


def picked(item: object, *names: str) -> Json:
    """Fields whose keys are their own names."""
    return {name: encoded(getattr(item, name)) for name in names}


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
    period = item.period
    return {**series_of(item.series), "kind": period.kind, "period": period.label, "scope": item.scope}


def figure(item: Figure, question: Question | None = None) -> Json:
    """A figure with its changes, its rounding and what it was made from."""
    by_day = question is not None and question.unit == "t/day" and item.value is not None
    move = item.move
    return {
        **series_of(item.series),
        "kind": item.period.kind,
        "period": item.period.label,
        **level_of(item),
        "per_day": as_number((item.value or 0) / item.period.days) if by_day else None,
        "derived": item.derived,
        **_growth(item.growth),
        "mom_pct": as_percent(move.pct) if move else None,
        "mom_range": as_percents(move.range) if move else None,
        "mom_base": move.base if move else None,
        **picked(item, "status", "scope"),
        "source": item.row.source,
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
        "yoy_printed_pct": growth.printed_pct,
        "yoy_printed_source": growth.printed_source,
        "yoy_disputed": growth.disputed,
    }


def _input(item: Input) -> Json:
    row, value, step = item.row, as_number(item.row.value), as_number(item.row.step)
    printed = {"kind": row.period.kind, "period": row.period.label, "value": value, "step": step}
    return {"role": item.role, **printed, "status": row.status, "source": row.source}


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
    """A source and its copy."""
    found = citation.source
    return {
        **picked(found, "id", "title"),
        "url": found.url or None,
        "publisher": found.publisher,
        "published": encoded(citation.published),
        "via": found.via or None,
        "copy_url": found.copy_url or None,
        "retrieved": str(found.retrieved),
    }


def standout(item: Highlight, words: str) -> Json:
    """A highlight: its rule, its sentence, the figures it rests on and the sources behind them."""
    return {
        "rule": item.rule,
        **picked(item.figure.series, "commodity", "flow", "measure"),
        "period": item.figure.period.label,
        "text": words,
        "surprise": round(item.surprise, 2),
        "evidence": list(map(evidence, item.evidence)),
        "sources": list(item.sources),
        "event": event(item.event) if item.event else None,
    }


def event(item: Event, **about: Any) -> Json:
    """A dated event and who told of it."""
    told = {"title": item.title, "source": item.source_name, "url": item.source_url}
    return {"date": str(item.day), **about, **told}
