"""Two periods of a series, one beside the other, and the change between them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Contrast, Missing, ScopeClash
from bot.answers.lookup import answer_of, asked_back, series_of, with_plots
from bot.answers.missing import missing_of
from bot.answers.one_scope import apart, in_one_scope, parts_apart
from bot.answers.plot import Plot
from bot.answers.plots import FEWEST, season
from bot.answers.stretches import in_scope
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure
from bot.questions.question import Question

COMPARED = ("figure", "overview", "compare", "growth")
BOTH = ("sources", "export")


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
        wanted = ((series, question.period), (series, question.against))
        now, then = in_one_scope(wanted, question, dataset)
        figures += [figure for figure in (now, then) if figure]
        asked = ((question.period, now), (question.against, then))
        missing += [
            missing_of(series, period, dataset, question.scope) for period, figure in asked if not figure
        ]
        for period, figure in asked:
            refused += [] if figure else parts_apart(series, period, dataset)
        if now and then and now.scope != then.scope:
            refused += apart((now, then), "compare")
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
