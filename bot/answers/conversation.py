"""Several turns of one thread, without Slack: each is read with what the thread has shown before it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.answers.answer import Answer
from bot.answers.complete import WITHOUT_FIGURES
from bot.answers.missing import missing_of
from bot.answers.respond import respond, respond_all, with_figure
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.forms import summed
from bot.questions.question import Issue, Unresolved
from bot.questions.reading import Reading, Reason
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
        answer = respond_all([summed(each) for each in reading.questions], dataset)
        return _with_last_month(with_newest(answer, dataset)._replace(reading=reading), dataset)
    if reading.outcome in ("courtesy", "silent"):
        return Answer(
            reading.outcome, None, reading=reading, catalogue=dataset.catalogue, language=reading.language
        )
    reason = reading.reason or Reason("nothing")
    outcome = "not_understood" if reading.outcome not in ("outside", "ask_back") else reading.outcome
    issue = Issue(topic=reason.kind)
    # Each in the form that has a figure: where its time is not out, the newest.
    offers = tuple(dict.fromkeys(filter(None, (with_figure(each, dataset) for each in reading.offers))))
    answer = respond(Unresolved(outcome, (issue,), offers, reading.language), dataset)
    return answer._replace(issues=(), reading=reading)


def with_newest(answer: Answer, dataset: Dataset) -> Answer:
    """The answer, with the newest figure where what was asked for is due later than the record reaches."""
    ahead = answer.missing and all(missing.due for missing in answer.missing)
    if answer.outcome != "no_figure" or not ahead or not answer.suggestions:
        return answer
    newest = respond(answer.suggestions[0], dataset)
    return answer._replace(instead=newest) if newest.outcome == "answered" else answer


def _with_last_month(answer: Answer, dataset: Dataset) -> Answer:
    """The answer, with when the month is due that "last month" or "October" is by the calendar.

    They were counted from the newest month on record, or taken for the last on record.
    """
    assumed = answer.reading.assumed if answer.reading else frozenset[str]()
    if not answer.figures or assumed.isdisjoint(("last month", "year before")):
        return answer
    figure = answer.figures[0]
    if "year before" in assumed:
        later = Period.month(figure.end.plus(12))
        return answer._replace(not_out=missing_of(figure.series, later, dataset, None))
    series, last = figure.series, Month.of_day(dataset.today).plus(-1)
    newest = dataset.newest(
        (series.commodity,), (series.flow,), partner=series.partner, measure=series.measure
    )
    month = Period.month(figure.end.plus((newest or figure.end).until(last)))
    return answer._replace(not_out=missing_of(series, month, dataset, None))


def turn_after(reading: Reading, answer: Answer, before: Turn) -> Turn:
    """What the thread keeps: the questions answered; of a refusal what was offered and half said."""
    if reading.outcome in ("silent", "courtesy"):
        return Turn() if reading.reason and reading.reason.kind == "reset" else before
    if reading.outcome != "asks":
        return before.refused(reading.offers, reading.half)
    asked = tuple(
        read if read.periods else each.question
        for read, each in zip(reading.questions, answer.all, strict=False)
        if each.question
    )
    kept = tuple(question for question in asked if question.view not in WITHOUT_FIGURES)
    if not kept:
        return before.refused((), reading.half._replace(periods=())) if any(reading.half) else before
    return before.answered(kept, running=reading.running)
