"""First lines of the other views, and the table of all: the number is always in them."""

from collections.abc import Callable, Mapping

from bot.answers.answer import Answer, Publication, Share
from bot.dataset.model import Figure
from bot.messages.courses import MOST_NAMED, average, joined, trend
from bot.messages.coverage import lead as coverage
from bot.messages.numbers import share_percent
from bot.messages.rankings import ranking, record
from bot.messages.speech import (
    Names,
    both_changes,
    day,
    lower_first,
    moved,
    opening,
    series_name,
    stage_name,
    value,
    with_name,
    without_range,
)
from bot.messages.standouts import highlight
from bot.questions.question import Question, View

IN_DISPUTE = (
    "the printed change on a year earlier and the computed one, both below, are more than a point apart"
)


def growth(answer: Answer, question: Question) -> str:
    """The change first, then the level; where the change is in dispute, the level and then that."""
    return joined([_growth(figure, answer, question) for figure in answer.figures])


def _growth(figure: Figure, answer: Answer, question: Question) -> str:
    named = f"{opening(figure, answer.catalogue)}, {figure.period.name}"
    level = value(figure, question.unit)
    if question.change != "mom" and figure.growth.disputed:
        return f"{named}: {level}; {IN_DISPUTE}"
    if told := _grown(figure, question):
        return f"{named}: {told}, at {level}"
    base = "the month before" if question.change == "mom" else "a year earlier"
    return f"{named}: {level}; the change on {base} is not on record"


def _grown(figure: Figure, question: Question) -> str:
    """The change that was asked for, in words; '' where it is not on record."""
    if question.change == "mom":
        return _on_the_month(figure)
    return f"{both_changes(figure.growth)} on a year earlier" if figure.growth.pct is not None else ""


def _on_the_month(figure: Figure) -> str:
    if figure.move is None:
        return ""
    base = "month before" if figure.move.base == "month" else figure.move.base
    return f"{moved(figure.move)} on the {base}"


def highlights(answer: Answer, question: Question) -> str:
    """The strongest highlight; the levels where nothing stands out."""
    assert question.period
    when = question.period.name
    if answer.highlights:
        return f"What stands out in {when}: {highlight(answer.highlights[0], answer.catalogue).rstrip('.')}"
    levels = [
        with_name(lower_first(opening(figure, answer.catalogue)), value(figure, question.unit))
        for figure in answer.figures
    ]
    return f"Nothing stands out in {when}: {lower_first(joined(levels))}"


def sources(answer: Answer, question: Question) -> str:
    """The level and how many published figures are behind it."""
    if answer.stretches:
        return trend(answer, question)
    told = []
    for figure in answer.figures:
        printed = len(figure.inputs)
        behind = "as printed" if printed == 1 and not figure.derived else f"from {printed} published figures"
        named = f"{opening(figure, answer.catalogue)}, {figure.period.name}"
        told.append(f"{named}: {value(figure, question.unit)}, {behind}")
    return joined(told)


def export(answer: Answer, question: Question) -> str:
    """The leading figures, and how many lines follow."""
    count = len(answer.figures)
    if answer.stretches:
        return f"{trend(answer, question)}; {count} {'figure' if count == 1 else 'figures'} as CSV"
    told = [
        f"{opening(figure, answer.catalogue)}, {figure.period.name}: {value(figure, question.unit)}"
        for figure in answer.figures
    ]
    return f"{joined(told)}; as CSV"


def release(answer: Answer, question: Question) -> str:
    """The days of a month that was named, by stage; then the next days of publication, the nearest first."""
    named = [item for item in answer.publications if question.period and item.month == question.period.end]
    ahead = sorted(
        (item for item in answer.publications if not item.past and item not in named),
        key=lambda item: item.day,
    )
    coming = "; ".join(f"{item.name} {stage_name(item.stage)}, {publication_day(item)}" for item in ahead)
    if not named:
        return f"Next release: {coming}" if coming else "No release is on the calendar"
    of_month = ", ".join(f"{stage_name(item.stage)} {publication_day(item)}" for item in named)
    return f"{named[0].name}: {of_month}" + (f"; next release: {coming}" if coming else "")


def publication_day(item: Publication) -> str:
    """18 December 2026, expected; came out on 18 April 2024; was due on 18 April 2026."""
    if not item.past:
        return f"{day(item.day)}{', expected' if item.expected else ''}"
    return f"{'was due' if item.expected else 'came out'} on {day(item.day)}"


def shares(answer: Answer, question: Question) -> str:
    """A partner's share with both figures; the first and last of many."""
    if len(answer.shares) > MOST_NAMED:
        first, last = answer.shares[0], answer.shares[-1]
        told = f"{share_percent(first.pct, first.range)} in {first.part.period.name}"
        told += f" to {share_percent(last.pct, last.range)} in {last.part.period.name}"
        return f"{share_name(first, answer.catalogue)}: {told}"
    return "; ".join(
        f"{share_name(item, answer.catalogue)}, {item.part.period.name}: {share_told(item)}"
        for item in answer.shares
    )


def share_name(item: Share, names: Names) -> str:
    """Guinea's part of bauxite imports by value."""
    return f"{item.part.series.partner}'s share of {lower_first(series_name(item.whole.series, names))}"


def share_told(item: Share) -> str:
    """71.3 % (US$600.0m of US$841.0m)."""
    part, whole = (without_range(value(figure)) for figure in (item.part, item.whole))
    return f"{share_percent(item.pct, item.range)}, {part} of {whole}"


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
