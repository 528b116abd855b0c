"""Trade by country and parts of a whole: a country's of the world's figure, a month's of its year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from bot.answers.answer import Answer, Rule
from bot.answers.query import Found, Query, Wanted, apart, lost_of
from bot.answers.results import ByCountry, Computed, Share, added
from bot.answers.stretches import TREND_MONTHS
from bot.dataset.calendar import Period
from bot.dataset.coverage import ByPartner, by_partner
from bot.dataset.model import UNITS, Figure, Series
from bot.questions.partners import ROWS as TABLE_ROWS
from bot.questions.question import Question, offers

CORRECTED = 1.01  # times the world's figure: later corrections can make countries add up to that
WHOLE = 100.0  # percent
SHARE_VIEWS = ("figure", "overview", "compare", "trend", "growth", "sources", "export", "share")


def shares(query: Query) -> Answer:
    """A partner's part of the world's figure, month by month in a trend; or its part of a longer period."""
    longer = _longer(query.question)
    if rule := None if longer else _no_share(query.question):
        return query.back(rule, *_instead_of_share(query.question))
    asked = query.with_period(TREND_MONTHS) if query.question.view == "trend" else query
    by_month = asked.question.view == "trend" and asked.question.period
    periods = map(Period.month, by_month.months) if by_month else asked.periods
    every = product(asked.series, asked.question.periods if longer else periods)
    wanted = [((one, at), (one, longer) if longer else (one._replace(partner=""), at)) for one, at in every]
    pairs = [(each, asked.in_one_scope(each)) for each in wanted]
    found = tuple(share for _, pair in pairs if (share := share_of(*pair)))
    figures = [figure for share in found for figure in (share.part, share.whole)]
    clashes = tuple(clash for _, pair in pairs for clash in apart([*filter(None, pair)], "share"))
    return asked.answer(figures, dict.fromkeys(_lost(pairs, asked.question)), shares=found, clashes=clashes)


def _longer(question: Question) -> Period | None:
    """The period of which a month's or quarter's part is asked for."""
    if question.view != "share" or (year := question.against) is None:
        return None
    within = (year.start <= each.start and each.end <= year.end for each in question.periods)
    return year if all(within) and all(each.length < year.length for each in question.periods) else None


def _no_share(question: Question) -> Rule | None:
    if question.measure == "unit_value":
        return "of_levels"
    if not all(pair.partner for pair in question.pairs):
        return "share_of_whom"
    if question.view == "trend" and question.against:
        return "one_period"
    return None if question.view in SHARE_VIEWS else "of_levels"


def _instead_of_share(question: Question) -> list[Question]:
    """The partner's share of the period, or by month; without a partner the countries, and the levels."""
    plain = replace(question.plain, against=None, change=None, by=None)
    by_period: list[Question] = [replace(plain, view="figure")] if question.period else []
    if question.partner and question.measure != "unit_value":
        return [*by_period, replace(plain, view="trend")]
    countries = [replace(plain, view="partners", top=TABLE_ROWS)] if len(question.pairs) == 1 else []
    return [replace(each, unit=UNITS[question.measure]) for each in (*countries, *by_period)]


def share_of(part: Figure | None, whole: Figure | None) -> Share | None:
    """The part in percent, where both are levels of one scope."""
    if not part or not whole or part.scope != whole.scope or not part.bounds or not whole.bounds:
        return None
    (value, low, high), (base, least, most) = part.bounds, whole.bounds
    span = (low / most * WHOLE, min(high / least * WHOLE, WHOLE)) if least > 0 else None
    return Share(part, whole, value / base * WHOLE, span) if span else None


def _lost(pairs: Sequence[tuple[tuple[Wanted, Wanted], Found]], question: Question) -> Iterator[Wanted]:
    held = {part.series for _, (part, _) in pairs if part}
    if question.view == "trend" and question.period:  # once of what has no month at all
        for series in dict.fromkeys(parts[0][0] for parts, _ in pairs if parts[0][0] not in held):
            yield series, question.period
        pairs = [each for each in pairs if each[0][0][0] in held]
    for parts, found in pairs:
        yield from lost_of(parts, found)


def by_country(query: Query) -> Answer:
    """The figures of the largest countries, of the newest period that has any where none was named."""
    unit = UNITS[query.question.measure] if query.question.unit == "%" else query.question.unit
    asked = query.of(pairs=query.question.about(partner="").pairs[:1], unit=unit)  # a share is beside levels
    series = next(iter(asked.series), None)
    if series is None:
        return query.answer()
    if asked.question.open_ended or not asked.question.period:
        asked = asked.at(_newest(series, asked))
    question, dataset = asked
    if question.period is None:
        return asked.answer()
    if question.against:
        return query.back("one_period", replace(question.plain, against=None))
    found = by_partner(dataset, series, question.period, question.scope)
    if found is None:
        return _no_country(asked, series, question.period)
    return _countries(asked, found, found.partners[: question.top])


def _newest(series: Series, query: Query) -> Period | None:
    """The period that was read where the record has countries in it; else the newest month that has."""
    period = query.question.period
    if period and by_partner(query.dataset, series, period, query.question.scope):
        return period
    theirs, scope = query.dataset.lines.of_partners(series), query.question.scope
    ends = (max(query.dataset.months(each, scope), default=None) for each in theirs)
    return max((Period.month(end) for end in ends if end), default=period)


def _countries(query: Query, found: ByPartner, shown: Sequence[Figure]) -> Answer:
    least = sum(figure.range[0] for figure in found.partners if figure.range)
    shares: tuple[Share, ...] = ()
    # None where together they are far more than the world's figure.
    if query.question.measure != "unit_value" and found.world and found.world.range:
        parts = shown if least <= CORRECTED * found.world.range[1] else ()
        shares = tuple(share for figure in parts if (share := share_of(figure, found.world)))
    rest = _rest(found, shown) if shares else None
    table = ByCountry(found, tuple(shown), shares, rest, (rest,) if rest else ())
    figures = [*shown, *([found.world] if found.world else [])]
    return query.answer(figures, shares=shares, results=(table,))


def _rest(found: ByPartner, shown: Sequence[Figure]) -> Computed | None:
    """The world's figure less those that are shown; none where the countries make more than all of it."""
    if not (world := found.world) or not world.bounds:
        return None
    (whole, least, most), (told, low, high) = world.bounds, added(shown)
    if whole <= told or found.named > most:
        return None
    return Computed("rest", whole - told, (max(least - high, 0.0), most - low), world.unit, (world, *shown))


def _no_country(query: Query, series: Series, period: Period) -> Answer:
    """No country's figure is on record: the world's is told, and the newest period with some is offered."""
    question, newest = query.question, _newest(series, query)
    near = [question.at(newest)] if newest != period else []
    world = query.dataset.figure(series, period, question.scope)
    near += [replace(question, view="figure")] if world else []
    result = ByCountry(ByPartner(world.scope if world else "", (), world))
    return query.answer(results=(result,), suggestions=offers(near))
