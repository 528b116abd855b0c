"""The rows of figures.csv as they were published, read without the bot: what expected values rest on."""

import csv
from functools import cache

from bot.dataset.data_files import data_folder

Cell = dict[str, str]


def rows_of(name: str) -> tuple[Cell, ...]:
    """The rows of a table of the data folder."""
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


@cache
def cells() -> tuple[Cell, ...]:
    """Every published row, in the file's order."""
    return rows_of("figures.csv")
