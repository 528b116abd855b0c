"""What is said of one figure, in English: its name, value and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.catalogue import Commodity
from bot.dataset.model import Figure, Growth, Move, Series
from bot.messages.numbers import amount, computed_percent, plus_minus, printed_percent, span
from bot.questions.question import Unit

Names = Mapping[str, Commodity]

FLOWS = {"export": "exports", "import": "imports", "net": "net trade"}
PARTNER_WORD = {"export": "to", "import": "from", "net": "with"}
MEASURES = {"quantity": "", "value": " by value", "unit_value": ", unit value"}
CONVERTED: tuple[Unit, ...] = ("t/day", "lb", "st")  # their digits do not show how it was printed
NOT_ON_RECORD = "not on record"
NO_PERCENTAGE = "no percentage"
NO_STATUS = "status not known"


def day(when: date) -> str:
    """18 April 2024."""
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year}"


def lower_first(text: str) -> str:
    """The text for the middle of a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def series_name(series: Series, names: Names) -> str:
    """Alumina exports; Bauxite imports from Guinea by value."""
    commodity = names[series.commodity].short_en if series.commodity in names else series.commodity
    partner = f" {PARTNER_WORD[series.flow]} {series.partner}" if series.partner else ""
    return f"{short(commodity)} {FLOWS[series.flow]}{partner}{MEASURES[series.measure]}"


def short(name: str) -> str:
    """A series' name without what stands in brackets."""
    return name.split(" (")[0]


def status(figure: Figure) -> str:
    """Bulletin, flash, ... as its rows say; "status not known" where they do not."""
    return " and ".join(dict.fromkeys(item.row.status or NO_STATUS for item in figure.inputs))


def value(figure: Figure, unit: Unit = "t") -> str:
    """140 kt; about 210 kt (195 to 225 kt, derived); a balance by its side: net imports 163.7 kt."""
    return f"{side(figure)}{size(figure, unit)}"


def side(figure: Figure) -> str:
    """'net exports ' or 'net imports ' before the size of a balance; nothing before another figure."""
    if figure.series.flow != "net" or figure.value is None or figure.value == 0:
        return ""
    return "net exports " if figure.value > 0 else "net imports "


def with_name(named: str, told: str) -> str:
    """Alumina exports 300 kt; of a balance its side alone: alumina net imports 67 kt."""
    return f"{named} {told}".replace("net trade net ", "net ")


def sized(figure: Figure) -> Figure:
    """A balance without its sign, which its side tells; other figures as they are."""
    if figure.series.flow != "net" or not figure.range or (figure.value or 0) >= 0:
        return figure
    low, high = figure.range
    return replace(figure, value=abs(figure.value or 0), range=(-high, -low))


def size(figure: Figure, unit: Unit = "t") -> str:
    """The value without a sign; a derived one says so, with its range."""
    if figure.value is None:
        return "level not on record"
    figure = sized(figure)
    if not figure.derived:
        with_range = unit in CONVERTED and plus_minus(figure, unit)
        return _ranged(figure, unit) if with_range else amount(figure, unit)
    low, high = span(figure, unit)
    if high.startswith(low):
        return f"{amount(figure, unit)} (derived)"
    return f"about {amount(figure, unit)} ({low} to {high}, derived)"


def ranged(figure: Figure, unit: Unit = "t", per: str = "") -> str:
    """The value with what rounding leaves of it: about 245 kt a month (240 to 250 kt)."""
    return f"{side(figure)}{_ranged(sized(figure), unit, per)}"


def _ranged(figure: Figure, unit: Unit, per: str = "") -> str:
    low, high = span(figure, unit)
    told = f"{amount(figure, unit)}{per}"
    return told if high.startswith(low) else f"about {told} ({low} to {high})"


def month_list(months: Sequence[Month]) -> str:
    """January and February 2025, August to December 2026: neighbours together."""
    return enumeration([_stretch(run[0], run[-1]) for run in month_runs(months)])


