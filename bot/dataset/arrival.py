"""The day that decides when a row is known where its publisher prints none: the day it was read here.

Customs' figures come on the days of the release calendar, printed on them or not. UN Comtrade's come months
later, on no announced day: what was read there is known from that day on, and not from the calendar's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.dataset.model import Row, Source

COMTRADE = "UN Comtrade"


def arrivals(sources: Mapping[str, Source]) -> Mapping[str, date]:
    """Of each of UN Comtrade's own sources the day it was read; of a copy nobody knows the day."""
    return {
        name: source.retrieved
        for name, source in sources.items()
        if source.publisher == COMTRADE and not source.via
    }


def with_arrival(rows: Iterable[Row], sources: Mapping[str, Source]) -> tuple[Row, ...]:
    """The rows, each with the day of its arrival where that counts."""
    days = arrivals(sources)
    return tuple(replace(row, arrived=days[row.source]) if row.source in days else row for row in rows)
