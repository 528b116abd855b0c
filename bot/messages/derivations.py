"""How figures were derived from published ones: the sum written out, of many which ones."""

from collections.abc import Iterator, Sequence

from bot.answers.answer import Answer
from bot.dataset.model import Figure, Input
from bot.messages.month_lists import month_list
from bot.messages.names import Names, lower_first, series_name
from bot.messages.number_format import of_row
from bot.messages.speech import in_scope
from bot.questions.named import in_year, period_name
from bot.words import say
from bot.words.joints import clauses

MOST_PERIODS_DERIVED = 3  # of more periods their derivations are not written out
MOST_DERIVATIONS = 4  # more inputs than this are summed up, not listed


def derivations(derived: Sequence[Figure], answer: Answer) -> Iterator[str]:
    """How figures were derived: written out, of many periods only which."""
    if len({figure.period for figure in derived}) > MOST_PERIODS_DERIVED:
        for series in dict.fromkeys(figure.series for figure in derived):
            months = [figure.end for figure in derived if figure.series == series]
            named = lower_first(series_name(series, answer.catalogue))
            yield say("derivations.of_months", series=named, months=month_list(months))
        return
    for period in dict.fromkeys(figure.period for figure in derived):
        told = [_derivation(figure, answer.catalogue) for figure in derived if figure.period == period]
        yield say("derivations.of_period", period=period_name(period), told=clauses(told))


def _derivation(figure: Figure, names: Names) -> str:
    named = lower_first(series_name(figure.series, names)) + in_scope(figure, names)
    many = len(figure.inputs) > MOST_DERIVATIONS
    return say("derivations.equals", series=named, sum=_summed_up(figure) if many else written_out(figure))


def _summed_up(figure: Figure) -> str:
    """What many figures are to one: a sum, or of a balance the larger side less the other."""
    count = len(figure.inputs)
    if figure.series.flow != "net":
        return say("derivations.summed_up", count=count)
    larger = "export" if (figure.value or 0) >= 0 else "import"
    return say(f"derivations.summed_up_{larger}", count=count)


def written_out(figure: Figure) -> str:
    """The sum of printed figures that it is: January-April 1.06 Mt - April 520 kt - ..."""
    return _balance(figure) if figure.series.flow == "net" else _sum(figure.inputs, figure)


def _balance(figure: Figure) -> str:
    """Imports August 185.5 kt - exports August 21.9 kt: the larger side first."""
    exports = [item for item in figure.inputs if item.row.series.flow == "export"]
    imports = [item.turned() for item in figure.inputs if item.row.series.flow == "import"]
    told = [
        say("derivations.exports", sum=_side(exports, figure)),
        say("derivations.imports", sum=_side(imports, figure)),
    ]
    return " - ".join(told if (figure.value or 0) >= 0 else told[::-1])


def _side(inputs: Sequence[Input], figure: Figure) -> str:
    told = _sum(inputs, figure)
    return say("derivations.group", sum=told) if len(inputs) > 1 else told


def _sum(inputs: Sequence[Input], figure: Figure) -> str:
    return " ".join(_term(place, item, figure.end.year) for place, item in enumerate(inputs))


def _term(place: int, item: Input, year: int) -> str:
    """One printed row of a sum: - April 520 kt; its year is said where it is another one."""
    row = item.row
    printed = of_row(row.value or 0, row)
    sign = "" if place == 0 and item.role == "+" else f"{item.role} "
    return sign + say("derivations.term", period=in_year(row.period, year), value=printed)
