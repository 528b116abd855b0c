"""Two periods of a series, one beside the other, and the change between them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, ScopeClash
from bot.answers.lookup import Wanted, answer_of, asked_back, lost_of, series_of
from bot.answers.one_scope import apart, in_one_scope, parts_apart
from bot.answers.plots import FEWEST, Plot, season
from bot.answers.results import Contrast
from bot.answers.stretches import in_scope
from bot.dataset.comparison import change_pct
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question

COMPARED = ("figure", "overview", "compare", "growth")
BOTH = ("sources", "export")


def both_periods(question: Question, dataset: Dataset) -> Answer:
    """The comparison of two periods; in the views of single figures both figures; other views ask back."""
    if question.view in COMPARED:
        return periods_compared(question, dataset)
    if question.view in BOTH and question.period:
        return periods_compared(question, dataset)._replace(contrasts=())
    period, against = question.period, question.against
    comparable = period and against and period != against and period.length == against.length
    instead = [replace(question, view="compare", change=None)] if comparable else []
    return asked_back("not_both", instead, dataset)


def periods_compared(question: Question, dataset: Dataset) -> Answer:
    """Both periods of each series, in one scope where there is one that has both, and the change."""
    assert question.period
    assert question.against
    found, lost = list[tuple[Figure | None, ...]](), list[Wanted]()
    refused, contrasts = list[ScopeClash](), list[Contrast]()
    for series in series_of(question, dataset):
        wanted = [(series, question.period), (series, question.against)]
        now, then = in_one_scope(wanted, question, dataset)
        found.append((now, then))
        absent = lost_of(wanted, (now, then))
        lost += absent
        refused += [clash for item in absent for clash in parts_apart(*item, dataset)]
        if now and then and now.scope != then.scope:
            refused += apart((now, then), "compare")
        elif now and then:
            contrasts.append(_contrast(now, then, question))
    ordered = [figure for of_period in zip(*found, strict=True) for figure in of_period if figure]
    return answer_of(
        question, dataset, ordered, lost,
        clashes=tuple(refused),
        contrasts=tuple(contrasts),
        plots=_years_over_one_another(contrasts, dataset),
    )  # fmt: skip


def _years_over_one_another(contrasts: Sequence[Contrast], dataset: Dataset) -> tuple[Plot, ...]:
    """Of one series the months of both periods, where these are the same months of two years."""
    if len(contrasts) != 1:
        return ()
    both = earlier, later = contrasts[0].in_time
    years = {figure.period.start.year for figure in both} | {earlier.end.year, later.end.year}
    alike = earlier.period.length == later.period.length and earlier.end.number == later.end.number
    if not alike or len(years) != 2 or later.period.length < FEWEST:
        return ()
    found = (in_scope(each.series, each.scope, each.period, dataset)[1] for each in both)
    plot = season([figure for months in found for figure in months])
    return (plot,) if plot else ()


def _contrast(now: Figure, then: Figure, question: Question) -> Contrast:
    """The change from the earlier to the later of the two, by the day where that was asked."""
    both = Contrast(now, then, None, None)
    earlier, later = both.in_time
    alike = later.period.length == earlier.period.length or later.series.measure == "unit_value"
    if not alike and question.unit != "t/day":
        return both
    parts = earlier.period.days / later.period.days if question.unit == "t/day" else 1
    change = change_pct(later, earlier, parts)
    return Contrast(now, then, *change) if change else both
