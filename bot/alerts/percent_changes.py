"""The change that a condition's text asks for: in percent, on a year earlier or on the month before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from bot.questions.amounts import plain
from bot.questions.condition import Basis, NewRecord, PercentChange, SignChange, Way
from bot.alerts.pieces import Piece
from bot.alerts.refusing import refused
from bot.alerts.series import Subject
from bot.alerts.tokenise import Tokens
from bot.words import say

WHOLE = Decimal(100)  # percent
EXAMPLE_PCT = Decimal(20)
_STRICT = frozenset(("above", "below"))
_LOWER = frozenset(("below", "at most"))


def changes_of(said: Tokens, of: Subject) -> Iterator[PercentChange]:
    """The one change by more than a percentage."""
    _has_percentages(of)
    changes = list(_changes(said))
    if not said.all("percent"):
        raise refused(say("alerts.no_pct"), of.offered(changes))
    gap, of_it = _gap(said), list(_of_what_it_was(changes))
    if gap == 1 or (gap == 0 and of_it):
        either = filter(_is_possible, (*changes, *of_it))
        raise refused(say("alerts.by_or_of", pct=plain(changes[0].pct)), of.offered(either))
    _all_possible(changes, of)
    if unclear := _unclear(said, changes):
        raise refused(unclear, of.offered(changes))
    yield changes[0]


def _changes(said: Tokens) -> Iterator[PercentChange]:
    """Each that may be meant; nothing falls by the whole, so that a fall by it is none that was left open."""
    way, pcts = way_of(said), dict.fromkeys(abs(piece.number) for piece in said.all("percent"))
    for kind in kinds(said) or get_args(Basis):
        for each in [way] if way else get_args(Way):
            for pct in pcts or [EXAMPLE_PCT]:
                if way or each != "down" or pct < WHOLE:
                    yield PercentChange(kind, each, pct)


def _gap(said: Tokens) -> int | None:
    """How many characters stand between a year before and its percentage: 去年同期80%, 去年同期的80%."""
    ends = [piece.at + len(piece.text) for piece in said.all("than")]
    gaps = (piece.at - end for piece in said.all("percent") for end in ends if piece.at >= end)
    return min(gaps, default=None)


def _of_what_it_was(changes: Sequence[PercentChange]) -> Iterator[PercentChange]:
    """To above 120 % of it is up by more than 20 %; to below 80 %, down by more than 20 %."""
    for change in changes:
        if (change.pct >= WHOLE) == (change.way == "up"):
            yield replace(change, pct=abs(WHOLE - change.pct))


def than_before(said: Tokens, of: Subject) -> Iterator[PercentChange]:
    """More, or less, than a year or a month before; a RefusedAlert where that may be said of growth."""
    _has_percentages(of)
    if not _as_before(said):
        raise refused(say("alerts.more_than"), of.offered(from_before(said)))
    yield from from_before(said)


def from_before(said: Tokens) -> Iterator[PercentChange]:
    """By whatever percentage above a year or a month before, or below it."""
    if way := _way_from_before(said):
        than = said.values("than")
        yield from (PercentChange(kind, way, Decimal(0)) for kind in get_args(Basis) if kind in than)


def kinds(said: Tokens) -> tuple[Basis, ...]:
    """On what: a year earlier, the month before, or what was said of both."""
    named = {*said.values("on"), *said.values("than")}
    return tuple(kind for kind in get_args(Basis) if kind in named)


def way_of(said: Tokens) -> Way | None:
    """Which way: as it was said; up where it is above a percentage, down where it is below one under zero."""
    ways = set(said.values("way"))
    named: list[Way] = [way for way in ("up", "down") if way in ways]
    if len(named) == 1:
        return named[0]
    if ways:
        return "either"
    if way := _way_from_before(said):
        return way
    if not said.all("side"):
        return None
    return "down" if any(piece.number < 0 for piece in said.all("percent")) else "up"


def _has_percentages(of: Subject) -> None:
    if of.net_imports:
        raise refused(
            say("alerts.no_percentage"), of.offered([SignChange("balance", "either"), NewRecord("lowest")])
        )


def _unclear(said: Tokens, changes: Sequence[PercentChange]) -> str:
    """Why a change cannot be watched as it was said; '' where it can."""
    if not (_as_bounded(said) and _as_before(said)):
        return say("alerts.more_than")
    if len({change.pct for change in changes}) > 1:
        return say("alerts.one_pct")
    if len({change.on for change in changes}) > 1:
        return say("alerts.yoy_or_mom")
    return say("alerts.which_way") if len(changes) > 1 else ""


def _as_bounded(said: Tokens) -> bool:
    """Whether it is by more than a percentage; by less than one that is below zero."""
    below = said.all("percent")[0].number < 0
    before = _sides_of_before(said)
    bounds = {side.value for side in said.all("side") if side not in before and side.text != "以上"}
    return bounds == {"below"} if below else bounds <= {"above"}


def _as_before(said: Tokens) -> bool:
    """Whether it is strictly above last year, say, and the figure itself: growth may be above last year's."""
    before = _sides_of_before(said)
    strict = _STRICT.issuperset(side.value for side in before)
    return strict and not (before and said.all("on", "way"))


def _way_from_before(said: Tokens) -> Way | None:
    sides = {side.value for side in _sides_of_before(said)}
    if not sides:
        return None
    return "up" if sides.isdisjoint(_LOWER) else "down"


def _sides_of_before(said: Tokens) -> tuple[Piece, ...]:
    """Those that a year or a month before stands after: "above" of above last year by more than 10 %."""
    starts = {piece.at for piece in said.all("than")}
    ends = ((side, side.at + len(side.text)) for side in said.all("side"))
    return tuple(side for side, end in ends if {end, end + 1} & starts)


def _is_possible(change: PercentChange) -> bool:
    """Whether it is neither every change nor a fall by the whole."""
    return change.pct < WHOLE if change.way == "down" else change.way == "up" or change.pct > 0


def _all_possible(changes: Sequence[PercentChange], of: Subject) -> None:
    for change in changes:
        if not _is_possible(change):
            why = say("alerts.pct_below_whole" if change.way == "down" else "alerts.pct_above_zero")
            raise refused(why, of.offered([replace(change, pct=EXAMPLE_PCT)]))
