"""An Answer as the JSON document of the command line: keys may be added, never renamed or removed."""

from typing import Any

from bot.answers.answer import Answer, Citation
from bot.dataset.model import Figure, Input
from bot.messages.parts import period_of, plain, rounded, standout, views
from bot.messages.script import Script, script
from bot.messages.spoken import text
from bot.questions import words
from bot.questions.question import Question
from bot.questions.serialise import as_json
from bot.words import speaking


def document(answer: Answer) -> dict[str, Any]:
    """The document behind every message; figures in base units (t, USD, USD/t), changes in percent."""
    with speaking(answer.language):
        return _document(answer, script(answer))


def _document(answer: Answer, said: Script) -> dict[str, Any]:
    return {
        "text": text(said),
        "outcome": answer.outcome,
        "understood": answer.understood,
        "language": answer.language,
        "suggestions": [words(each, answer.catalogue) for each in answer.offers],
        "suggested": [as_json(each) for each in answer.offers],
        "next": [words(each, answer.catalogue) for each in answer.onward],
        "question": _question(answer.question) if answer.question else None,
        "questions": [as_json(answer.question)] if answer.question else [],
        "figures": [_figure(figure, answer.question) for figure in answer.figures],
        "highlights": [
            standout(item, words) for item, words in zip(answer.highlights, said.highlights, strict=True)
        ],
        "notes": [*said.notes, *said.ending],
        **views(answer),
        "csv": "".join(f"{line}\n" for line in said.code) or None,
        "sources": [_source(citation) for citation in (*answer.citations, *answer.behind)],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "commodities": list(question.commodities),
        "flows": list(question.flows),
        "lines": [{"commodity": name, "flow": flow} for name, flow in question.lines],
        "partner": question.partner or None,
        "measure": question.measure,
        "unit": question.unit,
        "period": period_of(question.period),
        "against": period_of(question.against),
        "view": question.view,
        "scope": question.scope,
        "change": question.change,
        "order": question.order,
        "top": question.top,
        "as_of": str(question.as_of) if question.as_of else None,
        "first_published": question.first,
        "since": str(question.since) if question.since else None,
    }


def _figure(figure: Figure, question: Question | None) -> dict[str, Any]:
    growth, move = figure.growth, figure.move
    by_day = question is not None and question.unit == "t/day" and figure.value is not None
    return {
        "commodity": figure.series.commodity,
        "flow": figure.series.flow,
        "partner": figure.series.partner or None,
        "measure": figure.series.measure,
        "kind": figure.period.kind,
        "period": figure.period.label,
        "value": plain(figure.value),
        "unit": figure.unit,
        "step": plain(figure.step),
        "range": [plain(edge) for edge in figure.range] if figure.range else None,
        "per_day": plain((figure.value or 0) / figure.period.days) if by_day else None,
        "derived": figure.derived,
        "yoy_pct": rounded(growth.pct, exact=growth.origin == "published"),
        "yoy_origin": growth.origin,
        "yoy_source": growth.printed_source if growth.origin == "published" else None,
        "yoy_computed_pct": rounded(growth.computed_pct),
        "yoy_range": [rounded(edge) for edge in growth.range] if growth.range else None,
        "yoy_printed_pct": growth.printed_pct,
        "yoy_printed_source": growth.printed_source,
        "yoy_disputed": growth.disputed,
        "mom_pct": rounded(move.pct) if move else None,
        "mom_range": [rounded(edge) for edge in move.range] if move else None,
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
        "value": plain(row.value),
        "step": plain(row.step),
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
