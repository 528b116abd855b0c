"""Several turns of one thread, without Slack: each is read with what the thread has shown before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer
from bot.answers.complete import WITHOUT_FIGURES
from bot.answers.missing import missing_of
from bot.answers.respond import respond, respond_all, with_figure
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.questions.turn import Turn

Said = str | Mapping[str, Any]  # a text, or {"text": ..., "addressed": false}


def converse(turns: Iterable[Said], dataset: Dataset) -> Iterator[Answer]:
    """The answer to each turn; one that is not answered leaves what was shown."""
    shown = Turn()
    for said in turns:
        turn: Mapping[str, Any] = {"text": said} if isinstance(said, str) else said
        addressed = turn.get("addressed", True)
        reading = understand(turn["text"], record=dataset, shown=shown, addressed=addressed)
        answer = answer_to(reading, dataset)
        shown = turn_after(reading, answer, shown)
        yield answer


def answer_to(reading: Reading, dataset: Dataset) -> Answer:
    """The answer to what was read: its figures, or why there are none."""
    if reading.outcome == "asks":
        answer = respond_all(reading.questions, dataset)
        return _with_last_month(answer._replace(reading=reading), dataset)
    if reading.outcome in ("courtesy", "silent"):
        spoken, catalogue = reading.language, dataset.catalogue
        return Answer(reading.outcome, None, reading=reading, language=spoken, catalogue=catalogue)
    # Each in the form that has a figure: where its time is not out, the newest.
    offers = tuple(dict.fromkeys(filter(None, (with_figure(each, dataset) for each in reading.offers))))
    return respond(replace(reading, offers=offers), dataset)._replace(reading=reading)


def _with_last_month(answer: Answer, dataset: Dataset) -> Answer:
    """The answer, with when the month is due that "last month" or "October", read by the record, truly is."""
    assumed = answer.reading.assumed if answer.reading else frozenset[str]()
    if not answer.figures or assumed.isdisjoint(("last month", "year before")):
        return answer
    series, end, later = answer.figures[0].series, answer.figures[0].end, 12
    if "year before" not in assumed:
        line, last = ((series.commodity,), (series.flow,)), Month.of_day(dataset.today).plus(-1)
        newest = dataset.newest(*line, partner=series.partner, measure=series.measure)
        later = (newest or end).until(last)
    return answer._replace(not_out=missing_of(series, Period.month(end.plus(later)), dataset, None))


def turn_after(reading: Reading, answer: Answer, before: Turn) -> Turn:
    """What the thread keeps: the questions answered; of a refusal what was offered and half said."""
    if reading.outcome in ("silent", "courtesy"):
        return Turn() if reading.reason and reading.reason.kind == "reset" else before
    if reading.outcome != "asks":
        return before.refused(reading.offers, reading.half)
    own = "series" not in reading.inherited
    asked = tuple(_kept(*each, own) for each in zip(reading.questions, answer.all, strict=False))
    kept = tuple(question for question in asked if question and question.view not in WITHOUT_FIGURES)
    if not kept:
        return before.refused((), reading.half._replace(periods=())) if any(reading.half) else before
    return before.answered(kept, running=reading.running)


def _kept(read: Question, answer: Answer, own: bool) -> Question | None:
    """What was asked; of a view that was refused its figures, so that "just 2025" is of the same country."""
    if answer.question:
        return read if read.periods else answer.question
    plain = replace(read.plain, view="figure", against=None, change=None, criterion=None, claim=None, by=None)
    return plain if read.pairs and own else None
