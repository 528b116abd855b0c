"""The files beside the figures: series, terms of the trade, events, what is kept out, errors, outliers."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.dataset.calendar import Period, period_of
from bot.dataset.cells import Columns, columns_of, matches, one_of, read_keys, read_rows
from bot.dataset.data_files import TomlEntry, listed_entries, named_entries
from bot.dataset.model import Event, Flow, Row, Series, Sources
from bot.errors import DataFileError

COMMODITY = "a commodity of commodities.toml"
Catalogue = Mapping[str, "Commodity"]  # by id, in the order of the file
Printed = tuple[str, Series, Period, float | None]  # who printed what of which figure


@dataclass(frozen=True, slots=True)
class Commodity:
    """One series; a later scope serves where the first lacks, a narrower one where named and by partner."""

    id: str
    name_en: str
    scopes: tuple[str, ...]
    flows: tuple[Flow, ...]
    name_zh: str = ""
    aliases: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    short_en: str = ""
    short_zh: str = ""
    inside: str = ""
    wider_aliases: tuple[str, ...] = ()
    narrower_scopes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)  # every message takes it

    @property
    def all_scopes(self) -> tuple[str, ...]:
        """Everything that its figures can count, the first of the series first."""
        return self.scopes + self.narrower_scopes


class Entry(NamedTuple):
    """A term of the glossary, the other words for it, and what it holds and leaves out."""

    id: str
    name_en: str
    name_zh: str
    text_en: str
    text_zh: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a publisher printed, wrongly or truly; once it prints another, the entry fits no more."""

    line: int
    printed: Printed
    reason: str


def load_catalogue(path: Path) -> Catalogue:
    """Commodities by id, in the file's order; a DataFileError where an entry is not as expected."""
    entries = {entry.name: entry for entry in named_entries(path)}
    columns = columns_of("commodities", inside=one_of([*entries], "a commodity of this file"))
    return {name: _commodity(entry, columns) for name, entry in entries.items()}


def codes_of(catalogue: Catalogue) -> Mapping[str, tuple[str, str]]:
    """By the digits of an HS code its series, and the scope where the code picks one."""
    found: dict[str, tuple[str, str]] = {}
    for name, series in catalogue.items():
        for scope in series.all_scopes:
            if scope.startswith("HS "):
                found.setdefault(scope[3:], (name, scope))
        for code in series.hs if len(series.hs) == 1 else ():
            found.setdefault(code, (name, ""))
    return found


def load_glossary(path: Path) -> Mapping[str, Entry]:
    """The entries by id; none where there is no such file, a DataFileError where one is not as expected."""
    columns, needed = columns_of("glossary"), ("name_en", "name_zh", "text_en", "text_zh")
    entries = named_entries(path) if path.exists() else []
    return {each.name: Entry(each.name, **read_keys(each, columns, needed)) for each in entries}


def _commodity(entry: TomlEntry, columns: Columns) -> Commodity:
    values = read_keys(entry, columns, ("name_en", "scopes", "flows"))
    if not re.fullmatch("[a-z][a-z0-9_]*", entry.name):
        entry.refuse("", "a name of lower case letters, digits and _", entry.name)
    names = {"name_zh": values.get("short_en", values["name_en"]), "short_en": values["name_en"], **values}
    return Commodity(entry.name, **{"short_zh": names["name_zh"], **names})


def load_events(path: Path, names: Collection[str]) -> tuple[Event, ...]:
    """The events, the oldest first; none where there is no such file."""
    name = "|".join(map(re.escape, names))
    known = "commodities of commodities.toml, parted by semicolons"
    commodities = matches(f"({name})(;({name}))*", known, lambda cell: tuple(cell.split(";")))
    columns = columns_of("events", commodities=commodities)
    rows = (tuple(each.values()) for each in read_rows(path, columns, optional=True))
    return tuple(Event(*row) for row in sorted(rows))


def load_disagreements(path: Path, names: Collection[str]) -> set[Printed]:
    """What was printed somewhere and is kept out; nothing where there is no such file."""
    columns = columns_of("disagreements", commodity=one_of(names, COMMODITY))
    return {_printed(row["printed_by"], row) for row in read_rows(path, columns, optional=True)}


def _printed(publisher: str, row: Mapping[str, Any]) -> Printed:
    series = Series(row["commodity"], row["flow"], row.get("partner", ""), row["measure"])
    return publisher, series, period_of(row["kind"], row["period"]), float(row["printed"])


def load_entries(path: Path, names: Collection[str]) -> tuple[Correction, ...]:
    """The [[correction]] or [[confirmed]] entries of the file of that name, in order; none where it lacks."""
    columns = columns_of("corrections", commodity=one_of(names, COMMODITY))
    entries = listed_entries(path, path.stem.removesuffix("s")) if path.exists() else []
    read = [(entry.line, read_keys(entry, columns, columns)) for entry in entries]
    return tuple(Correction(line, _printed(each["publisher"], each), each["reason"]) for line, each in read)


def fitting(row: Row, sources: Sources, entries: Sequence[Correction]) -> Correction | None:
    """The entry that a row fits."""
    publisher = sources[row.source].publisher if row.source in sources else ""
    printed = publisher, row.series, row.period, row.value
    return next((each for each in entries if each.printed == printed), None)


def check_matches(file: str, entries: Iterable[Correction], printed: Collection[Printed]) -> None:
    """A DataFileError for the first entry that matches nothing that was printed."""
    for each in entries:
        if each.printed not in printed:
            expected = "what that publisher printed, in figures.csv or disagreements.csv"
            raise DataFileError(file, each.line, "printed", f"{each.printed[-1]:.15g}", expected)
