"""Which month and year each column speaks of: the page's title, the labels and the date beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.errors import SourceError
from bot.sources.table import Column
from bot.sources.titles import comes_out_in


@dataclass(frozen=True, slots=True)
class Timing:
    """The month that the page is of by its title, and what had to be decided to know it.

    `headed` is the other month that its columns name, where the date does not decide between the two.
    """

    end: Month
    notes: tuple[str, ...] = ()
    headed: Month | None = None

    def period_of(self, column: Column) -> Period:
        """The period of a column of levels."""
        end = self.end.plus(-12) if self.is_base(column) else self.end
        return Period.ytd(end) if column.span == "ytd" else Period.month(end)

    def is_base(self, column: Column) -> bool:
        """Whether the column holds the year before, as it stands now."""
        return not column.change and column.year == self.end.year - 1


def timing_of(end: Month, published: date | None, columns: Sequence[Column], address: str) -> Timing:
    """The page's timing; a SourceError where title, labels and date cannot be of one month."""
    if published and Month(published.year, published.month) <= end:
        raise SourceError(address, f"it is dated {published}, when {end.name} was not over")
    years = {column.year for column in columns} - {None, end.year, end.year - 1}
    if years:
        raise SourceError(address, f"its title says {end.name}, a column {min(filter(None, years))}")
    months = {column.month for column in columns if column.month}
    if not months - {end.number}:
        return Timing(end)
    headed = Month(end.year, min(months))
    if len(months) > 1 or (published and comes_out_in(headed, published)):
        raise SourceError(address, f"its title says {end.name}, its columns month {sorted(months)}")
    if published and comes_out_in(end, published):
        return Timing(end, (slip(end, headed, f"the date {published}"),))
    return Timing(end, headed=headed)


def slip(end: Month, headed: Month, witness: str) -> str:
    """The note on columns that are headed with another month than the page's."""
    return (
        f"The columns are headed month {headed.number}, the title says {end.name} and {witness}"
        f" agrees with it: taken as {end.name}."
    )
