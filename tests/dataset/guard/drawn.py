"""Slips drawn by seed: pages of the months on record, misprinted, and what is served once they were read.

A page is laid out as customs lay it out, read, and taken in beside what was on record before its month.
Partners and series that have no such page come as rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from random import Random

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.intake import take_in
from bot.dataset.model import Figure, Held, Row, Series
from bot.errors import SourceError
from bot.sources.page import read_page
from tests.sources.skins import ADDRESS, page
from tests.sources.truth import Block, Sheet, shipped

MONTHS_NEEDED = 24
FIRST = Month(2024, 1)
OFF = 0.12  # a figure that is further from the one on record is false
BLOCKS: dict[str, Block] = {"month": "month", "ytd": "ytd"}

Slip = Callable[[list[Row], int, "Strand"], list[Row] | None]  # a page, which of its rows, and their strand


@dataclass(frozen=True)
class Strand:
    """A series in one scope with enough months on record, and its rows by month."""

    series: Series
    scope: str
    rows: Mapping[Month, Sequence[Row]]

    def printed(self, month: Month, kind: str) -> Row | None:
        """The newest first printing of a month or running total."""
        valued = [
            row for row in self.rows.get(month, ()) if row.period.kind == kind and row.value is not None
        ]
        return valued[-1] if valued else None


@dataclass(frozen=True)
class Outcome:
    """What became of a slip: what was changed, what of it was taken, and what false figures are served."""

    name: str
    strand: Strand
    month: Month
    taken: tuple[Row, ...]
    false: tuple[str, ...]
    within: bool  # whether every taken month lies where months of its series are to be expected


@cache
def strands() -> tuple[Strand, ...]:
    found: dict[tuple[Series, str], dict[Month, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in shipped().rows:
        found[row.series, row.scope][row.period.end].append(row)
    each = (Strand(series, scope, rows) for (series, scope), rows in found.items())
    return tuple(
        one for one in each if sum(bool(one.printed(end, "month")) for end in one.rows) >= MONTHS_NEEDED
    )


def outcomes(seed: int, count: int) -> Iterator[Outcome]:
    """So many slips: each of them names what was done, and what came of it."""
    draw, done = Random(seed), 0
    while done < count:
        strand, name = draw.choice(strands()), draw.choice(list(SLIPS))
        month = draw.choice([end for end in strand.rows if end >= FIRST and strand.printed(end, "month")])
        rows = beside(strand, month)
        at = next(at for at, row in enumerate(rows) if row.series == strand.series)
        slipped = SLIPS[name](rows, at, strand)
        if slipped and slipped != rows:
            yield outcome(name, strand, month, rows, slipped, draw)
            done += 1


def beside(strand: Strand, month: Month) -> list[Row]:
    """What one page prints of a series' month: tonnes and US$, the month and the total, the world's too."""
    record, before, own = shipped(), known_before(month), strand.series
    rows = list[Row]()
    for other in strands():
        same = replace(other.series, partner="", measure="quantity"), other.scope
        if same != (replace(own, partner="", measure="quantity"), strand.scope):
            continue
        if other.series.partner in ("", own.partner):
            single, total = (other.printed(month, kind) for kind in ("month", "ytd"))
            if single and not total and month.number > 1 and not other.series.partner:
                earlier = before.figure(other.series, Period.ytd(month.plus(-1)), other.scope)
                total = _added(single, earlier) if earlier and earlier.value else None
            rows += [row for row in (single, total) if row]
    source = next(row for row in rows if row.series == own)
    day = record.calendar.release(month, "query").day
    return [replace(row, line=0, source=source.source, status=source.status, published=day) for row in rows]


def _added(single: Row, earlier: Figure) -> Row:
    """The running total to a month that is not printed."""
    value = round((earlier.value or 0) + (single.value or 0), 3)
    step = max(single.step or 0, earlier.step or 0)
    return replace(single, period=Period.ytd(single.period.end), value=value, step=step, yoy_pct=None)


@cache
def known_before(month: Month) -> Dataset:
    record = shipped()
    rows = [row for row in record.rows if row.period.end < month]
    return replace(record, rows=rows).as_of(record.calendar.release(month, "query").day)


def outcome(
    name: str, strand: Strand, month: Month, rows: list[Row], slipped: list[Row], draw: Random
) -> Outcome:
    known = known_before(month)
    fresh = read(slipped, known, draw)
    page_of = replace(known.record.sources["china-customs-250f7f"], title="a page", url=ADDRESS)
    sources = {**{row.source: page_of for row in fresh}, **known.record.sources}
    intake = take_in(known, fresh, sources)
    served = [arrival.row for arrival in intake.arrivals]
    held = [Held(slip.row, slip.reason) for slip in intake.held]
    after = known.record.with_rows(served, sources, 1, held).as_of(known.today)
    true = {(row.series, row.period): row for row in rows}
    taken = tuple(row for row in served if row.value is not None and is_false(row, true))
    changed = tuple(row for row in served if row.yoy_pct is not None and differs(row, true))
    false = tuple(false_figures(strand, month, after, true))
    return Outcome(name, strand, month, (*taken, *changed), false, expected(taken, month))


def read(rows: list[Row], known: Dataset, draw: Random) -> Sequence[Row]:
    """The rows as a page of customs gives them, where it could print them; else as they are."""
    first, commodity = rows[0], known.catalogue[rows[0].series.commodity]
    printable = first.scope == commodity.scopes[0] and first.status == "bulletin" and bool(commodity.lines)
    if first.series.partner or not printable or any(row.step and row.step < 1 for row in rows):
        return rows
    blocks: tuple[Block, ...] = ("month", "ytd") if first.period.end.number > 1 else ("month",)
    named = tuple((BLOCKS[row.period.kind], row) for row in rows if row.period.kind in blocks)
    day = known.today
    sheet = Sheet("bulletin", first.series.flow, first.period.end, day, blocks, "month", named)
    try:
        return read_page(page(draw, sheet), ADDRESS, known).rows
    except SourceError:
        return ()


def is_false(row: Row, true: Mapping[tuple[Series, Period], Row]) -> bool:
    own = true.get((row.series, row.period))
    return own is None or abs((row.value or 0) - (own.value or 0)) > OFF * max(own.value or 0, row.value or 0)


def differs(row: Row, true: Mapping[tuple[Series, Period], Row]) -> bool:
    own = true.get((row.series, row.period))
    return own is not None and own.yoy_pct is not None and abs((row.yoy_pct or 0) - own.yoy_pct) > 5


def expected(taken: Sequence[Row], month: Month) -> bool:
    """Whether the months lie near the range of the last 36 on record: from a quarter to twice of it."""
    for row in taken:
        if row.period.kind == "month":
            own = next(each for each in strands() if (each.series, each.scope) == (row.series, row.scope))
            ends = sorted(end for end in own.rows if end < month and own.printed(end, "month"))[-36:]
            values = [printed.value or 0 for end in ends if (printed := own.printed(end, "month"))]
            if not values or not min(values) / 4 <= (row.value or 0) <= 2 * max(values):
                return False
    return True


def false_figures(
    strand: Strand, month: Month, after: Dataset, true: Mapping[tuple[Series, Period], Row]
) -> Iterator[str]:
    """Figures of the month that are served and far from those on record."""
    measures = ("quantity", "value", "unit_value")
    names = {replace(series, measure=measure) for series, _ in true for measure in measures}
    whole = shipped().as_of(after.today.replace(year=2026, month=11, day=24))
    spans = [Period.around(month, kind) for kind in ("month", "quarter", "half")]
    for series, period in product(sorted(names), [*spans, Period.ytd(month)]):
        served, own = (data.figure(series, period, strand.scope) for data in (after, whole))
        value = true[series, period].value if (series, period) in true else own and own.value
        if served and served.value is not None and value and abs(served.value / value - 1) > OFF:
            name = f"{series.flow} {series.partner} {series.measure} {period.label} {period.kind}"
            yield f"{name}: {served.value:,.0f} for {value:,.0f}"


def moved(factor: float, *, total: bool, measures: bool = False) -> Slip:
    """The month by a factor; with its running total agreeing, or the US$ too."""

    def slip(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
        own = rows[at].series
        series = {own, replace(own, measure="value"), replace(own, measure="quantity")} if measures else {own}
        months = {row.series: row.value or 0 for row in rows if row.period.kind == "month"}

        def scaled(row: Row) -> Row:
            more = months.get(row.series, 0) * (factor - 1)
            concerned = row.series in series and (total or row.period.kind == "month")
            return _worth(row, (row.value or 0) + more) if concerned else row

        return list(map(scaled, rows))

    return slip


def _worth(row: Row, value: float) -> Row:
    """The row with another number, as the page can print it."""
    step = row.step or 1
    return replace(row, value=round(round(value / step) * step, 3))


def _times(factor: float, rows: list[Row], chosen: Callable[[Row], bool]) -> list[Row]:
    return [_worth(row, (row.value or 0) * factor) if chosen(row) else row for row in rows]


def total_moved(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
    return _times(10, rows, lambda row: row.series == strand.series and row.period.kind == "ytd")


def swapped(kinds: bool) -> Slip:
    """Two numbers that changed places: of the month and the running total, or of two measures."""

    def slip(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
        own = [
            place for place, row in enumerate(rows)
            if row.series.partner == strand.series.partner
            and (row.series == strand.series if kinds else row.period.kind == "month")
        ]  # fmt: skip
        if len(own) != 2:
            return None
        found, (one, other) = list(rows), own
        found[one], found[other] = (
            replace(rows[one], value=rows[other].value), replace(rows[other], value=rows[one].value)
        )  # fmt: skip
        return found

    return slip


def of_month(back: int) -> Slip:
    """The numbers of another month under this one's title."""

    def slip(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
        found = list[Row]()
        for row in rows:
            own = next(each for each in strands() if (each.series, each.scope) == (row.series, row.scope))
            other = own.printed(row.period.end.plus(-back), row.period.kind)
            if other is None:
                return None
            found.append(replace(row, value=other.value, step=other.step, yoy_pct=other.yoy_pct))
        pairs = zip(found, rows, strict=True)
        near = all(abs((one.value or 0) / (two.value or 1) - 1) <= OFF for one, two in pairs)
        return None if near else found

    return slip


def changed(change: Callable[[float], float]) -> Slip:
    """Another printed change beside the same numbers."""

    def slip(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
        pct = rows[at].yoy_pct
        if pct is None or not _year_before(rows[at]) or abs(change(pct) - pct) < 6 or change(pct) < -99:
            return None
        return [*rows[:at], replace(rows[at], yoy_pct=round(change(pct), 1)), *rows[at + 1 :]]

    return slip


def _year_before(row: Row) -> float | None:
    figure = known_before(row.period.end).figure(row.series, row.period.year_before, row.scope)
    return figure.value if figure else None


def grown(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
    """Ten times too much, with a running total and a change that agree."""
    before, slipped = _year_before(rows[at]), moved(10, total=True)(rows, at, strand)
    if not before or slipped is None:
        return None
    pct = round(((slipped[at].value or 0) / before - 1) * 100, 1)
    return [*slipped[:at], replace(slipped[at], yoy_pct=pct), *slipped[at + 1 :]]


def currency(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
    """Yuan under a heading of dollars."""
    return _times(7.1, rows, lambda row: row.series.measure == "value")


def doubled(rows: list[Row], at: int, strand: Strand) -> list[Row] | None:
    """The row a second time, with the number of another month."""
    return [*rows, _worth(rows[at], (rows[at].value or 0) * 1.5)]


SLIPS: dict[str, Slip] = {
    "month x10": moved(10, total=False),
    "month /10": moved(0.1, total=False),
    "month and total x10": moved(10, total=True),
    "month and total /10": moved(0.1, total=True),
    "tonnes and US$ x10": moved(10, total=True, measures=True),
    "tonnes and US$ x1000": moved(1_000, total=True, measures=True),
    "unit of 10,000 t": moved(1e-4, total=False),
    "kilograms": moved(1_000, total=True),
    "zero": moved(0, total=False),
    "zero with its total": moved(0, total=True),
    "total x10": total_moved,
    "tonnes and US$ swapped": swapped(kinds=False),
    "month and total swapped": swapped(kinds=True),
    "the month before": of_month(1),
    "two months before": of_month(2),
    "the year before": of_month(12),
    "sign": changed(lambda pct: -pct),
    "change": changed(lambda pct: pct + 40),
    "x10 with total and change": grown,
    "yuan": currency,
    "doubled": doubled,
}
