"""The files of a data folder into published rows, sources and the profile: every cell checked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bot.dataset import cells, companions
from bot.dataset.calendar import Month
from bot.dataset.cells import CellType, Columns, Rule, columns_of, read_keys
from bot.dataset.companions import Catalogue, Correction, fitting
from bot.dataset.data_files import TomlEntry, read_csv, whole_file
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import STATUSES, Row, Source, Sources
from bot.dataset.releases import AHEAD, LAG, STAGES, Release, ReleaseCalendar
from bot.dataset.revision_history import RowTable
from bot.errors import DataFileError
from bot.profile import DAYS, Line, Profile, use

SOURCES, RELEASES = columns_of("sources"), columns_of("releases")
FIGURES = columns_of("figures", status=cells.one_of(("", *STATUSES)))
STRAND = ["commodity", "flow", "partner", "measure", "scope"]
RELEASE = ["period", "status", "source", "published"]  # what tells on which day a row came out
FOLLOWING = {"post_waits_for", "examples", "example_month", "example_level", "counted_since"}  # from the rows
ELSEWHERE = {"post_waits_for", "releases", "partners"}  # keys that the profile holds in another form
LineMonths = Mapping[Line, Sequence[tuple[Month, float]]]
LEVEL = 150_000.0  # tonnes, of which an example is made where none are on record
SMALL = 10_000  # tonnes a month, below which tables tell tonnes
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
    companions.load_disagreements(folder / "disagreements.csv", catalogue)
    events = companions.load_events(folder / "events.csv", catalogue)
    glossary = companions.load_glossary(folder / "glossary.toml")
    use(load_profile(folder, catalogue, rows))
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

    groups = (frame.groupby(names, observed=True, sort=False) for names in (STRAND, RELEASE))
    return RowTable(make, *(each.ngroup().to_numpy() for each in groups))


def _schema(catalogue: Catalogue, sources: Sources) -> tuple[Columns, list[Rule]]:
    """What the cells of a published row have to be, each by itself and together."""
    columns = dict(FIGURES)
    columns["commodity"] = cells.one_of(catalogue, companions.COMMODITY)
    columns["source"] = cells.one_of(sources, "an id of sources.csv")
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


def load_profile(folder: Path, catalogue: Catalogue, rows: RowTable) -> Profile:
    """The folder's own words and ways; a DataFileError where a key of its files is not as expected."""
    entry = whole_file(folder / "dataset.toml")
    known = [(name, flow) for name, each in catalogue.items() for flow in each.flows]
    named = {" ".join(line): line for line in known}
    lines: CellType = (
        f"a list of series with their flow: {', '.join(named)}",
        lambda texts: tuple(map(named.__getitem__, texts)),
    )
    columns = columns_of("dataset", examples=lines, post_waits_for=lines)
    told = read_keys(entry, columns, ("title_en", "reporter_en"))
    rules = TomlEntry(entry.file, entry.line, "releases", told.get("releases", {}), entry.text)
    own: dict[str, Any] = {"title_zh": told["title_en"], "reporter_zh": told["reporter_en"]}
    own |= _releases(read_keys(rules, columns_of("rules", **dict.fromkeys(STAGES, lines))), known)
    own |= _from_rows(told, known, {} if told.keys() >= FOLLOWING else _months(rows))
    own |= {key: value for key, value in told.items() if value and key not in ELSEWHERE}
    words = {name: tuple(map(str.strip, each.split(","))) for name, each in told.get("partners", {}).items()}
    on_record = sorted({row.series.partner for row in rows.strands()} - {""})
    return Profile(
        **own,
        catalogue=catalogue,
        words=tuple((*each.aliases, each.name_en, each.name_zh) for each in catalogue.values()),
        lines=tuple(known),
        partners={name: words.get(name, ()) for name in on_record},
        vocabulary=_optional(folder / "vocabulary.toml"),
        gallery=_optional(folder / "gallery.toml"),
    )


def _from_rows(told: Mapping[str, Any], known: Sequence[Line], months: LineMonths) -> dict[str, Any]:
    """What a post waits for and what examples are made of, as it is on record of late."""
    newest = {line: max(each) for line, each in months.items()}
    last = max((end for end, _ in newest.values()), default=None)
    live = [line for line in known if line in newest and last and newest[line][0].until(last) <= LAG] or known
    examples = told.get("examples") or (live[0], *(line for line in live if line[0] != live[0][0]))[:2]
    month, level = newest.get(examples[0], (Month(2024, 3), LEVEL))
    first = min((end for each in months.values() for end, _ in each), default=month)
    return {
        "awaited": told.get("post_waits_for") or tuple(live),
        "examples": examples,
        "example_month": tuple(month),
        "example_level": float(f"{(level or LEVEL) * 2 / 3:.0e}"),
        "small": 0 < max((tonnes for _, tonnes in newest.values()), default=0) < SMALL,
        "counted_since": tuple(first),
    }


def _releases(rules: Mapping[str, Any], known: Sequence[Line]) -> dict[str, Any]:
    """Which release first holds which line (the bulletin, where nothing says), and by which day it is out."""
    stages = {line: stage for stage in STAGES for line in rules.get(stage, ())}
    days = {name.removesuffix("_day"): day for name, day in rules.items() if "_day" in name}
    return {
        "stages": stages or dict.fromkeys(known, "bulletin"),
        "days": dict(DAYS) | days,
        "january_with_february": rules.get("january_with_february", False),
    }


def _months(rows: Iterable[Row]) -> LineMonths:
    """The months that each line has, with the tonnes of a month; none where only US$ are on record."""
    found: dict[Line, list[tuple[Month, float]]] = defaultdict(list)
    for row in rows:
        series, line = row.series, (row.series.commodity, row.series.flow)
        if row.value and not series.partner:
            tonnes = row.value / row.period.length if series.measure == "quantity" else 0.0
            found[line].append((row.period.end, tonnes))
    return found


def _optional(path: Path) -> Mapping[str, Any]:
    return whole_file(path).table if path.exists() else {}
