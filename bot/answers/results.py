"""What the views give: numbers worked out from figures, places, counts, streaks and checks, as values."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import ByPartner
from bot.dataset.growth import Standing
from bot.dataset.model import Event, Figure, Series
from bot.dataset.revision_history import Steps
from bot.questions.question import By, Claim, Criterion

Working = Literal["total", "difference", "ratio", "mean", "change", "rest"]
Cut = By | Literal["twelve"]  # months, quarters, halves, years, or twelve months to each month
Verdict = Literal["exact", "rounded", "within", "no", "open"]


class Computed(NamedTuple):
    """A number worked out from these figures, with what rounding leaves of it."""

    working: Working
    value: float
    range: tuple[float, float]
    unit: str  # t, USD, USD/t, % (a share, a change), or "" for one by the other
    of: tuple[Figure, ...]


def added(figures: Iterable[Figure]) -> tuple[float, float, float]:
    """Their values added up, and from where to where the roundings of all of them leave that."""
    value, low, high = map(sum, zip(*(figure.bounds or (0.0, 0.0, 0.0) for figure in figures), strict=True))
    return value, low, high


class Share(NamedTuple):
    """A part of the world's figure, or of a longer period's, in percent; the range is rounding's."""

    part: Figure
    whole: Figure
    pct: float
    range: tuple[float, float]


class SideBySide(NamedTuple):
    """Two figures in one unit, as they were asked for.

    `largest` is the place of the larger, None where rounding leaves that open. `computed` is by how much the
    first is larger, where they count the same.
    """

    figures: tuple[Figure, ...]
    largest: int | None
    computed: tuple[Computed, ...] = ()


class Rows(NamedTuple):
    """One series, period after period, all in one scope; `by` says what the periods are.

    The `lost` are not on record.
    """

    series: Series
    scope: str
    by: Cut
    figures: tuple[Figure, ...]
    lost: tuple[Period, ...] = ()


class Count(NamedTuple):
    """The months of a stretch that meet a criterion, of those on record; the `open` rounding could turn."""

    series: Series
    scope: str
    period: Period
    criterion: Criterion
    months: tuple[Figure, ...]
    known: tuple[Figure, ...]
    open: tuple[Month, ...] = ()

    @property
    def lost(self) -> tuple[Month, ...]:
        """The months of the stretch that are not on record in that scope."""
        known = {figure.end for figure in self.known}
        return tuple(month for month in self.period.months if month not in known)


class Streak(NamedTuple):
    """Months in a row that meet a criterion, oldest first, to `end`, the newest asked for.

    What ended it, looking back: `broken_by` is the month that did not meet it, `hole` one that is not on
    record. Rounding could turn the `open` months. `longest`: of all streaks in a period the longest.
    """

    series: Series
    scope: str
    end: Month
    criterion: Criterion
    months: tuple[Figure, ...]
    broken_by: Figure | None = None
    hole: Month | None = None
    open: tuple[Month, ...] = ()
    longest: bool = False


class Seasonal(NamedTuple):
    """A period beside the same one of the years before that are on record, and their mean."""

    figure: Figure
    earlier: tuple[Figure, ...]
    lost: tuple[Period, ...]
    computed: tuple[Computed, ...]


class Why(NamedTuple):
    """What the record says around a change: volume and unit value, the partner that moved most, events.

    `computed` are changes in percent, each of two figures: now and before. `partner` is that partner's figure
    now and before.
    """

    figure: Figure
    computed: tuple[Computed, ...]
    partner: tuple[Figure, Figure] | None
    events: tuple[Event, ...]


class Check(NamedTuple):
    """What was claimed of a figure, and what each part of the claim comes to.

    `change` is the one that a claimed change or direction is held against: in percent, with its range, and
    whether it was printed. `criterion` is the bound that was asked about, in the place of a claim.
    """

    figure: Figure
    claim: Claim
    value: Verdict | None = None
    pct: Verdict | None = None
    way: Verdict | None = None
    change: tuple[float, tuple[float, float], bool] | None = None
    criterion: Criterion | None = None

    @property
    def verdict(self) -> Verdict:
        """That of the whole claim: what refutes a part refutes it."""
        found = [each for each in (self.value, self.pct, self.way) if each]
        order: tuple[Verdict, ...] = ("no", "open", "within", "rounded", "exact")
        return next(each for each in order if each in found)


class ByCountry(NamedTuple):
    """Countries of one period, the largest first, with their parts of the world's figure, and what is left.

    `found` holds every country on record, `shown` those that were asked for. The `rest` is the world's figure
    less the shown ones; it and the shares are missing where the world's figure is.
    """

    found: ByPartner
    shown: tuple[Figure, ...] = ()
    shares: tuple[Share, ...] = ()
    rest: Computed | None = None
    computed: tuple[Computed, ...] = ()


class Contrast(NamedTuple):
    """Two periods of one series in one scope, as they were asked; `pct` from the earlier to the later.

    It and its range are None where a percentage says nothing: across zero, or from unequal lengths.
    """

    now: Figure
    then: Figure
    pct: float | None
    range: tuple[float, float] | None

    @property
    def in_time(self) -> tuple[Figure, Figure]:
        """The earlier figure and the later one; as they were asked where one period lies in the other."""
        now, then = self.now.period, self.then.period
        backwards = now.start < then.start and now.end < then.end
        return (self.now, self.then) if backwards else (self.then, self.now)


class Rank(NamedTuple):
    """A month's place among others, from 1; where rounding leaves several, the first and the last of them."""

    figure: Figure
    reach: tuple[int, int]


class Place(NamedTuple):
    """A month in its unbroken run; `rival` is the last one before it that may have been as high (or low)."""

    figure: Figure
    standing: Standing
    rival: Figure | None
    rank: Rank


class Revised(NamedTuple):
    """One figure with what it was before, oldest first; `since` cuts that short."""

    series: Series
    period: Period
    scope: str
    steps: Steps

    @property
    def moved(self) -> bool:
        """Whether it ever changed by more than rounding."""
        return any(now.moved_from(before) for before, now in pairwise(self.steps))


# A sum over periods is a figure where they are one stretch, else computed.
Result = ByCountry | Figure | SideBySide | Computed | Rows | Count | Streak | Seasonal | Why | Check
