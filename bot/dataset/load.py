"""The files of a data folder into published rows and sources: every row checked."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import starmap
from math import nan
from pathlib import Path

import numpy as np

from bot.dataset.arrival import arrivals
from bot.dataset.calendar import Month, period_of
from bot.dataset.commodities import Commodity, load_catalogue
from bot.dataset.companions import check_companions, load_events
from bot.dataset.corrections import load_corrections, right
from bot.dataset.csv_tables import Rule, checked, matches, one_of, parted, read_table
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import STATUSES, Row, Series, Source
from bot.dataset.releases import AHEAD, STAGES, Release, ReleaseCalendar
from bot.dataset.row_columns import NO_DAY, Rows, Strand
from bot.dataset.rules import ADDRESS, MONTH, NUMBER, after, iso_date, not_beyond, unique
from bot.dataset.text_table import Flags, Indices, Table
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
PARTNER = r"([^\W\d_]([\w .'’-]{0,62}[\w.])?)?"  # as long as the table's column at most


def load_dataset(folder: Path, today: date) -> Dataset:
    """The dataset as it stood on `today`; a DataFileError where a file is wrong."""
    return load_record(folder).as_of(today)


def load_record(folder: Path) -> Record:
    """Every published row of the folder, checked, with its catalogue, sources and release calendar."""
    catalogue = load_catalogue(folder / "commodities.toml")
    sources = load_sources(folder / "sources.csv")
    corrections = load_corrections(folder / "corrections.toml", catalogue)
    rows, refused = load_figures(folder / "figures.csv", catalogue, sources)
    releases = load_releases(folder / "releases.csv")
    check_companions(folder, catalogue)
    events = load_events(folder / "events.csv", catalogue)
    served = right(rows, sources, corrections)
    return Record(catalogue, sources, served, releases, events, corrections, refused)


def load_sources(path: Path) -> Mapping[str, Source]:
    """Sources by id."""
    rules = [
        matches("id", r"[a-z0-9-]+", "an id of lower case letters, digits and hyphens"),
        unique("id"),
        matches("publisher", r"\S.*", "a publisher"),
        matches("title", r"\S.*", "a title"),
        matches("url", ADDRESS, "an address or blank"),
        matches("copy_url", ADDRESS, "an address or blank"),
        iso_date("retrieved", blank=False),
    ]
    table = read_table(path, SOURCE_COLUMNS, rules)
    return {
        name: Source(name, publisher, title, url, via, date.fromisoformat(retrieved), copy_url)
        for name, publisher, title, url, copy_url, via, retrieved in table.rows(SOURCE_COLUMNS)
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
    table = read_table(path, RELEASE_COLUMNS, rules)
    return ReleaseCalendar(
        {
            (Month.from_text(month), stage): Release(date.fromisoformat(day), planned == "yes")
            for month, stage, day, planned in table.rows(RELEASE_COLUMNS[:4])
        }
    )


def load_figures(
    path: Path, catalogue: Mapping[str, Commodity], sources: Mapping[str, Source]
) -> tuple[Rows, tuple[DataFileError, ...]]:
    """Every published row in the file's order; those whose status is not known are refused, each alone."""
    table, refused = parted(path.name, read_table(path, FIGURE_COLUMNS, ()), STATUS_KNOWN)
    return _rows(checked(path.name, table, _figure_rules(catalogue, sources)), arrivals(sources)), refused


def load_rows(
    path: Path, catalogue: Mapping[str, Commodity], sources: Mapping[str, Source], today: date
) -> Rows:
    """The rows of a file that comes in, all or none; none may be of a day or month to come."""
    rules = [*_figure_rules(catalogue, sources), one_of("status", ("", *STATUSES)), *_rules_of_time(today)]
    return _rows(read_table(path, FIGURE_COLUMNS, rules), {})


def _rows(table: Table, arrived: Mapping[str, date]) -> Rows:
    first, strand = table.together(STRAND_COLUMNS)
    strands = list(starmap(_strand, table.rows(STRAND_COLUMNS, first)))
    first, stage = table.together(("status", "period"))
    stages = table.rows(("status", "period"), first)
    return Rows(
        make=cache(partial(_row, table, strands, strand, arrived)),
        places=np.arange(len(table)),
        strands=strands,
        strand=strand,
        stages=[(status or None, Month.from_text(month)) for status, month in stages],
        stage=stage,
        known_since=_known_since(table, arrived),
        line=table.lines,
    )


