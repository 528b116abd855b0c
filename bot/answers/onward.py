"""What people ask next after an answer: up to five questions, each with figures on record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, tee
from typing import Any, NamedTuple

from bot.answers.answer import Stretch
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Flow
from bot.questions.partners import ROWS
from bot.questions.question import FIRST_VIEWS, Pair, Question, View

MOST = 5
FEWEST_MONTHS = 3  # that make a trend, or a ranking
MONTHS = 13
OTHER: Mapping[Flow, Flow] = {"export": "import", "import": "export"}


class Lazy(Sequence[Any]):
    """What an iterable yields, each value once: of five next questions a message reads two."""

    def __init__(self, coming: Iterable[Any]) -> None:
        self._coming = iter(coming)

    def __iter__(self) -> Iterator[Any]:
        self._coming, own = tee(self._coming)
        return own

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, at: Any) -> Any:
        return tuple(self)[at]


class _Turn(NamedTuple):
    """An answer that is asked on, and the period that it looked at; each follow-up where it has a figure."""

    question: Question
    figures: Sequence[Figure]
    stretches: Sequence[Stretch]
    period: Period
    dataset: Dataset

    def _asks(self, view: View, period: Period | None = None, **other: Any) -> Question:
        """The same series in that view, as they are known on the same day; `other` are further fields."""
        question = self.question
        names = question.commodities
        everything = view == "figure" and len(names) > 1 and names == tuple(self.dataset.catalogue)
        kept: dict[str, Any] = {
            "pairs": question.pairs, "measure": question.measure, "unit": question.unit,
            "scope": question.scope, "as_of": question.as_of, "language": question.language,
            "periods": (period or self.period,), "view": "overview" if everything else view,
            "first": question.first and view in FIRST_VIEWS, **other,
        }  # fmt: skip
        return Question(**kept)

    def _pairs(self, **other: Any) -> tuple[Pair, ...]:
        """What is asked for, of another flow or country."""
        return tuple(pair._replace(**other) for pair in self.question.pairs)

    def _has(self, period: Period, scope: str | None, **other: Any) -> bool:
        """Whether the first figure's series has a level there; `other` are fields that differ."""
        return self.dataset.level(self.figures[0].series._replace(**other), period, scope) is not None

    @property
    def _plain(self) -> bool:
        """Whether levels of one time are told: no share, and no second period."""
        return self.question.unit != "%" and not self.question.against

    def year_before(self) -> Iterator[Question]:
        """Beside a year earlier, where that figure counts the same."""
        if self._plain and self.period.kind != "range":
            before = self.period.year_before
            if self._has(before, self.figures[0].scope):
                yield self._asks("compare", against=before)

    def trend(self) -> Iterator[Question]:
        """The months to it."""
        first = self.figures[0]
        months = self.dataset.months(first.series, first.scope)
        held = filter(months.__contains__, (first.end.plus(-step) for step in range(MONTHS)))
        if len(list(islice(held, FEWEST_MONTHS))) == FEWEST_MONTHS:
            yield self._asks("trend", Period.month(first.end))

    def other_flow(self) -> Iterator[Question]:
        """The same of the other flow, where one series is asked for."""
        question, flow = self.question, OTHER.get(self.figures[0].series.flow)
        one = len(question.pairs) == 1 and not question.scope and not question.against
        if flow and one and self._has(self.period, None, flow=flow):
            yield self._asks("figure", pairs=self._pairs(flow=flow))

    def countries(self) -> Iterator[Question]:
        """By country, where any is on record beside the world's figure."""
        figure, level = self.figures[0], self.dataset.level
        if figure.series.partner or len(self.question.pairs) > 1 or self.question.against:
            return
        if any(level(each, figure.period, figure.scope) for each in self.dataset.of_partners(figure.series)):
            yield self._asks("partners", figure.period, top=ROWS)

    def share_over_time(self) -> Iterator[Question]:
        """The largest country's share, month by month."""
        first, month = self.figures[0], Period.month(self.figures[0].end)
        both = self._has(month, first.scope) and self._has(month, first.scope, partner="")
        if both and first.series.measure != "unit_value":
            yield self._asks("trend", month, unit="%", pairs=self._pairs(partner=first.series.partner))

    def whole(self) -> Iterator[Question]:
        """The figure of all countries."""
        if self._has(self.period, self.question.scope, partner=""):
            yield self._asks("figure", pairs=self._pairs(partner=""))

    def unit_value(self) -> Iterator[Question]:
        """What a tonne of it was worth."""
        series = self.figures[0].series
        divided = self._plain and series.measure != "unit_value" and series.flow != "net"
        if divided and self._has(self.period, self.question.scope, measure="unit_value"):
            yield self._asks("figure", measure="unit_value", unit="USD/t")

    def standouts(self) -> Iterator[Question]:
        """What stands out in the month."""
        if self.period.kind == "month" and self.question.unit == "t":
            pairs = tuple(Pair(name, flow) for name in self.dataset.catalogue for flow in OTHER)
            yield self._asks("highlights", pairs=pairs, measure="quantity", scope=None)

    def month_before(self) -> Iterator[Question]:
        """The same of the month before."""
        before = self.period.plus(-1) if self.period.kind == "month" else None
        if before and any(self.dataset.level(each.series, before) for each in self.figures):
            yield self._asks("highlights" if self.question.view == "highlights" else "figure", before)

    def all_figures(self) -> Iterator[Question]:
        """The figures themselves."""
        if not self.stretches:
            yield self._asks("figure")

    def highest(self) -> Iterator[Question]:
        """Its highest months."""
        if self.stretches and len(self.figures) > FEWEST_MONTHS:
            yield self._asks("ranking")

    def average(self) -> Iterator[Question]:
        """The mean, where every month is on record."""
        if not any(stretch.holes for stretch in self.stretches):
            yield from self.by_month("average")

    def by_month(self, view: View = "trend") -> Iterator[Question]:
        """Its months."""
        if self.stretches and self.period.length > 1:
            yield self._asks(view)

    def today(self) -> Iterator[Question]:
        """The first figure as it is today."""
        yield self._asks("figure", self.figures[0].period)


