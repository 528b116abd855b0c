"""The cases on the shipped record: the figure that was published, and none that was not asked for."""

from collections.abc import Iterator
from functools import cache

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.dataset.revision_history import Steps
from bot.questions.question import Question
from tests.looped import looped

from .cases import Case, SmallRecord, period, single_cases, threads, understood
from .sums import rows

RECORD = SmallRecord()
SINGLE = [case for file in ("questions.yaml", "refusals.yaml") for case in single_cases(file)]
THREADS = list(threads())
WITH_VALUE = [
    case for case in (*SINGLE, *(turn for turns in THREADS for turn in turns)) if "value" in case.expected
]
WORDS_ONLY = ("help", "release", "highlights", "revisions", "coverage")
MONTHS_OF = ("trend", "ranking", "average", "export", "sources")  # views that show the months of their period


@cache
def asked(key: str = "") -> list[tuple[Case, Question]]:
    """Every case with that key that is a question, and the question; a thread's turns after each other."""
    turns = [
        each for turns in [*((case,) for case in SINGLE), *THREADS] for each in understood(turns, RECORD)
    ]
    return [
        (case, got) for case, got in turns if isinstance(got, Question) and (not key or key in case.expected)
    ]


@looped("case", WITH_VALUE)
def test_the_expected_figure_stands_in_the_published_table(case: Case) -> None:
    """The place it was taken from: its source's row of figures.csv; a whole year is the row to December."""
    when = period(case.expected["period"])
    kind = "ytd" if when.kind == "year" else when.kind
    assert case.expected["value"] in {
        float(row["value"])
        for row in rows()
        if row["value"]
        and (row["source"], row["period"], row["kind"]) == (case.expected["source"], str(when.end), kind)
        and (row["commodity"], row["flow"]) == (case.expected["series"], case.expected["flows"])
        and row["partner"] == case.expected.get("partner", "")
    }


@looped(("case", "question"), lambda: asked("value"))
def test_the_answer_holds_the_published_figure(case: Case, question: Question, dataset: Dataset) -> None:
    by_period = {figure.period: figure.value for figure in respond(question, dataset).figures}
    assert question.period
    assert by_period[question.period] == case.expected["value"]
    if "was" in case.expected and question.against:
        assert by_period[question.against] == case.expected["was"]


@looped(("case", "question"), asked)
def test_no_answer_holds_a_figure_that_was_not_asked_for(
    case: Case, question: Question, dataset: Dataset
) -> None:
    answer = respond(question, dataset)
    strange = [figure for figure in answer.figures if not fits(figure, question)]
    assert not strange, [(figure.series, figure.period.name) for figure in strange]
    assert outcome_fits(answer)


def outcome_fits(answer: Answer) -> bool:
    """An answer without figures is called one, except where words are the answer."""
    words_only = answer.question and answer.question.view in WORDS_ONLY
    return bool(answer.figures or words_only or answer.outcome != "answered")


def fits(figure: Figure, question: Question) -> bool:
    """Whether series, flow, partner, measure, scope and period are those of the question."""
    series = figure.series
    partners = {question.partner, ""} if question.unit == "%" else {question.partner}
    return (
        series.commodity in question.commodities
        and series.flow in question.flows
        and series.partner in partners
        and series.measure == question.measure
        and figure.scope == (question.scope or figure.scope)
        and period_fits(figure.period, question)
    )


def period_fits(got: Period, question: Question) -> bool:
    """Whether it is a period that was asked for, or a month of one in the views that show months."""
    whole, view = question.period, question.view
    if got in (whole, question.against):
        return True
    if view == "overview" and whole and whole.kind == "month":
        return got == Period.ytd(whole.end)
    if view in MONTHS_OF and got.kind == "month":
        return whole is None or whole.start <= got.end <= whole.end
    if view == "growth" and question.change == "ytd" and whole:
        return got == Period.ytd(whole.end)
    if view == "revisions":
        within = whole is None or whole.start <= got.end <= whole.end
        return within and got.kind in ("month", "ytd")
    return view == "record" and got.kind == "month"


@looped(("case", "question"), lambda: asked("steps"))
def test_the_answer_tells_each_printing(case: Case, question: Question, dataset: Dataset) -> None:
    told = [each for item in respond(question, dataset).revisions for each in item.told]
    got = {each.period: list(_printed(each.steps)) for each in told}
    for text, values in case.expected["steps"].items():
        assert got[period(text)] == values
        assert set(values) <= _published(case, period(text))


def _printed(steps: Steps) -> Iterator[float | None]:
    return (step.figure.value for step in steps if not step.figure.derived)


def _published(case: Case, when: Period) -> set[float]:
    """What was printed of that period in data/figures.csv, by whichever source."""
    return {
        float(row["value"])
        for row in rows()
        if row["value"]
        and (row["period"], row["kind"], row["measure"]) == (str(when.end), when.kind, "quantity")
        and (row["commodity"], row["flow"]) == (case.expected["series"], case.expected["flows"])
        and not row["partner"]
    }


def test_a_third_of_the_cases_has_its_figure() -> None:
    assert sum("value" in case.expected for case in SINGLE) * 3 >= 250
