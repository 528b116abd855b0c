"""What is not on record as it was asked: what there is of it, in which scope, and whole questions for it."""

from collections.abc import Iterable

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.messages.document import document
from bot.questions.question import Question, View
from tests.asked import asked as understand
from tests.looped import looped
from tests.offered import CATALOGUE, worded


def answer_to(typed: str, dataset: Dataset) -> Answer:
    return respond(understand(typed, record=dataset), dataset)


def whole_year(commodities: Iterable[str], flows: tuple[Flow, ...]) -> Question:
    """The year under way as a whole; typed, "2026" is read as what there is of it."""
    view: View = "figure" if len(tuple(commodities)) < 3 else "overview"
    return Question.of(tuple(commodities), flows, Period.whole_year(2026), view)


@looped(
    ("typed", "first"),
    [
        ("bauxite imports h2 2026", "bauxite imports July 2026"),
        ("aluminium exports q3 2026", "unwrought aluminium exports July 2026 to August 2026"),
    ],
)
def test_what_there_is_of_a_period_under_way_is_offered_first(
    typed: str, first: str, dataset: Dataset
) -> None:
    answer = answer_to(typed, dataset)
    assert answer.outcome == "no_figure"
    assert worded(answer.suggestions)[0] == first
    assert answer_to(first, dataset).outcome == "answered"


@looped(
    ("asked", "first"),
    [
        (whole_year(("bauxite",), ("import",)), "bauxite imports ytd July 2026"),
        (whole_year(CATALOGUE, ("export",)), "everything exports ytd July 2026"),
        (whole_year(("alumina",), ("net",)), "alumina net trade ytd July 2026"),
    ],
)
def test_what_there_is_of_a_whole_year_under_way_is_offered_first(
    asked: Question, first: str, dataset: Dataset
) -> None:
    answer = respond(asked, dataset)
    assert answer.outcome == "no_figure"
    assert worded(answer.suggestions)[0] == first
    assert answer_to(first, dataset).outcome == "answered"


def test_a_figure_that_is_told_instead_is_cited(dataset: Dataset) -> None:
    answer = respond(whole_year(("bauxite",), ("import",)), dataset)
    (lost,) = answer.missing
    assert lost.so_far
    assert lost.so_far.value == 139_880_000
    assert {row.source for row in lost.so_far.rows} <= {
        source["id"] for source in document(answer)["sources"]
    }


def test_a_period_before_the_record_has_nothing_so_far(dataset: Dataset) -> None:
    (lost,) = answer_to("bauxite imports 2010", dataset).missing
    assert lost.so_far is None
