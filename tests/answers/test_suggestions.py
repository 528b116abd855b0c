"""What is offered instead of what is not on record: whole questions that read back and have a figure."""

from collections.abc import Iterator
from itertools import product

from bot.answers.respond import respond
from bot.answers.suggestions import MOST
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.looped import looped
from tests.offered import worded

SERIES: list[tuple[str, Flow]] = [
    ("unwrought_aluminium", "export"), ("alumina", "export"), ("alumina", "import"), ("alumina", "net"),
    ("bauxite", "import"), ("primary_aluminium", "export"), ("aluminium_scrap", "import"),
]  # fmt: skip
PERIODS = [
    Period.month(Month(2025, 2)),
    Period.month(Month(2017, 3)),
    Period.month(Month(2026, 9)),
    Period.ytd(Month(2026, 10)),
    Period.quarter(2026, 3),
    Period.half(2026, 2),
    Period.whole_year(2026),
    Period.span(Month(2023, 2), Month(2024, 3)),
]
MEASURES: list[Measure] = ["quantity", "value", "unit_value"]


def questions_without_a_figure(dataset: Dataset) -> Iterator[Question]:
    for (name, flow), period, measure in product(SERIES, PERIODS, MEASURES):
        asked = Question.of((name,), (flow,), period, measure=measure)
        if respond(asked, dataset).outcome == "no_figure":
            yield asked


def test_every_question_offered_has_a_figure_of_the_same_series(dataset: Dataset) -> None:
    offered = 0
    for asked in questions_without_a_figure(dataset):
        suggestions = worded(respond(asked, dataset).suggestions)
        assert len(suggestions) <= MOST
        for text in suggestions:
            answer = respond(understand(text, record=dataset), dataset)
            assert answer.outcome == "answered", (asked, text)
            assert {figure.series.commodity for figure in answer.figures} == set(asked.commodities), text
            same_flow = {figure.series.flow for figure in answer.figures} == set(asked.flows)
            assert same_flow or {figure.period for figure in answer.figures} == {asked.period}, text
            offered += 1
    assert offered > 100


def test_january_and_february_come_first_as_the_figure_they_stand_in(dataset: Dataset) -> None:
    asked = Question.of(("unwrought_aluminium",), ("export",), Period.month(Month(2020, 2)))
    first, *others = worded(respond(asked, dataset).suggestions)
    assert first == "unwrought aluminium exports ytd February 2020"
    assert "unwrought aluminium exports February 2021" in others  # the next February on record


@looped("measure", ["value", "unit_value"])
def test_what_was_never_published_is_offered_in_tonnes(dataset: Dataset, measure: Measure) -> None:
    asked = Question.of(("aluminium_scrap",), ("import",), Period.month(Month(2025, 3)), measure=measure)
    assert worded(respond(asked, dataset).suggestions)[0].startswith("aluminium scrap imports")


def test_what_is_answered_suggests_nothing(dataset: Dataset) -> None:
    assert (
        respond(Question.of(("alumina",), ("export",), Period.month(Month(2024, 3))), dataset).suggestions
        == ()
    )


def test_a_share_by_value_is_offered_as_a_share_in_tonnes(dataset: Dataset) -> None:
    asked = Question.of(
        ("bauxite",),
        ("import",),
        Period.month(Month(2024, 1)),
        partner="Australia",
        measure="value",
        unit="%",
    )
    first, *_ = worded(respond(asked, dataset).suggestions)
    (share,) = respond(understand(first, record=dataset), dataset).shares
    assert share.part.series.measure == "quantity"


def test_where_no_month_fell_the_months_are_offered(dataset: Dataset) -> None:
    # alumina imports rose in every month from August 2025 to July 2026 that has a change on record
    stretch = Period.span(Month(2026, 1), Month(2026, 7))
    asked = Question.of(("alumina",), ("import",), stretch, "ranking", order="fall")
    answer = respond(asked, dataset)
    assert answer.outcome == "no_figure"
    for text in worded(answer.suggestions):
        assert respond(understand(text, record=dataset), dataset).outcome == "answered", text


