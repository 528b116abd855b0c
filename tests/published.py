"""The rows of figures.csv as they were published, read without the bot: what expected values rest on."""

import csv
from functools import cache

from bot.dataset.data_files import data_folder

Cell = dict[str, str]
SCOPES = {
    "alumina": "HS 28182000",
    "bauxite": "HS 2606",
    "unwrought_aluminium": "unwrought aluminium and aluminium products",
}
Printing = tuple[float, float, float | None]  # value, step, printed change


def rows_of(name):
    """The rows of a table of the data folder."""
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


@cache
def cells():
    """Every published row, in the file's order."""
    return rows_of("figures.csv")


@cache
def rows():
    """The values of each figure as they were printed, in the file's order."""
    found: dict[tuple[str, ...], list[Printing]] = {}
    for row in cells():
        if row["value"]:
            names = ("commodity", "flow", "partner", "kind", "measure", "scope", "period")
            change = float(row["yoy_pct"]) if row["yoy_pct"] else None
            cell = (float(row["value"]), float(row["step"]), change)
            found.setdefault(tuple(row[name] for name in names), []).append(cell)
    return found


def printed(commodity, flow, period, kind="month", measure="quantity", partner=""):
    """The one printing of a figure; an error where there are several of it."""
    (cell,) = rows()[commodity, flow, partner, kind, measure, SCOPES[commodity], period]
    return cell


def value(commodity, flow, period, kind="month", **more):
    """Its value."""
    return printed(commodity, flow, period, kind, **more)[0]


def half(*cells):
    """The half-steps of several printings together."""
    return sum(step / 2 for _, step, _ in cells)


def months(first, last):
    """2024-11, 2024-12, 2025-01: every month from the first to the last."""
    (year, month), found = (int(part) for part in first.split("-")), [first]
    while found[-1] != last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year}-{month:02d}")
    return found
