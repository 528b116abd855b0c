"""What is said of one figure: its value and changes, under its name."""

from dataclasses import replace

from bot.dataset.model import Figure, Growth, Move, Series
from bot.messages.names import Names, scope_name, series_name
from bot.messages.number_format import amount, decimals_for, is_in_digits, scale_for, span, with_rounding
from bot.messages.percents import computed_percent, printed_percent
from bot.questions.question import Unit
from bot.words import say
from bot.words.joints import comma, in_brackets

CONVERTED: tuple[Unit, ...] = ("t/day", "lb", "st")  # their digits do not show how it was printed


def not_on_record() -> str:
    """Where a change or a figure is not on record."""
    return say("speech.not_on_record")


def no_percentage() -> str:
    """Where a percentage would say nothing."""
    return say("speech.no_percentage")


def stated(named: str, when: str, told: str) -> str:
    """Alumina exports, March 2024: 140 kt; 2024年3月氧化铝出口14万吨."""
    return once_net(say("speech.stated", series=named, period=when, told=told))


def in_period(named: str, when: str) -> str:
    """Alumina exports, March 2024; 2024年3月氧化铝出口."""
    return say("speech.in_period", series=named, period=when)


def value(figure: Figure, unit: Unit = "t") -> str:
    """140 kt; about 210 kt (195 to 225 kt, derived); a balance by its side: net imports 163.7 kt."""
    return f"{side(figure)}{size(figure, unit)}"


def side(figure: Figure) -> str:
    """'net exports ' or 'net imports ' before the size of a balance; nothing before another figure."""
    if figure.series.flow != "net" or figure.value is None or figure.value == 0:
        return ""
    return say("speech.net_exports" if figure.value > 0 else "speech.net_imports")


def with_name(named: str, told: str) -> str:
    """Alumina exports 300 kt; of a balance its side alone: alumina net imports 67 kt."""
    return once_net(say("speech.with_name", series=named, told=told))


def once_net(told: str) -> str:
    """Alumina net exports 5 kt, where its name and its side make "net trade net exports"."""
    return told.replace(say("speech.net_twice"), say("speech.net_once"))


def sized(figure: Figure) -> Figure:
    """A balance without its sign, which its side tells; other figures as they are."""
    if figure.series.flow != "net" or not figure.range or (figure.value or 0) >= 0:
        return figure
    low, high = figure.range
    return replace(figure, value=abs(figure.value or 0), range=(-high, -low))


def size(figure: Figure, unit: Unit = "t") -> str:
    """The value without a sign; a derived or estimated one says so, with its range."""
    if figure.value is None:
        return say("speech.no_level")
    figure = sized(figure)
    if not figure.derived and not figure.estimated:
        with_range = unit in CONVERTED and not _is_in_digits(figure, unit)
        return _ranged(figure, unit) if with_range else amount(figure, unit)
    edges, told = span(figure, unit), {"amount": amount(figure, unit)}
    if not edges:
        return say("speech.derived" if figure.derived else "speech.estimated", **told)
    told |= {"low": edges[0], "high": edges[1]}
    return say("speech.about_derived" if figure.derived else "speech.about_estimated", **told)


def _is_in_digits(figure: Figure, unit: Unit) -> bool:
    """Whether the value as it is shown tells what rounding leaves open."""
    scale = scale_for(figure, unit)
    return not figure.value or is_in_digits(figure, scale, decimals_for(figure.value, figure.step, scale))


def ranged(figure: Figure, unit: Unit = "t", per: str = "") -> str:
    """The value with what rounding leaves of it: about 245 kt a month (240 to 250 kt)."""
    return f"{side(figure)}{_ranged(sized(figure), unit, per)}"


def _ranged(figure: Figure, unit: Unit, per: str = "") -> str:
    edges, told = span(figure, unit), f"{amount(figure, unit)}{per}"
    return say("speech.about", amount=told, low=edges[0], high=edges[1]) if edges else told


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
    head, bracket, rest = told.partition(say("speech.bracket"))
    return head.replace("+", "").replace("-", "") + bracket + rest


