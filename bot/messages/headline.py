"""The first line of every answer: the question restated, with the number in it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.compare import COMPARED
from bot.dataset.model import Figure, Series
from bot.messages.contrasts import contrast_lead
from bot.messages.leads import LEADS, shares
from bot.messages.names import Names, lower_first, scope_name, series_name
from bot.messages.notes import missing
from bot.messages.reasons import reasons
from bot.messages.revision_lists import lead as revised
from bot.messages.safe import visible
from bot.messages.speech import (
    change,
    in_period,
    in_scope,
    in_words,
    not_on_record,
    once_net,
    opening,
    said,
    short_change,
    short_value,
    stated,
    value,
    with_name,
    year_on_year,
)
from bot.messages.vintage_notes import knowledge
from bot.questions.named import period_name
from bot.questions.question import Question, Unit
from bot.words import say
from bot.words.joints import clauses, comma, enumeration, in_brackets, sentences, stop

SIDE_BY_SIDE = ("trend", "ranking", "growth")  # a table below has each number of the first line
LEADING = 3  # series in a bold line above the table of them all
HEADLINE_FIGURES = 5  # the first line names the leading ones; the table has them all

HELP_LINES = 12


def help_lines() -> list[str]:
    """What can be asked, an example a line."""
    return [say(f"headline.help_{place}") for place in range(1, HELP_LINES + 1)]


def headline(answer: Answer) -> str:
    """The restatement with the number in it; for what did not resolve, what is wrong."""
    question = answer.question
    if question is None:
        return visible(sentences(reasons(answer)))
    read_as = visible(in_brackets(clauses(question.restated))) if question.restated else ""
    told = _restatement(answer, question)
    end = stop() if read_as and told.endswith(stop()) else ""
    return _known(question, told.removesuffix(end) + read_as + end)


def _known(question: Question, told: str) -> str:
    """The line after the day on whose knowledge it rests, where that is not today."""
    then = knowledge(question)
    return say("headline.known", then=f"{then[:1].upper()}{then[1:]}", told=told) if then else told


def short_headline(answer: Answer, whole: str) -> str:
    """The first line, whole; where a table below has it all, of many series side by side those that lead."""
    question = answer.question
    side_by_side = question and (question.against or question.view in SIDE_BY_SIDE)
    series = list(dict.fromkeys(item.series for item in answer.stretches or answer.figures))
    more = len(series) - LEADING
    if not side_by_side or more < 1:
        return whole
    return say("headline.more_below", told=headline(_only(answer, series[:LEADING])), count=more)


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
        return say("headline.help")
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
    told = stated(opening(first, answer.catalogue), period_name(first.period), said(first, question.unit))
    beside = _others(others, answer, first_told=not change(first.growth))
    return clauses([told, *beside, *_ended(answer, question)])


def _ended(answer: Answer, question: Question) -> list[str]:
    """Of a newest month: the series that end before it, and where."""
    lagging = [item for item in answer.missing if item.nearest] if question.open_ended else []
    return [
        say(
            "headline.newest",
            series=lower_first(series_name(item.series, answer.catalogue)),
            period=period_name(item.nearest[-1]),
        )
        for item in lagging[:HEADLINE_FIGURES]
    ]


def _overview(answer: Answer, question: Question) -> str:
    figures = [figure for figure in answer.figures if figure.period == question.period]
    told = _others(figures, answer, first_told=True, most=HEADLINE_FIGURES)
    return say("headline.overview", period=period_name(figures[0].period), told=clauses(told))


def _others(
    figures: Sequence[Figure], answer: Answer, *, first_told: bool, most: int = HEADLINE_FIGURES - 1
) -> list[str]:
    """Figures in short, each with its growth; where that is the first one told, on what."""
    told, unit = [], answer.question.unit if answer.question else "t"
    for figure in figures[:most]:
        grown = short_change(figure.growth)
        named = lower_first(series_name(figure.series, answer.catalogue)) + in_scope(figure, answer.catalogue)
        level = with_name(named, short_value(figure, unit))
        change_told = year_on_year(grown) if first_told else say("headline.too", change=in_words(grown))
        told.append(comma([level, change_told]) if grown else level)
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
    more = len(told) - HEADLINE_FIGURES
    left_out = [say("headline.more", count=more)] if more > 0 else []
    return clauses([*told[:HEADLINE_FIGURES], *left_out]) or _nothing(answer)


def _pair(now: Figure | None, then: Figure | None, answer: Answer, question: Question) -> str:
    """Two periods of one series: with their scopes where these differ, then no change is worked out."""
    names, unit = answer.catalogue, question.unit
    if now and then:
        return _against(now, then, names, unit)
    if now:
        return stated(opening(now, names), period_name(now.period), _beside_nothing(now, question))
    if then and question.period:
        lost = stated(opening(then, names), period_name(question.period), not_on_record())
        return clauses([lost, say("headline.of", period=period_name(then.period), told=said(then, unit))])
    return _nothing(answer)


def _against(now: Figure, then: Figure, names: Names, unit: Unit) -> str:
    same = now.scope == then.scope
    series = opening(now, names) if same else series_name(now.series, names)
    scopes = ["" if same else in_brackets(scope_name(figure.scope)) for figure in (now, then)]
    told = say(
        "headline.against" if same else "headline.not_compared",
        named=in_period(series, period_name(now.period)),
        now=value(now, unit) + scopes[0],
        then=value(then, unit) + scopes[1],
        period=period_name(then.period),
    )
    return once_net(told)


def _beside_nothing(now: Figure, question: Question) -> str:
    """A figure whose base is not on record; the change on a year earlier may still have been printed."""
    assert question.against
    on_a_year = question.against == now.period.year_before and now.growth.printed_pct is not None
    level = said(now, question.unit) if on_a_year else value(now, question.unit)
    return clauses([level, say("headline.base_lost", period=period_name(question.against))])


def _nothing(answer: Answer) -> str:
    if len(answer.missing) == 1:
        return missing(answer.missing[0], answer.catalogue)
    series = [item.series for item in answer.missing] or _asked(answer.question)
    names = list(dict.fromkeys(series_name(each, answer.catalogue) for each in series))
    named = _listed([*names[:1], *map(lower_first, names[1:])])
    period = answer.question.period if answer.question else None
    begun = [_begun(item.so_far, answer.catalogue) for item in answer.missing if item.so_far]
    so_far = [say("headline.so_far", told=clauses(begun[:HEADLINE_FIGURES]))] if begun else []
    months = period and answer.question and answer.question.view == "trend"  # its whole may be on record
    lost = say("headline.no_month") if months else not_on_record()
    told = stated(named, period_name(period), lost) if period else say("headline.at", series=named, told=lost)
    return clauses([told, *so_far]) + stop()


def _listed(names: Sequence[str]) -> str:
    """The names, but for many only the leading ones and how many more there are."""
    more = len(names) - HEADLINE_FIGURES
    leading = names[:HEADLINE_FIGURES]
    return enumeration([*leading, say("headline.more_series", count=more)] if more > 1 else names)


def _begun(figure: Figure, names: Names) -> str:
    """Alumina exports 1.91 Mt in January-July 2026."""
    told = with_name(lower_first(series_name(figure.series, names)), short_value(figure, "t"))
    return say("headline.in", period=period_name(figure.period), told=told)


def _asked(question: Question | None) -> list[Series]:
    """Every series that was asked for, those too that there cannot be."""
    if question is None:
        return []
    return [Series(name, flow, question.partner, question.measure) for name, flow in question.lines]
