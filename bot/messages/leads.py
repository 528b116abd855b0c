"""First lines of the other views, and the table of all: the number is always in them."""

from collections.abc import Callable, Mapping

from bot.answers.answer import Answer, Publication, Share
from bot.dataset.model import Figure, Move
from bot.messages.courses import MOST_NAMED, average, joined, trend
from bot.messages.coverage_calendar import lead as coverage
from bot.messages.month_lists import month_list
from bot.messages.names import Names, lower_first, series_name, stage_name
from bot.messages.percents import share_percent
from bot.messages.ranking_leads import ranking, record
from bot.messages.speech import (
    both_changes,
    in_words,
    moved,
    opening,
    stated,
    value,
    with_name,
    without_range,
    year_on_year,
)
from bot.messages.standouts import highlight
from bot.questions.named import day_name, period_name
from bot.questions.question import Question, View
from bot.words import say, say_count
from bot.words.countries import country
from bot.words.joints import clauses, comma, stop


def growth(answer: Answer, question: Question) -> str:
    """The change first, then the level; where the change is in dispute, the level and then that."""
    return joined([_growth(figure, answer, question) for figure in answer.figures])


def _growth(figure: Figure, answer: Answer, question: Question) -> str:
    series, period = opening(figure, answer.catalogue), period_name(figure.period)
    level, by_month = value(figure, question.unit), question.change == "mom"
    if not by_month and figure.growth.disputed:
        return stated(series, period, say("leads.in_dispute", level=level))
    if told := _on_the_month(figure) if by_month else _on_the_year(figure):
        return stated(series, period, say("leads.growth", change=told, level=level))
    base = "month" if by_month else "year"
    return stated(series, period, say(f"leads.no_change_on_{base}", level=level))


def _on_the_year(figure: Figure) -> str:
    """The change on a year earlier in words; '' where it is not on record."""
    return year_on_year(both_changes(figure.growth)) if figure.growth.pct is not None else ""


def _on_the_month(figure: Figure) -> str:
    """The same on the month before."""
    if figure.move is None:
        return ""
    return say(f"leads.on_{_base(figure.move)}", change=in_words(moved(figure.move)))


def _base(move: Move) -> str:
    """A month, or the mean of January and February."""
    return "month" if move.base == "month" else "mean"


def highlights(answer: Answer, question: Question) -> str:
    """The strongest highlight; the levels where nothing stands out."""
    assert question.period
    when = period_name(question.period)
    if answer.highlights:
        told = highlight(answer.highlights[0], answer.catalogue).rstrip(stop())
        return say("leads.stands_out", period=when, told=told)
    levels = [
        with_name(lower_first(opening(figure, answer.catalogue)), value(figure, question.unit))
        for figure in answer.figures
    ]
    return say("leads.nothing_stands_out", period=when, told=lower_first(joined(levels)))


def sources(answer: Answer, question: Question) -> str:
    """The level and how many published figures are behind it."""
    if answer.stretches:
        return trend(answer, question)
    return joined([_behind(figure, answer, question) for figure in answer.figures])


def _behind(figure: Figure, answer: Answer, question: Question) -> str:
    told, printed = _leading(figure, answer, question), len(figure.inputs)
    if printed == 1 and not figure.derived:
        return say("leads.as_printed", told=told)
    return say("leads.from_published", told=told, count=printed)


def export(answer: Answer, question: Question) -> str:
    """The leading figures, and how many lines follow."""
    if answer.stretches:
        return say_count("leads.as_csv_of", len(answer.figures), told=trend(answer, question))
    return say("leads.as_csv", told=joined([_leading(each, answer, question) for each in answer.figures]))


def _leading(figure: Figure, answer: Answer, question: Question) -> str:
    """Alumina exports, March 2024: 140 kt."""
    level = value(figure, question.unit)
    return stated(opening(figure, answer.catalogue), period_name(figure.period), level)


def release(answer: Answer, question: Question) -> str:
    """The days of a month that was named, by stage; then the next days of publication, the nearest first."""
    of_month = [item for item in answer.publications if question.period and item.month == question.period.end]
    ahead = sorted(
        (item for item in answer.publications if not item.past and item not in of_month),
        key=lambda item: item.day,
    )
    coming = clauses([_coming(item) for item in ahead])
    if not of_month:
        return say("leads.next", coming=coming) if coming else say("leads.no_next")
    told = say("leads.of_month", months=published_months(of_month[0]), stages=comma([*map(_stage, of_month)]))
    return clauses([told, say("leads.then_next", coming=coming)]) if coming else told


def _stage(item: Publication) -> str:
    """Monthly bulletin was due on 18 November 2026."""
    return say("leads.stage", stage=stage_name(item.stage), day=publication_day(item))


def _coming(item: Publication) -> str:
    """November 2026 monthly bulletin, 18 December 2026, expected."""
    months, stage = published_months(item), stage_name(item.stage)
    return say("leads.coming", months=months, stage=stage, day=publication_day(item))


def published_months(item: Publication) -> str:
    """December 2026; January and February 2027, which come together."""
    return month_list([item.month, item.month.plus(1)] if item.with_next else [item.month])


def publication_day(item: Publication) -> str:
    """18 December 2026, expected; came out on 18 April 2024; was due on 18 April 2026."""
    when = day_name(item.day)
    if not item.past:
        return say("leads.expected", day=when) if item.expected else when
    return say("leads.was_due" if item.expected else "leads.came_out", day=when)


def shares(answer: Answer, question: Question) -> str:
    """A partner's share with both figures; the first and last of many."""
    if len(answer.shares) > MOST_NAMED:
        first, last = answer.shares[0], answer.shares[-1]
        return say(
            "leads.shares",
            share=share_name(first, answer.catalogue),
            first=share_percent(first.pct, first.range),
            begin=period_name(first.part.period),
            last=share_percent(last.pct, last.range),
            end=period_name(last.part.period),
        )
    return clauses([_share(item, answer.catalogue) for item in answer.shares])


def _share(item: Share, names: Names) -> str:
    """Guinea's share of bauxite imports by value, January 2024: 74.6 %, US$612.9m of US$821.9m."""
    named, period = share_name(item, names), period_name(item.part.period)
    return say("leads.share_in", share=named, period=period, told=share_told(item))


def share_name(item: Share, names: Names) -> str:
    """Guinea's part of bauxite imports by value."""
    whole = lower_first(series_name(item.whole.series, names))
    return say("leads.share", partner=country(item.part.series.partner), series=whole)


def share_told(item: Share) -> str:
    """71.3 % (US$600.0m of US$841.0m)."""
    part, whole = (without_range(value(figure)) for figure in (item.part, item.whole))
    return say("leads.share_told", share=share_percent(item.pct, item.range), part=part, whole=whole)


Lead = Callable[[Answer, Question], str]
LEADS: Mapping[View, Lead] = {
    "trend": trend,
    "ranking": ranking,
    "average": average,
    "record": record,
    "growth": growth,
    "highlights": highlights,
    "sources": sources,
    "export": export,
    "release": release,
    "coverage": coverage,
}
