"""Several printings of one figure: their order, and the change that was printed for it."""

from collections.abc import Sequence

from bot.dataset.model import Row

# The order of stages where no date decides; a status that is not known ranks with the bulletin.
STAGE_ORDER = {"estimated": 0, "flash": 1, None: 2, "bulletin": 2, "query": 3, "revised": 4}


def in_order(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The vintages from oldest to newest; the last is what is true today.

    Rows with a date stand in its order; one without goes before the first that its stage says is newer. A
    later, coarser printing that agrees with a finer one confirms it, and goes before it.
    """
    dated = [(row.published, _rank(row), row) for row in rows if row.published]
    ordered = [row for _, _, row in sorted(dated, key=lambda item: item[:2])]
    for row in sorted((row for row in rows if not row.published), key=_rank):
        newer = (place for place, other in enumerate(ordered) if _rank(other) > _rank(row))
        ordered.insert(next(newer, len(ordered)), row)
    found: list[Row] = []
    for row in ordered:
        confirmed = (at for at, other in enumerate(found) if _confirms(row, other))
        found.insert(next(confirmed, len(found)), row)
    return tuple(found)


def newest(rows: Sequence[Row]) -> Row | None:
    """The printing of a figure that is true today, if any has a value."""
    valued = [row for row in rows if row.value is not None]
    return in_order(valued)[-1] if valued else None


def _confirms(row: Row, finer: Row) -> bool:
    return not row.estimated and not finer.estimated and row.is_coarser_than(finer)


def _rank(row: Row) -> tuple[float, ...]:
    """Stage, then the finer step, then more confirmations, then the later row."""
    return (STAGE_ORDER[row.status], -(row.step or 0), row.confirmed_by, row.line)


def printed_change(today: Row | None, rows: Sequence[Row]) -> tuple[Row | None, bool]:
    """The row whose printed change belongs to today's figure, and whether the figure has moved since.

    Today's own row first; else a row that printed only the change, or the newest earlier vintage. `moved` is
    true where that vintage's value differs from today's by more than both roundings.
    """
    if today and today.yoy_pct is not None:
        return today, False
    with_change = [row for row in in_order(rows) if row.yoy_pct is not None]
    if not with_change:
        return None, False
    told = with_change[-1]
    valued = today is not None and None not in (today.value, told.value)
    return told, today is not None and valued and not today.agrees_with(told)
