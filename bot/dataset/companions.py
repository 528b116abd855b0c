"""The tables beside the figures: events, and those that no answer reads yet, checked all the same."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bot.dataset.calendar import Period, period_of
from bot.dataset.csv_frame import ADDRESS, DAY, MONTH, NUMBER, TEXT, Columns, matches, one_of, read_table
from bot.dataset.model import Event, Series

PARTNER = r"([^\W\d_]([\w .'’-]{0,62}[\w.])?)?"  # as long as the column of the database at most
WIDER = " (wider)"  # what holds more than the series
Printed = tuple[str, Series, Period, float | None]  # who printed what of which figure


def load_events(path: Path, names: Collection[str]) -> tuple[Event, ...]:
    """The events, the oldest first; none where there is no such file."""
    known = "commodities of commodities.toml, parted by semicolons"
    columns: Columns = {
        "date": DAY,
        "title": matches(TEXT, "a title"),
        "commodities": (known, lambda cell: set(cell.split(";")) <= set(names)),
        "source_name": matches(TEXT, "a name"),
        "source_url": ADDRESS,
    }
    return tuple(
        Event(date.fromisoformat(day), title, tuple(commodities.split(";")), name, url)
        for day, title, commodities, name, url in sorted(_rows(path, columns))
    )


def check_hs_codes(path: Path, names: Collection[str]) -> None:
    """Raises a DataFileError where one is wrong."""
    belongs = [*names, *(name + WIDER for name in names)]
    columns = {
        "hs": matches(r"[0-9]{4}([0-9]{2}){0,2}", "an HS code of 4, 6 or 8 digits"),
        "description_short": matches(TEXT, "a description"),
        "belongs_to": one_of(belongs, "a commodity of commodities.toml"),
        "source_url": ADDRESS,
    }
    _rows(path, columns)


def load_disagreements(path: Path, names: Collection[str]) -> set[Printed]:
    """What was printed somewhere and is kept out; nothing where there is no such file."""
    columns = {
        **figure_names(names),
        "printed": matches(NUMBER, "a number"),
        "on_record": matches(f"({NUMBER})?", "a number or blank"),
        "printed_by": matches(TEXT, "a publisher"),
        "url": ADDRESS,
        "reason": matches(TEXT, "a reason"),
    }
    return {
        (publisher, Series(commodity, flow, partner, measure), period_of(kind, month), float(printed))
        for month, flow, commodity, partner, kind, measure, printed, _, publisher, *_ in _rows(path, columns)
    }


def _rows(path: Path, columns: Columns) -> Iterable[Any]:
    return read_table(path, columns).itertuples(index=False, name=None) if path.exists() else ()


def figure_names(names: Collection[str]) -> Columns:
    """The columns that name a figure."""
    return {
        "period": MONTH,
        "flow": one_of(("export", "import")),
        "commodity": one_of(names, "a commodity of commodities.toml"),
        "partner": matches(PARTNER, "a partner's name of up to 64 characters or blank for the world"),
        "kind": one_of(("month", "ytd")),
        "measure": one_of(("quantity", "value")),
    }
