"""Rules that several of the data files share."""

import re
from datetime import date

import numpy as np

from bot.dataset.csv_tables import Rule
from bot.dataset.text_table import Flags, Table

# [0-9], not \d: that takes every script's digits.
MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
NUMBER = r"[0-9]{1,15}(\.[0-9]{1,6})?"
ADDRESS = r"(https?://\S+)?"
DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def iso_date(column: str, *, blank: bool = False) -> Rule:
    """A rule: the cell is a day of the calendar, written 2024-04-18."""

    def good(table: Table) -> Flags:
        return table.columns[column].each(lambda cell: _is_day(cell) or (blank and not cell))

    return Rule(column, "a date such as 2024-04-18" + (" or blank" if blank else ""), good)


def not_beyond(column: str, last: str, expected: str) -> Rule:
    """A rule: the cell is blank, or a day or month no later than that one."""
    return Rule(column, expected, lambda table: table.columns[column].each(lambda cell: cell <= last))


def unique(*columns: str) -> Rule:
    """A rule: no row before it has the same cells in these columns."""

    def good(table: Table) -> Flags:
        first, which = table.together(columns)
        return np.equal(first[which], np.arange(len(table)))

    return Rule(columns[0], "in a row of its own (this one stands twice)", good)


def after(day: str, month: str) -> Rule:
    """A rule: the day lies after the month that another column names."""

    def good(table: Table) -> Flags:
        return table.each(lambda told, of: not told or told[:7] > of, day, month)

    return Rule(day, "a day after the month it tells of", good)


def _is_day(cell: str) -> bool:
    if not DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True
