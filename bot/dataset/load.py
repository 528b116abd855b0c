"""The files of a data folder into published rows and sources: every row checked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.dataset.calendar import Month, period_of
from bot.dataset.commodities import Commodity, load_catalogue, load_glossary
from bot.dataset.companions import check_hs_codes, figure_names, load_disagreements, load_events
from bot.dataset.corrections import Correction, fitting, load_entries
from bot.dataset.csv_frame import (
    ADDRESS,
    ANYTHING,
    DAY,
    DAY_OR_BLANK,
    MONTH,
    NUMBER,
    TEXT,
    Columns,
    Rule,
    after,
    errors_of,
    matches,
    numbered,
    one_of,
    read_cells,
    read_table,
    unique,
)  # fmt: skip
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import STATUSES, Row, Series, Source
from bot.dataset.published_record import RowTable
from bot.dataset.releases import AHEAD, STAGES, Release, ReleaseCalendar
from bot.errors import DataFileError

SOURCES: Columns = {
    "id": matches(r"[a-z0-9-]+", "an id of lower case letters, digits and hyphens"),
    "publisher": matches(TEXT, "a publisher"),
    "title": matches(TEXT, "a title"),
    "url": ADDRESS,
    "copy_url": ADDRESS,
    "via": ANYTHING,
    "retrieved": DAY,
}
RELEASES: Columns = {
    "reference_month": MONTH,
    "stage": one_of(STAGES),
    "published": DAY,
    "planned": one_of(("yes", "no")),
    "source_url": ADDRESS,
}
FIGURES: Columns = {
    **figure_names(()),
    "value": matches(f"({NUMBER})?", "a number without separators, not negative, or blank"),
    "step": matches(f"({NUMBER})?", "a rounding step or blank"),
    "yoy_pct": matches(r"(-?[0-9]{1,7}(\.[0-9]{1,4})?)?", "a percentage or blank"),
    "scope": ANYTHING,
    "status": one_of(("", *STATUSES)),
    "source": ANYTHING,
    "published": DAY_OR_BLANK,
    "confirmed_by": matches(r"[1-9][0-9]{0,3}", "a whole number from 1"),
    "note": ANYTHING,
}
SERIES = ("commodity", "flow", "partner", "measure")
STRAND = (*SERIES, "scope")
RELEASE = ("period", "status", "source", "published")  # what tells on which day a row came out
VALUES: Mapping[str, Callable[[str], object]] = {  # of cells that are not blank
    **dict.fromkeys(("value", "step", "yoy_pct"), float),
    "status": str,
    "published": date.fromisoformat,
    "confirmed_by": int,
}
LEFT_OUT = "this row alone is left out until it is corrected or a version that knows the status is installed"


def load_dataset(folder: Path, today: date) -> Dataset:
    """The dataset as it stood on `today`; a DataFileError where a file is wrong."""
    return load_record(folder).as_of(today)


def load_record(folder: Path) -> Record:
    """Every published row of the folder, checked, with its catalogue, sources and release calendar."""
    catalogue = load_catalogue(folder / "commodities.toml")
    sources = load_sources(folder / "sources.csv")
    corrections = load_entries(folder / "corrections.toml", catalogue)
    confirmed = load_entries(folder / "confirmed.toml", catalogue)
    rows, refused = load_figures(folder / "figures.csv", catalogue, sources, corrections)
    releases = load_releases(folder / "releases.csv")
    check_hs_codes(folder / "hs_codes.csv", catalogue)
    load_disagreements(folder / "disagreements.csv", catalogue)
    events = load_events(folder / "events.csv", catalogue)
    glossary = load_glossary(folder / "glossary.toml")
    return Record(catalogue, sources, rows, releases, events, corrections, confirmed, glossary, refused)


def load_sources(path: Path) -> Mapping[str, Source]:
    """Sources by id."""
    table = read_table(path, SOURCES, unique("id")).itertuples(index=False, name=None)
    return {
        name: Source(name, publisher, title, url, via, date.fromisoformat(retrieved), copy_url)
        for name, publisher, title, url, copy_url, via, retrieved in table
    }


def load_releases(path: Path) -> ReleaseCalendar:
    """When each month's stages came out or are due."""
    rules = after("published", "reference_month"), unique("reference_month", "stage")
    table = read_table(path, RELEASES, *rules).itertuples(index=False, name=None)
    return ReleaseCalendar(
        {
            (Month.from_text(month), stage): Release(date.fromisoformat(day), planned == "yes")
            for month, stage, day, planned, _ in table
        }
    )


