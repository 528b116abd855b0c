"""What is not on record as it was asked: what there is of it, in which scope, and whole questions for it."""

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.headline import headline
from bot.questions import understand
from tests.looped import looped
from tests.offered import worded


def answer_to(typed: str, dataset: Dataset) -> Answer:
    return respond(understand(typed, record=dataset), dataset)


@looped(
    ("typed", "first"),
    [
        ("bauxite imports 2026", "bauxite imports ytd July 2026"),
        ("bauxite imports h2 2026", "bauxite imports July 2026"),
        ("aluminium exports q3 2026", "unwrought aluminium exports July 2026 to August 2026"),
        ("exports 2026", "everything exports ytd July 2026"),
        ("alumina net trade 2026", "alumina net trade ytd July 2026"),
    ],
)
def test_what_there_is_of_a_period_under_way_is_offered_first(
    typed: str, first: str, dataset: Dataset
) -> None:
    answer = answer_to(typed, dataset)
    assert answer.outcome == "no_figure"
    assert worded(answer.suggestions)[0] == first
    assert answer_to(first, dataset).outcome == "answered"


def test_of_several_series_the_first_line_says_how_far_each_goes(dataset: Dataset) -> None:
    told = headline(answer_to("exports 2026", dataset))
    # printed: 4,665 kt to August, 1.91 Mt to July
    assert told.endswith(
        "2026: not on record; on record of it: aluminium exports 4.665 Mt in January-August 2026;"
        " alumina exports 1.91 Mt in January-July 2026."
    )


def test_a_figure_that_is_told_instead_is_cited(dataset: Dataset) -> None:
    answer = answer_to("bauxite imports 2026", dataset)
    (lost,) = answer.missing
    assert lost.so_far
    assert lost.so_far.value == 139_880_000
    assert {row.source for row in lost.so_far.rows} <= {
        source["id"] for source in document(answer)["sources"]
    }


def test_a_period_before_the_record_has_nothing_so_far(dataset: Dataset) -> None:
    (lost,) = answer_to("bauxite imports 2010", dataset).missing
    assert lost.so_far is None


@looped(
    ("typed", "told", "offered"),
    [
        (
            "alumina imports october 2024 to march 2025",
            "October to December 2024 as HS 2818, January to March 2025 as HS 28182000;"
            " on record for it: value in US$.",
            "alumina imports January 2025 to March 2025",
        ),
        (
            "alumina imports 2024-2025",
            "January to December 2024 as HS 2818, January to December 2025 as HS 28182000;"
            " on record for it: value in US$.",
            "alumina imports January 2025 to December 2025",
        ),
    ],
)
def test_months_in_two_scopes_are_named_and_the_parts_are_offered(
    typed: str, told: str, offered: str, dataset: Dataset
) -> None:
    answer = answer_to(typed, dataset)
    assert headline(answer).endswith(
        f"no total, as its months are on record in scopes that are not mixed: {told}"
    )
    assert "for lack of" not in document(answer)["text"]
    assert worded(answer.suggestions)[0] == offered
    assert answer_to(offered, dataset).outcome == "answered"
    assert len(set(answer.suggestions)) == len(answer.suggestions)