def month_runs(months: Sequence[Month]) -> list[list[Month]]:
    """The months in order, those in an unbroken row together."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _stretch(first: Month, last: Month) -> str:
    if first == last:
        return first.name
    opened = MONTH_NAMES[first.number - 1] if first.year == last.year else first.name
    return f"{opened} {'and' if first.plus(1) == last else 'to'} {last.name}"


def change(growth: Growth) -> str:
    """The leading year-on-year change: +169.6 %; a computed one with its range; '' where none leads."""
    if growth.pct is None or growth.disputed:
        return ""
    return printed_percent(growth.pct) if growth.origin == "published" else computed(growth)


def computed(growth: Growth) -> str:
    """A computed change: about +8.8 % (2.9 to 14.9); plain where rounding does not reach its decimal."""
    if growth.computed_pct is None or growth.range is None:
        return ""
    return computed_percent(growth.computed_pct, growth.range)


def moved(move: Move) -> str:
    """The change on the month before: about +21.4 % (14.8 to 28.8)."""
    return computed_percent(move.pct, move.range)


def unsigned(told: str) -> str:
    """A change without its sign; the range in brackets keeps its own."""
    head, bracket, rest = told.partition(" (")
    return head.replace("+", "").replace("-", "") + bracket + rest


def without_range(told: str) -> str:
    """The same words without the range in brackets, for a first line whose table has it."""
    return told.split(" (")[0]


def turns(edges: tuple[float, float]) -> bool:
    """Whether a range reaches over zero, so that rounding could turn more into less."""
    return edges[0] < 0 < edges[1]


def short_change(growth: Growth) -> str:
    """The leading year-on-year change without its range; where rounding could turn it, that alone."""
    told = change(growth)
    if told and growth.origin == "computed" and growth.range and turns(growth.range):
        return "unchanged within rounding"
    return without_range(told)


def short_value(figure: Figure, unit: Unit) -> str:
    """The value without its range, unless that reaches over zero."""
    told = value(figure, unit)
    return told if figure.range and turns(figure.range) else without_range(told)


def both_changes(growth: Growth) -> str:
    """Everything known of the change on a year earlier, printed and computed."""
    if growth.pct is None and growth.printed_pct is None:
        return NOT_ON_RECORD
    if growth.printed_pct is None:
        return computed(growth)
    return side_by_side(growth) if two_changes(growth) else printed_percent(growth.printed_pct)


def side_by_side(growth: Growth) -> str:
    """The change on a year earlier as it was printed and as it is computed; '' where none was printed."""
    if growth.printed_pct is None:
        return ""
    return f"{printed_percent(growth.printed_pct)} printed, {computed(growth)} computed"


def two_changes(growth: Growth) -> bool:
    """Whether the printed and the computed change have to be told together: far apart, or the level moved."""
    return growth.printed_pct is not None and (growth.disputed or growth.origin == "computed")


def on_a_year(figure: Figure) -> str:
    """Everything known of a figure's change on a year earlier; of a balance there may be no percentage."""
    told = both_changes(figure.growth)
    return NO_PERCENTAGE if told == NOT_ON_RECORD and figure.series.flow == "net" else told


def said(figure: Figure, unit: Unit = "t") -> str:
    """The number and its growth: 140 kt, +169.6 % on a year earlier."""
    grown = change(figure.growth)
    return f"{value(figure, unit)}, {grown} on a year earlier" if grown else value(figure, unit)


def opening(figure: Figure, names: Names) -> str:
    """The series' name; where a later scope is served, that scope opens."""
    named = series_name(figure.series, names)
    return f"{figure.scope}: {named}" if is_later_scope(figure, names) else named


def in_scope(figure: Figure, names: Names) -> str:
    """' (HS 2818)' where a later scope is served, else nothing."""
    return f" ({figure.scope})" if is_later_scope(figure, names) else ""


def is_later_scope(figure: Figure, names: Names) -> bool:
    """Whether the figure counts something else than the series' first scope."""
    commodity = names.get(figure.series.commodity)
    return bool(commodity and figure.scope != commodity.scopes[0])


def enumeration(words: Sequence[str]) -> str:
    """A, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def level(figure: Figure, unit: Unit = "t") -> str:
    """The value with its rounding: 510 kt ±5; 210 kt ±15, derived."""
    if figure.value is None:
        return "change only"
    own = sized(figure)
    told = side(figure) + amount(own, unit) + plus_minus(own, unit)
    return f"{told}, derived" if figure.derived else told
