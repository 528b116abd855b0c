"""Where a month stands in the unbroken run of its series that it ends: rank, highest and lowest since."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month
from bot.dataset.model import Figure

# A correction of earlier months, up to 1 % of a month, can lie in a derived figure.
CORRECTION_IN_DERIVED = 0.01


@dataclass(frozen=True, slots=True)
class Standing:
    """A month among the unbroken months before it, from `run_start` on.

    `highest_since` is the last month of the run that may have been as high, None where it is the highest of
    it; likewise `lowest_since`. `rank` counts from the highest, 1. `highest_known` is true where no earlier
    month on record, before the run and its holes either, may have been as high; likewise `lowest_known`.
    """

    run_start: Month
    months: int
    rank: int
    highest_known: bool
    lowest_known: bool
    highest_since: Month | None
    lowest_since: Month | None


def guarded_range(figure: Figure) -> tuple[float, float]:
    """The range that rounding leaves, widened by 1 % for a derived figure."""
    value, (low, high) = figure.value or 0.0, figure.range or (0.0, 0.0)
    spare = abs(value) * CORRECTION_IN_DERIVED if figure.derived else 0.0
    return low - spare, high + spare


def standing_of(months: Sequence[Figure], month: Month) -> Standing | None:
    """The standing of a month of one series in one scope, of which all months with a value are given."""
    known = [figure for figure in months if figure.end <= month]
    if not known or known[-1].end != month:
        return None
    apart = (at for at in range(len(known) - 1, 0, -1) if known[at - 1].end.plus(1) != known[at].end)
    run, now = known[next(apart, 0) :], known[-1]
    low, high = guarded_range(now)
    as_high = [other.end for other in known[:-1] if guarded_range(other)[1] >= low]
    as_low = [other.end for other in known[:-1] if guarded_range(other)[0] <= high]
    return Standing(
        run_start=run[0].end,
        months=len(run),
        rank=1 + sum((other.value or 0) > (now.value or 0) for other in run),
        highest_known=not as_high,
        lowest_known=not as_low,
        highest_since=max((end for end in as_high if end >= run[0].end), default=None),
        lowest_since=max((end for end in as_low if end >= run[0].end), default=None),
    )
