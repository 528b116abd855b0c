"""Known errors of publishers (data/corrections.toml) and true outliers (data/confirmed.toml)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.dataset.calendar import Period, period_of
from bot.dataset.csv_frame import read_toml
from bot.dataset.model import Row, Series, Source
from bot.dataset.row_frame import Rows
from bot.errors import AluminaError, DataFileError

TEXTS = ("publisher", "period", "kind", "flow", "commodity", "measure", "reason")
KEYS = (*TEXTS, "partner", "printed")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a publisher printed: wrongly, so that rows of just that value are left out, or truly.

    The value guards the entry: once the publisher prints another one it matches no more.
    """

    line: int
    publisher: str
    series: Series
    period: Period
    printed: float
    reason: str

    def fits(self, row: Row, publisher: str) -> bool:
        """Whether a row of that publisher is the one meant."""
        if row.value != self.printed or publisher != self.publisher:
            return False
        return (row.series, row.period) == (self.series, self.period)


def load_entries(path: Path, names: Collection[str]) -> tuple[Correction, ...]:
    """The entries in the file's order, none where there is no file; a DataFileError names a wrong one.

    They are headed as the file is named: [[correction]] in corrections.toml, [[confirmed]] in confirmed.toml.
    """
    if not path.exists():
        return ()
    (text, tables), head = read_toml(path), path.stem.removesuffix("s")
    entries = tables.get(head, [])
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{head}]]"]
    if not isinstance(entries, list) or len(entries) != len(lines):
        raise DataFileError(path.name, 1, "(file)", head, f"a list of [[{head}]] entries")
    return tuple(_entry(path.name, line, entry, names) for line, entry in zip(lines, entries, strict=True))


def fitting(row: Row, sources: Mapping[str, Source], entries: Sequence[Correction]) -> Correction | None:
    """The entry that a row fits."""
    publisher = sources[row.source].publisher if row.source in sources else ""
    return next((each for each in entries if each.fits(row, publisher)), None)


def right(rows: Rows, sources: Mapping[str, Source], corrections: Sequence[Correction]) -> Rows:
    """The rows without those that are known errors."""
    same = rows.frame["value"].isin([each.printed for each in corrections])
    concerned = np.flatnonzero(
        same & rows.frame["month"].isin([each.period.end.ordinal for each in corrections])
    )
    wrong = [place for place in concerned.tolist() if fitting(rows[place], sources, corrections)]
    return rows.where(~np.isin(np.arange(len(rows)), wrong)) if wrong else rows


def check_matches(
    file: str,
    entries: Iterable[Correction],
    printed: Collection[tuple[str, Series, Period, float | None]],
) -> None:
    """A DataFileError for the first entry that matches nothing that was printed."""
    for each in entries:
        if (each.publisher, each.series, each.period, each.printed) not in printed:
            expected = "what that publisher printed, in figures.csv or disagreements.csv"
            raise DataFileError(file, each.line, "printed", f"{each.printed:.15g}", expected)


def _entry(file: str, line: int, entry: Mapping[str, Any], names: Collection[str]) -> Correction:
    _check_keys(file, line, entry, names)
    try:
        period = period_of(entry["kind"], entry["period"])
        series = Series(entry["commodity"], entry["flow"], entry.get("partner", ""), entry["measure"])
    except AluminaError as error:
        raise DataFileError(file, line, "(entry)", str(error), "a figure") from error
    return Correction(line, entry["publisher"], series, period, float(entry["printed"]), entry["reason"])


def _check_keys(file: str, line: int, entry: Mapping[str, Any], names: Collection[str]) -> None:
    for key in sorted(set(entry) - set(KEYS)):
        raise DataFileError(file, line, key, str(entry[key]), f"one of {', '.join(KEYS)}")
    for key in TEXTS:
        if not isinstance(value := entry.get(key), str) or not value.strip():
            raise DataFileError(file, line, key, str(value), "a text")
    if entry["commodity"] not in names:
        raise DataFileError(file, line, "commodity", entry["commodity"], "a commodity of commodities.toml")
    if entry["kind"] not in ("month", "ytd"):
        raise DataFileError(file, line, "kind", entry["kind"], "one of month, ytd")
    if type(entry.get("printed")) not in (int, float):
        raise DataFileError(file, line, "printed", str(entry.get("printed")), "a number")
