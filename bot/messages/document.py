"""An Answer as the JSON document of the command line: keys may be added, never renamed or removed."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.dataset.calendar import Period
from bot.messages import json_values as values
from bot.messages.caveats import notes
from bot.messages.json_values import Json
from bot.messages.json_views import views
from bot.messages.plain_text import text
from bot.messages.reporting import reports
from bot.messages.standouts import highlight
from bot.messages.unanswered import lack
from bot.questions import words
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.questions.serialise import as_json
from bot.words import speaking


def document(answer: Answer) -> Json:
    """The document behind every message; figures in base units (t, USD, USD/t), changes in percent."""
    with speaking(answer.language):
        return _document(answer)


def _document(answer: Answer) -> Json:
    every, names, made = answer.all, answer.catalogue, reports(answer)
    offers = [offer for each in every for offer in each.offers]
    cited = {each.source.id: each for one in every for each in (*one.citations, *one.behind)}
    told = [line for each in every for line in (*notes(each), lack(each)) if line]
    seen = [views(each) for each in every]
    # What is shown in the place of figures that are not on record, where there is none that is.
    missing = [item for each in every if not each.figures for item in each.missing]
    instead = [figure for item in missing for figure in (*item.told, item.newest) if figure]
    instead += [figure for each in every if each.not_out for figure in each.figures]
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
        "figures": [values.figure(figure, each.question) for each in every for figure in each.figures],
        "instead": [values.figure(figure) for figure in instead],
        "highlights": [
            values.standout(item, highlight(item, names)) for each in every for item in each.highlights
        ],
        "notes": list(dict.fromkeys(told)),
        **{key: [item for each in seen for item in each[key]] for key in seen[0]},
        "csv": "".join(f"{line}\n" for report in made for line in report.file) or None,
        "sources": [values.source(citation) for citation in cited.values()],
    }


def _reading(reading: Reading | None) -> Json:
    """How each slot of a typed text came about, and why it is not answered."""
    if reading is None:
        return {}
    slots = {
        **{name: sorted(getattr(reading, name)) for name in ("said", "inherited", "assumed")},
        "corrected": dict(reading.corrected),
        "left_aside": list(reading.left_aside),
    }
    return {"reading": slots, "reason": reading.reason.kind if reading.reason else None}


def _question(question: Question) -> Json:
    periods: Sequence[Period] = question.periods
    if len(periods) > 1:
        periods = [Period.span(min(each.start for each in periods), max(each.end for each in periods))]
    return {
        "commodities": list(question.commodities),
        "flows": list(question.flows),
        "lines": [{"commodity": name, "flow": flow} for name, flow in question.lines],
        "partner": question.partner or None,
        "measure": question.measure,
        "unit": question.unit,
        "period": values.encoded(periods[0]) if periods else None,
        **values.picked(question, "against", "view", "scope", "change", "order", "top", "as_of"),
        "first_published": question.first,
        "since": values.encoded(question.since),
    }
