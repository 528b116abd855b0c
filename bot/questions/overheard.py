"""What a text says by itself: whether it may be for us in any thread."""

from typing import NamedTuple

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.questions.commands import command_in
from bot.questions.condition_reading import read_condition
from bot.questions.question import Pair, Question
from bot.questions.turn import Turn
from bot.questions.understand import understand


class Overheard(NamedTuple):
    """asks: after some answer of ours it would be a question; `subject`: it names a series or a period."""

    asks: bool
    subject: bool


def overheard(text: str, record: Dataset) -> Overheard:
    """Reads a text as a follow-up of any answer: the first series in its newest month."""
    name, series = next(iter(record.catalogue.items()))
    newest = record.newest((name,), series.flows[:1])
    pairs = (Pair(name, series.flows[0]),)
    shown = Turn(((Question(pairs, (Period.month(newest),)),),)) if newest else Turn()
    if command_in(text) == "alert" and read_condition(text, record, shown.question).condition:
        return Overheard(asks=True, subject=True)
    reading = understand(text, record=record, shown=shown, addressed=False)
    starts_over = reading.reason is not None and reading.reason.kind == "reset"
    asks = starts_over or reading.outcome not in ("silent", "courtesy")
    return Overheard(asks, asks and bool(reading.said & {"series", "period"}))
