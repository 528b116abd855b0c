"""Trade by country: the largest partners of a period beside the world's figure, all in one scope."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.compare import periods_compared
from bot.answers.lookup import answer_of, series_of
from bot.answers.results import ByCountry, Computed, Share, added
from bot.answers.shares import share_of
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, ByPartner, Figure, Series
from bot.questions.question import Pair, Question, offers

FULL = 0.9  # of the world's figure: from here on countries tell where it came from
FEWEST = 3  # countries that make a table
CORRECTED = 1.01  # times the world's figure: later corrections can make countries add up to that
TRIED = 12  # newest months with so many of them, of which the first full one is offered
Tell = Callable[[Question, Dataset], Answer]


def by_country(question: Question, dataset: Dataset) -> Answer:
    """The figures of the largest countries, of the newest period that has any where none was named."""
    asked = replace(_in_levels(question), pairs=question.about(partner="").pairs[:1])
    series = next(iter(series_of(asked, dataset)), None)
    if series is None:
        return answer_of(question, dataset, ())
    if asked.open_ended or not asked.period:
        asked = asked.at(_newest(series, asked, dataset))
    if asked.period is None:
        return answer_of(asked, dataset, ())
    found = dataset.by_partner(series, asked.period, asked.scope)
    if found is None:
        return _no_country(asked, series, asked.period, dataset)
    if asked.against:
        return _compared(asked, found, dataset)
    answer = _countries(asked, found, found.partners[: asked.top], dataset)
    return answer if (found.covered or 0) >= FULL else answer._replace(onward=_fuller(asked, series, dataset))


def named_countries(question: Question, dataset: Dataset, otherwise: Tell) -> Answer:
    """Several countries of one series and period beside the world's figure.

    Where one is not on record it is told as of single figures, and what all have of the period is offered.
    """
    series, period = series_of(question, dataset), question.period
    asked = _in_levels(question)
    world = [each._replace(partner="") for each in series[:1]]
    found = dataset.by_partner(world[0], period, question.scope) if world and period else None
    own = tuple(figure for figure in found.partners if figure.series in series) if found else ()
    if found and len(own) == len(question.pairs):
        return _countries(asked, replace(found, partners=own), own, dataset)
    answer = otherwise(question, dataset)
    common = min((item.so_far.period for item in answer.missing if item.so_far), default=None)
    return answer._replace(onward=offers([asked.at(common)] if common else []))


def _in_levels(question: Question) -> Question:
    """The question in a unit of levels: a share is shown beside them."""
    return replace(question, unit=UNITS[question.measure]) if question.unit == "%" else question


def _newest(series: Series, question: Question, dataset: Dataset) -> Period | None:
    """The period that was read where the record has countries in it; else the newest month that has."""
    if question.period and dataset.by_partner(series, question.period, question.scope):
        return question.period
    months = _months(series, question.scope, dataset)
    return Period.month(max(months)) if months else question.period


def _months(series: Series, scope: str | None, dataset: Dataset) -> Counter[Month]:
    theirs = dataset.of_partners(series)
    return Counter(month for each in theirs for month in dataset.months(each, scope))


def _countries(question: Question, found: ByPartner, shown: Sequence[Figure], dataset: Dataset) -> Answer:
    """The answer with these countries, and the world's figure where it is on record."""
    least = sum(figure.range[0] for figure in found.partners if figure.range)
    shares: tuple[Share, ...] = ()
    # None where together they are far more than the world's figure.
    if question.measure != "unit_value" and found.world and found.world.range:
        parts = shown if least <= CORRECTED * found.world.range[1] else ()
        shares = tuple(share for figure in parts if (share := share_of(figure, found.world)))
    rest = _rest(found, shown) if shares else None
    table = ByCountry(found, tuple(shown), shares, rest, (rest,) if rest else ())
    figures = [*shown, *([found.world] if found.world else [])]
    return answer_of(question, dataset, figures, shares=shares, results=(table,))


def _rest(found: ByPartner, shown: Sequence[Figure]) -> Computed | None:
    """The world's figure less those that are shown; none where the countries make more than all of it."""
    if not (world := found.world) or not world.bounds:
        return None
    (whole, least, most), (told, low, high) = world.bounds, added(shown)
    if whole <= told or found.named > most:
        return None
    return Computed("rest", whole - told, (max(least - high, 0.0), most - low), world.unit, (world, *shown))


def _fuller(question: Question, series: Series, dataset: Dataset) -> tuple[Question, ...]:
    """The newest month whose countries make most of the world's figure."""
    months = _months(series, question.scope, dataset)
    tried = sorted((month for month, count in months.items() if count >= FEWEST), reverse=True)
    for period in map(Period.month, tried[:TRIED]):
        found = dataset.by_partner(series, period, question.scope)
        if found and (found.covered or 0) >= FULL:
            return offers([question.at(period)])
    return ()


def _no_country(question: Question, series: Series, period: Period, dataset: Dataset) -> Answer:
    """No country's figure is on record: the world's is told, and the newest period with some is offered."""
    newest = _newest(series, question, dataset)
    near = [question.at(newest)] if newest != period else []
    world = dataset.figure(series, period, question.scope)
    near += [replace(question, view="figure")] if world else []
    result = ByCountry(ByPartner(world.scope if world else "", (), world))
    return answer_of(question, dataset, (), results=(result,), suggestions=offers(near))


def _compared(question: Question, found: ByPartner, dataset: Dataset) -> Answer:
    """The same countries in both periods, the largest of the first period first."""
    series = (each.series for each in found.partners[: question.top])
    pairs = tuple(Pair(each.commodity, each.flow, each.partner) for each in series)
    own = replace(question, pairs=pairs, view="compare", scope=found.scope)
    answer = periods_compared(own, dataset)
    return answer._replace(question=replace(question, pairs=pairs, view="compare"), missing=())
