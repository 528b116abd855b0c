"""What operations give, for the JSON document: numbers in base units, changes and shares in percent."""

from collections.abc import Iterable
from typing import Any

from bot.answers.answer import Answer
from bot.answers.results import ByCountry, Check, Computed, Count, Rows, Seasonal, SideBySide, Streak, Why
from bot.answers.share import Share
from bot.dataset.calendar import Month
from bot.dataset.model import Event, Figure, Series
from bot.questions.serialise import period_as_json

Json = dict[str, Any]


def computed_as_json(item: Computed) -> Json:
    """A number that was worked out, its range, and the figures it was made from."""
    digits = 1 if item.unit == "%" else 6
    return {
        "operation": item.working,
        "value": _number(item.value, digits),
        "range": [_number(edge, digits) for edge in item.range],
        "unit": item.unit or None,
        "of": [{**_figure(figure), "value": _number(figure.value or 0)} for figure in item.of],
    }


def results_as_json(answer: Answer) -> dict[str, list[Any]]:
    """The keys of the operations; a list each, empty where there is none of it."""
    made: Json = {
        "by_country": [_by_country(item) for item in answer.results if isinstance(item, ByCountry)],
        "larger": [_larger(item) for item in answer.results if isinstance(item, SideBySide)],
        "rows": [_rows(item) for item in answer.results if isinstance(item, Rows)],
        "counts": [_count(item) for item in answer.results if isinstance(item, Count)],
        "streaks": [_streak(item) for item in answer.results if isinstance(item, Streak)],
        "seasons": [_season(item) for item in answer.results if isinstance(item, Seasonal)],
        "partners_moved": [_moved(item) for item in answer.results if isinstance(item, Why) and item.partner],
        "checks": [_check(item) for item in answer.results if isinstance(item, Check)],
        "events": [_event(each) for each in _events(answer)],
        "definitions": [
            {"id": each.id, "en": each.text_en, "zh": each.text_zh} for each in answer.definitions
        ],
    }
    return made


def _number(value: float, digits: int = 6) -> float | int:
    """A whole number without a decimal point."""
    return int(value) if value == int(value) and digits > 1 else round(value, digits) + 0.0


def _series(series: Series) -> Json:
    return {"commodity": series.commodity, "flow": series.flow, "partner": series.partner or None}


def _figure(figure: Figure) -> Json:
    return {
        **_series(figure.series),
        "measure": figure.series.measure,
        "kind": figure.period.kind,
        "period": figure.period.label,
        "scope": figure.scope,
    }


def _months(months: Iterable[Month]) -> list[str]:
    return [str(month) for month in months]


def _ends(figures: Iterable[Figure]) -> list[str]:
    return _months(figure.end for figure in figures)


def _by_country(item: ByCountry) -> Json:
    """Shares in percent, null where there is none; `others` is the world's figure less those listed."""
    found, parts = item.found, {each.part.series: each for each in item.shares}
    listed = [
        {"partner": each.series.partner, "value": _number(each.value or 0), **_share(parts.get(each.series))}
        for each in item.shown
    ]
    return {
        "scope": found.scope,
        "world": _number(found.world.value or 0) if found.world else None,
        "listed": listed,
        "others": computed_as_json(item.rest) if item.rest else None,
        "on_record": [each.series.partner for each in found.partners],
        "covered_pct": None if found.covered is None else _number(100 * found.covered, 1),
    }


def _share(part: Share | None) -> Json:
    if part is None:
        return {"share_pct": None, "share_range": None}
    return {"share_pct": _number(part.pct, 1), "share_range": [_number(edge, 1) for edge in part.range]}


def _larger(item: SideBySide) -> Json | None:
    """Which figure is the largest; null where rounding leaves that open."""
    return None if item.largest is None else _figure(item.figures[item.largest])


def _rows(item: Rows) -> Json:
    return {
        **_series(item.series),
        "scope": item.scope,
        "by": item.by,
        "missing": [period.label for period in item.lost],
    }


def _count(item: Count) -> Json:
    return {
        **_series(item.series),
        "scope": item.scope,
        "period": period_as_json(item.period),
        "criterion": item.criterion._asdict(),
        "count": len(item.months),
        "months": _ends(item.months),
        "on_record": len(item.known),
        "missing": _months(item.lost),
        "could_turn": _months(item.open),
    }


def _streak(item: Streak) -> Json:
    broken = str(item.broken_by.end) if item.broken_by else None
    return {
        **_series(item.series),
        "scope": item.scope,
        "criterion": item.criterion._asdict(),
        "count": len(item.months),
        "since": str(item.months[0].end) if item.months else None,
        "to": str(item.months[-1].end) if item.months else None,
        "longest": item.longest,
        "broken_by": broken,
        "missing_before": str(item.hole) if item.hole else None,
        "last": str(item.last.end) if item.last else None,
        "could_turn": _months(item.open),
    }


def _season(item: Seasonal) -> Json:
    years = [figure.end.year for figure in item.earlier]
    return {**_figure(item.figure), "years": years, "missing": [period.label for period in item.lost]}


def _moved(item: Why) -> Json | None:
    if not item.partner:
        return None
    now, then = item.partner
    return {**_figure(now), "value": now.value, "before": then.value, "against": then.period.label}


def _check(item: Check) -> Json:
    return {
        **_figure(item.figure),
        "claim": item.claim._asdict(),
        "verdict": item.verdict,
        "value": item.value,
        "pct": item.pct,
        "way": item.way,
        "earlier_source": item.row.source if item.row else None,
    }


def _events(answer: Answer) -> list[Event]:
    near = [event for item in answer.results if isinstance(item, Why) for event in item.events]
    return list(dict.fromkeys((*answer.events, *near)))


def _event(event: Event) -> Json:
    told = {"title": event.title, "source": event.source_name, "url": event.source_url}
    return {"date": str(event.day), "commodities": list(event.commodities), **told}
