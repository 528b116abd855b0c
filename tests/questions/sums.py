"""Numbers worked out from data/figures.csv once more, without the bot: what stands in a first line.

A figure is written "alumina export 2024-03", with `ytd`, `value` or `unit_value`, a partner, `yoy` for the
change that was printed with it, `low` or `high` for the edge of its rounding, and `@source` where several
sources print different values. Two of them stand with + or -, with `on` (the change of the one on the other,
in percent), with `of` (the part that the one is of the other, in percent), or one `over` a number.
"""

import csv
import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache

from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder

UNITS: Mapping[str, Decimal] = {
    "万吨": Decimal(10_000), "吨": Decimal(1), "千吨": Decimal(1_000), "百万吨": Decimal(1_000_000),
    "亿美元": Decimal(100_000_000), "十亿美元": Decimal(1_000_000_000), "美元/吨": Decimal(1),
    "吨/日": Decimal(1), "短吨": Decimal("0.90718474"), "%": Decimal(1),
}  # fmt: skip
EDGES = {"low": Decimal(-1), "high": Decimal(1)}
EDGE = re.compile(r"\b(low|high)\b")
Row = Mapping[str, str]


@cache
def rows() -> tuple[Row, ...]:
    """Every published row."""
    with (data_folder() / "figures.csv").open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


def said(told: str) -> tuple[Decimal, Decimal]:
    """A number as a line says it, "-1.43%", and its unit's size; 1.54E+5 has three digits."""
    match = re.fullmatch(r"([+-]?\d+(?:\.\d+)?(?:E\+\d)?)(\D.*)", told)
    assert match, told
    return Decimal(match[1]), UNITS[match[2]]


def is_that(told: str, expression: str) -> bool:
    """Whether the number is what the expression makes, rounded to as many digits as are said."""
    number, size = said(told)
    return (worked_out(expression) / size).quantize(number, rounding=_way(expression)) == number


def _way(expression: str) -> str:
    """An edge of a range of amounts is rounded outward; a percentage, and what is no edge, to the nearest."""
    edge = EDGE.search(expression)
    if not edge or " on " in expression or " of " in expression:
        return ROUND_HALF_EVEN
    return ROUND_FLOOR if edge[1] == "low" else ROUND_CEILING


def worked_out(expression: str) -> Decimal:
    """The value in tonnes, US$, US$ per tonne or percent."""
    for word, made in (
        (" on ", lambda one, other: (one / other - 1) * 100),
        (" of ", lambda one, other: one / other * 100),
        (" over ", lambda one, other: one / other),
    ):
        if word in expression:
            one, other = expression.split(word)
            return Decimal(made(worked_out(one), worked_out(other)))
    first, *rest = re.split(r" ([+-]) ", expression)
    total = _figure(first)
    for sign, figure in zip(rest[::2], rest[1::2], strict=True):
        total += _figure(figure) * (1 if sign == "+" else -1)
    return total


def _figure(told: str) -> Decimal:
    """The one value that is printed of it."""
    if re.fullmatch(r"[\d.]+", told):
        return Decimal(told)
    commodity, flow, period, *marks = told.split()
    column = "yoy_pct" if "yoy" in marks else "value"
    edge = next((EDGES[mark] for mark in marks if mark in EDGES), Decimal(0))
    found = {
        Decimal(row[column]) + edge * Decimal(row["step"] or 0) / 2
        for row in rows()
        if row[column]
        and (row["commodity"], row["flow"], row["period"]) == (commodity, flow, period)
        and _fits(row, marks)
    }
    assert len(found) == 1, f"{told}: {sorted(found)}"
    return found.pop()


def _fits(row: Row, marks: list[str]) -> bool:
    measures = [mark for mark in marks if mark in ("value", "unit_value")]
    partners = [mark for mark in marks if mark[0].isupper()]
    sources = [mark[1:] for mark in marks if mark.startswith("@")]
    return (
        row["measure"] == (measures[0] if measures else "quantity")
        and row["partner"] == (partners[0] if partners else "")
        and row["kind"] == ("ytd" if "ytd" in marks else "month")
        and (not sources or row["source"] == sources[0])
    )


def period(text: object) -> Period:
    """2024-03, ytd 2024-03, 2024-Q1, 2024-H1, 2024, 2024-03..2024-06."""
    written = str(text)
    if written.startswith("ytd "):
        return Period.ytd(Month.from_text(written[4:]))
    if ".." in written:
        first, last = written.split("..")
        return Period("range", Month.from_text(first), Month.from_text(last))
    if "-" not in written:
        return Period.whole_year(int(written))
    year, part = written.split("-")
    if part[0] == "Q":
        return Period.around(Month(int(year), 3 * int(part[1])), "quarter")
    if part[0] == "H":
        return Period.around(Month(int(year), 6 * int(part[1])), "half")
    return Period.month(Month.from_text(written))
