"""The files of a data folder into published rows and sources: every row checked."""

from collections.abc import Mapping
from datetime import date
from math import nan
from pathlib import Path

import numpy as np
import pandas as pd

from bot.dataset.arrival import arrivals
from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity, load_catalogue
from bot.dataset.companions import PARTNER, check_companions, load_events
from bot.dataset.corrections import load_entries, right
from bot.dataset.csv_frame import (
    ADDRESS,
    MONTH,
    NUMBER,
    TEXT,
    Flags,
    Rule,
    Table,
    after,
    errors_of,
    iso_date,
    matches,
    one_of,
    read_table,
    together,
    unique,
)  # fmt: skip
from bot.dataset.dataset import Dataset, Record
from bot.dataset.glossary import load_glossary
from bot.dataset.model import STATUSES, Series, Source
from bot.dataset.releases import AHEAD, STAGES, Release, ReleaseCalendar
from bot.dataset.row_frame import COLUMNS, NO_DAY, NUMBERS, Rows
from bot.errors import DataFileError

FIGURE_COLUMNS = (
    "period,flow,commodity,partner,kind,measure,value,step,yoy_pct,scope,status,source,published,"
    "confirmed_by,note"
).split(",")
SOURCE_COLUMNS = ("id", "publisher", "title", "url", "copy_url", "via", "retrieved")
STRAND_COLUMNS = ("commodity", "flow", "partner", "measure", "scope")
RELEASE_COLUMNS = ("reference_month", "stage", "published", "planned", "source_url")

SIGNED = r"-?[0-9]{1,7}(\.[0-9]{1,4})?"
STATUS_KNOWN = one_of(
    "status",
    ("", *STATUSES),
    f"one of (blank), {', '.join(STATUSES)}; this row alone is left out until it is corrected or a version"
    " that knows the status is installed",
)


def load_dataset(folder: Path, today: date) -> Dataset:
    """The dataset as it stood on `today`; a DataFileError where a file is wrong."""
    return load_record(folder).as_of(today)


def load_record(folder: Path) -> Record:
    """Every published row of the folder, checked, with its catalogue, sources and release calendar."""
    catalogue = load_catalogue(folder / "commodities.toml")
    sources = load_sources(folder / "sources.csv")
    corrections = load_entries(folder / "corrections.toml", catalogue)
    confirmed = load_entries(folder / "confirmed.toml", catalogue)
    rows, refused = load_figures(folder / "figures.csv", catalogue, sources)
    releases = load_releases(folder / "releases.csv")
    check_companions(folder, catalogue)
    events = load_events(folder / "events.csv", catalogue)
    served = right(rows, sources, corrections)
    glossary = load_glossary(folder / "glossary.toml")
    return Record(catalogue, sources, served, releases, events, corrections, confirmed, glossary, refused)


def load_sources(path: Path) -> Mapping[str, Source]:
    """Sources by id."""
    rules = [
        matches("id", r"[a-z0-9-]+", "an id of lower case letters, digits and hyphens"),
        unique("id"),
        matches("publisher", TEXT, "a publisher"),
        matches("title", TEXT, "a title"),
        matches("url", ADDRESS, "an address or blank"),
        matches("copy_url", ADDRESS, "an address or blank"),
        iso_date("retrieved", blank=False),
    ]
    return {
        name: Source(name, publisher, title, url, via, date.fromisoformat(retrieved), copy_url)
        for name, publisher, title, url, copy_url, via, retrieved in read_table(
            path, SOURCE_COLUMNS, rules
        ).rows(SOURCE_COLUMNS)
    }


def load_releases(path: Path) -> ReleaseCalendar:
    """When each month's stages came out or are due."""
    rules = [
        matches("reference_month", MONTH, "a month such as 2024-03"),
        one_of("stage", STAGES),
        iso_date("published", blank=False),
        after("published", "reference_month"),
        one_of("planned", ("yes", "no")),
        matches("source_url", ADDRESS, "an address or blank"),
        unique("reference_month", "stage"),
    ]
    rows = read_table(path, RELEASE_COLUMNS, rules).rows(RELEASE_COLUMNS)
    return ReleaseCalendar(
        {
            (Month.from_text(month), stage): Release(date.fromisoformat(day), planned == "yes")
            for month, stage, day, planned, _ in rows
        }
    )


