"""One figure beside another: two periods of a series, and a partner's share of the world's figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.answers.answer import Answer, Contrast, Missing, Operation, ScopeClash, Share
from bot.answers.clashes import parts_apart
from bot.answers.lookup import answer_of, asked_back, series_of, with_plots
from bot.answers.missing import missing_of
from bot.answers.plot import Plot
from bot.answers.plots import FEWEST, season
from bot.answers.reason import Rule
from bot.answers.stretches import TREND_MONTHS, in_scope, over_months
from bot.answers.suggestions import MOST
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

WHOLE = 100.0  # percent
TRIED = 10  # partners, of which those are offered that have a share
COMPARED = ("figure", "overview", "compare", "growth")
BOTH = ("sources", "export")
SHARE_VIEWS = ("figure", "overview", "compare", "trend", "growth", "sources", "export")
Pair = tuple[Figure | None, Figure | None]


def both_periods(question: Question, dataset: Dataset) -> Answer:
    """The comparison of two periods; in the views of single figures both figures; other views ask back."""
    if question.view in COMPARED:
        return periods_compared(question, dataset)
    if question.view in BOTH and question.period:
        return replace(periods_compared(question, dataset), contrasts=())
    return asked_back("not_both", _compared(question, dataset), dataset)


def _compared(question: Question, dataset: Dataset) -> list[Question]:
    """The comparison of the two periods, where they can be compared and have figures."""
    period, against = question.period, question.against
    if not period or not against or period == against or period.length != against.length:
        return []
    plain = replace(question, view="compare", change=None)
    return [plain] if periods_compared(plain, dataset).figures else []


def periods_compared(question: Question, dataset: Dataset) -> Answer:
    """Both periods of each series, in one scope where there is one that has both, and the change."""
    assert question.period
    assert question.against
    figures: list[Figure] = []
    missing: list[Missing] = []
    refused: list[ScopeClash] = []
    contrasts: list[Contrast] = []
    for series in series_of(question, dataset):
        now, then = _in_one_scope((series, question.period), (series, question.against), question, dataset)
        figures += [figure for figure in (now, then) if figure]
        asked = ((question.period, now), (question.against, then))
        missing += [
            missing_of(series, period, dataset, question.scope) for period, figure in asked if not figure
        ]
        for period, figure in asked:
            refused += [] if figure else parts_apart(series, period, dataset)
        if now and then and now.scope != then.scope:
            refused.append(_clash("compare", now, then))
        elif now and then:
            contrasts.append(contrast(now, then, question))
    ordered = [f for period in (question.period, question.against) for f in figures if f.period == period]
    answer = answer_of(
        question, dataset, ordered, missing=tuple(missing), clashes=tuple(refused), contrasts=tuple(contrasts)
    )
    return with_plots(answer, _years_over_one_another(contrasts, dataset), dataset) if contrasts else answer


def _years_over_one_another(contrasts: Sequence[Contrast], dataset: Dataset) -> tuple[Plot, ...]:
    """Of one series the months of both periods, where these are the same months of two years."""
    earlier, later = contrasts[0].in_time
    years = {figure.period.start.year for figure in (earlier, later)} | {earlier.end.year, later.end.year}
    alike = earlier.period.length == later.period.length and earlier.end.number == later.end.number
    if len(contrasts) > 1 or not alike or len(years) != 2 or later.period.length < FEWEST:
        return ()
    months = [
        figure
        for each in (earlier, later)
        for figure in in_scope(each.series, each.scope, each.period, dataset)[1]
    ]
    plot = season(months, dataset)
    return (plot,) if plot else ()


def contrast(now: Figure, then: Figure, question: Question) -> Contrast:
    """The change from the earlier to the later of the two, by the day where that was asked."""
    both = Contrast(now, then, None, None)
    earlier, later = both.in_time
    if question.unit == "t/day":
        change = change_pct(_by_day(later), _by_day(earlier))
    elif later.period.length != earlier.period.length and later.series.measure != "unit_value":
        change = None
    else:
        change = change_pct(later, earlier)
    return Contrast(now, then, *change) if change else both


def _by_day(figure: Figure) -> Figure:
    if figure.value is None or figure.range is None:
        return figure
    low, high = (edge / figure.period.days for edge in figure.range)
    return replace(figure, value=figure.value / figure.period.days, range=(low, high))


def shares(question: Question, dataset: Dataset) -> Answer:
    """A partner's part of the world's figure, of each period asked for, month by month in a trend."""
    if rule := _no_share(question):
        return asked_back(rule, _instead_of_share(question, dataset), dataset)
    asked = over_months(question, dataset, TREND_MONTHS) if question.view == "trend" else question
    if asked is None or asked.period is None:
        return answer_of(question, dataset, ())
    wanted = [(series, period) for series in series_of(asked, dataset) for period in _periods(asked)]
    pairs = [(item, _pair(*item, asked, dataset)) for item in wanted]
    found = [share for _, pair in pairs if (share := _share(*pair))]
    figures = [figure for share in found for figure in (share.part, share.whole)]
    return answer_of(
        asked, dataset, figures, shares=tuple(found),
        missing=tuple(_lost(pairs, asked, dataset)), clashes=tuple(_scopes_apart(pairs)),
    )  # fmt: skip


def _no_share(question: Question) -> Rule | None:
    if not question.partner:
        return "share_of_whom"
    if question.measure == "unit_value":
        return "share_of_what"
    if question.view == "trend" and question.against:
        return "not_both"
    return None if question.view in SHARE_VIEWS else "share_not_ranked"


def _instead_of_share(question: Question, dataset: Dataset) -> list[Question]:
    """The same share with partners on record, or as a figure of its period."""
    if question.period is None or question.measure == "unit_value":
        return []
    plain = replace(question, view="figure", against=None, change=None, restated=(), open_ended=False)
    partners = [question.partner] if question.partner else dataset.partners
    asked = (plain.about(partner=partner) for partner in partners)
    on_record = (
        near for near in asked if any(series in dataset.lines for series in series_of(near, dataset))
    )
    return [near for near in islice(on_record, TRIED) if _has_share(near, dataset)][:MOST]


def _has_share(question: Question, dataset: Dataset) -> bool:
    """Whether any series of it has a share."""
    if _no_share(question) or not question.period:
        return False
    period, every = question.period, series_of(question, dataset)
    pairs = (_pair(series, period, question, dataset) for series in every if series in dataset.lines)
    return any(_share(*pair) for pair in pairs)


def _periods(question: Question) -> tuple[Period, ...]:
    assert question.period
    if question.view == "trend":
        return tuple(map(Period.month, question.period.months))
    return (question.period, question.against) if question.against else (question.period,)


def _pair(series: Series, period: Period, question: Question, dataset: Dataset) -> Pair:
    return _in_one_scope((series, period), (replace(series, partner=""), period), question, dataset)


def _in_one_scope(
    one: tuple[Series, Period], other: tuple[Series, Period], question: Question, dataset: Dataset
) -> Pair:
    """Both figures in the first scope that has both; else each in the first that has it."""
    for scope in (question.scope,) if question.scope else dataset.scopes(one[0]):
        first, second = dataset.figure(*one, scope), dataset.figure(*other, scope)
        if first and second:
            return first, second
    return dataset.figure(*one, question.scope), dataset.figure(*other, question.scope)


def _share(part: Figure | None, whole: Figure | None) -> Share | None:
    if not part or not whole or part.scope != whole.scope:
        return None
    if part.value is None or not whole.value or not part.range or not whole.range or whole.range[0] <= 0:
        return None
    low, high = part.range[0] / whole.range[1] * WHOLE, part.range[1] / whole.range[0] * WHOLE
    return Share(part, whole, part.value / whole.value * WHOLE, (low, min(high, WHOLE)))


def _lost(
    pairs: Sequence[tuple[tuple[Series, Period], Pair]], question: Question, dataset: Dataset
) -> Iterator[Missing]:
    held = {series for (series, _), (part, _) in pairs if part}
    if question.view == "trend" and question.period:  # once of what has no month at all
        for series in dict.fromkeys(series for (series, _), _ in pairs if series not in held):
            yield missing_of(series, question.period, dataset, question.scope)
        pairs = [pair for pair in pairs if pair[0][0] in held]
    for (series, period), (part, whole) in pairs:
        if not part:
            yield missing_of(series, period, dataset, question.scope)
        if not whole:
            yield missing_of(replace(series, partner=""), period, dataset, question.scope)


def _scopes_apart(pairs: Iterable[tuple[tuple[Series, Period], Pair]]) -> Iterator[ScopeClash]:
    for _, (part, whole) in pairs:
        if part and whole and part.scope != whole.scope:
            yield _clash("share", part, whole)


def _clash(operation: Operation, one: Figure, other: Figure) -> ScopeClash:
    return ScopeClash(operation, one.series, one.period, one.scope, other.period, other.scope)
