"""What the words of a condition watch for: one test; or why there is none."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.dataset.model import Series
from bot.questions.amounts import Amount
from bot.questions.bounds import MIRRORED, side_of
from bot.questions.condition import (
    NewRecord,
    PercentChange,
    Revision,
    SignChange,
    Test,
    Threshold,
    Way,
    idle,
    unfit,
)
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.reading import Reason

RE = patterns("conditions")
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL = (
    "total average rolling season table quarters halves years count streak ranking ratio share"
).split()


def read_test(draft: Draft, series: Series) -> Test | Reason:
    """The one test that is said of a series.

    A change is one on a year earlier unless the month before is named; all else has to be said.
    """
    if draft.has_any("by_day", "several") or draft.has("view", *_OF_SEVERAL):
        return Reason("single_months")
    found = [*dict.fromkeys(_tests(draft, series))]
    if not found:
        return Reason("what")
    if len(found) > 1 or len(draft.values("often")) > 1:
        return Reason("one_test")
    if isinstance(found[0], Reason):
        return found[0]
    why = unfit(found[0], series) or idle(found[0], series)
    return Reason(why) if why else found[0]


def _tests(draft: Draft, series: Series) -> Iterator[Test | Reason]:
    # Of net imports more is further below zero.
    mirrored = series.flow == "net" and bool(RE.net_imports.search(draft.text))
    for amount in draft.live("amount"):
        yield _level(draft, amount, series, mirrored=mirrored)
    for percent in draft.live("percent"):
        yield Reason("no_percentage") if mirrored else _change(draft, percent)
    if draft.has("turned"):
        turn = SignChange("yoy" if draft.has_any("basis", "growth") else "balance", _one(draft, "turned"))
        yield Reason("what") if draft.has("basis", "mom") else turn
    moves = draft.has_any("basis", "growth", "way")
    if draft.has("record"):
        extreme = _one(draft, "record")
        other = {"highest": "lowest", "lowest": "highest"}.get(extreme, extreme)
        yield Reason("what") if moves else NewRecord(other if mirrored else extreme)
    if draft.has("revised"):
        yield Reason("what") if moves else Revision()


def _one(draft: Draft, kind: str) -> Any:
    """What the words of a kind say; either where they say several things."""
    said = draft.values(kind)
    return said[0] if len(said) == 1 else "either"


def _level(draft: Draft, said: Mention, series: Series, *, mirrored: bool) -> Test | Reason:
    """The level; no level is how far it moves."""
    amount: Amount = said.value
    side, words = side_of(draft, said), [m.text for m in draft.live("side") if m.start <= said.start < m.end]
    to_level = any(map(RE.level.search, words))
    if draft.has_any("basis", "growth") or (draft.has("way") and not to_level):
        return Reason("more_than")
    if side is None:
        return Reason("what")
    if series.measure == "unit_value" and amount.unit == "US$":
        amount = replace(amount, unit="US$/t")
    if mirrored:
        side, amount = MIRRORED[side], replace(amount, number=-amount.number)
    return Threshold(side.replace("_", " "), amount)  # type: ignore[arg-type]


def _change(draft: Draft, said: Mention) -> Test | Reason:
    """The change by more than a percentage; below one that is not above zero it falls."""
    pct: Decimal = said.value
    side = side_of(draft, said)
    bases = draft.values("basis") or ["yoy"]
    if len(bases) > 1:
        return Reason("one_test")
    falls = side == "below" and pct <= 0
    more = side in (None, "above") or (side == "at_least" and "以上" in draft.after(said)[:3])
    if (draft.has("growth") and draft.has("way")) or (not falls and (pct < 0 or not more)):
        return Reason("more_than")
    way: Way | None = _one(draft, "way") if draft.has("way") else "down" if falls else "up" if side else None
    return PercentChange(bases[0], way, abs(pct)) if way else Reason("what")