def in_words(told: str) -> str:
    """A change inside a sentence: +169.6 %; Chinese says its sign in words, 增长169.6%."""
    head, bracket, rest = told.partition(say("speech.bracket"))
    if "+" in head or "-" in head:
        return head.replace("+", say("speech.rise")).replace("-", say("speech.fall")) + bracket + rest
    return say("speech.no_sign", change=told) if any(map(str.isdigit, head)) else told


def year_on_year(told: str) -> str:
    """+169.6 % on a year earlier; 同比增长169.6%."""
    return say("speech.on_a_year_earlier", change=in_words(told))


def without_range(told: str) -> str:
    """The same words without the range in brackets, for a first line whose table has it."""
    return told.split(say("speech.bracket"))[0]


def turns(edges: tuple[float, float]) -> bool:
    """Whether a range reaches over zero, so that rounding could turn more into less."""
    return edges[0] < 0 < edges[1]


def short_change(growth: Growth) -> str:
    """The leading year-on-year change without its range; where rounding could turn it, that alone."""
    told = change(growth)
    if told and growth.origin == "computed" and growth.range and turns(growth.range):
        return say("speech.unchanged")
    return without_range(told)


def short_value(figure: Figure, unit: Unit) -> str:
    """The value without its range, unless that reaches over zero."""
    told = value(figure, unit)
    return told if figure.range and turns(figure.range) else without_range(told)


def both_changes(growth: Growth) -> str:
    """Everything known of the change on a year earlier, printed and computed."""
    if growth.pct is None and growth.printed_pct is None:
        return not_on_record()
    if growth.printed_pct is None:
        return computed(growth)
    return side_by_side(growth) if two_changes(growth) else printed_percent(growth.printed_pct)


def side_by_side(growth: Growth) -> str:
    """The change on a year earlier as it was printed and as it is computed; '' where none was printed."""
    if growth.printed_pct is None:
        return ""
    return say("speech.two_changes", printed=printed_percent(growth.printed_pct), computed=computed(growth))


def two_changes(growth: Growth) -> bool:
    """Whether the printed and the computed change have to be told together: far apart, or the level moved."""
    return growth.printed_pct is not None and (growth.disputed or growth.origin == "computed")


def on_a_year(figure: Figure) -> str:
    """Everything known of a figure's change on a year earlier; of a balance there may be no percentage."""
    told = both_changes(figure.growth)
    return no_percentage() if told == not_on_record() and figure.series.flow == "net" else told


def said(figure: Figure, unit: Unit = "t") -> str:
    """The number and its growth: 140 kt, +169.6 % on a year earlier."""
    grown = change(figure.growth)
    return comma([value(figure, unit), year_on_year(grown)]) if grown else value(figure, unit)


def opening(figure: Figure, names: Names) -> str:
    """The series' name; where a later scope is served, that scope opens."""
    return of_scope(figure.series, figure.scope, names)


def of_scope(series: Series, scope: str, names: Names) -> str:
    """The same of a series and the scope in which it is served."""
    named = series_name(series, names)
    if not _is_later(series, scope, names):
        return named
    return say("speech.of_scope", scope=scope_name(scope), series=named)


def in_scope(figure: Figure, names: Names) -> str:
    """' (HS 2818)' where a later scope is served, else nothing."""
    return in_brackets(scope_name(figure.scope)) if is_later_scope(figure, names) else ""


def is_later_scope(figure: Figure, names: Names) -> bool:
    """Whether the figure counts something else than the series' first scope."""
    return _is_later(figure.series, figure.scope, names)


def _is_later(series: Series, scope: str, names: Names) -> bool:
    commodity = names.get(series.commodity)
    return bool(commodity and scope != commodity.scopes[0])


def level(figure: Figure, unit: Unit = "t") -> str:
    """The value with its rounding: 510 kt ±5; 210 kt ±15, derived."""
    if figure.value is None:
        return say("speech.change_only")
    return marked(side(figure) + with_rounding(sized(figure), unit), figure)


def marked(told: str, figure: Figure) -> str:
    """A figure's level, with a word where it was derived or estimated."""
    if figure.derived:
        return derived(told)
    return say("speech.level_estimated", level=told) if figure.estimated else told


def derived(told: str) -> str:
    """A level that was not printed: 210 kt ±15, derived."""
    return say("speech.level_derived", level=told)