def load_figures(
    path: Path, catalogue: Mapping[str, Commodity], sources: Mapping[str, Source]
) -> tuple[Rows, tuple[DataFileError, ...]]:
    """Every published row in the file's order; those whose status is not known are refused, each alone."""
    table = read_table(path, FIGURE_COLUMNS, ())
    refused = errors_of(path.name, table, [STATUS_KNOWN])
    known = table.where(STATUS_KNOWN.good(table)) if refused else table
    if errors := errors_of(path.name, known, _figure_rules(catalogue, sources)):
        raise DataFileError.of(errors)
    return _rows(known, arrivals(sources)), tuple(refused)


def load_rows(
    path: Path, catalogue: Mapping[str, Commodity], sources: Mapping[str, Source], today: date
) -> Rows:
    """The rows of a file that comes in, all or none; none may be of a day or month to come."""
    rules = [*_figure_rules(catalogue, sources), one_of("status", ("", *STATUSES)), *_rules_of_time(today)]
    return _rows(read_table(path, FIGURE_COLUMNS, rules), {})


def _rows(table: Table, arrived: Mapping[str, date]) -> Rows:
    strand, strands = table.grouped(STRAND_COLUMNS)
    columns = {
        "line": table.lines,
        "strand": strand,
        "month": table.mapped("period", lambda cell: Month.from_text(cell).ordinal, int),
        **{name: table.mapped(name, lambda cell: float(cell or "nan"), float) for name in NUMBERS},
        "published": table.mapped(
            "published", lambda day: date.fromisoformat(day).toordinal() if day else NO_DAY, int
        ),
        "arrived": table.mapped(
            "source", lambda id: arrived[id].toordinal() if id in arrived else NO_DAY, int
        ),
        "confirmed_by": table.mapped("confirmed_by", int, int),
        **{name: table.frame[name] for name in ("kind", "status", "source", "note")},
    }
    made = [(Series(name, flow, partner, measure), scope) for name, flow, partner, measure, scope in strands]  # type: ignore[arg-type]
    return Rows(pd.DataFrame(columns, columns=list(COLUMNS), copy=False), made)


def _figure_rules(catalogue: Mapping[str, Commodity], sources: Mapping[str, Source]) -> list[Rule]:
    flows = {(flow, name) for name, item in catalogue.items() for flow in item.flows}
    scopes = {(scope, name) for name, item in catalogue.items() for scope in item.all_scopes}
    return [
        matches("period", MONTH, "a month such as 2024-03"),
        one_of("flow", ("export", "import")),
        one_of("commodity", tuple(catalogue), "a commodity of commodities.toml"),
        together(
            "flow",
            "commodity",
            "a flow that commodities.toml gives this commodity",
            lambda *pair: pair in flows,
        ),
        matches("partner", PARTNER, "a partner's name of up to 64 characters or blank for the world"),
        one_of("kind", ("month", "ytd")),
        one_of("measure", ("quantity", "value")),
        matches("value", f"({NUMBER})?", "a number without separators, not negative, or blank"),
        matches("step", f"({NUMBER})?", "a rounding step or blank"),
        Rule("step", "a rounding step above zero beside a value, blank without one", _step_fits),
        matches("yoy_pct", f"({SIGNED})?", "a percentage or blank"),
        Rule("yoy_pct", "a change of -100 percent or more, given where there is no value", _change_fits),
        together(
            "scope",
            "commodity",
            "a scope that commodities.toml gives this commodity",
            lambda *pair: pair in scopes,
        ),
        one_of("source", tuple(sources), "an id of sources.csv"),
        iso_date("published", blank=True),
        after("published", "period"),
        matches("confirmed_by", r"[1-9][0-9]{0,3}", "a whole number from 1"),
        unique(*(name for name in FIGURE_COLUMNS if name not in ("confirmed_by", "note"))),
    ]


def _rules_of_time(today: date) -> list[Rule]:
    last = today + AHEAD
    month = str(Month(last.year, last.month).plus(-1))
    told = f"(today is {today})"
    return [
        Rule(
            "published",
            f"a day that has come {told}",
            lambda table: table.each("published", lambda day: day <= str(last)),
        ),
        Rule(
            "period",
            f"a month that is over {told}",
            lambda table: table.each("period", lambda cell: cell <= month),
        ),
    ]


def _step_fits(table: Table) -> Flags:
    value, step = (table.each(name, bool) for name in ("value", "step"))
    return np.equal(value, step) & table.each("step", lambda cell: not _number(cell) <= 0)


def _change_fits(table: Table) -> Flags:
    given = table.each("yoy_pct", bool) | table.each("value", bool)
    return given & table.each("yoy_pct", lambda cell: not _number(cell) < -100)


def _number(cell: str) -> float:
    """The number, not a number for anything else: another rule names that."""
    try:
        return float(cell)
    except ValueError:
        return nan
