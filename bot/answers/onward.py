"""What people ask next after an answer: up to four questions, each with figures on record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from bot.answers.answer import Stretch
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Flow, Series
from bot.questions.partners import ROWS
from bot.questions.question import FIRST_VIEWS, Pair, Question, View

MOST = 4
FEWEST_MONTHS = 3  # that make a trend
MONTHS = 13
OTHER: Mapping[Flow, Flow] = {"export": "import", "import": "export"}
# Views that tell of a figure: it is asked for next.
ABOUT_FIGURES: Sequence[View] = ("highlights", "sources", "revisions", "partners")


class _Turn(NamedTuple):
    """An answer that is asked on, and the period that it looked at, `by_month` or as a whole."""

    question: Question
    first: Figure
    period: Period
    by_month: bool
    dataset: Dataset

    @property
    def _at(self) -> Period:
        """The period of a single figure: of months the last."""
        return Period.month(self.period.end) if self.by_month else self.period

    @property
    def _everything(self) -> bool:
        names = self.question.commodities
        return len(names) > 1 and names == tuple(self.dataset.catalogue)

    def _asks(self, view: View, period: Period, **other: Any) -> Question:
        """The same series in that view, as they are known on the same day; `other` are further fields."""
        question = self.question
        kept: dict[str, Any] = {
            "pairs": question.pairs, "measure": question.measure, "unit": question.unit,
            "scope": question.scope, "as_of": question.as_of, "language": question.language,
            "periods": (period,), "view": "overview" if view == "figure" and self._everything else view,
            "first": question.first and view in FIRST_VIEWS, **other,
        }  # fmt: skip
        return Question(**kept)

    @property
    def _series(self) -> Series:
        """The first series that was asked for: of countries the world's."""
        return self.first.series._replace(partner=self.question.partner)

    def _has(self, period: Period, scope: str | None, **other: Any) -> bool:
        """Whether that series has a level there; `other` are fields that differ."""
        return self.dataset.level(self._series._replace(**other), period, scope) is not None

    def figures(self) -> Iterator[Question]:
        """The figures themselves."""
        if self.question.view in ABOUT_FIGURES and self._has(self._at, self.question.scope):
            yield self._asks("figure", self._at)

    def trend(self) -> Iterator[Question]:
        """The months that were looked at, or those to it."""
        if self.by_month and self.question.view != "trend" and self.period.length > 1:
            yield self._asks("trend", self.period)
        elif not self.by_month and not self._everything:
            months, end = self.dataset.months(self._series, self.first.scope), self.first.end
            held = filter(months.__contains__, (end.plus(-step) for step in range(MONTHS)))
            if len(list(islice(held, FEWEST_MONTHS))) == FEWEST_MONTHS:
                yield self._asks("trend", Period.month(end))

    def other_flow(self) -> Iterator[Question]:
        """The same of the other flow, where one series is asked for."""
        question, flow = self.question, OTHER.get(self.first.series.flow)
        one = len(question.pairs) == 1 and not question.scope and not question.against
        view: View = "trend" if self.by_month else "figure"
        alike = not self.by_month or question.view == view
        if flow and one and alike and self._has(self._at, None, flow=flow):
            yield self._asks(view, self.period, pairs=(question.pairs[0]._replace(flow=flow),))

    def countries(self) -> Iterator[Question]:
        """By country, where any is on record beside the world's figure."""
        question, series, level = self.question, self.first.series, self.dataset.level
        if series.partner or len(question.pairs) > 1 or question.against:
            return
        if any(level(each, self._at, self.first.scope) for each in self.dataset.lines.of_partners(series)):
            yield self._asks("partners", self._at, top=ROWS)

    def year_before(self) -> Iterator[Question]:
        """Beside a year earlier, where that figure counts the same."""
        levels = self.question.unit != "%" and not self.question.against
        if levels and self._at.kind != "range" and self._has(self._at.year_before, self.first.scope):
            yield self._asks("compare", self._at, against=self._at.year_before)

    def standouts(self) -> Iterator[Question]:
        """What stands out in the month."""
        if self._at.kind == "month" and self.question.unit == "t" and self.question.view != "highlights":
            pairs = tuple(Pair(name, flow) for name in self.dataset.catalogue for flow in OTHER)
            yield self._asks("highlights", self._at, pairs=pairs, measure="quantity", scope=None)


FOLLOWS: Sequence[Callable[[_Turn], Iterator[Question]]] = (
    _Turn.figures, _Turn.trend, _Turn.other_flow, _Turn.countries, _Turn.year_before, _Turn.standouts,
)  # fmt: skip


def onward(
    question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch], dataset: Dataset
) -> tuple[Question, ...]:
    """The questions that fit the figures of an answer; without any it has suggestions of its own."""
    if not figures:
        return ()
    period = stretches[0].period if stretches else question.period or figures[-1].period
    turn = _Turn(question, figures[0], period, bool(stretches), dataset)
    return tuple(islice(chain.from_iterable(follow(turn) for follow in FOLLOWS), MOST))
