"""First lines of the other views, and the table of all: the number is always in them."""

from collections.abc import Callable, Mapping

from bot.answers.answer import Answer, Publication, Share
from bot.dataset.model import Figure
from bot.dataset.releases import Stage
from bot.messages.courses import MOST_NAMED, average, joined, trend
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
    value,
    without_range,
)
from bot.messages.standouts import highlight
from bot.questions.question import Question, View

STAGES: dict[Stage, str] = {
    "flash": "preliminary release",
    "bulletin": "monthly bulletin",
    "query": "query by HS code",
}


def growth(answer: Answer, question: Question) -> str:
    """The change first, then the level."""
    told = [
        f"{opening(figure, answer.catalogue)}, {figure.period.name}: {grown(figure, question)}"
        f", at {value(figure, question.unit)}"
        for figure in answer.figures
    ]
    return joined(told)


def grown(figure: Figure, question: Question) -> str:
    """The change that was asked for, in words; that it is not on record."""
    if question.change == "mom":
        base = (
            "the month before"
            if not figure.move or figure.move.base == "month"
            else f"the {figure.move.base}"
        )
        return f"{moved(figure.move)} on {base}" if figure.move else "no change on the month before on record"
    if figure.growth.pct is None:
        return "no change on a year earlier on record"
    if figure.growth.disputed:
        return (
            "the printed change on a year earlier and the computed one differ by more than a point,"
            " both below"
        )
    return f"{both_changes(figure.growth)} on a year earlier"


def highlights(answer: Answer, question: Question) -> str:
    """The strongest highlight; the levels where nothing stands out."""
    assert question.period
    when = question.period.name
    if answer.highlights:
        return f"What stands out in {when}: {highlight(answer.highlights[0], answer.catalogue).rstrip('.')}"
    levels = [
        f"{lower_first(opening(figure, answer.catalogue))} {value(figure, question.unit)}"
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
    """The next days of publication, the nearest first."""
    ahead = sorted((item for item in answer.publications if not item.past), key=lambda item: item.day)
    told = [f"{item.name} {STAGES[item.stage]}, {publication_day(item)}" for item in ahead]
    return f"Next release: {'; '.join(told)}" if told else "No release is on the calendar"


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
}