FOLLOWS: Mapping[View, Sequence[Callable[[_Turn], Iterator[Question]]]] = {
    "figure": (
        _Turn.trend, _Turn.countries, _Turn.other_flow, _Turn.unit_value, _Turn.year_before, _Turn.standouts,
    ),
    "partners": (_Turn.share_over_time, _Turn.whole),
    "growth": (_Turn.year_before, _Turn.trend, _Turn.other_flow, _Turn.standouts),
    "total": (_Turn.year_before, _Turn.trend, _Turn.other_flow),
    "season": (_Turn.trend, _Turn.year_before),
    "why": (_Turn.trend, _Turn.year_before),
    "check": (_Turn.trend, _Turn.other_flow),
    "overview": (_Turn.standouts, _Turn.year_before, _Turn.month_before),
    "compare": (_Turn.trend, _Turn.standouts),
    "trend": (_Turn.highest, _Turn.average),
    "average": (_Turn.by_month, _Turn.highest),
    "ranking": (_Turn.by_month, _Turn.average),
    "record": (_Turn.trend, _Turn.standouts),
    "highlights": (_Turn.all_figures, _Turn.month_before),
    "sources": (_Turn.all_figures, _Turn.trend),
    "revisions": (_Turn.today, _Turn.trend),
    "export": (_Turn.by_month, _Turn.highest),
    **dict.fromkeys(("rolling", "table", "difference", "ratio", "share", "count", "streak"), (_Turn.trend,)),
}  # fmt: skip


def onward(
    question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch], dataset: Dataset
) -> Sequence[Question]:
    """The questions that fit the figures of an answer; without any it has suggestions of its own."""
    if not figures or question.view not in FOLLOWS:
        return ()
    period = question.period or figures[0].period
    if stretches:  # the months that it looked at
        period = Period.span(stretches[0].period.start, stretches[0].period.end)
    turn = _Turn(question, figures, stretches, period, dataset)
    return Lazy(islice(chain.from_iterable(follow(turn) for follow in FOLLOWS[question.view]), MOST))
