"""The first line of every answer: the question restated, with the number in it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.compare import COMPARED
from bot.dataset.model import Figure, Series
from bot.messages.contrasts import contrast_lead
from bot.messages.leads import LEADS, shares
from bot.messages.notes import missing
from bot.messages.safe import visible
from bot.messages.speech import (
    Names,
    change,
    enumeration,
    in_scope,
    lower_first,
    opening,
    said,
    series_name,
    short_change,
    short_value,
    value,
    with_name,
)
from bot.messages.vintages import knowledge
from bot.messages.vintages import lead as revised
from bot.questions.question import Question

SIDE_BY_SIDE = ("trend", "ranking", "growth")  # a table below has each number of the first line
LEADING = 3  # series in a bold line above the table of them all
HEADLINE_FIGURES = 5  # the first line names the leading ones; the table has them all

HELP_HEADLINE = "Ask for China's exports and imports of alumina, bauxite, aluminium, primary metal and scrap."
HELP_LINES = (
    "march: everything in the newest March on record",
    "alumina exports march 2024",
    "bauxite imports ytd",
    "q1 2024 alumina exports",
    "aluminium imports 2025",
    "alumina imports unit value may 2025",
    "alumina exports march 2024 vs march 2023",
    "bauxite imports since 2024: month by month",
    "top months for alumina exports 2025",
    "anything unusual in march 2024?",
    "when is the next release?",
    "private march: only you see the answer",
)
HELP_CLOSE = (
    "In a thread just go on: and february? and imports? chart it, in kt, source? "
    "Every figure names its source, status and rounding. In Slack, subscribe brings the monthly post into a "
    "channel, subscriptions changes or stops it, next says what is due when."
)


def headline(answer: Answer) -> str:
    """The restatement with the number in it; for what did not resolve, what is wrong."""
    question = answer.question
    if question is None:
        return visible(" ".join(issue.sentence for issue in answer.issues))
    read_as = visible(f" ({'; '.join(question.restated)})") if question.restated else ""
    then = knowledge(question)
    told = _restatement(answer, question)
    stop = "." if read_as and told.endswith(".") else ""
    return (f"{then[:1].upper()}{then[1:]}: " if then else "") + told.removesuffix(stop) + read_as + stop


def short_headline(answer: Answer) -> str:
    """The first line where a table below has it all: of many series side by side those that lead."""
    question = answer.question
    side_by_side = question and (question.against or question.view in SIDE_BY_SIDE)
    series = list(dict.fromkeys(item.series for item in answer.stretches or answer.figures))
    more = len(series) - LEADING
    if not side_by_side or more < 1:
        return headline(answer)
    return f"{headline(_only(answer, series[:LEADING]))}; and {more} more below"


def _only(answer: Answer, series: Sequence[Series]) -> Answer:
    """The answer as if these series alone had been asked for."""
    return replace(
        answer,
        figures=tuple(figure for figure in answer.figures if figure.series in series),
        stretches=tuple(stretch for stretch in answer.stretches if stretch.series in series),
        contrasts=tuple(item for item in answer.contrasts if item.now.series in series),
    )


def _restatement(answer: Answer, question: Question) -> str:
    if question.view == "help":
        return HELP_HEADLINE
    if answer.revisions and question.view == "revisions":
        return revised(answer, question)
    if answer.stretches or question.view in ("release", "coverage"):
        return LEADS[question.view](answer, question)
    if not answer.figures:
        return _nothing(answer)
    if answer.shares:
        return shares(answer, question)
    if answer.contrasts or (question.against and question.view in COMPARED):
        return _comparison(answer, question)
    if question.view in LEADS:
        return LEADS[question.view](answer, question)
    if question.view == "overview":
        return _overview(answer, question)
    first, *others = answer.figures
    told = f"{opening(first, answer.catalogue)}, {first.period.name}: {said(first, question.unit)}"
    beside = _others(others, answer, first_told=not change(first.growth))
    return "; ".join([told, *beside, *_ended(answer, question)])


def _ended(answer: Answer, question: Question) -> list[str]:
    """Of a newest month: the series that end before it, and where."""
    lagging = [item for item in answer.missing if item.nearest] if question.open_ended else []
    return [
        f"{lower_first(series_name(item.series, answer.catalogue))}: newest on record {item.nearest[-1].name}"
        for item in lagging[:HEADLINE_FIGURES]
    ]


def _overview(answer: Answer, question: Question) -> str:
    figures = [figure for figure in answer.figures if figure.period == question.period]
    told = _others(figures, answer, first_told=True, most=HEADLINE_FIGURES)
    return f"China's aluminium trade, {figures[0].period.name}: {'; '.join(told)}"


def _others(
    figures: Sequence[Figure], answer: Answer, *, first_told: bool, most: int = HEADLINE_FIGURES - 1
) -> list[str]:
    """Figures in short, each with its growth; where that is the first one told, on what."""
    told, unit = [], answer.question.unit if answer.question else "t"
    for figure in figures[:most]:
        grown = short_change(figure.growth)
        named = lower_first(series_name(figure.series, answer.catalogue)) + in_scope(figure, answer.catalogue)
        on_what = " on a year earlier" if grown and first_told else ""
        told.append(with_name(named, short_value(figure, unit)) + (f", {grown}{on_what}" if grown else ""))
        first_told = first_told and not grown
    return told


def _comparison(answer: Answer, question: Question) -> str:
    now = {figure.series: figure for figure in answer.figures if figure.period == question.period}
    then = {figure.series: figure for figure in answer.figures if figure.period == question.against}
    changed = {item.now.series: contrast_lead(item) for item in answer.contrasts}
    told: list[str] = []
    for series in now | then:
        line = _pair(now.get(series), then.get(series), answer, question) + changed.get(series, "")
        told.append(lower_first(line) if told else line)
    more = f"; {len(told) - HEADLINE_FIGURES} more" if len(told) > HEADLINE_FIGURES else ""
    return ("; ".join(told[:HEADLINE_FIGURES]) + more) or _nothing(answer)


def _pair(now: Figure | None, then: Figure | None, answer: Answer, question: Question) -> str:
    """Two periods of one series: with their scopes where these differ, then no change is worked out."""
    names, unit = answer.catalogue, question.unit
    if now and then and now.scope != then.scope:
        levels = f"{value(now, unit)} ({now.scope}), against {value(then, unit)} ({then.scope})"
        named = f"{series_name(now.series, names)}, {now.period.name}"
        return f"{named}: {levels} in {then.period.name}, not compared"
    if now:
        named = f"{opening(now, names)}, {now.period.name}"
        if then:
            return f"{named}: {value(now, unit)}, against {value(then, unit)} in {then.period.name}"
        return f"{named}: {_beside_nothing(now, question)}"
    if then and question.period:
        missing_one = f"{opening(then, names)}, {question.period.name}: not on record"
        return f"{missing_one}; {then.period.name}: {said(then, unit)}"
    return _nothing(answer)


def _beside_nothing(now: Figure, question: Question) -> str:
    """A figure whose base is not on record; the change on a year earlier may still have been printed."""
    assert question.against
    on_a_year = question.against == now.period.year_before and now.growth.printed_pct is not None
    level = said(now, question.unit) if on_a_year else value(now, question.unit)
    return f"{level}; {question.against.name} is not on record"


def _nothing(answer: Answer) -> str:
    if len(answer.missing) == 1:
        return missing(answer.missing[0], answer.catalogue)
    series = [item.series for item in answer.missing] or _asked(answer.question)
    names = list(dict.fromkeys(series_name(each, answer.catalogue) for each in series))
    listed = _listed([*names[:1], *map(lower_first, names[1:])])
    period = answer.question.period if answer.question else None
    begun = [_begun(item.so_far, answer.catalogue) for item in answer.missing if item.so_far]
    so_far = f"; on record of it: {'; '.join(begun[:HEADLINE_FIGURES])}" if begun else ""
    months = period and answer.question and answer.question.view == "trend"  # its whole may be on record
    lost = "no month on record" if months else "not on record"
    return f"{listed}{f', {period.name}' if period else ''}: {lost}{so_far}."


def _listed(names: Sequence[str]) -> str:
    """The names, but for many only the leading ones and how many more there are."""
    more = len(names) - HEADLINE_FIGURES
    return enumeration([*names[:HEADLINE_FIGURES], f"{more} more"] if more > 1 else names)


def _begun(figure: Figure, names: Names) -> str:
    """Alumina exports 1.91 Mt in January-July 2026."""
    told = with_name(lower_first(series_name(figure.series, names)), short_value(figure, "t"))
    return f"{told} in {figure.period.name}"


def _asked(question: Question | None) -> list[Series]:
    """Every series that was asked for, those too that there cannot be."""
    if question is None:
        return []
    return [Series(name, flow, question.partner, question.measure) for name, flow in question.lines]
