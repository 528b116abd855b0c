"""An Answer as the JSON document of the command line: keys may be added, never renamed or removed."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.answers.answer import (
    Answer,
    Arrival,
    Citation,
    Contrast,
    Highlight,
    Place,
    Publication,
    Rank,
    Revised,
    Revisions,
    Stretch,
    Undated,
)
from bot.answers.share import Share
from bot.dataset.calendar import Period
from bot.dataset.coverage import Covered
from bot.dataset.model import Event, Figure, Input, Row, Series
from bot.dataset.revision_history import Step
from bot.messages.caveats import notes
from bot.messages.plain_text import text
from bot.messages.reporting import reports
from bot.messages.results_document import computed_as_json, results_as_json
from bot.messages.standouts import highlight
from bot.messages.unanswered import lack
from bot.questions import words
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.questions.serialise import as_json, period_as_json
from bot.words import speaking


def document(answer: Answer) -> dict[str, Any]:
    """The document behind every message; figures in base units (t, USD, USD/t), changes in percent."""
    with speaking(answer.language):
        return _document(answer)


def _document(answer: Answer) -> dict[str, Any]:
    made = reports(answer)
    every, names = answer.all, answer.catalogue
    offers = [offer for each in every for offer in each.offers]
    standouts = [item for each in every for item in each.highlights]
    cited = {each.source.id: each for one in every for each in (*one.citations, *one.behind)}
    return {
        "text": "" if answer.outcome == "silent" else text(made),
        "outcome": answer.whole_outcome,
        "understood": any(each.understood for each in every),
        "language": answer.language,
        "suggestions": [words(each, names) for each in offers],
        "suggested": [as_json(each) for each in offers],
        "next": [words(each, names) for one in every for each in one.onward],
        **_reading(answer.reading),
        "question": _question(answer.question) if answer.question else None,
        "questions": [as_json(each.question) for each in every if each.question],
        "figures": [_figure(figure, each.question) for each in every for figure in each.figures],
        "instead": [
            _figure(figure, each.instead.question)
            for each in every
            if each.instead
            for figure in each.instead.figures
        ],
        "highlights": [_standout(each, highlight(each, names)) for each in standouts],
        "notes": [
            *dict.fromkeys(line for each in every for line in (*notes(each), *filter(None, [lack(each)])))
        ],
        **_united([_views(each) for each in every]),
        "csv": "".join(f"{line}\n" for report in made for line in report.code) or None,
        "sources": [_source(citation) for citation in cited.values()],
    }


def _united(views: Sequence[dict[str, list[Any]]]) -> dict[str, list[Any]]:
    """The keys of the views with what all answers have."""
    return {key: [item for each in views for item in each[key]] for key in views[0]}


def _reading(reading: Reading | None) -> dict[str, Any]:
    """How each slot of a typed text came about, and why it is not answered."""
    if reading is None:
        return {}
    slots = {
        "said": sorted(reading.said),
        "inherited": sorted(reading.inherited),
        "assumed": sorted(reading.assumed),
        "corrected": dict(reading.corrected),
        "left_aside": list(reading.left_aside),
    }
    return {"reading": slots, "reason": reading.reason.kind if reading.reason else None}


def _question(question: Question) -> dict[str, Any]:
    return {
        "commodities": list(question.commodities),
        "flows": list(question.flows),
        "lines": [{"commodity": name, "flow": flow} for name, flow in question.lines],
        "partner": question.partner or None,
        "measure": question.measure,
        "unit": question.unit,
        "period": _span(_whole(question.periods)),
        "against": _span(question.against),
        "view": question.view,
        "scope": question.scope,
        "change": question.change,
        "order": question.order,
        "top": question.top,
        "as_of": str(question.as_of) if question.as_of else None,
        "first_published": question.first,
        "since": str(question.since) if question.since else None,
    }


def _whole(periods: Sequence[Period]) -> Period | None:
    """The one period, or the stretch over all of them."""
    if len(periods) < 2:
        return periods[0] if periods else None
    return Period.span(min(each.start for each in periods), max(each.end for each in periods))


def _figure(figure: Figure, question: Question | None) -> dict[str, Any]:
    growth, move = figure.growth, figure.move
    by_day = question is not None and question.unit == "t/day" and figure.value is not None
    return {
        **_series(figure.series),
        "kind": figure.period.kind,
        "period": figure.period.label,
        "value": _plain(figure.value),
        "unit": figure.unit,
        "step": _plain(figure.step),
        "range": _range(figure.range),
        "per_day": _plain((figure.value or 0) / figure.period.days) if by_day else None,
        "derived": figure.derived,
        "yoy_pct": _rounded(growth.pct, exact=growth.origin == "published"),
        "yoy_origin": growth.origin,
        "yoy_source": growth.printed_source if growth.origin == "published" else None,
        "yoy_computed_pct": _rounded(growth.computed_pct),
        "yoy_range": _percents(growth.range),
        "yoy_printed_pct": growth.printed_pct,
        "yoy_printed_source": growth.printed_source,
        "yoy_disputed": growth.disputed,
        "mom_pct": _rounded(move.pct) if move else None,
        "mom_range": _percents(move.range) if move else None,
        "mom_base": move.base if move else None,
        "status": figure.status,
        "scope": figure.scope,
        "source": figure.row.source,
        "published": str(figure.row.published) if figure.row.published and not figure.derived else None,
        "inputs": [_input(item) for item in figure.inputs] if figure.derived else [],
    }


def _input(item: Input) -> dict[str, Any]:
    row = item.row
    return {
        "role": item.role,
        "kind": row.period.kind,
        "period": row.period.label,
        "value": _plain(row.value),
        "step": _plain(row.step),
        "status": row.status,
        "source": row.source,
    }


def _source(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "id": source.id,
        "title": source.title,
        "url": source.url or None,
        "publisher": source.publisher,
        "published": str(citation.published) if citation.published else None,
        "via": source.via or None,
        "copy_url": source.copy_url or None,
        "retrieved": str(source.retrieved),
    }


def _views(answer: Answer) -> dict[str, list[Any]]:
    """The keys of the views; a list each, empty where the view has none of it."""
    return {
        "computed": [computed_as_json(item) for item in answer.computed],
        "instead": [_figure(each, None) for each in _instead(answer)],
        **results_as_json(answer),
        "average": [_average(figure) for figure in answer.averages],
        "comparison": [_contrast(item) for item in answer.contrasts],
        "shares": [_share(item) for item in answer.shares],
        "standings": [_place(item) for item in answer.places],
        "ranks": [_rank(item) for item in answer.ranks],
        "held": [_named(item.row) | {"kind": item.row.period.kind} for item in answer.held],
        "outside_run": [_evidence(figure) for figure in answer.around if answer.places],
        "stretches": [_stretch(item) for item in answer.stretches],
        "revisions": [_revised(each) for item in answer.revisions for each in item.told],
        "unrevised": [_unrevised(item) for item in answer.revisions],
        "on_record_since": [_arrival(item) for item in answer.arrivals],
        "undated": [_undated(item) for item in answer.undated],
        "releases": [_publication(item) for item in answer.publications],
        "coverage": [_coverage(item, answer) for item in answer.covered],
    }


def _instead(answer: Answer) -> Iterator[Figure]:
    """What is shown in the place of figures that are not on record, where there is none that is."""
    for item in () if answer.figures else answer.missing:
        yield from (*item.told, *([item.newest] if item.newest else []))


def _coverage(item: Covered, answer: Answer) -> dict[str, Any]:
    """By the month how it is on record, and the months that are due."""
    due = [str(wait.month) for wait in answer.waiting if wait.series == item.series and wait.due]
    months = {str(month): cell for month, cell in item.cells.items()}
    return {**_series(item.series), "months": months, "waiting": due}


def _span(period: Period | None) -> dict[str, str] | None:
    """Kind, first and last month."""
    return period_as_json(period) if period else None


def _plain(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point, others to six decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def _rounded(pct: float | None, *, exact: bool = False) -> float | None:
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


def _named(item: Figure | Row | Revised) -> dict[str, Any]:
    return {**_series(item.series), "period": item.period.label}


def _range(edges: Sequence[float] | None) -> list[float | int | None] | None:
    return [_plain(edge) for edge in edges] if edges else None


def _percents(edges: Sequence[float] | None) -> list[float | None] | None:
    return [_rounded(edge) for edge in edges] if edges else None


def _average(figure: Figure) -> dict[str, Any]:
    return {
        **_series(figure.series),
        "period": _span(figure.period),
        "months": figure.period.length,
        "value": _plain(figure.value),
        "unit": figure.unit,
        "range": _range(figure.range),
        "scope": figure.scope,
    }


def _contrast(item: Contrast) -> dict[str, Any]:
    return {
        **_named(item.now),
        "against": item.then.period.label,
        "from": item.in_time[0].period.label,
        "to": item.in_time[1].period.label,
        "pct": _rounded(item.pct),
        "range": _percents(item.range),
        "scope": item.now.scope,
    }


def _share(item: Share) -> dict[str, Any]:
    return {
        **_named(item.part),
        "pct": _rounded(item.pct),
        "range": _percents(item.range),
        "scope": item.part.scope,
    }


def _place(item: Place) -> dict[str, Any]:
    standing = item.standing
    return {
        **_named(item.figure),
        "run_start": str(standing.run_start),
        "months": standing.months,
        "rank": standing.rank,
        "rank_range": [item.rank.first, item.rank.last],
        "highest_on_record": standing.highest_known,
        "lowest_on_record": standing.lowest_known,
        "highest_since": standing.highest_since and str(standing.highest_since),
        "lowest_since": standing.lowest_since and str(standing.lowest_since),
        "scope": item.figure.scope,
    }


def _rank(item: Rank) -> dict[str, Any]:
    return {**_named(item.figure), "first": item.first, "last": item.last}


def _stretch(item: Stretch) -> dict[str, Any]:
    return {
        **_series(item.series),
        "period": _span(item.period),
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
        **_named(item),
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
        "value": _plain(figure.value),
        "unit": figure.unit,
        "step": _plain(figure.step),
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
    return {**_named(item.row), "source": item.row.source, "taken_as": str(item.day)}


def _standout(item: Highlight, words: str) -> dict[str, Any]:
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
        "period": _span(figure.period),
        "value": _plain(figure.value),
        "range": _range(figure.range),
        "yoy_pct": _rounded(figure.growth.pct, exact=figure.growth.origin == "published"),
        "scope": figure.scope,
    }


def _event(event: Event) -> dict[str, str]:
    told = {"title": event.title, "source": event.source_name, "url": event.source_url}
    return {"date": str(event.day), **told}
