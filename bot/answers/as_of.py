"""An answer that rests on the knowledge of another day: what was on record then, or as first published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.answer import Answer, Arrival, Undated
from bot.answers.onward import MOST
from bot.answers.suggestions import BASE
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.derive import Line
from bot.dataset.lines import Lines
from bot.dataset.model import Figure, Measure, Series
from bot.dataset.revision_history import Step, Steps
from bot.questions.question import Question

MADE_OF: tuple[Measure, Measure] = ("value", "quantity")  # a unit value
Tell = Callable[[Question, Dataset], Answer]


def as_then(question: Question, dataset: Dataset, tell: Tell) -> Answer:
    """The answer as it would have been on the question's day, and what is not certain of that."""
    assert question.as_of
    answer = tell(question, dataset.as_of(question.as_of))
    arrivals = tuple(_arrivals(answer, question, dataset))
    undated = tuple(_undated(answer.figures + answer.around, dataset))
    instead = (
        answer.suggestions if answer.figures else (*_today(question, answer, dataset), *answer.suggestions)
    )
    return replace(
        answer, arrivals=arrivals, undated=undated,
        suggestions=tuple(dict.fromkeys(instead)),
        onward=(*_onward(answer, question), *answer.onward)[:MOST],
    )  # fmt: skip


def as_first_published(question: Question, dataset: Dataset, tell: Tell) -> Answer:
    """The answer with each figure as it was when it was first on record."""
    answer = tell(question, replace(dataset, lines=FirstPrintings(dataset)))
    undated = tuple(_undated(answer.figures + answer.around, dataset))
    arrivals = tuple(
        Arrival(figure, *first)
        for figure in answer.figures
        if (first := _first(figure.series, figure.period, figure.scope, dataset, printed=True))
    )
    onward = (*_onward(answer, question), *answer.onward)[:MOST]
    return replace(answer, undated=undated, arrivals=arrivals, onward=onward)


def _onward(answer: Answer, question: Question) -> tuple[Question, ...]:
    """Then beside now, and now alone."""
    if not answer.figures or question.period is None:
        return ()
    now = replace(question.plain, as_of=None, first=False, since=None)
    beside = Question(
        question.pairs, question.periods, "revisions", question.measure,
        BASE[question.measure] if question.unit == "%" else question.unit,
        scope=question.scope, since=question.as_of,
    )  # fmt: skip
    printed = question.measure != "unit_value" and question.flows != ("net",)
    return (beside, now) if printed and question.view != "revisions" else (now,)


def _today(question: Question, answer: Answer, dataset: Dataset) -> Iterator[Question]:
    """The same question as it is known today, where some of it is on record by now."""
    if any(dataset.figure(item.series, item.period, item.scope) for item in answer.missing):
        yield replace(question.plain, as_of=None)


def _arrivals(answer: Answer, question: Question, dataset: Dataset) -> Iterator[Arrival]:
    """What was not on record then and came later, with the day on which it did."""
    for item in answer.missing:
        figure = dataset.figure(item.series, item.period, item.scope)
        first = _first(item.series, item.period, figure.scope, dataset) if figure else None
        if figure and first:
            yield Arrival(figure, *first)


def _first(
    series: Series, period: Period, scope: str, dataset: Dataset, *, printed: bool = False
) -> tuple[date, bool] | None:
    """The first day on which there was such a figure, and whether that day is known; of two, of both.

    `printed`: that of its first printing, where it was ever printed but as a revision.
    """
    histories = [dataset.history(each, period, scope) for each in _printed(series)]
    if not all(histories):
        return None
    firsts = [_first_printing(steps) if printed else steps[0] for steps in histories]
    last = max(firsts, key=lambda step: step.day)
    return last.day, last.dated


def _first_printing(steps: Steps) -> Step:
    """The first step that was printed; the first of all where only a revision was."""
    own = (step for step in steps if not step.figure.derived and step.figure.status != "revised")
    return next(own, steps[0])


def _printed(series: Series) -> tuple[Series, ...]:
    """The series that are printed of which it is made."""
    if series.measure == "unit_value":
        value, quantity = (replace(series, measure=each) for each in MADE_OF)
        return (*_printed(value), *_printed(quantity))
    if series.flow == "net":
        return tuple(replace(series, flow=flow) for flow in ("export", "import"))
    return (series,)


def _undated(figures: Iterable[Figure], dataset: Dataset) -> Iterator[Undated]:
    """The rows behind the figures whose day of publication is not known, and what stands for it."""
    rows = dict.fromkeys(row for figure in figures for row in figure.rows)
    return (Undated(row, dataset.calendar.out_since(row)) for row in rows if not row.known_since)


class FirstPrintings(Lines):
    """The lines of a dataset, each figure as it was on the day on which it was first on record."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, self.scopes = dataset, dataset.lines.scopes

    def __getitem__(self, series: Series) -> Mapping[str, Line]:
        lines = self.dataset.lines[series]
        return {
            scope: replace(line, figures=_Firsts(self.dataset, series, scope))
            for scope, line in lines.items()
        }

    def __iter__(self) -> Iterator[Series]:
        return iter(self.dataset.lines)

    def __len__(self) -> int:
        return len(self.dataset.lines)

    def open(self, series: Series) -> tuple[str, ...]:
        """As they are open today."""
        return self.dataset.lines.open(series)


@dataclass(frozen=True)
class _Firsts(Mapping[Period, Figure]):
    dataset: Dataset
    series: Series
    scope: str

    def __getitem__(self, period: Period) -> Figure:
        first = _first(self.series, period, self.scope, self.dataset, printed=True)
        figure = self.dataset.as_of(first[0]).figure(self.series, period, self.scope) if first else None
        if figure is None:
            raise KeyError(period)
        return figure

    def __iter__(self) -> Iterator[Period]:
        return iter(self.dataset.lines[self.series][self.scope].figures)

    def __len__(self) -> int:
        return len(self.dataset.lines[self.series][self.scope].figures)
