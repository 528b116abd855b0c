"""Sentences of net trade and of ore beside oxide: what a highlight says of two series at once."""

from bot.answers.answer import Highlight
from bot.dataset.model import Figure
from bot.messages.names import Names, lower_first, scope_name, short, short_name
from bot.messages.number_format import grouped
from bot.messages.speech import in_scope, size, without_range
from bot.messages.wordings import place_of
from bot.questions.named import named
from bot.words import say


def net_turn(item: Highlight, names: Names) -> str:
    """China turned net importer of alumina in March 2026, by 66.6 kt, for the first time since ..."""
    told = say(
        f"balances.turned_{_side(item.figure)}",
        commodity=_commodity(item, names),
        month=named(item.figure.end),
        size=_size(item.figure),
        first=_first_time(item),
    )
    return f"{told}{_over_twelve(item)}"


def _first_time(item: Highlight) -> str:
    """For the first time since June 2020; where none was before, in how long a record."""
    assert item.run_start
    if item.since:
        return say("balances.first_since", since=named(item.since))
    return say("balances.first_on_record", start=named(item.run_start))


def net_streak(item: Highlight, names: Names) -> str:
    """China was a net importer of alumina for the seventh month in a row, by 66.6 kt."""
    told = say(
        f"balances.streak_{_side(item.figure)}",
        commodity=_commodity(item, names),
        place=place_of(item.count),
        size=_size(item.figure),
    )
    return f"{told}{_over_twelve(item)}"


def twelve_months(item: Highlight, names: Names) -> str:
    """Over the twelve months to June 2026 China became a net importer of alumina, by ..., after ..."""
    assert item.before
    assert item.run_start
    side_before = _side(item.before)
    before = say(f"balances.before_{side_before}", month=named(item.before.end), size=_size(item.before))
    return say(
        f"balances.became_{_side(item.figure)}",
        commodity=_commodity(item, names),
        month=named(item.figure.end),
        size=_size(item.figure),
        before=before,
        start=named(item.run_start),
    )


def ratio(item: Highlight, names: Names) -> str:
    """China imported 52 t of bauxite for each tonne of alumina, against 160 t a year earlier; both scopes."""
    bauxite, alumina, bauxite_before, alumina_before = item.evidence
    return say(
        "balances.ratio",
        now=_quotient(bauxite, alumina),
        before=_quotient(bauxite_before, alumina_before),
        bauxite=scope_name(bauxite.scope),
        alumina=scope_name(alumina.scope),
    )


def _quotient(bauxite: Figure, alumina: Figure) -> str:
    return grouped((bauxite.value or 0) / (alumina.value or 1), 0)


def _side(net: Figure) -> str:
    """On which side the balance is."""
    return "export" if (net.value or 0) > 0 else "import"


def _commodity(item: Highlight, names: Names) -> str:
    """Alumina (HS 2818), with its scope where that is a later one."""
    commodity = names[item.figure.series.commodity]
    return lower_first(short(short_name(commodity))) + in_scope(item.figure, names)


def _size(net: Figure) -> str:
    """The balance without its sign."""
    return without_range(size(net))


def _over_twelve(item: Highlight) -> str:
    if not item.balance:
        return ""
    return say(f"balances.over_twelve_{_side(item.balance)}", size=_size(item.balance))
