"""What is offered where nothing near what was asked can be named: every refusal has a way on."""

from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.answers.suggestions import MOST
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.render import render
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.looped import looped
from tests.offered import held, worded

REFUSED = [
    "weather", "qwerty asdf", "price", "exports of copper", "forecast 2027", "tariffs", "foil",
    "exports to vietnam", "why did exports rise", "shandong", "in euros", "yesterday", "world exports",
]  # fmt: skip


@looped("typed", REFUSED)
def test_a_refusal_offers_questions_that_are_answered_wherever_it_is_told(
    typed: str, dataset: Dataset
) -> None:
    answer = respond(understand(typed, record=dataset), dataset)
    assert answer.outcome in ("outside", "not_understood", "ask_back")
    assert 1 <= len(worded(answer.offers)) <= MOST
    for offered in worded(answer.offers):
        asked = understand(offered, record=dataset)
        assert isinstance(asked, Question), offered
        assert respond(asked, dataset).outcome == "answered", offered
    [block] = [block for block in render(answer).blocks if block["type"] == "actions"]
    told = document(answer)["suggestions"]
    shown = [held(button["value"]) for button in block["elements"] if "value" in button]
    assert (shown[0], set(shown) <= set(told)) == (told[0], True)


NEAR = [("price", "unit value"), ("forecast", "next release")]


@looped(("typed", "what"), NEAR)
def test_what_is_offered_is_the_nearest_to_what_lies_outside(typed: str, what: str, dataset: Dataset) -> None:
    offers = worded(respond(understand(typed, record=dataset), dataset).offers)
    assert any(what in offered for offered in offers)


def test_a_follow_up_is_never_read_as_one_of_the_examples(dataset: Dataset) -> None:
    alone = list(converse(["march"], dataset))[-1]
    assert list(converse(["weather", "march"], dataset))[-1].question == alone.question
    with_last = list(converse(["bauxite imports 2025", "weather", "2024"], dataset))[-1]
    assert with_last.question.lines == (("bauxite", "import"),)


def test_who_asks_how_to_ask_gets_one_question_of_each_kind(dataset: Dataset) -> None:
    answer = respond(understand("help", record=dataset), dataset)
    [block] = [block for block in render(answer).blocks if block["type"] == "actions"]
    asked = [Question.from_json(button["value"]) for button in block["elements"]]
    assert [question.view for question in asked] == [
        "overview", "highlights", "trend",
    ]  # fmt: skip
    assert all(respond(question, dataset).outcome == "answered" for question in asked)
