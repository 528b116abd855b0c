"""The guard: a row is taken if every relation in which it stands holds or is unknown, else held. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import inf

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Breaks, Sheet, amount, bound, key_of, pace, price, range_of
from bot.dataset.model import Figure, Held, Row

Broken = tuple[str, frozenset[int]]  # what does not hold, and which rows stand in it, by identity
BESIDE = "what stands beside it on its page"
PAGE = "its page, whose numbers are of another month"


def _itself(sheet: Sheet, row: Row) -> Breaks:
    """Rounded, a number is zero or no smaller than its step; that of an estimate is how far off it can be."""
    if row.value and row.status != "estimated" and row.value < (row.step or 0):
        yield [row]


def _reprint(sheet: Sheet, row: Row) -> Breaks:
    for other in sheet.printings[key_of(row)]:
        slack = row.half_step + other.half_step + tolerances.REPRINT * max(amount(row), amount(other))
        if abs(amount(row) - amount(other)) > slack:
            yield [row, other]


def _repeat(sheet: Sheet, row: Row) -> Breaks:
    """A number of many digits that stands under another month of the series too."""
    if not row.value or not row.step:
        return
    fine = row.value / row.step >= tolerances.FINE or (row.status == "estimated" and row.value % 1 > 0)
    for other in sheet.strands[row.series, row.scope]:
        if other.value == row.value and other.period.kind == row.period.kind:
            apart = abs(other.period.end.until(row.period.end))
            change = apart == 12 and row.yoy_pct is not None and row.yoy_pct == other.yoy_pct
            if apart and (fine or change):
                yield [row, other]


def _changes(sheet: Sheet, row: Row) -> Breaks:
    yield from _change(sheet, row)
    after = row.period.plus(12)
    for later in sheet.strands[row.series, row.scope]:
        if later.period == after:
            yield from (rows for rows in _change(sheet, later) if any(each is row for each in rows))


def _change(sheet: Sheet, row: Row) -> Breaks:
    """A printed change and its figure: borne out by the page's own year before, else by a printing of it."""
    own = row if row.value is not None else sheet.current(key_of(row))
    if row.yoy_pct is None or own is None or not (bases := sheet.bases(row)):
        return
    own_column = ("revised", row.source)
    column = [base for base in bases if own_column in {(at.row.status, at.row.source) for at in base.inputs}]
    slack = tolerances.CHANGE_BESIDE if column else tolerances.CHANGE
    if not any(_fits(own, row.yoy_pct, base, slack) for base in column or bases):
        yield [row, own, *(item.row for item in bases[-1].inputs)]


def _fits(now: Row, pct: float, base: Figure, slack: float) -> bool:
    value, half_step = base.value or 0.0, sum(item.row.half_step for item in base.inputs)
    factor, derived = 1 + pct / 100, base.inputs[0].row.period != now.period.year_before
    corrections = tolerances.DERIVED * value * len(base.inputs) if derived else 0.0
    rounding: float = now.half_step + (half_step + corrections) * factor + value * tolerances.CHANGE_ROUNDING
    return abs(amount(now) - value * factor) <= rounding + slack * max(amount(now), value)


def _totals(sheet: Sheet, row: Row) -> Breaks:
    """Between two running totals in turn: the months that are known, and room for the others."""
    strand, january = (row.series, row.scope), row.period.end.year * 12
    known = sheet.levels(strand, "month")
    totals = {} if row.status == "revised" else sheet.levels(strand, "ytd")
    start, before = january, list[Row]()
    for last in sorted(totals.keys() & range(january, january + 12)):
        total, ends = sheet.first(*totals[last]), range(start, last + 1)
        months = [sheet.first(*known[end]) for end in ends if end in known]
        rows = [total, *before, *months]
        if any(each is row for each in rows) and not _adds_up(sheet, rows, months, ends):
            yield rows
        start, before = ends.stop, [total]


def _adds_up(sheet: Sheet, rows: Sequence[Row], months: Sequence[Row], ends: range) -> bool:
    total, *taken = rows
    left = amount(total) - sum(map(amount, taken))
    between = left + sum(map(amount, months))
    slack: float = sum(row.half_step for row in rows) + tolerances.TOTAL * max(between, 0.0) / len(ends)
    if not (missing := len(ends) - len(months)):
        return abs(left) <= slack
    low, high = range_of(sheet, (total.series, total.scope), ends[-1], ()) or (0.0, inf)
    return low * missing - slack <= left <= high * missing + slack


