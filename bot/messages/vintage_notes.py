"""What is said of other days' knowledge: on which it rests, and since when its figures are on record."""

from collections import defaultdict
from collections.abc import Iterator

from bot.answers.answer import Answer, Arrival
from bot.messages import revision_lists
from bot.messages.names import lower_first, series_name
from bot.messages.revision_lists import LEADING, counted, day_known
from bot.messages.speech import in_period, value
from bot.messages.supply import figure_words
from bot.questions.named import day_name, period_name
from bot.questions.question import Question
from bot.words import say
from bot.words.joints import clauses, comma, enumeration


def knowledge(question: Question | None) -> str:
    """As on record on 30 April 2026; as first published; '' where an answer rests on what is known today."""
    if question is None or not (question.as_of or question.first):
        return ""
    return say("vintages.as_of", day=day_name(question.as_of)) if question.as_of else say("vintages.first")


def notes(answer: Answer) -> Iterator[str]:
    """What came later, and which days are not certain."""
    if _many_firsts(answer):
        yield _firsts(answer)
    else:
        yield from (_arrival(item, answer) for item in answer.arrivals)
    if answer.undated:
        told = [
            comma([figure_words(item.row, answer.catalogue), day_name(item.day)]) for item in answer.undated
        ]
        yield say("vintages.undated", figures=clauses(counted(told)))
    yield from revision_lists.notes(answer)


def _arrival(item: Arrival, answer: Answer) -> str:
    figure = item.figure
    named = in_period(series_name(figure.series, answer.catalogue), period_name(figure.period))
    if answer.question and answer.question.first:
        return say("vintages.first_on", named=named, day=day_known(item))
    return say("vintages.since", named=named, day=day_known(item), today=value(figure))


def _many_firsts(answer: Answer) -> bool:
    return bool(answer.question and answer.question.first and len(answer.arrivals) > LEADING)


def _firsts(answer: Answer) -> str:
    """Since when each series is on record, in one sentence, by the day."""
    days: dict[str, list[str]] = defaultdict(list)
    for item in sorted(answer.arrivals, key=lambda item: item.day):
        days[day_known(item)].append(lower_first(series_name(item.figure.series, answer.catalogue)))
    told = [
        say("vintages.on_day", day=when, series=enumeration(list(dict.fromkeys(names))))
        for when, names in days.items()
    ]
    return say("vintages.firsts", told=clauses(told))
