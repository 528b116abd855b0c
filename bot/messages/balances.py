"""Sentences of net trade and of ore beside oxide: what a highlight says of two series at once."""

from bot.answers.answer import Highlight
from bot.dataset.model import Figure
from bot.messages.speech import Names, lower_first, opening, short, size, without_range
from bot.messages.wordings import place_of


def net_turn(item: Highlight, names: Names) -> str:
    """China turned net importer of alumina in March 2026, by 66.6 kt, for the first time since ..."""
    assert item.run_start
    month = item.figure.period.name
    lead = f"China turned {_side(item.figure)} of {_named(item, names)} in {month}, by {_size(item.figure)}"
    if item.since:
        run = f"for the first time since {item.since.name}"
    else:
        run = f"for the first time in the months on record unbroken from {item.run_start.name}"
    return f"{lead}, {run}{_over_twelve(item)}"


def net_streak(item: Highlight, names: Names) -> str:
    """China was a net importer of alumina for the seventh month in a row, by 66.6 kt."""
    row = f"for the {place_of(item.count)} month in a row"
    return (
        f"China was a {_side(item.figure)} of {_named(item, names)} {row}, by {_size(item.figure)}"
        f"{_over_twelve(item)}"
    )


def twelve_months(item: Highlight, names: Names) -> str:
    """Over the twelve months to June 2026 China became a net importer of alumina, by ..., after ..."""
    assert item.before
    assert item.run_start
    named, end = _named(item, names), item.figure.end.name
    lead = f"Over the twelve months to {end} China became a {_side(item.figure)} of {named}"
    before = f"over those to {item.before.end.name} it was a {_side(item.before)}, by {_size(item.before)}"
    return f"{lead}, by {_size(item.figure)}; {before} (months on record unbroken from {item.run_start.name})"


def ratio(item: Highlight, names: Names) -> str:
    """China imported 52 t of bauxite for each tonne of alumina, against 160 t a year earlier; both scopes."""
    bauxite, alumina, bauxite_before, alumina_before = item.evidence
    now, before = _quotient(bauxite, alumina), _quotient(bauxite_before, alumina_before)
    told = f"China imported {now} of bauxite for each tonne of alumina, against {before} a year earlier"
    return f"{told} (bauxite {bauxite.scope}, alumina {alumina.scope})"


def _quotient(bauxite: Figure, alumina: Figure) -> str:
    return f"{(bauxite.value or 0) / (alumina.value or 1):,.0f} t"


def _side(net: Figure) -> str:
    return "net exporter" if (net.value or 0) > 0 else "net importer"


def _named(item: Highlight, names: Names) -> str:
    commodity = names[item.figure.series.commodity]
    later = opening(item.figure, names).startswith(item.figure.scope)
    return lower_first(short(commodity.short_en)) + (f" ({item.figure.scope})" if later else "")


def _size(net: Figure) -> str:
    """The balance without its sign."""
    return without_range(size(net))


def _over_twelve(item: Highlight) -> str:
    if not item.balance:
        return ""
    return f"; over the last twelve months it was a {_side(item.balance)}, by {_size(item.balance)}"
