"""Trade by country and parts of a whole: a country's of the world's figure, a month's of its year."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from bot.answers.answer import Answer, Rule
from bot.answers.period_views import periods_compared
from bot.answers.query import Found, Query, Wanted, apart, lost_of
from bot.answers.results import ByCountry, Computed, Share, added
from bot.answers.stretches import ROWS, TREND_MONTHS, cut
from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, ByPartner, Figure, Series
from bot.questions.question import Pair, Question, offers

FULL = 0.9  # of the world's figure: from here on countries tell where it came from
FEWEST = 3  # countries that make a table
CORRECTED = 1.01  # times the world's figure: later corrections can make countries add up to that
MONTHS_TRIED = 12  # newest months with so many of them, of which the first full one is offered
WHOLE = 100.0  # percent
TRIED = 10  # partners, of which those are offered that have a share
SHARE_VIEWS = ("figure", "overview", "compare", "trend", "growth", "sources", "export", "share", "table")
Parts = tuple[Wanted, Wanted]  # a part and the whole


def shares(query: Query) -> Answer:
    """A partner's part of the world's figure, month by month in a trend; or its part of a longer period."""
    longer = _longer(query.question)
    if rule := None if longer else _no_share(query.question):
        return query.back(rule, *_instead_of_share(query))
    asked = query.with_period(TREND_MONTHS) if query.question.view == "trend" else query
    every = product(asked.series, asked.question.periods if longer else _periods(asked))
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
        return "share_of_what"
    if not all(pair.partner for pair in question.pairs):
        return "share_of_whom"
    if question.view == "trend" and question.against:
        return "not_both"
    return None if question.view in SHARE_VIEWS else "share_not_ranked"


def _instead_of_share(query: Query) -> list[Question]:
    """The same share with partners on record, or as a figure of its period."""
    question, dataset = query
    if question.period is None or question.measure == "unit_value":
        return []
    if question.view == "share" and not question.partner:
        year = Period.whole_year(question.period.end.year)
        of_year = replace(question.plain, unit=UNITS[question.measure], against=year)
        if _longer(of_year) and shares(Query(of_year, dataset)).shares:
            return [of_year]
    plain = replace(question, view="figure", against=None, change=None, restated=(), open_ended=False)
    partners = [question.partner] if question.partner else dataset.partners
    asked = (plain.about(partner=partner) for partner in partners)
    on_record = (near for near in asked if not dataset.lines.keys().isdisjoint(Query(near, dataset).series))
    return list(islice(on_record, TRIED))


def _periods(query: Query) -> tuple[Period, ...]:
    """The periods of which shares are told: of a trend its months, of a table its rows, the last as begun."""
    question, whole = query.question, query.question.period
    if question.view not in ("trend", "table") or not whole:
        return query.periods
    if question.view == "trend":
        return tuple(map(Period.month, whole.months))
    *rows, last = cut(whole, question.by or "year")[-ROWS:]
    if last.end > whole.end:
        first = last.start
        last = Period.ytd(whole.end) if first.number == 1 else Period.span(first, whole.end)
    return (*rows, last)


def share_of(part: Figure | None, whole: Figure | None) -> Share | None:
    """The part in percent, where both are levels of one scope."""
    if not part or not whole or part.scope != whole.scope or not part.bounds or not whole.bounds:
        return None
    (value, low, high), (base, least, most) = part.bounds, whole.bounds
    span = (low / most * WHOLE, min(high / least * WHOLE, WHOLE)) if least > 0 else None
    return Share(part, whole, value / base * WHOLE, span) if span else None


def _lost(pairs: Sequence[tuple[Parts, Found]], question: Question) -> Iterator[Wanted]:
    held = {part.series for _, (part, _) in pairs if part}
    if question.view == "trend" and question.period:  # once of what has no month at all
        for series in dict.fromkeys(parts[0][0] for parts, _ in pairs if parts[0][0] not in held):
            yield series, question.period
        pairs = [each for each in pairs if each[0][0][0] in held]
    for parts, found in pairs:
        yield from lost_of(parts, found)


def by_country(query: Query) -> Answer:
    """The figures of the largest countries, of the newest period that has any where none was named."""
    asked = _in_levels(query).of(pairs=query.question.about(partner="").pairs[:1])
    series = next(iter(asked.series), None)
    if series is None:
        return query.answer()
    if asked.question.open_ended or not asked.question.period:
        asked = asked.at(_newest(series, asked))
    question, dataset = asked
    if question.period is None:
        return asked.answer()
    found = dataset.by_partner(series, question.period, question.scope)
    if found is None:
        return _no_country(asked, series, question.period)
    if question.against:
        return _compared(asked, found)
    answer = _countries(asked, found, found.partners[: question.top])
    return answer if (found.covered or 0) >= FULL else answer._replace(onward=_fuller(asked, series))


def named_countries(query: Query, otherwise: Callable[[Query], Answer]) -> Answer:
    """Several countries beside the world's figure; where one lacks as single figures, with what all have."""
    series, period, asked = query.series, query.question.period, _in_levels(query)
    world = [each._replace(partner="") for each in series[:1]]
    found = query.dataset.by_partner(world[0], period, query.question.scope) if world and period else None
    own = tuple(figure for figure in found.partners if figure.series in series) if found else ()
    if found and len(own) == len(query.question.pairs):
        return _countries(asked, replace(found, partners=own), own)
    answer = otherwise(query)
    common = min((item.so_far.period for item in answer.missing if item.so_far), default=None)
    return answer._replace(onward=offers([asked.question.at(common)] if common else []))


