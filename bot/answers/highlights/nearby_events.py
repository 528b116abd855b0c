"""Dated events near a month: told beside its figures, never as their cause."""

from collections.abc import Iterator, Sequence

from bot.answers.answer import Highlight
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure

IN_THE_MONTH, IN_THE_MONTH_BEFORE = 2.0, 0.6


def events(dataset: Dataset, edition: Month, figures: Sequence[Figure]) -> Iterator[Highlight]:
    """Events of that month and the one before, each with the first of the figures that it bears on."""
    for event in dataset.record.events:
        month = Month(event.day.year, event.day.month)
        touched = next((figure for figure in figures if figure.series.commodity in event.commodities), None)
        if touched and event.day <= dataset.today and month.until(edition) in (0, 1):
            yield Highlight(
                "event",
                touched,
                surprise=IN_THE_MONTH if month == edition else IN_THE_MONTH_BEFORE,
                evidence=(touched,),
                event=event,
            )
