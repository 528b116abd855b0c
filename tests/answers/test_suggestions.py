"""What is offered instead of what is not on record: whole questions that read back and have a figure."""

from itertools import product

from bot.answers.respond import respond
from bot.answers.suggestions import MOST
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure
from bot.questions.question import Question
from tests.answers.asking import BAUXITE, EXPORTS, IMPORTS, METAL, NET, SCRAP, asked, month, span
from tests.asked import asked as understand
from tests.looped import looped
from tests.offered import CATALOGUE, worded
from tests.tables import tables

CASES = tables("answers/offers.yaml")

SERIES: list[tuple[str, Flow]] = [
    ("unwrought_aluminium", "export"), ("alumina", "export"), ("alumina", "import"), ("alumina", "net"),
    ("bauxite", "import"), ("primary_aluminium", "export"), ("aluminium_scrap", "import"),
]  # fmt: skip
PERIODS = [
    Period.month(Month(2025, 2)),
    Period.month(Month(2017, 3)),
    Period.month(Month(2026, 9)),
    Period.ytd(Month(2026, 10)),
    Period.around(Month(2026, 9), "quarter"),
    Period.around(Month(2026, 12), "half"),
    Period.whole_year(2026),
    Period.span(Month(2023, 2), Month(2024, 3)),
]
MEASURES: list[Measure] = ["quantity", "value", "unit_value"]


def test_every_question_offered_has_a_figure_of_the_same_series(dataset: Dataset) -> None:
    offered = 0
    for (name, flow), period, measure in product(SERIES, PERIODS, MEASURES):
        without = Question.of((name,), (flow,), period, measure=measure)
        answer = respond(without, dataset)
        suggestions = worded(answer.suggestions) if answer.outcome == "no_figure" else ()
        assert len(suggestions) <= MOST
        for text in suggestions:
            near = respond(understand(text, record=dataset), dataset)
            assert near.outcome == "answered", (without, text)
            assert {figure.series.commodity for figure in near.figures} == {name}, text
            same_flow = {figure.series.flow for figure in near.figures} == {flow}
            assert same_flow or {figure.period for figure in near.figures} == {period}, text
            offered += 1
    assert offered > 100


@looped(("typed", "offered"), CASES["offers"])
def test_offers_follow_from_the_question(dataset: Dataset, typed: str, offered: list[str]) -> None:
    answer = respond(understand(typed, record=dataset), dataset)
    assert answer.outcome == "no_figure"
    assert list(worded(answer.suggestions)) == [f"unwrought aluminium {text}" for text in offered]


EVERY, STRETCH, SEPTEMBER = tuple(CATALOGUE), span("2026-01", "2026-07"), month("2026-09")
FIRST = [
    # January and February as the figure they stand in
    (asked("figure", METAL, month("2020-02")), "unwrought aluminium exports ytd February 2020"),
    # what was never published, in tonnes
    (asked("figure", SCRAP, month("2025-03"), measure="value"), "aluminium scrap imports March 2025"),
    (asked("figure", SCRAP, month("2025-03"), measure="unit_value"), "aluminium scrap imports March 2025"),
    # alumina imports rose in every month from August 2025 to July 2026 that has a change on record
    (asked("ranking", IMPORTS, STRETCH, order="fall"), "alumina imports trend January 2026 to July 2026"),
    # a stretch with holes
    (asked("figure", EXPORTS, span("2023-05", "2024-02")), "alumina exports trend May 2023 to February 2024"),
    # the year under way as a whole; typed, "2026" is read as what there is of it
    (asked("figure", BAUXITE, Period.whole_year(2026)), "bauxite imports ytd July 2026"),
    (asked("figure", NET, Period.whole_year(2026)), "alumina net trade ytd July 2026"),
    (
        Question.of(EVERY, ("export",), Period.whole_year(2026), "overview"),
        "everything exports ytd July 2026",
    ),
    # several series together
    (Question.of(EVERY, ("export", "import"), SEPTEMBER, "overview"), "everything July 2026"),
    (asked("figure", (EXPORTS, IMPORTS), SEPTEMBER), "alumina exports and imports July 2026"),
]


@looped(("question", "first"), FIRST)
def test_the_nearest_comes_first_and_is_answered(dataset: Dataset, question: Question, first: str) -> None:
    answer = respond(question, dataset)
    assert (answer.outcome, worded(answer.suggestions)[0]) == ("no_figure", first)
    assert respond(answer.suggestions[0], dataset).outcome == "answered"


def test_a_share_by_value_is_offered_as_a_share_in_tonnes(dataset: Dataset) -> None:
    australia = BAUXITE._replace(partner="Australia")
    by_value = asked("figure", australia, month("2024-01"), measure="value", unit="%")
    (share,) = respond(respond(by_value, dataset).suggestions[0], dataset).shares
    assert share.part.series.measure == "quantity"


def test_a_figure_that_is_told_instead_is_cited(dataset: Dataset) -> None:
    answer = respond(asked("figure", BAUXITE, Period.whole_year(2026)), dataset)
    so_far = answer.missing[0].so_far
    assert so_far.value == 139_880_000
    assert {row.source for row in so_far.rows} <= set(answer.source_numbers)


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
def test_what_is_offered_is_answered_and_of_the_same_series(dataset: Dataset, typed: str) -> None:
    question = understand(typed, record=dataset)
    assert isinstance(question, Question)
    suggestions = worded(respond(question, dataset).suggestions)
    assert 1 <= len(suggestions) <= MOST
    for text in suggestions:
        near = understand(text, record=dataset)
        assert isinstance(near, Question), text
        assert set(near.commodities) <= set(question.commodities), text
        assert respond(near, dataset).outcome == "answered", text
