"""One figure beside another: which is larger and by how much, and how much of one there is for the other."""

from collections.abc import Iterator, Sequence
from itertools import product

from bot.answers.answer import Answer
from bot.answers.lookup import Wanted, asked_back, series_of
from bot.answers.one_scope import worked_out
from bot.answers.reason import Rule
from bot.answers.results import Computed, Ratio, Result, SideBySide
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question


def difference(question: Question, dataset: Dataset) -> Answer:
    """Which of the figures is the largest; of two that count the same also by how much.

    One series in several periods, each of several series so; several series in one period.
    """
    groups = _groups(question, dataset)
    if rule := _no_difference(groups):
        return asked_back(rule, [_as_figures(question)], dataset, series=series_of(question, dataset))
    return worked_out(groups, "difference", lambda own: [_beside(own)], question, dataset)


def periods_of(question: Question) -> tuple[Period, ...]:
    """Its periods and the one that they are put beside."""
    return (*question.periods, *([question.against] if question.against else []))


def _groups(question: Question, dataset: Dataset) -> list[list[Wanted]]:
    """What is put beside each other: the periods of each series, else the series of the one period."""
    series, periods = series_of(question, dataset), periods_of(question)
    if len(periods) == 1:
        return [[*product(series, periods)]]
    return [[*product([each], periods)] for each in series]


def _no_difference(groups: Sequence[Sequence[Wanted]]) -> Rule | None:
    if not groups or any(len(set(group)) < 2 for group in groups):
        return "difference_of_one"
    return _not_beside([series for series, _ in groups[0]])


def _not_beside(series: Sequence[Series]) -> Rule | None:
    """Why figures of these series cannot stand beside each other."""
    if len({bool(each.partner) for each in series}) > 1:
        return "world_and_partner"
    return "net_beside_gross" if len({each.flow == "net" for each in series}) > 1 else None


def _as_figures(question: Question) -> Question:
    return Question(
        question.pairs, periods_of(question), measure=question.measure, unit=question.unit
    )  # fmt: skip


def _beside(figures: tuple[Figure, ...]) -> SideBySide:
    count_alike = len({(each.series.commodity, each.scope) for each in figures}) == 1
    computed = (_less(*figures),) if len(figures) == 2 and count_alike else ()
    return SideBySide(figures, _largest(figures), computed)


def _largest(figures: Sequence[Figure]) -> int | None:
    """The place of the one that is above all others, whatever rounding did to them."""
    first = max(range(len(figures)), key=lambda place: figures[place].value or 0.0)
    low = _edges(figures[first])[0]
    others = [figure for place, figure in enumerate(figures) if place != first]
    above = all(_edges(each)[1] <= low and each.value != figures[first].value for each in others)
    return first if above else None


def _edges(figure: Figure) -> tuple[float, float]:
    return figure.range or (0.0, 0.0)


def _less(first: Figure, second: Figure) -> Computed:
    """The first less the second, with the roundings of both."""
    (low, high), (least, most) = _edges(first), _edges(second)
    value = round((first.value or 0.0) - (second.value or 0.0), 6)
    return Computed("difference", value, (low - most, high - least), first.unit, (first, second))


def ratio(question: Question, dataset: Dataset) -> Answer:
    """One series for each tonne of another in each period; of a single one the first period by the second."""
    pairs = list(_quotients(question, dataset))
    series = [each for each, _ in pairs[0]] if pairs else series_of(question, dataset)
    rule = _not_beside(series) if pairs else "ratio_of_one"
    if rule or any(each.flow == "net" for each in series):
        return asked_back(rule or "ratio_of_net", [_as_figures(question)], dataset, series=series)
    answer = worked_out(pairs, "ratio", lambda own: _ratio(*own), question, dataset)
    if answer.figures and not (answer.results or answer.clashes or answer.missing):
        return asked_back("ratio_to_nothing", [_as_figures(question)], dataset)
    return answer


def _quotients(question: Question, dataset: Dataset) -> Iterator[tuple[Wanted, Wanted]]:
    """What is divided by what: a pair of figures each."""
    series, periods = series_of(question, dataset), periods_of(question)
    if len(series) == 2:
        first, second = series
        yield from (((first, period), (second, period)) for period in periods)
    elif len(series) == 1 and len(set(periods)) == 2:
        yield (series[0], periods[0]), (series[0], periods[1])


def _ratio(first: Figure, second: Figure) -> Iterator[Result]:
    (low, high), (least, most) = _edges(first), _edges(second)
    if least <= 0 or not second.value:
        return
    value = (first.value or 0.0) / second.value
    yield Ratio(first, second, (Computed("ratio", value, (low / most, high / least), "", (first, second)),))
