"""Known errors of publishers (data/corrections.toml) and true outliers (data/confirmed.toml)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dataset.calendar import period_of
from bot.dataset.companions import Printed
from bot.dataset.model import Row, Series, Source
from bot.dataset.toml_file import TomlEntry, listed_entries
from bot.errors import AluminaError, DataFileError

TEXTS = ("publisher", "period", "kind", "flow", "commodity", "measure", "reason")
KEYS = (*TEXTS, "partner", "printed")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a publisher printed: wrongly, so that rows of just that value are left out, or truly.

    The value guards the entry: once the publisher prints another one it matches no more.
    """

    line: int
    printed: Printed
    reason: str


def load_entries(path: Path, names: Collection[str]) -> tuple[Correction, ...]:
    """The entries in the file's order, none where there is no file; a DataFileError names a wrong one.

    They are headed as the file is named: [[correction]] in corrections.toml, [[confirmed]] in confirmed.toml.
    """
    entries = listed_entries(path, path.stem.removesuffix("s")) if path.exists() else []
    return tuple(_correction(entry, names) for entry in entries)


def fitting(row: Row, sources: Mapping[str, Source], entries: Sequence[Correction]) -> Correction | None:
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


def _correction(entry: TomlEntry, names: Collection[str]) -> Correction:
    for key in sorted(set(entry.table) - set(KEYS)):
        entry.refuse(key, f"one of {', '.join(KEYS)}")
    publisher, month, kind, flow, commodity, measure, reason = map(entry.text, TEXTS)
    printed = entry.table.get("printed")
    if commodity not in names:
        entry.refuse("commodity", "a commodity of commodities.toml")
    if kind not in ("month", "ytd"):
        entry.refuse("kind", "one of month, ytd")
    if type(printed) not in (int, float):
        entry.refuse("printed", "a number")
    try:
        series = Series(commodity, flow, entry.table.get("partner", ""), measure)  # type: ignore[arg-type]
        return Correction(entry.line, (publisher, series, period_of(kind, month), float(printed)), reason)  # type: ignore[arg-type]
    except AluminaError as error:
        raise DataFileError(entry.file, entry.line, "(entry)", str(error), "a figure") from error
