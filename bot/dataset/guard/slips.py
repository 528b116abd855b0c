"""Rows in, those that break a relation out: held together, each with what it contradicts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Broken, Sheet
from bot.dataset.guard.row_relations import CHANGE, TOTAL, broken
from bot.dataset.model import Row

BESIDE = "what stands beside it on its page"
PAGE = "its page, whose numbers are of another month"


@dataclass(frozen=True, slots=True)
class Slip:
    """A row that cannot be what was meant, or of which nobody can tell, and what says so."""

    row: Row
    signs: tuple[str, ...]
    mend: str = ""

    @property
    def reason(self) -> str:
        """Why it is held, in half a sentence."""
        told = f"it does not fit {' and '.join(self.signs)}"
        return f"{self.mend}: {told}" if self.mend else told


def slips(known: Sequence[Row], fresh: Sequence[Row], confirmed: Collection[int] = ()) -> tuple[Slip, ...]:
    """The rows among the fresh that break a relation with each other or with what is known, in their order.

    `confirmed` are places among the fresh that are known to be true however far out they lie.
    """
    first = len(known)
    sheet = Sheet([*known, *fresh], range(first, first + len(fresh)))
    sure = {first + place for place in confirmed}
    found = {each for place in sheet.fresh for each in broken(sheet, place, sure)}
    signs = _signs(sheet, found, sheet.fresh - sure)
    mends = {place: each.mend for each in found if each.mend for place in each.rows}
    return tuple(Slip(sheet.rows[at], tuple(signs[at]), mends.get(at, "")) for at in sorted(signs))


def blamed(rows: Sequence[Row], confirmed: Collection[int] = ()) -> tuple[Slip, ...]:
    """The fewest rows of a record that account for every broken relation in it."""
    sheet = Sheet(rows, ())
    left = {each for place in range(len(rows)) for each in broken(sheet, place, confirmed)}
    found: dict[int, Slip] = {}
    while counts := Counter(place for each in left for place in each.rows - set(confirmed)):
        place = max(counts, key=lambda at: (counts[at], at))
        own = [each for each in left if place in each.rows]
        mend = next((each.mend for each in own if each.mend), "")
        found[place] = Slip(rows[place], tuple(sorted({each.says for each in own})), mend)
        left -= set(own)
    return tuple(found[place] for place in sorted(found))


def _signs(sheet: Sheet, found: Collection[Broken], open_places: frozenset[int]) -> dict[int, list[str]]:
    """For each row that is held what it does not fit: by its own relations, or a row beside it."""
    signs: dict[int, list[str]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.says, sorted(each.rows))):
        for place in each.rows & open_places:
            signs[place] += [each.says] if each.says not in signs[place] else []
    pages = _pages(sheet, found)
    for place in open_places - signs.keys():
        if _page(sheet.rows[place]) in pages:
            signs[place] = [PAGE]
    beside = {_beside(sheet.rows[place]) for place in signs}
    for place in open_places - signs.keys():
        if _beside(sheet.rows[place]) in beside:
            signs[place] = [BESIDE]
    return signs


def _page(row: Row) -> tuple[object, ...]:
    return row.source, row.period.end


def _beside(row: Row) -> tuple[object, ...]:
    """What one line of a page says of one month: tonnes and US$, the month, the total, their changes."""
    return row.series.commodity, row.series.flow, row.series.partner, row.scope, _page(row)


def _pages(sheet: Sheet, found: Collection[Broken]) -> set[tuple[object, ...]]:
    """The pages of which most series contradict the totals around them: they are of another month."""
    wrong = {place for each in found if each.says in (TOTAL, CHANGE) for place in each.rows}
    told: dict[tuple[object, ...], dict[object, bool]] = defaultdict(dict)  # of each series: is it wrong
    for row, amiss in ((sheet.rows[place], place in wrong) for place in sheet.fresh):
        series = told[_page(row)]
        series[row.series, row.scope] = amiss or series.get((row.series, row.scope), False)
    return {
        page
        for page, series in told.items()
        if sum(series.values()) >= max(tolerances.PAGE_SERIES, tolerances.PAGE_PART * len(series))
    }
