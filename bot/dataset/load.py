"""The files of a data folder into published rows and sources: every row checked."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from bot.dataset import cells, companions
from bot.dataset.calendar import Month
from bot.dataset.cells import Columns, Rule, columns_of
from bot.dataset.companions import Catalogue, Correction, fitting
from bot.dataset.data_files import read_csv
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import STATUSES, Row, Source, Sources
from bot.dataset.profiles import load_profile
from bot.dataset.releases import AHEAD, Release, ReleaseCalendar
from bot.dataset.revision_history import RowTable
from bot.errors import DataFileError
from bot.profile import use

SOURCES, RELEASES = columns_of("sources"), columns_of("releases")
FIGURES = columns_of("figures", status=cells.one_of(("", *STATUSES)))
STRAND = ("commodity", "flow", "partner", "measure", "scope")
RELEASE = ("period", "status", "source", "published")  # what tells on which day a row came out
LEFT_OUT = "this row alone is left out until it is corrected or a version that knows the status is installed"


def load_dataset(folder: Path, today: date) -> Dataset:
    """The dataset as it stood on `today`; a DataFileError where a file is wrong."""
    return load_record(folder).as_of(today)


def load_record(folder: Path) -> Record:
    """Every published row of a folder, checked, and what describes it; its profile is in use from here on."""
    catalogue = companions.load_catalogue(folder / "commodities.toml")
    sources = load_sources(folder / "sources.csv")
    corrections = companions.load_entries(folder / "corrections.toml", catalogue)
    confirmed = companions.load_entries(folder / "confirmed.toml", catalogue)
    rows, refused = load_figures(folder / "figures.csv", catalogue, sources, corrections)
    releases = load_releases(folder / "releases.csv")
    companions.check_hs_codes(folder / "hs_codes.csv", catalogue)
    companions.load_disagreements(folder / "disagreements.csv", catalogue)
    events = companions.load_events(folder / "events.csv", catalogue)
    glossary = companions.load_glossary(folder / "glossary.toml")
    use(load_profile(folder, catalogue, rows, rows.strands()))
    return Record(catalogue, sources, rows, releases, events, corrections, confirmed, glossary, refused)


def load_sources(path: Path) -> Sources:
    """Sources by id."""
    return {each["id"]: Source(**each) for each in cells.read_rows(path, SOURCES, cells.unique("id"))}


def load_releases(path: Path) -> ReleaseCalendar:
    """When each month's stages came out or are due; by the rules alone where there is no such file."""
    rules = cells.after("published", "reference_month"), cells.unique("reference_month", "stage")
    rows = map(dict.values, cells.read_rows(path, RELEASES, *rules, optional=True))
    return ReleaseCalendar(
        {
            (Month.from_text(month), stage): Release(day, planned == "yes")
            for month, stage, day, planned, _ in rows
        }
    )


def load_figures(
    path: Path, catalogue: Catalogue, sources: Sources, corrections: Sequence[Correction] = ()
) -> tuple[RowTable, tuple[DataFileError, ...]]:
    """The rows in the file's order but what a correction names; and those refused for an unknown status."""
    known = read_csv(path, FIGURES)
    expected, read = FIGURES["status"]
    if refused := cells.errors_of(path.name, known, {"status": (f"{expected}; {LEFT_OUT}", read)}):
        known = known.drop([error.line for error in refused])
        known = known.apply(lambda column: column.cat.remove_unused_categories())
    columns, rules = _schema(catalogue, sources)
    if errors := cells.errors_of(path.name, known, columns, *rules):
        raise DataFileError.of(errors)
    rows = _rows(known, columns, sources)
    figures = [each.printed[1:3] for each in corrections]
    months = known["period"].isin({str(period.end) for _, period in figures})
    near = months & known["partner"].isin({series.partner for series, _ in figures})
    named = (rows[place] for place in np.flatnonzero(near).tolist())
    if misprints := [row.line for row in named if fitting(row, sources, corrections)]:
        rows = _rows(known.drop(misprints), columns, sources)
    return rows, tuple(refused)


def load_rows(path: Path, catalogue: Catalogue, sources: Sources, today: date) -> tuple[Row, ...]:
    """The rows of a file that comes in, all or none; none may be of a day or month to come."""
    last = today + AHEAD
    month = str(Month.of_day(last).plus(-1))
    columns, rules = _schema(catalogue, sources)
    rules += [
        Rule(("published",), f"a day that has come (today is {today})", lambda day: day <= str(last)),
        Rule(("period",), f"a month that is over (today is {today})", lambda period: period <= month),
    ]
    return tuple(_rows(cells.read_cells(path, columns, *rules), columns, sources))


def _rows(frame: pd.DataFrame, columns: Columns, sources: Sources) -> RowTable:
    values = cells.values_of(frame, columns)

    @cache
    def make(place: int) -> Row:
        cell = {name: column[place] for name, column in values.items()}
        return Row.of_cells(int(frame.index[place]), cell, sources[cell["source"]].arrival)

    return RowTable(make, *(cells.numbered(frame, alike)[0] for alike in (STRAND, RELEASE)))


def _schema(catalogue: Catalogue, sources: Sources) -> tuple[Columns, list[Rule]]:
    """What the cells of a published row have to be, each by itself and together."""
    source, commodity = cells.one_of(sources, "an id of sources.csv"), companions.one_commodity(catalogue)
    columns = {**FIGURES, "commodity": commodity, "source": source}
    flows = {(flow, name) for name, item in catalogue.items() for flow in item.flows}
    scopes = {(scope, name) for name, item in catalogue.items() for scope in item.all_scopes}
    flow = "a flow that commodities.toml gives this commodity"
    scope = "a scope that commodities.toml gives this commodity"
    step = "a rounding step above zero beside a value, blank without one"
    change = "a change of -100 percent or more, given where there is no value"
    return columns, [
        Rule(("flow", "commodity"), flow, lambda *pair: pair in flows),
        Rule(("step", "value"), step, lambda step, value: float(step) > 0 if value else not step),
        Rule(("yoy_pct", "value"), change, lambda pct, value: float(pct) >= -100 if pct else bool(value)),
        Rule(("scope", "commodity"), scope, lambda *pair: pair in scopes),
        cells.after("published", "period"),
        cells.unique(*(name for name in FIGURES if name not in ("confirmed_by", "note"))),
    ]