@looped(
    ("typed", "offered"),
    [
        # the months beside it, the same month of the years beside it, the other flow; no month from elsewhere
        (
            "aluminium exports june 2023",
            ["exports September 2023", "exports May 2023", "exports June 2024", "exports June 2022",
             "imports June 2023"],
        ),
        (
            "aluminium exports q3 2026",
            ["exports July 2026 to August 2026", "exports Q2 2026", "exports Q3 2025"],
        ),
        (
            "aluminium exports h2 2026",
            ["exports July 2026 to August 2026", "exports H1 2026", "exports H2 2025"],
        ),
        ("aluminium imports october 2026", ["imports July 2026", "imports October 2025"]),
    ],
)  # fmt: skip
def test_offers_follow_from_the_question(dataset: Dataset, typed: str, offered: list[str]) -> None:
    answer = respond(understand(typed, record=dataset), dataset)
    assert list(worded(answer.suggestions)) == [f"unwrought aluminium {text}" for text in offered]


def test_a_stretch_with_holes_is_offered_month_by_month_and_a_year_on(dataset: Dataset) -> None:
    asked = Question.of(("alumina",), ("export",), Period.span(Month(2023, 5), Month(2024, 2)))
    assert worded(respond(asked, dataset).suggestions) == (
        "alumina exports trend May 2023 to February 2024",
        "alumina exports May 2024 to February 2025",
        "alumina imports May 2023 to February 2024",
    )


@looped(
    ("typed", "first"),
    [
        ("highlights september 2026", "everything highlights July 2026"),
        ("everything september 2026", "everything July 2026"),
        ("alumina exports vs imports september 2026", "alumina exports and imports July 2026"),
    ],
)
def test_several_series_are_offered_together(dataset: Dataset, typed: str, first: str) -> None:
    offered = worded(respond(understand(typed, record=dataset), dataset).suggestions)
    assert offered[0] == first
    assert respond(understand(first, record=dataset), dataset).outcome == "answered"


def test_where_no_month_fell_the_months_of_the_question_are_offered(dataset: Dataset) -> None:
    asked = Question.of(
        ("alumina",), ("import",), Period.span(Month(2026, 1), Month(2026, 7)), "ranking", order="fall"
    )
    assert worded(respond(asked, dataset).suggestions) == ("alumina imports trend January 2026 to July 2026",)


VARIED = """alumina exports september 2026
unwrought aluminium exports february 2020; alumina exports march 2017
alumina exports q3 2026; alumina imports h2 2026; bauxite imports h2 2026; scrap imports july 2026
primary aluminium exports 2025; primary aluminium imports q4 2025; alumina exports value march 2024
scrap unit value march 2025; alumina net value 2025; net alumina unit value march 2024
bauxite from guinea august 2026; bauxite from australia value share march 2024; alumina to russia march 2024
alumina imports july 2024 to march 2025; alumina exports ytd october 2026; average aluminium exports 2023
top months primary aluminium exports 2018; alumina exports mom q1 2025
highlights september 2026; everything september 2026; everything q3 2026; hs 2818 imports 2026
trend alumina exports 2017; csv scrap imports september 2026; sources alumina exports september 2026
yoy alumina exports september 2026; alumina unit value; alumina imports trend since 2023
aluminium exports december 2023; aluminium imports october 2026; alumina exports may 2023 to february 2024
top months alumina imports since 2023; biggest yoy falls alumina imports 2026
alumina vs bauxite imports q3 2026; primary aluminium imports value 2025
scrap imports 2017; record alumina exports september 2026"""


@looped("typed", [text.strip() for text in VARIED.replace("\n", ";").split(";")])
def test_whatever_was_asked_what_is_offered_is_answered_and_of_the_same_series(
    dataset: Dataset, typed: str
) -> None:
    asked = understand(typed, record=dataset)
    assert isinstance(asked, Question)
    suggestions = worded(respond(asked, dataset).suggestions)
    assert 1 <= len(suggestions) <= MOST
    for text in suggestions:
        near = understand(text, record=dataset)
        assert isinstance(near, Question), text
        assert set(near.commodities) <= set(asked.commodities), text
        assert respond(near, dataset).outcome == "answered", text
