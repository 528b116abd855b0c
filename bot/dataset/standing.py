"""Where a month stands in its series: rank, highest and lowest since.

All of it only over an unbroken run of months in one scope, and the run's beginning is part of the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month
from bot.dataset.model import Figure

# A correction of earlier months, up to 1 % of a month, can lie in a derived figure.
CORRECTION_IN_DERIVED = 0.01


@dataclass(frozen=True, slots=True)
class Standing:
    """A month among the unbroken months before it, from `run_start` on.

    `highest_since` is the last month before that may have been as high (None: no month of the run was, which
    makes the month the highest of the run); likewise `lowest_since`. `rank` counts from the highest, 1.
    `highest_known` is true where no earlier month on record, before the run and its holes either, may have
    been as high; likewise `lowest_known`.
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
    begins = next(apart, 0)
    before_run, earlier, now = known[:begins], known[begins:-1], known[-1]
    low, high = guarded_range(now)
    as_high = [other.end for other in earlier if guarded_range(other)[1] >= low]
    as_low = [other.end for other in earlier if guarded_range(other)[0] <= high]
    return Standing(
        run_start=known[begins].end,
        months=len(known) - begins,
        highest_known=not as_high and all(guarded_range(other)[1] < low for other in before_run),
        lowest_known=not as_low and all(guarded_range(other)[0] > high for other in before_run),
        rank=1 + sum((other.value or 0) > (now.value or 0) for other in earlier),
        highest_since=as_high[-1] if as_high else None,
        lowest_since=as_low[-1] if as_low else None,
    )
