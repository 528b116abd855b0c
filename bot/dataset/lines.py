"""Every series' lines by scope, derived when they are asked for: there can be thousands of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.derive import Line, PairLine, PrintedLine
from bot.dataset.model import Flow, Measure, Row, Series
from bot.dataset.pairs import net_of, quotient_of
from bot.dataset.row_frame import Rows, Strand

Held = Mapping[Strand, Collection[Month]]
BALANCE: tuple[Flow, Flow] = ("export", "import")
UNIT_VALUE: tuple[Measure, Measure] = ("value", "quantity")


def parts_of(series: Series) -> tuple[Series, ...]:
    """The two series of which it is made; none where it is printed itself."""
    if series.measure == "unit_value":
        return tuple(replace(series, measure=measure) for measure in UNIT_VALUE)
    return tuple(replace(series, flow=flow) for flow in BALANCE) if series.flow == "net" else ()


class Lines(Mapping[Series, Mapping[str, Line]]):
    """The lines of each series by scope, the first scope of the catalogue first; `scopes` are all of them.

    `whole` are those of all rows, where these have only the rows that were out on some day.
    """

    def __init__(
        self, rows: Rows, catalogue: Mapping[str, Commodity], held: Held, whole: "Lines | None" = None
    ) -> None:
        self._rows, self._catalogue, self.held = rows, catalogue, held
        self._whole, self._places = whole, rows.places_by_strand
        self._scopes = _scopes(self._places, catalogue)
        self.scopes = frozenset(scope for scopes in self._scopes.values() for scope in scopes)
        self._derived: dict[Series, Mapping[str, Line]] = {}
        self._periods: dict[tuple[Series, Kind, str | None], tuple[Period, ...]] = {}

    def __getitem__(self, series: Series) -> Mapping[str, Line]:
        found = self._derived.get(series)
        if found is None:
            made = {scope: self.line(series, scope) for scope in self._scopes[series]}
            found = self._derived.setdefault(series, made)  # another thread may have been faster
        return found

    def __iter__(self) -> Iterator[Series]:
        return iter(self._scopes)

    def __len__(self) -> int:
        return len(self._scopes)

    def line(self, series: Series, scope: str) -> Line:
        """A line of printed rows, or one made of two others."""
        whole = self._whole[series][scope] if self._whole is not None else None
        if parts := parts_of(series):
            one, other = (self[part][scope] for part in parts)
            return PairLine(one, other, quotient_of if series.measure == "unit_value" else net_of, whole)
        held = self.held.get((series, scope), ())
        return PrintedLine(
            self.printed(series, scope), held, whole if isinstance(whole, PrintedLine) else None
        )

    def printed(self, series: Series, scope: str) -> tuple[Row, ...]:
        """The rows of a series in one scope, in order; nothing is derived."""
        return tuple(self._rows[place] for place in self._places.get((series, scope), ()))

    def open(self, series: Series) -> tuple[str, ...]:
        """The scopes served to who names none: no part of the series, but of partners all."""
        scopes = self._scopes.get(series, ())
        if series.partner or not scopes:
            return scopes
        return tuple(each for each in scopes if each not in self._catalogue[series.commodity].narrower_scopes)

    def periods(self, series: Series, kind: Kind, scope: str | None = None) -> tuple[Period, ...]:
        """The periods of a kind that have a value in that scope, or in the open ones, oldest first."""
        key = series, kind, scope
        if key not in self._periods:
            named = self.open(series) if scope is None else (scope,)
            lines = [line for name, line in self.get(series, {}).items() if name in named]
            self._periods[key] = tuple(sorted({period for line in lines for period in line.valued(kind)}))
        return self._periods[key]

    def ends(self, series: Series, kind: Kind, scope: str | None = None) -> frozenset[Month]:
        """The months in which these periods end."""
        return frozenset(period.end for period in self.periods(series, kind, scope))

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The partner countries on record, in alphabetical order."""
        return tuple(sorted({series.partner for series, _ in self._places if series.partner}))


def _scopes(places: Collection[Strand], catalogue: Mapping[str, Commodity]) -> dict[Series, tuple[str, ...]]:
    """The scopes in which each series has a line: its own rows', or those of both that it is made of."""
    grouped: dict[Series, set[str]] = defaultdict(set)
    for series, scope in places:
        grouped[series].add(scope)
    found = {
        series: tuple(scope for scope in catalogue[series.commodity].all_scopes if scope in grouped[series])
        for series in sorted(grouped)
    }
    for series, scopes in tuple(found.items()):
        made = [replace(series, flow="net")] if series.flow == "export" else []
        made += [replace(series, measure="unit_value")] if series.measure == "value" else []
        for each in made:
            other = found.get(parts_of(each)[1], ())
            if both := tuple(scope for scope in scopes if scope in other):
                found[each] = both
    return found
