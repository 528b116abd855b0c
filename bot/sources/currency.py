"""What a page's values are counted in: dollars as printed, unless what is on record is against it.

Each value bears witness for itself. Where the unit of the page is another one all of them are off alike; one
that is off among others is a slip, which is the guard's to hold.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10
from typing import Literal

from bot.dataset.calendar import Period
from bot.sources.baseline import OnRecord
from bot.sources.page_reading import Change, Level, Reading
from bot.sources.weighing import LIKE, YUAN, Unit, in_unit, price_of

SAME = (0.9, 1.12)  # a figure beside another printing of itself; yuan read as dollars give 0.6 to 0.8
THOUSAND_DOLLARS = Decimal(1000)

# What a value says: the power of ten by which it is off (0: it is in dollars), a price as it would be in yuan
# (or a low one in dollars), or that it is neither.
Voice = int | Literal["as in yuan", "neither"]
IN_DOLLARS = 0


def money_of(
    reading: Reading, quantities: Sequence[Level], changes: Sequence[Change], record: OnRecord
) -> Unit:
    """US$ in the unit of the page's values; None where they are yuan, or nobody can tell.

    `quantities` are in tonnes; `changes` know their period. A printed unit of dollars is believed unless the
    record contradicts it; one of yuan is, unless the numbers are those on record in dollars.
    """
    printed = reading.money
    factor = printed.factor if printed.dollars else THOUSAND_DOLLARS
    values = [in_unit(level, factor) for level in reading.levels if level.series.measure == "value"]
    told = {level: list(_beside_itself(level, values, changes, record)) for level in values}
    voices = [_by_record(ratios) for ratios in told.values() if ratios]
    if printed.dollars:  # a price alone cannot show that numbers headed in yuan are dollars
        prices = (price_of(level, quantities, record) for level, ratios in told.items() if not ratios)
        voices += [_by_price(price) for price in prices if price]
    if not _are_dollars(voices, otherwise=printed.dollars):
        return Unit(None, f"values headed {printed.text} left out: {_why(printed.dollars, voices)}")
    slip = f"unit of values printed as {printed.text}, the numbers are US$1,000 by the record"
    return Unit(factor, "" if printed.dollars else slip)


def _are_dollars(voices: Sequence[Voice], *, otherwise: bool) -> bool:
    """Whether as many are in dollars as are off in any one other way; `otherwise` where nothing speaks."""
    clear = Counter(voice for voice in voices if voice != "as in yuan")
    if not clear:
        return otherwise and not voices
    return clear.pop(IN_DOLLARS, 0) >= max(clear.values(), default=1)


def _by_record(ratios: Sequence[float]) -> Voice:
    """The voice of a value by what it should be: one witness that bears it out is enough."""
    if any(_is_same(ratio) for ratio in ratios):
        return IN_DOLLARS
    powers = [power for ratio in ratios if _is_same(ratio / 10 ** (power := round(log10(ratio))))]
    return powers[0] if powers else "neither"


def _by_price(ratio: float) -> Voice:
    if LIKE[0] <= ratio <= LIKE[1]:
        return "as in yuan" if YUAN[0] <= ratio <= YUAN[1] else IN_DOLLARS
    return round(log10(ratio)) or "neither"


def _is_same(ratio: float) -> bool:
    return SAME[0] <= ratio <= SAME[1]


def _why(dollars: bool, voices: Sequence[Voice]) -> str:
    if dollars:
        return "they do not fit the dollars on record"
    return "they are not in dollars" if voices else "nothing on record shows them to be in dollars"


def _beside_itself(
    level: Level, values: Sequence[Level], changes: Sequence[Change], record: OnRecord
) -> Iterator[float]:
    """The value over what it should be: as on record, by the change it printed, by the months before."""
    if not (number := float(level.number.value)):
        return
    found = record.figure(level.series, level.scope, level.period)
    if found and found.value:
        yield number / found.value
    if level.revised:
        return
    before = record.figure(level.series, level.scope, level.period.year_before)
    for change in changes:
        same = (change.series, change.span) == (level.series, level.period.kind)
        if same and before and (grown := (before.value or 0) * (1 + change.pct / 100)):
            yield number / grown
    if total := _summed(level, values, record):
        yield number / total


def _summed(level: Level, values: Sequence[Level], record: OnRecord) -> float | None:
    """What a running total should be: that of the month before on record, and the page's own month."""
    end = level.period.end
    if level.period.kind != "ytd" or end.number == 1:
        return None
    earlier = record.figure(level.series, level.scope, Period.ytd(end.plus(-1)))
    months = [each for each in values if each.series == level.series and each.period == Period.month(end)]
    return earlier.value + float(months[0].number.value) if earlier and earlier.value and months else None
