"""What people ask next after an answer: up to five questions, each with figures on record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from bot.answers.answer import Stretch
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Flow, Series
from bot.questions.partners import ROWS
from bot.questions.question import FIRST_VIEWS, Pair, Question, View

MOST = 5
FEWEST_MONTHS = 3  # that make a trend, or a ranking
MONTHS = 13
# What a next question has not, whatever the one before it had.
PLAIN: dict[str, Any] = {
    "by": None, "criterion": None, "claim": None, "topics": (), "against": None, "since": None,
    "change": None, "order": "highest", "top": 5, "monthly": False, "open_ended": False, "earlier": None,
    "restated": (),
}  # fmt: skip
OTHER: Mapping[Flow, Flow] = {"export": "import", "import": "export"}


class _Turn(NamedTuple):
    """An answer that is asked on, and the period that it looked at."""

    question: Question
    figures: Sequence[Figure]
    stretches: Sequence[Stretch]
    period: Period
    dataset: Dataset

    @property
    def figure(self) -> Figure:
        """The first one."""
        return self.figures[0]

    def asks(self, view: View, period: Period | None = None, **other: Any) -> Question:
        """The same series in that view, as they are known on the same day; `other` are further fields."""
        question = self.question
        everything = view == "figure" and question.commodities == tuple(self.dataset.catalogue)
        named: View = "overview" if everything else view
        first = question.first and view in FIRST_VIEWS
        own = {**PLAIN, "periods": (period or self.period,), "view": named, "first": first, **other}
        return replace(question, **own)


def onward(
    question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch], dataset: Dataset
) -> tuple[Question, ...]:
    """The questions that fit the figures of an answer; without any it has suggestions of its own."""
    if not figures or question.view not in FOLLOWS:
        return ()
    turn = _Turn(question, figures, stretches, _time(question, figures, stretches), dataset)
    asked = (each for follow in FOLLOWS[question.view] for each in follow(turn))
    return tuple(dict.fromkeys(asked))[:MOST]


def _time(question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch]) -> Period:
    """The months that the answer looked at, else the period asked for."""
    if stretches:
        return Period.span(stretches[0].period.start, stretches[0].period.end)
    return question.period or figures[0].period


def _year_before(turn: _Turn) -> Iterator[Question]:
    """Beside a year earlier, where that figure counts the same."""
    period = turn.period
    if turn.question.against or period.kind == "range" or turn.question.unit == "%":
        return
    if _has_level(turn.figure.series, period.year_before, turn.figure.scope, turn.dataset):
        yield turn.asks("compare", against=period.year_before)


def _trend(turn: _Turn) -> Iterator[Question]:
    """The thirteen months to the last one."""
    figure = turn.figure
    months = turn.dataset.months(figure.series, figure.scope)
    to_the_last = (figure.end.plus(-step) for step in range(MONTHS))
    held = islice((month for month in to_the_last if month in months), FEWEST_MONTHS)
    if len(list(held)) == FEWEST_MONTHS:
        yield turn.asks("trend", Period.month(figure.end))


def _other_flow(turn: _Turn) -> Iterator[Question]:
    """The same of the other flow, where one series is asked for."""
    series = turn.figure.series
    flow = OTHER.get(series.flow)
    if flow is None or len(turn.question.lines) > 1 or turn.question.scope or turn.question.against:
        return
    if _has_level(
        Series(series.commodity, flow, series.partner, series.measure), turn.period, None, turn.dataset
    ):
        pairs = tuple(Pair(name, flow, series.partner) for name in turn.question.commodities)
        yield turn.asks("figure", pairs=pairs)


def _countries(turn: _Turn) -> Iterator[Question]:
    """By country, where any is on record beside the world's figure."""
    figure = turn.figure
    if figure.series.partner or len(turn.question.pairs) > 1 or turn.question.against:
        return
    partners = (replace(figure.series, partner=partner) for partner in turn.dataset.partners)
    known = (each for each in partners if each in turn.dataset.lines)
    if any(_has_level(each, figure.period, figure.scope, turn.dataset) for each in known):
        yield replace(turn.asks("partners", figure.period), top=ROWS)


