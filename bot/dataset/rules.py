"""Rules that several of the data files share."""

import pandas as pd

from bot.dataset.tables import Frame, Rule

# [0-9], not \d: that takes every script's digits.
MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
NUMBER = r"[0-9]{1,15}(\.[0-9]{1,6})?"
ADDRESS = r"(https?://\S+)?"


def iso_date(column: str, *, blank: bool = False) -> Rule:
    """A rule: the cell is a day of the calendar, written 2024-04-18."""

    def good(frame: Frame) -> "pd.Series[bool]":
        text = frame[column]
        shaped = text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
        real = pd.to_datetime(text.where(shaped), format="%Y-%m-%d", errors="coerce").notna()
        return real | (text == "") if blank else real

    return Rule(column, "a date such as 2024-04-18" + (" or blank" if blank else ""), good)


def not_beyond(column: str, last: str, expected: str) -> Rule:
    """A rule: the cell is blank, or a day or month no later than that one."""
    return Rule(column, expected, lambda frame: frame[column] <= last)


def unique(*columns: str) -> Rule:
    """A rule: no other row has the same cells in these columns."""

    def good(frame: Frame) -> "pd.Series[bool]":
        return ~frame[list(columns)].duplicated()

    return Rule(columns[0], "in a row of its own (this one stands twice)", good)


def after(day: str, month: str) -> Rule:
    """A rule: the day lies after the month that another column names."""

    def good(frame: Frame) -> "pd.Series[bool]":
        return (frame[day] == "") | (frame[day].str[:7] > frame[month])

    return Rule(day, "a day after the month it tells of", good)
