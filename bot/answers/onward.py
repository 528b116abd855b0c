"""What people ask next after an answer: up to five questions, each with figures on record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
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

    @property
    def plain(self) -> bool:
        """Whether levels of one time are told: no share, and no second period."""
        return self.question.unit != "%" and not self.question.against

    def asks(self, view: View, period: Period | None = None, **other: Any) -> Question:
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

    def pairs(self, **other: Any) -> tuple[Pair, ...]:
        """What is asked for, of another flow or country."""
        return tuple(pair._replace(**other) for pair in self.question.pairs)

    def has(self, period: Period, scope: str | None, **other: Any) -> bool:
        """Whether the first figure's series has a level there; `other` are fields that differ."""
        return self.dataset.level(self.figure.series._replace(**other), period, scope) is not None


def onward(
    question: Question, figures: Sequence[Figure], stretches: Sequence[Stretch], dataset: Dataset
) -> Iterable[Question]:
    """The questions that fit the figures of an answer; without any it has suggestions of its own."""
    if not figures or question.view not in FOLLOWS:
        return ()
    period = question.period or figures[0].period
    if stretches:  # the months that it looked at
        period = Period.span(stretches[0].period.start, stretches[0].period.end)
    turn = _Turn(question, figures, stretches, period, dataset)
    return islice(filter(None, (follow(turn) for follow in FOLLOWS[question.view])), MOST)


def _year_before(turn: _Turn) -> Question | None:
    """Beside a year earlier, where that figure counts the same."""
    if not turn.plain or turn.period.kind == "range":
        return None
    before = turn.period.year_before
    return turn.asks("compare", against=before) if turn.has(before, turn.figure.scope) else None


def _trend(turn: _Turn) -> Question | None:
    end, months = turn.figure.end, turn.dataset.months(turn.figure.series, turn.figure.scope)
    held = filter(months.__contains__, (end.plus(-step) for step in range(MONTHS)))
    known = len(list(islice(held, FEWEST_MONTHS))) == FEWEST_MONTHS
    return turn.asks("trend", Period.month(end)) if known else None


def _other_flow(turn: _Turn) -> Question | None:
    """The same of the other flow, where one series is asked for."""
    question, flow = turn.question, OTHER.get(turn.figure.series.flow)
    if flow is None or len(question.lines) > 1 or question.scope or question.against:
        return None
    return (
        turn.asks("figure", pairs=turn.pairs(flow=flow)) if turn.has(turn.period, None, flow=flow) else None
    )


def _countries(turn: _Turn) -> Question | None:
    """By country, where any is on record beside the world's figure."""
    figure, dataset = turn.figure, turn.dataset
    if figure.series.partner or len(turn.question.pairs) > 1 or turn.question.against:
        return None
    theirs = dataset.of_partners(figure.series)
    known = any(dataset.level(each, figure.period, figure.scope) for each in theirs)
    return turn.asks("partners", figure.period, top=ROWS) if known else None


def _share_over_time(turn: _Turn) -> Question | None:
    """The largest country's share, month by month."""
    series, scope, month = turn.figure.series, turn.figure.scope, Period.month(turn.figure.end)
    both = turn.has(month, scope) and turn.has(month, scope, partner="")
    if series.measure == "unit_value" or not both:
        return None
    return turn.asks("trend", month, unit="%", pairs=turn.pairs(partner=series.partner))


def _whole(turn: _Turn) -> Question | None:
    """The figure of all countries, where that is on record."""
    known = turn.has(turn.period, turn.question.scope, partner="")
    return turn.asks("figure", pairs=turn.pairs(partner="")) if known else None


def _unit_value(turn: _Turn) -> Question | None:
    """What a tonne of it was worth, where that is on record."""
    series = turn.figure.series
    if not turn.plain or series.measure == "unit_value" or series.flow == "net":
        return None
    known = turn.has(turn.period, turn.question.scope, measure="unit_value")
    return turn.asks("figure", measure="unit_value", unit="USD/t") if known else None


def _standouts(turn: _Turn) -> Question | None:
    if turn.period.kind != "month" or turn.question.unit != "t":
        return None
    pairs = tuple(Pair(name, flow) for name in turn.dataset.catalogue for flow in OTHER)
    return turn.asks("highlights", pairs=pairs, measure="quantity", scope=None)


def _month_before(turn: _Turn) -> Question | None:
    before = turn.period.plus(-1) if turn.period.kind == "month" else None
    if not before or not any(turn.dataset.level(each.series, before) for each in turn.figures):
        return None
    return turn.asks("highlights" if turn.question.view == "highlights" else "figure", before)


def _figures(turn: _Turn) -> Question | None:
    return None if turn.stretches else turn.asks("figure")


def _highest(turn: _Turn) -> Question | None:
    return turn.asks("ranking") if turn.stretches and len(turn.figures) > FEWEST_MONTHS else None


def _average(turn: _Turn) -> Question | None:
    """The mean, where every month is on record."""
    return None if any(stretch.holes for stretch in turn.stretches) else _by_month(turn, "average")


def _by_month(turn: _Turn, view: View = "trend") -> Question | None:
    return turn.asks(view) if turn.stretches and turn.period.length > 1 else None


FOLLOWS: Mapping[View, Sequence[Callable[[_Turn], Question | None]]] = {
    "figure": (_trend, _countries, _other_flow, _unit_value, _year_before, _standouts),
    "partners": (_share_over_time, _whole),
    "growth": (_year_before, _trend, _other_flow, _standouts),
    "total": (_year_before, _trend, _other_flow),
    "season": (_trend, _year_before),
    "why": (_trend, _year_before),
    "check": (_trend, _other_flow),
    "overview": (_standouts, _year_before, _month_before),
    "compare": (_trend, _standouts),
    "trend": (_highest, _average),
    "average": (_by_month, _highest),
    "ranking": (_by_month, _average),
    "record": (_trend, _standouts),
    "highlights": (_figures, _month_before),
    "sources": (_figures, _trend),
    "revisions": (lambda turn: turn.asks("figure", turn.figure.period), _trend),
    "export": (_by_month, _highest),
    **dict.fromkeys(("rolling", "table", "difference", "ratio", "share", "count", "streak"), (_trend,)),
}