def _share_over_time(turn: _Turn) -> Iterator[Question]:
    """The largest country's share, month by month."""
    series, month = turn.figure.series, Period.month(turn.figure.end)
    both = (series, replace(series, partner=""))
    if series.measure != "unit_value" and all(
        _has_level(each, month, turn.figure.scope, turn.dataset) for each in both
    ):
        yield replace(turn.asks("trend", month).about(partner=series.partner), unit="%")


def _whole(turn: _Turn) -> Iterator[Question]:
    """The figure of all countries."""
    yield turn.asks("figure").about(partner="")


def _unit_value(turn: _Turn) -> Iterator[Question]:
    """What a tonne of it was worth, where that is on record."""
    series, question = turn.figure.series, turn.question
    if series.measure == "unit_value" or series.flow == "net" or question.unit == "%" or question.against:
        return
    worth = Series(series.commodity, series.flow, series.partner, "unit_value")
    if _has_level(worth, turn.period, question.scope, turn.dataset):
        yield turn.asks("figure", measure="unit_value", unit="USD/t")


def _standouts(turn: _Turn) -> Iterator[Question]:
    """All that stands out in the month."""
    if turn.period.kind == "month" and turn.question.unit == "t":
        pairs = tuple(Pair(name, flow) for name in turn.dataset.catalogue for flow in OTHER)
        yield turn.asks("highlights", pairs=pairs, measure="quantity", scope=None)


def _month_before(turn: _Turn) -> Iterator[Question]:
    """The same of the month before."""
    before = turn.period.plus(-1) if turn.period.kind == "month" else None
    if before and any(_has_level(each.series, before, None, turn.dataset) for each in turn.figures):
        yield turn.asks("highlights" if turn.question.view == "highlights" else "figure", before)


def _figures(turn: _Turn) -> Iterator[Question]:
    """The figures themselves."""
    if not turn.stretches:
        yield turn.asks("figure", turn.period)


def _newest_printing(turn: _Turn) -> Iterator[Question]:
    """The first of the figures, as it is told today."""
    yield turn.asks("figure", turn.figure.period)


def _highest(turn: _Turn) -> Iterator[Question]:
    """The highest months of the same time."""
    if turn.stretches and len(turn.figures) > FEWEST_MONTHS:
        yield turn.asks("ranking")


def _average(turn: _Turn) -> Iterator[Question]:
    """The mean, where every month is on record."""
    stretches = turn.stretches
    if stretches and turn.period.length > 1 and not any(stretch.holes for stretch in stretches):
        yield turn.asks("average")


def _by_month(turn: _Turn) -> Iterator[Question]:
    """Month by month over the same time."""
    if turn.period.length > 1 and turn.stretches:
        yield turn.asks("trend")


def _file(turn: _Turn) -> Iterator[Question]:
    """The same as a file."""
    if not turn.question.against and turn.question.unit != "%":
        yield turn.asks("export", monthly=bool(turn.stretches))


def _has_level(series: Series, period: Period, scope: str | None, dataset: Dataset) -> bool:
    figure = dataset.figure(series, period, scope)
    return figure is not None and figure.value is not None


FOLLOWS: Mapping[View, tuple[Callable[[_Turn], Iterator[Question]], ...]] = {
    "figure": (_year_before, _trend, _countries, _other_flow, _unit_value, _standouts),
    "partners": (_share_over_time, _whole),
    "growth": (_year_before, _trend, _other_flow, _standouts),
    "total": (_year_before, _trend, _other_flow),
    "season": (_trend, _year_before),
    "why": (_trend, _year_before),
    "check": (_trend, _other_flow),
    "rolling": (_trend,),
    "table": (_trend,),
    "difference": (_trend,),
    "ratio": (_trend,),
    "share": (_trend,),
    "count": (_trend,),
    "streak": (_trend,),
    "overview": (_standouts, _year_before, _month_before, _file),
    "compare": (_trend, _standouts),
    "trend": (_highest, _average, _file),
    "average": (_by_month, _highest, _file),
    "ranking": (_by_month, _average, _file),
    "record": (_trend, _standouts),
    "highlights": (_figures, _month_before),
    "sources": (_figures, _trend),
    "revisions": (_newest_printing, _trend),
    "export": (_by_month, _highest),
}