def _strand(commodity: str, flow: str, partner: str, measure: str, scope: str) -> Strand:
    return Series(commodity, flow, partner, measure), scope  # type: ignore[arg-type]  # checked by the rules


def _known_since(table: Table, arrived: Mapping[str, date]) -> Indices:
    """The day that is printed on each row, else that of its arrival."""
    printed = table.columns["published"].mapped(
        lambda day: date.fromisoformat(day).toordinal() if day else NO_DAY
    )
    read = table.columns["source"].mapped(
        lambda name: arrived[name].toordinal() if name in arrived else NO_DAY
    )
    return np.where(printed == NO_DAY, read, printed)


def _figure_rules(catalogue: Mapping[str, Commodity], sources: Mapping[str, Source]) -> list[Rule]:
    flows: set[tuple[str, str]] = {(name, flow) for name, item in catalogue.items() for flow in item.flows}
    scopes = {(name, scope) for name, item in catalogue.items() for scope in item.all_scopes}
    return [
        matches("period", MONTH, "a month such as 2024-03"),
        one_of("flow", ("export", "import")),
        one_of("commodity", tuple(catalogue), "a commodity of commodities.toml"),
        _pair("flow", flows, "a flow that commodities.toml gives this commodity"),
        matches("partner", PARTNER, "a partner's name of up to 64 characters or blank for the world"),
        one_of("kind", ("month", "ytd")),
        one_of("measure", ("quantity", "value")),
        matches("value", f"({NUMBER})?", "a number without separators, not negative, or blank"),
        matches("step", f"({NUMBER})?", "a rounding step or blank"),
        Rule("step", "a rounding step above zero beside a value, blank without one", _step_fits),
        matches("yoy_pct", f"({SIGNED})?", "a percentage or blank"),
        Rule("yoy_pct", "a change of -100 percent or more, given where there is no value", _change_fits),
        _pair("scope", scopes, "a scope that commodities.toml gives this commodity"),
        one_of("source", tuple(sources), "an id of sources.csv"),
        iso_date("published", blank=True),
        after("published", "period"),
        matches("confirmed_by", r"[1-9][0-9]{0,3}", "a whole number from 1"),
        unique(*(name for name in FIGURE_COLUMNS if name not in ("confirmed_by", "note"))),
    ]


def _rules_of_time(today: date) -> list[Rule]:
    last = today + AHEAD
    return [
        not_beyond("published", f"{last}", f"a day that has come (today is {today})"),
        not_beyond(
            "period", f"{Month(last.year, last.month).plus(-1)}", f"a month that is over (today is {today})"
        ),
    ]


def _row(
    table: Table, strands: Sequence[Strand], strand: Indices, arrived: Mapping[str, date], place: int
) -> Row:
    period, _, _, _, kind, _, value, step, yoy_pct, _, status, source, published, confirmed_by, note = (
        table.cells(place, FIGURE_COLUMNS)
    )
    series, scope = strands[strand[place]]
    return Row(
        line=int(table.lines[place]),
        series=series,
        period=period_of(kind, period),
        scope=scope,
        value=float(value) if value else None,
        step=float(step) if step else None,
        yoy_pct=float(yoy_pct) if yoy_pct else None,
        status=status or None,  # type: ignore[arg-type]  # checked by the rules
        source=source,
        published=date.fromisoformat(published) if published else None,
        confirmed_by=int(confirmed_by),
        note=note,
        arrived=arrived.get(source),
    )


def _pair(column: str, allowed: set[tuple[str, str]], expected: str) -> Rule:
    """A rule: a commodity and the cell of the column go together."""

    def good(table: Table) -> Flags:
        return table.each(lambda name, other: (name, other) in allowed, "commodity", column)

    return Rule(column, expected, good)


def _step_fits(table: Table) -> Flags:
    value, step = table.columns["value"], table.columns["step"]
    return np.equal(value.each(bool), step.each(bool)) & step.each(lambda cell: not _number(cell) <= 0)


def _change_fits(table: Table) -> Flags:
    value, change = table.columns["value"], table.columns["yoy_pct"]
    return (change.each(bool) | value.each(bool)) & change.each(lambda cell: not _number(cell) < -100)


def _number(cell: str) -> float:
    """The number, not a number for anything else: another rule names that."""
    try:
        return float(cell)
    except ValueError:
        return nan
