"""The guard: a row is taken if every relation in which it stands holds or is unknown.

Rows that break one are held together, with what stands beside them on their page. Pure: published rows in,
held ones out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Sheet
from bot.dataset.guard.row_relations import BOUND, CHANGE, PACE, TOTAL, Broken, broken, mend
from bot.dataset.model import Held, Row

BESIDE = "what stands beside it on its page"
PAGE = "its page, whose numbers are of another month"


def slips(known: Sequence[Row], fresh: Sequence[Row], confirmed: Iterable[Row] = ()) -> tuple[Held, ...]:
    """The rows among the fresh that break a relation with each other or with what is known, in their order.

    Those `confirmed` are known to be true however far out they lie.
    """
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
    return tuple(_held(sheet, row, signs[id(row)]) for row in open_rows if id(row) in signs)


def blamed(rows: Sequence[Row], confirmed: Iterable[Row] = ()) -> tuple[Held, ...]:
    """The fewest rows of a record that account for every broken relation in it."""
    sheet, sure = Sheet(rows), set(map(id, confirmed))
    place = {id(row): place for place, row in enumerate(sheet.rows)}
    left = {each for row in sheet.rows for each in broken(sheet, row, sure)}
    found: dict[int, Held] = {}
    while counts := Counter(at for _, rows in left for at in rows - sure):
        at = max(counts, key=lambda at: (counts[at], place[at]))
        own = {each for each in left if at in each[1]}
        found[place[at]] = _held(sheet, sheet.rows[place[at]], {says for says, _ in own})
        left -= own
    return tuple(found[place] for place in sorted(found))


def not_fitting(*signs: str) -> str:
    """Why a row is held, in half a sentence."""
    return f"it does not fit {' and '.join(sorted(signs))}"


def _held(sheet: Sheet, row: Row, signs: Collection[str]) -> Held:
    mended = mend(sheet, row) if {PACE, BOUND} & {*signs} else ""
    return Held(row, f"{mended}: {not_fitting(*signs)}" if mended else not_fitting(*signs))


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