def _share(sheet: Sheet, row: Row) -> Breaks:
    world = (row.series._replace(partner=""), row.period, row.scope)
    if not (whole := sheet.current(world)):
        return
    most = (amount(whole) + whole.half_step) * (1 + tolerances.SHARE)
    parts = [part for key in sheet.partners.get(world, ()) if (part := sheet.current(key))]
    least = {id(part): max(amount(part) - part.half_step, 0.0) for part in parts}
    if row.series.partner and least.get(id(row), 0.0) > most:
        yield [row, whole]
    elif (not row.series.partner or id(row) in least) and sum(least.values()) > most:
        yield [*parts, whole]


CHANGE, TOTAL = "the change printed with it", "the running totals around it"
OF_VALUES: Mapping[str, Callable[[Sheet, Row], Breaks]] = {
    "its rounding step": _itself,
    "another printing of it": _reprint,
    "the same number under another month": _repeat,
    TOTAL: _totals,
    "the world's figure": _share,
}
OUTLYING = {
    "the months around it": pace, "the highest month on record": bound, "the US$ a tonne around it": price,
}  # fmt: skip


def broken(sheet: Sheet, row: Row, confirmed: Collection[int]) -> Iterator[Broken]:
    """Every broken relation of a row; a confirmed one may lie outside the range of its series."""
    relations = {CHANGE: _changes, **(OF_VALUES if row.value is not None else {})}
    relations |= OUTLYING if row.value is not None and id(row) not in confirmed else {}
    for says, breaks in relations.items():
        yield from ((says, frozenset(map(id, rows))) for rows in breaks(sheet, row))


def slips(known: Sequence[Row], fresh: Sequence[Row], confirmed: Iterable[Row] = ()) -> tuple[Held, ...]:
    """The fresh rows that break a relation with each other or what is known; those `confirmed` are true."""
    sheet, sure = Sheet(known, fresh), set(map(id, confirmed))
    found = {each for row in fresh for each in broken(sheet, row, sure)}
    signs: dict[int, set[str]] = defaultdict(set)
    for says, rows in found:
        for row in rows:
            signs[row].add(says)
    open_rows = [row for row in fresh if id(row) not in sure]
    pages = _pages(fresh, found)
    signs |= {id(row): {PAGE} for row in open_rows if id(row) not in signs and _page(row) in pages}
    beside = {_beside(row) for row in open_rows if id(row) in signs}
    signs |= {id(row): {BESIDE} for row in open_rows if id(row) not in signs and _beside(row) in beside}
    return tuple(Held(row, not_fitting(*signs[id(row)])) for row in open_rows if id(row) in signs)


def blamed(rows: Sequence[Row], confirmed: Iterable[Row] = ()) -> tuple[Held, ...]:
    """The fewest rows of a record that account for every broken relation in it."""
    sheet, sure = Sheet(rows), set(map(id, confirmed))
    place = {id(row): place for place, row in enumerate(sheet.rows)}
    left = {each for row in sheet.rows for each in broken(sheet, row, sure)}
    found: dict[int, Held] = {}
    while counts := Counter(at for _, rows in left for at in rows - sure):
        at = max(counts, key=lambda at: (counts[at], place[at]))
        own = {each for each in left if at in each[1]}
        found[place[at]] = Held(sheet.rows[place[at]], not_fitting(*{says for says, _ in own}))
        left -= own
    return tuple(found[place] for place in sorted(found))


def not_fitting(*signs: str) -> str:
    """Why a row is held, in half a sentence."""
    return f"it does not fit {' and '.join(sorted(signs))}"


def _page(row: Row) -> tuple[object, ...]:
    return row.source, row.period.end


def _beside(row: Row) -> tuple[object, ...]:
    """What one line of a page says of one month: tonnes and US$, the month, the total, their changes."""
    return row.series.commodity, row.series.flow, row.series.partner, row.scope, _page(row)


def _pages(fresh: Sequence[Row], found: Collection[Broken]) -> set[object]:
    """The pages of which most series contradict the totals around them: they are of another month."""
    wrong = {row for says, rows in found if says in (TOTAL, CHANGE) for row in rows}
    strands = {(_page(row), row.series, row.scope) for row in fresh}
    amiss = {(_page(row), row.series, row.scope) for row in fresh if id(row) in wrong}
    all_of, of_them = (Counter(page for page, *_ in each) for each in (strands, amiss))
    least = {page: max(tolerances.PAGE_SERIES, tolerances.PAGE_PART * all_of[page]) for page in of_them}
    return {page for page, count in of_them.items() if count >= least[page]}
