"""What people ask next after an answer: up to four questions, each with figures on record."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.answers.answer import Stretch
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Flow
from bot.questions.partners import ROWS
from bot.questions.question import FIRST_VIEWS, Pair, Question, View

MOST = 4
FEWEST_MONTHS = 3  # that make a trend
MONTHS = 13
OTHER: Mapping[Flow, Flow] = {"export": "import", "import": "export"}
# Views that tell of a figure: it is asked for next.
ABOUT_FIGURES: Sequence[View] = ("highlights", "sources", "revisions", "partners")


def onward(
    question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch], dataset: Dataset
) -> tuple[Question, ...]:
    """The questions that fit the figures of an answer; without any it has suggestions of its own."""
    if not figures:
        return ()
    period = stretches[0].period if stretches else question.period or figures[-1].period
    return tuple(islice(_follow(question, figures[0], period, bool(stretches), dataset), MOST))


def _follow(
    question: Question, first: Figure, period: Period, by_month: bool, dataset: Dataset
) -> Iterator[Question]:
    """Each that has a figure: of months that were looked at on to the last."""
    view, scope, pairs = question.view, question.scope, question.pairs
    series = first.series._replace(partner=question.partner)  # of countries the world's
    at = Period.month(period.end) if by_month else period
    everything = len(question.commodities) > 1 and question.commodities == tuple(dataset.catalogue)

    def has(period: Period, scope: str | None, **other: Any) -> bool:
        return dataset.level(series._replace(**other), period, scope) is not None

    if view in ABOUT_FIGURES and has(at, scope):
        yield _asks(question, "overview" if everything else "figure", at)
    if by_month and view != "trend" and period.length > 1:
        yield _asks(question, "trend", period)
    elif not by_month and not everything:
        months, end = dataset.months(series, first.scope), first.end
        if sum(end.plus(-step) in months for step in range(MONTHS)) >= FEWEST_MONTHS:
            yield _asks(question, "trend", Period.month(end))
    one, alike = len(pairs) == 1 and not question.against, not by_month or view == "trend"
    flow = OTHER.get(series.flow) if one and alike and not scope else None
    if flow and has(at, None, flow=flow):
        turned = (pairs[0]._replace(flow=flow),)
        yield _asks(question, "trend" if by_month else "figure", period, pairs=turned)
    partners = dataset.lines.of_partners(first.series) if one and not first.series.partner else ()
    if any(dataset.level(each, at, first.scope) for each in partners):
        yield _asks(question, "partners", at, top=ROWS)
    levels = question.unit != "%" and not question.against and at.kind != "range"
    if levels and has(at.year_before, first.scope):
        yield _asks(question, "compare", at, against=at.year_before)
    if at.kind == "month" and question.unit == "t" and view != "highlights":
        every = tuple(Pair(name, flow) for name in dataset.catalogue for flow in OTHER)
        yield _asks(question, "highlights", at, pairs=every, measure="quantity", scope=None)


def _asks(question: Question, view: View, period: Period, **other: Any) -> Question:
    """The same series in that view, as they are known on the same day; `other` are further fields."""
    kept: dict[str, Any] = {
        "pairs": question.pairs, "measure": question.measure, "unit": question.unit,
        "scope": question.scope, "as_of": question.as_of, "language": question.language,
        "periods": (period,), "view": view, "first": question.first and view in FIRST_VIEWS, **other,
    }  # fmt: skip
    return Question(**kept)
