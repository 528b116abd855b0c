"""What the views add to the JSON document: averages, comparisons, shares, records, holes, highlights."""

from collections.abc import Sequence
from typing import Any

from bot.answers.answer import (
    Answer,
    Arrival,
    Contrast,
    Highlight,
    Place,
    Publication,
    Rank,
    Revised,
    Revisions,
    Share,
    Stretch,
    Undated,
)
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import Covered
from bot.dataset.history import Step
from bot.dataset.model import Event, Figure, Series


def views(answer: Answer) -> dict[str, Any]:
    """The keys of the views; a list each, empty where the view has none of it."""
    return {
        "average": [_average(figure) for figure in answer.averages],
        "comparison": [_contrast(item) for item in answer.contrasts],
        "shares": [_share(item) for item in answer.shares],
        "standings": [_place(item) for item in answer.places],
        "ranks": [_rank(item) for item in answer.ranks],
        "outside_run": [_evidence(figure) for figure in answer.around]
        if answer.ranks or answer.places
        else [],
        "stretches": [_stretch(item) for item in answer.stretches],
        "revisions": [_revised(each) for item in answer.revisions for each in item.told],
        "unrevised": [_unrevised(item) for item in answer.revisions],
        "on_record_since": [_arrival(item) for item in answer.arrivals],
        "undated": [_undated(item) for item in answer.undated],
        "releases": [_publication(item) for item in answer.publications],
        "coverage": [_coverage(item, answer) for item in answer.covered],
    }


def _coverage(item: Covered, answer: Answer) -> dict[str, Any]:
    """By the month how it is on record, and the months that are due."""
    due = [str(wait.month) for wait in answer.waiting if wait.series == item.series and wait.due]
    series = item.series
    return {
        "commodity": series.commodity, "flow": series.flow, "partner": series.partner or None,
        "measure": series.measure, "months": {str(month): cell for month, cell in item.cells.items()},
        "waiting": due,
    }  # fmt: skip


def period_of(period: Period | None) -> dict[str, str] | None:
    """Kind, first and last month."""
    return {"kind": period.kind, "start": str(period.start), "end": str(period.end)} if period else None


def plain(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point, others to six decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def rounded(pct: float | None, *, exact: bool = False) -> float | None:
    """A percentage to one decimal; as it was printed where it was."""
    if pct is None:
        return None
    return pct if exact else round(pct, 1) + 0.0


def _series(series: Series) -> dict[str, Any]:
    return {
        "commodity": series.commodity,
        "flow": series.flow,
        "partner": series.partner or None,
        "measure": series.measure,
    }


def _range(edges: Sequence[float] | None) -> list[float | int | None] | None:
    return [plain(edge) for edge in edges] if edges else None


def _average(figure: Figure) -> dict[str, Any]:
    return {
        **_series(figure.series),
        "period": period_of(figure.period),
        "months": figure.period.length,
        "value": plain(figure.value),
        "unit": figure.unit,
        "range": _range(figure.range),
        "scope": figure.scope,
    }


def _contrast(item: Contrast) -> dict[str, Any]:
    return {
        **_series(item.now.series),
        "period": item.now.period.label,
        "against": item.then.period.label,
        "from": item.in_time[0].period.label,
        "to": item.in_time[1].period.label,
        "pct": rounded(item.pct),
        "range": [rounded(edge) for edge in item.range] if item.range else None,
        "scope": item.now.scope,
    }


def _share(item: Share) -> dict[str, Any]:
    return {
        **_series(item.part.series),
        "period": item.part.period.label,
        "pct": rounded(item.pct),
        "range": [rounded(edge) for edge in item.range],
        "scope": item.part.scope,
    }


def _place(item: Place) -> dict[str, Any]:
    standing = item.standing
    return {
        **_series(item.figure.series),
        "period": item.figure.period.label,
        "run_start": str(standing.run_start),
        "months": standing.months,
        "rank": standing.rank,
        "rank_range": [item.rank.first, item.rank.last],
        "highest_on_record": standing.highest_known,
        "lowest_on_record": standing.lowest_known,
        "highest_since": _month(standing.highest_since),
        "lowest_since": _month(standing.lowest_since),
        "scope": item.figure.scope,
    }


def _rank(item: Rank) -> dict[str, Any]:
    return {
        **_series(item.figure.series),
        "period": item.figure.period.label,
        "first": item.first,
        "last": item.last,
    }


def _stretch(item: Stretch) -> dict[str, Any]:
    return {
        **_series(item.series),
        "period": period_of(item.period),
        "scope": item.scope,
        "holes": [str(month) for month in item.holes],
        "other_scope": item.other_scope,
    }


def _publication(item: Publication) -> dict[str, Any]:
    return {
        "stage": item.stage,
        "month": str(item.month),
        "date": str(item.day),
        "expected": item.expected,
        "series": [{"commodity": series.commodity, "flow": series.flow} for series in item.series],
    }


def _revised(item: Revised) -> dict[str, Any]:
    return {
        **_series(item.series),
        "period": item.period.label,
        "kind": item.period.kind,
        "scope": item.scope,
        "revised": item.moved,
        "printings": [_step(step) for step in item.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    """One printing: since when it is on record, and whether that day is known or the calendar's."""
    figure = step.figure
    return {
        "since": str(step.day),
        "dated": step.dated,
        "value": plain(figure.value),
        "unit": figure.unit,
        "step": plain(figure.step),
        "range": _range(figure.range),
        "derived": figure.derived,
        "status": figure.status,
        "sources": list(dict.fromkeys(row.source for row in figure.rows)),
    }


def _unrevised(item: Revisions) -> dict[str, Any]:
    """How many figures of a series did not change: printed again within rounding, or once."""
    counts = {"within_rounding": len(item.finer), "once": len(item.once)}
    return {**_series(item.series), "scope": item.scope, **counts}


def _arrival(item: Arrival) -> dict[str, Any]:
    return {**_evidence(item.figure), "since": str(item.day), "dated": item.dated}


def _undated(item: Undated) -> dict[str, Any]:
    row = item.row
    return {
        **_series(row.series),
        "period": row.period.label,
        "source": row.source,
        "taken_as": str(item.day),
    }


def standout(item: Highlight, words: str) -> dict[str, Any]:
    """A highlight: its rule, its sentence, the figures it rests on and the sources behind them."""
    return {
        "rule": item.rule,
        "commodity": item.figure.series.commodity,
        "flow": item.figure.series.flow,
        "measure": item.figure.series.measure,
        "period": item.figure.period.label,
        "text": words,
        "surprise": round(item.surprise, 2),
        "evidence": [_evidence(figure) for figure in item.evidence],
        "sources": list(item.sources),
        "event": _event(item.event) if item.event else None,
    }


def _evidence(figure: Figure) -> dict[str, Any]:
    return {
        **_series(figure.series),
        "period": period_of(figure.period),
        "value": plain(figure.value),
        "range": _range(figure.range),
        "yoy_pct": rounded(figure.growth.pct, exact=figure.growth.origin == "published"),
        "scope": figure.scope,
    }


def _event(event: Event) -> dict[str, str]:
    return {
        "date": str(event.day),
        "title": event.title,
        "source": event.source_name,
        "url": event.source_url,
    }


def _month(month: Month | None) -> str | None:
    return str(month) if month else None
