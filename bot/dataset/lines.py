"""Every series, derived when it is asked for: there can be thousands, and an answer needs a few of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.derive import NO_LINE, Line, derive_line, net_line, unit_value_line
from bot.dataset.model import Row, Series
from bot.dataset.row_columns import Rows
from bot.dataset.text_table import Indices

Places = dict[str, Indices]  # of the rows of each scope


class Lines(Mapping[Series, Mapping[str, Line]]):
    """The lines of each series by scope, the first scope of the catalogue first; `scopes` are all of them.

    `whole` are those of all rows, where these have only the rows that were out on some day.
    """

    def __init__(self, rows: Rows, catalogue: Mapping[str, Commodity], whole: "Lines | None" = None) -> None:
        self._rows, self._whole = rows, whole
        self._places = _by_series(rows, catalogue)
        self._scopes = _scopes(self._places)
        self.scopes = frozenset(scope for scopes in self._scopes.values() for scope in scopes)
        self._open = {series: _open(series, scopes, catalogue) for series, scopes in self._scopes.items()}
        self._derived: dict[Series, Mapping[str, Line]] = {}

    def __getitem__(self, series: Series) -> Mapping[str, Line]:
        found = self._derived.get(series)
        if found is None:
            made = self._derive(series, self._scopes[series])
            found = self._derived.setdefault(series, made)  # another thread may have been faster
        return found

    def __iter__(self) -> Iterator[Series]:
        return iter(self._scopes)

    def __len__(self) -> int:
        return len(self._scopes)

    def open(self, series: Series) -> tuple[str, ...]:
        """The scopes in which it is served to who names none."""
        return self._open.get(series, ())

    def _derive(self, series: Series, scopes: tuple[str, ...]) -> Mapping[str, Line]:
        wholes = self._whole[series] if self._whole else dict.fromkeys(scopes, NO_LINE)
        if series.flow == "net":
            exports, imports = (self[replace(series, flow=flow)] for flow in ("export", "import"))
            return {scope: net_line(exports[scope], imports[scope], wholes[scope]) for scope in scopes}
        if series.measure == "unit_value":
            values, quantities = (self[replace(series, measure=each)] for each in ("value", "quantity"))
            return {
                scope: unit_value_line(values[scope], quantities[scope], wholes[scope]) for scope in scopes
            }
        return {scope: derive_line(self.printed(series, scope), wholes[scope]) for scope in scopes}

    def printed(self, series: Series, scope: str) -> tuple[Row, ...]:
        """The rows of a series in one scope, in order; nothing is derived."""
        places = self._places.get(series, {}).get(scope)
        return () if places is None else tuple(self._rows[place] for place in places.tolist())


def _by_series(rows: Rows, catalogue: Mapping[str, Commodity]) -> dict[Series, Places]:
    """The places of the rows of each series and scope, both in order; unknown scopes are left out."""
    grouped: dict[Series, Places] = defaultdict(dict)
    for (series, scope), places in rows.by_strand().items():
        grouped[series][scope] = places
    return {
        series: {
            scope: grouped[series][scope]
            for scope in catalogue[series.commodity].all_scopes
            if scope in grouped[series]
        }
        for series in sorted(grouped)
    }


def _scopes(places: Mapping[Series, Places]) -> dict[Series, tuple[str, ...]]:
    """The scopes in which each series has a line: its own rows', or those of both that it is made of."""
    found = {series: tuple(scopes) for series, scopes in places.items()}
    for series, scopes in places.items():
        imports = places.get(replace(series, flow="import"), {}) if series.flow == "export" else {}
        quantities = places.get(replace(series, measure="quantity"), {}) if series.measure == "value" else {}
        for made, other in ((replace(series, flow="net"), imports), (_unit_value(series), quantities)):
            if both := tuple(scope for scope in scopes if scope in other):
                found[made] = both
    return found


def _open(series: Series, scopes: tuple[str, ...], catalogue: Mapping[str, Commodity]) -> tuple[str, ...]:
    """All but those that are only a part of the series; no partner's trade is published of the whole."""
    narrower = () if series.partner else catalogue[series.commodity].narrower_scopes
    return tuple(scope for scope in scopes if scope not in narrower)


def _unit_value(series: Series) -> Series:
    return replace(series, measure="unit_value")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The periods of one kind that have a value, oldest first, and the months they end in."""

    periods: tuple[Period, ...] = ()
    ends: frozenset[Month] = frozenset()

    @property
    def newest(self) -> Month | None:
        """The month in which the last of them ends."""
        return self.periods[-1].end if self.periods else None


EMPTY = Shelf()


@dataclass(frozen=True, slots=True)
class Shelves:
    """The shelf of each series, kind and scope (None: the open ones together), made when asked for."""

    lines: Lines
    _known: dict[Series, Mapping[tuple[Kind, str | None], Shelf]] = field(default_factory=dict)

    def of(self, series: Series, kind: Kind, scope: str | None = None) -> Shelf:
        """Its shelf, an empty one where nothing is on record."""
        found = self._known.get(series)
        if found is None:
            found = self._known[series] = _shelves(self.lines.get(series, {}), self.lines.open(series))
        return found.get((kind, scope), EMPTY)


def _shelves(scopes: Mapping[str, Line], served: Sequence[str]) -> Mapping[tuple[Kind, str | None], Shelf]:
    found: dict[tuple[Kind, str | None], set[Period]] = defaultdict(set)
    for scope, line in scopes.items():
        for period, figure in line.figures.items():
            if figure.value is not None:
                for each in (scope, None) if scope in served else (scope,):
                    found[period.kind, each].add(period)
    return {
        key: Shelf(tuple(sorted(periods)), frozenset(period.end for period in periods))
        for key, periods in found.items()
    }
