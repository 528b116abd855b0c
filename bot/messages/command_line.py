"""An Answer as the command line prints it: the JSON document, whose keys may be added, never renamed or
removed; or the words and the table of a message, drawn by Rich.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.answers.answer import Answer
from bot.answers.results import ByCountry, Computed
from bot.dataset.calendar import Period
from bot.messages.caveats import notes
from bot.messages.for_programs import CONTRACT, Json, as_percent, encoded, figure, picked, standout
from bot.messages.report import Report, Table, entries, last_line, text
from bot.messages.reporting import reports
from bot.messages.standouts import highlight
from bot.questions import words
from bot.questions.question import Question
from bot.questions.serialise import as_json
from bot.words import say, say_count, speaking

MOST_ROWS, TRIES = 15, 3  # of a first screen; questions to try instead


def document(answer: Answer) -> Json:
    """The document behind every message; figures in base units (t, USD, USD/t), changes in percent."""
    with speaking(answer.language):
        every, names, made = answer.all, answer.catalogue, reports(answer)
        offers = [offer for each in every for offer in each.offers]
        cited = {each.source.id: each for one in every for each in one.citations}
        told = [line for each in every for line in notes(each)]
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
            **(picked(answer, "reading[reading] reason=reading.reason.kind") if answer.reading else {}),
            "question": _question(answer.question) if answer.question else None,
            "questions": [as_json(each.question) for each in every if each.question],
            "figures": [figure(item, each.question) for each in every for item in each.figures],
            "instead": list(map(figure, instead)),
            "highlights": [standout(item, highlight(item)) for item in highlights],
            "notes": list(dict.fromkeys(told)),
            **{key: [item for each in seen for item in each[key]] for key in seen[0]},
            "csv": "".join(f"{line}\n" for report in made for line in report.file) or None,
            "sources": [picked(each, "source") for each in cited.values()],
        }


def _question(question: Question) -> Json:
    periods = question.periods
    if len(periods) > 1:
        periods = (Period.span(min(each.start for each in periods), max(each.end for each in periods)),)
    lines = [{"commodity": name, "flow": flow} for name, flow in question.lines]
    return picked(question, "question") | {"lines": lines, "period": encoded(periods[0]) if periods else None}


def views(answer: Answer) -> dict[str, list[Any]]:
    """What each view adds: a list under its own key, empty where it has nothing to say."""
    by_kind: dict[str, list[Any]] = {}
    for result in answer.results:
        by_kind.setdefault(type(result).__name__, []).append(result)
    why, pairs = by_kind.get("Why", []), by_kind.get("SideBySide", [])
    waiting = [each for each in answer.waiting if each.due]
    things: dict[str, Iterable[Any]] = by_kind | {
        "partners": [each.partner for each in why if each.partner],
        "dated_events": dict.fromkeys((*answer.events, *(event for each in why for event in each.events))),
        "outside_run": answer.around if answer.places else (),
        "covered": [
            (own, tuple(each.month for each in waiting if each.series == own.series))
            for own in answer.covered
        ],
        "SideBySide": [None if each.largest is None else each.figures[each.largest] for each in pairs],
    }
    found = {}
    for key, view in CONTRACT["views"].items():
        name, told = view["of"], TOLD.get(key) or partial(picked, fields=view["fields"])
        found[key] = [each and told(each) for each in things.get(name, getattr(answer, name, ()))]
    return found


def _computed(item: Computed) -> Json:
    sign = "%" if item.unit == "%" else "#"
    return picked(item, f"operation=working value{sign} range{sign} unit? of[term]")


def _by_country(item: ByCountry) -> Json:
    """Shares in percent, null where there is none; `others` is the world's figure less those listed."""
    parts, covered = {each.part.series: each for each in item.shares}, item.found.covered
    listed = [picked(each, "country") | picked(parts.get(each.series), "share") for each in item.shown]
    others = item.rest and _computed(item.rest)
    pct = None if covered is None else as_percent(100 * covered)
    return picked(item, "by_country") | {"listed": listed, "others": others, "covered_pct": pct}


TOLD: Mapping[str, Callable[[Any], Json]] = {"computed": _computed, "by_country": _by_country}


def terminal() -> Console:
    """A console of the terminal's width; of a fixed one where the output goes into a file or pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def drawn(answer: Answer, parts: Sequence[Report] = ()) -> Group:
    """The answer as a Rich renderable, and below it the parts of its details; nothing is read as markup."""
    with speaking(answer.language):
        made, drawn = reports(answer), list[RenderableType]()
        for report in made:
            drawn.append(Text(report.first_words, style="bold"))
            drawn += map(Text, (*report.lines, *entries(report)))
            drawn += (Text(line, no_wrap=True, overflow="ignore") for line in report.file)
            drawn += _table(report.table) if report.table and not report.file else ()
        drawn += [Text(below, style="dim")] if (below := last_line(made)) else []
        if answer.offers and not answer.figures:  # what to ask instead, where no button can stand
            questions = (words(each, answer.catalogue) for each in answer.offers[:TRIES])
            drawn.append(Text(say("script.try", questions=" · ".join(questions))))
        for part in parts:
            told = (" ".join(filter(None, [f"{text}{bold}", url])) for text, bold, url in part.items)
            drawn += [Text(), Text(part.headline, style="bold"), *map(Text, told)]
        return Group(*drawn)


def _table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(show_edge=False, pad_edge=False)
    for place, name in enumerate(table.header):
        grid.add_column(Text(name), justify="right" if place else "left")
    for row in table.rows[:MOST_ROWS]:
        grid.add_row(*(Text(cell.text) for cell in row))
    yield grid
    if len(table.rows) > MOST_ROWS:
        yield Text(say_count("render.more_rows", len(table.rows) - MOST_ROWS), style="dim")
