"""The buttons that offer whole questions."""

from bot.answers.answer import Answer
from bot.dataset.calendar import Month, Period
from bot.messages.actions import ASK
from bot.messages.buttons import LABEL, buttons, is_private, kept_private, label
from bot.messages.limits import problems
from bot.messages.message import Message
from bot.messages.render import render
from bot.questions.question import Issue, Question
from bot.questions.speak import NONE
from tests.looped import looped

MARCH = Period.month(Month(2024, 3))
ALUMINA = Question.of(("alumina",), ("export",), MARCH)
ALUMINIUM = Question.of(("unwrought_aluminium",), ("export",), MARCH)
ASK_BACK = Answer("ask_back", None, issues=(Issue("alumini", "Which?"),), suggestions=(ALUMINA, ALUMINIUM))


def test_each_suggestion_is_a_button_that_holds_the_question() -> None:
    message = render(ASK_BACK)
    [block] = [block for block in message.blocks if block["type"] == "actions"]
    assert [(one["text"]["text"], one["value"]) for one in block["elements"]] == [
        ("Alumina exports March 2024", ALUMINA.to_json()),
        ("Unwrought aluminium exports March 2024", ALUMINIUM.to_json()),
    ]
    assert problems(message.text, message.blocks) == []


def test_the_text_says_them_and_the_blocks_do_not_say_them_twice() -> None:
    message = render(ASK_BACK)
    assert message.text.endswith("Try: alumina exports March 2024 · unwrought aluminium exports March 2024")
    assert not any("Try:" in str(block) for block in message.blocks)


def test_without_suggestions_there_are_no_buttons() -> None:
    assert buttons([], NONE) == ()


def test_at_most_five_different_ones() -> None:
    years = [ALUMINA.at(Period.whole_year(year)) for year in (2019, 2019, 2020, 2021, 2022, 2023, 2024)]
    [block] = buttons(years, NONE)
    assert [one["value"] for one in block["elements"]] == [year.to_json() for year in years[1:6]]
    assert len({one["action_id"] for one in block["elements"]}) == 5


@looped(
    ("question", "shown"),
    [
        ("a" * 75, "A" + "a" * 74),
        ("word " * 14 + "words", "Word " + "word " * 13 + "words"),  # 75 letters
        ("word " * 15 + "more", "Word " + ("word " * 14).strip() + "…"),  # 74 letters and the sign
        ("word " * 14 + "letters", "Word " + ("word " * 13).strip() + "…"),
        ("a" * 80, "A" + "a" * 73 + "…"),
    ],
)
def test_a_label_is_whole_words_that_fit(question: str, shown: str) -> None:
    assert label(question) == shown
    assert len(shown) <= LABEL


def test_under_a_private_answer_the_buttons_answer_privately() -> None:
    private = kept_private(Message("text", ({"type": "divider"}, *buttons([ALUMINA], NONE))))
    [element] = private.blocks[1]["elements"]
    assert is_private(element["action_id"])
    assert ASK.search(element["action_id"])
    assert not is_private(buttons([ALUMINA], NONE)[0]["elements"][0]["action_id"])
    assert private.blocks[0] == {"type": "divider"}


@looped(
    ("question", "shown"),
    [
        ("everything exports July 2026", "All exports July 2026"),
        ("everything net trade 2025", "All net trade 2025"),
        ("everything highlights July 2026", "All that stands out in July 2026"),
        ("everything csv March 2026", "All of March 2026 as CSV"),
        ("everything March 2026", "Everything in March 2026"),
        ("everything March 2026 vs March 2025", "Everything, March 2026 vs March 2025"),
        ("next release", "When is the next release?"),
        ("alumina exports trend July 2026", "Alumina exports, 13 months to July 2026"),
        ("2026年7月氧化铝进口走势", "截至2026年7月的13个月氧化铝进口走势"),
        ("2025年7月至2026年7月氧化铝进口走势", "2025年7月至2026年7月氧化铝进口走势"),
        ("alumina exports trend January 2025 to December 2025", "Alumina exports month by month, 2025"),
        ("bauxite imports trend 2024 to 2025", "Bauxite imports month by month, 2024 to 2025"),
        ("alumina exports ytd February 2025", "Alumina exports January-February 2025"),
        ("alumina exports ytd January 2025", "Alumina exports January 2025"),
        ("alumina exports 5 highest months 2025", "Alumina exports, 5 highest months of 2025"),
        ("bauxite imports average 2024 to 2025", "Bauxite imports, average month of 2024 to 2025"),
        ("alumina exports monthly csv 2025", "Alumina exports, 2025, month by month as CSV"),
        ("alumina exports csv March 2024", "Alumina exports, March 2024 as CSV"),
        (
            "bauxite imports from Guinea value in US$ share trend July 2026",
            "Bauxite imports from Guinea, share by value, 13 months to July 2026",
        ),
        ("alumina exports July 2026", "Alumina exports July 2026"),
    ],
)  # fmt: skip
def test_a_label_says_words_as_people_speak(question: str, shown: str) -> None:
    assert label(question) == shown
    assert len(shown) <= LABEL