def load_figures(
    path: Path,
    catalogue: Mapping[str, Commodity],
    sources: Mapping[str, Source],
    corrections: Sequence[Correction] = (),
) -> tuple[RowTable, tuple[DataFileError, ...]]:
    """Every published row in the file's order, without those that a correction names.

    Those whose status is not known are refused, each alone.
    """
    cells = read_cells(path, FIGURES)
    expected, is_known = FIGURES["status"]
    refused = errors_of(path.name, cells, {"status": (f"{expected}; {LEFT_OUT}", is_known)})
    known = cells.drop([error.line for error in refused]) if refused else cells
    columns, rules = _schema(catalogue, sources)
    if errors := errors_of(path.name, known, columns, *rules):
        raise DataFileError.of(errors)
    rows = _rows(known, sources)
    figures = [each.printed[1:3] for each in corrections]
    months = known["period"].isin({str(period.end) for _, period in figures})
    near = months & known["partner"].isin({series.partner for series, _ in figures})
    named = (rows[place] for place in np.flatnonzero(near).tolist())
    if misprints := [row.line for row in named if fitting(row, sources, corrections)]:
        rows = _rows(known.drop(misprints), sources)
    return rows, tuple(refused)


def load_rows(
    path: Path, catalogue: Mapping[str, Commodity], sources: Mapping[str, Source], today: date
) -> tuple[Row, ...]:
    """The rows of a file that comes in, all or none; none may be of a day or month to come."""
    last = today + AHEAD
    month = str(Month.of_day(last).plus(-1))
    columns, rules = _schema(catalogue, sources)
    rules += [
        Rule(("published",), f"a day that has come (today is {today})", lambda day: day <= str(last)),
        Rule(("period",), f"a month that is over (today is {today})", lambda period: period <= month),
    ]
    return tuple(_rows(read_table(path, columns, *rules), sources))


def _rows(cells: pd.DataFrame, sources: Mapping[str, Source]) -> RowTable:
    columns = {name: _values(cells[name].array, VALUES.get(name)) for name in FIGURES}

    @cache
    def make(place: int) -> Row:
        cell = {name: column[place] for name, column in columns.items()}
        series = _series(*(cell.pop(name) for name in SERIES))
        period = period_of(cell.pop("kind"), cell.pop("period"))
        arrived = sources[cell["source"]].arrival
        return Row(line=int(cells.index[place]), series=series, period=period, arrived=arrived, **cell)

    return RowTable(make, *(numbered(cells, alike)[0] for alike in (STRAND, RELEASE)))


def _values(cells: pd.Categorical, value_of: Callable[[str], object] | None) -> NDArray[np.object_]:
    """What the cells of a column stand for; those that stand in many rows are read once."""
    different = [(value_of(cell) if cell else None) if value_of else cell for cell in cells.categories]
    return np.array([*different, None], dtype=object).take(cells.codes)


_series = lru_cache(maxsize=1_024)(Series)  # the rows of one series share it


def _schema(catalogue: Mapping[str, Commodity], sources: Mapping[str, Source]) -> tuple[Columns, list[Rule]]:
    """What the cells of a published row have to be, each by itself and together."""
    columns = {**FIGURES, **figure_names(catalogue), "source": one_of(sources, "an id of sources.csv")}
    flows = {(flow, name) for name, item in catalogue.items() for flow in item.flows}
    scopes = {(scope, name) for name, item in catalogue.items() for scope in item.all_scopes}
    flow = "a flow that commodities.toml gives this commodity"
    scope = "a scope that commodities.toml gives this commodity"
    step = "a rounding step above zero beside a value, blank without one"
    change = "a change of -100 percent or more, given where there is no value"
    return columns, [
        Rule(("flow", "commodity"), flow, lambda *pair: pair in flows),
        Rule(("step", "value"), step, lambda step, value: float(step) > 0 if value else not step),
        Rule(("yoy_pct", "value"), change, lambda pct, value: float(pct) >= -100 if pct else value),
        Rule(("scope", "commodity"), scope, lambda *pair: pair in scopes),
        after("published", "period"),
        unique(*(name for name in FIGURES if name not in ("confirmed_by", "note"))),
    ]
