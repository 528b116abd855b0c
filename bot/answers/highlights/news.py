"""Which highlights a news flash would lead with: large changes, turns, records; less of little trade."""

from collections.abc import Iterable, Mapping, Sequence
from math import log

from bot.answers.answer import Highlight, HighlightRule

NO_NEWS: Sequence[HighlightRule] = ("input_ratio", "event")
RECORDS: Sequence[HighlightRule] = (
    "highest_since", "lowest_since", "nth_highest", "nth_lowest", "year_to_date_highest",
    "year_to_date_lowest",
)  # fmt: skip
MONTHLY: Sequence[HighlightRule] = ("month_move", "against_season", "month_streak")
# What a table of the month has in its cells.
IN_CELLS: Sequence[HighlightRule] = (
    "largest_rise", "largest_fall", "turn", "year_to_date", "year_to_date_turn",
)  # fmt: skip
OWN: Mapping[HighlightRule, float] = {
    "net_turn": 2.0, "net_twelve_months": 1.5, "highest_since": 0.4, "lowest_since": 0.4, "nth_highest": 0.2,
    "nth_lowest": 0.2, "passed_last_year": 0.3, "year_to_date_highest": 0.2, "turn": 0.1,
    "streak": -0.2, "month_streak": -0.2,
}  # fmt: skip
SMALL, SMALL_COUNTS = 5e4, 0.25  # tonnes below which a change is hardly news
LEAST_PCT = -95.0


def newsworthy(highlights: Iterable[Highlight]) -> list[Highlight]:
    """Those that are news, the largest surprise first; a series once for the same time."""
    found: dict[tuple[object, object], Highlight] = {}
    for item in firm_first(sorted(highlights, key=_weight, reverse=True)):
        if item.rule not in NO_NEWS:
            found.setdefault((item.figure.series, item.figure.period), item)
    return list(found.values())


def firm_first(ranked: Sequence[Highlight]) -> list[Highlight]:
    """The same with the first that may lead in front: no event, and nothing that rests on an estimate."""
    weak = [item.rule == "event" or any(each.estimated for each in item.evidence) for item in ranked]
    lead = weak.index(False) if False in weak else 0
    return [*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :]]


def beside_a_table(highlights: Iterable[Highlight]) -> list[Highlight]:
    """The lead, then what no cell of the month's table says; the rest last."""
    ranked = newsworthy(highlights)
    apart = [item for item in ranked[1:] if item.rule not in IN_CELLS]
    return [*ranked[:1], *apart, *(item for item in ranked[1:] if item.rule in IN_CELLS)]


def _weight(item: Highlight) -> float:
    """The size of a change on a scale of doublings; a turn or a record by itself; less of little trade."""
    figure = item.figure
    pct = figure.growth.pct
    if item.rule in MONTHLY:
        pct = figure.move.pct / 2 if figure.move else None
    size = abs(log(1 + max(pct or 0.0, LEAST_PCT) / 100))
    size /= 2 if item.rule in RECORDS else 1  # of a record the change is told by another
    scale = 1.0 if figure.series.measure == "quantity" else 0.5
    scale *= SMALL_COUNTS if abs(figure.value or 0) < SMALL else 1.0
    return scale * (OWN.get(item.rule, 0.0) + size) * (0.5 if figure.period.length > 1 else 1.0)