def _in_levels(query: Query) -> Query:
    """The same in a unit of levels: a share is shown beside them."""
    asked = query.question
    return query.of(unit=UNITS[asked.measure]) if asked.unit == "%" else query


def _newest(series: Series, query: Query) -> Period | None:
    """The period that was read where the record has countries in it; else the newest month that has."""
    period = query.question.period
    if period and query.dataset.by_partner(series, period, query.question.scope):
        return period
    return next(iter(_months(series, query)), period)


def _months(series: Series, query: Query, least: int = 1) -> list[Period]:
    """The months of which so many countries are on record, the newest first."""
    theirs, scope = query.dataset.of_partners(series), query.question.scope
    known = Counter(month for each in theirs for month in query.dataset.months(each, scope))
    return [Period.month(month) for month in sorted(known, reverse=True) if known[month] >= least]


def _countries(query: Query, found: ByPartner, shown: Sequence[Figure]) -> Answer:
    """The answer with these countries, and the world's figure where it is on record."""
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


def _fuller(query: Query, series: Series) -> tuple[Question, ...]:
    """The newest month whose countries make most of the world's figure."""
    for period in _months(series, query, FEWEST)[:MONTHS_TRIED]:
        found = query.dataset.by_partner(series, period, query.question.scope)
        if found and (found.covered or 0) >= FULL:
            return offers([query.question.at(period)])
    return ()


def _no_country(query: Query, series: Series, period: Period) -> Answer:
    """No country's figure is on record: the world's is told, and the newest period with some is offered."""
    question, newest = query.question, _newest(series, query)
    near = [question.at(newest)] if newest != period else []
    world = query.dataset.figure(series, period, question.scope)
    near += [replace(question, view="figure")] if world else []
    result = ByCountry(ByPartner(world.scope if world else "", (), world))
    return query.answer(results=(result,), suggestions=offers(near))


def _compared(query: Query, found: ByPartner) -> Answer:
    """The same countries in both periods, the largest of the first period first."""
    series = (each.series for each in found.partners[: query.question.top])
    asked = query.of(pairs=tuple(Pair(*each[:3]) for each in series), view="compare")
    answer = periods_compared(asked.of(scope=found.scope))
    return answer._replace(question=asked.question, missing=())
