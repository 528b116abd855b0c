"""Some three hundred real answers against the budgets: words, first line, buttons, chart, Slack's limits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from bot.answers.answer import Answer
from bot.answers.behind import printed
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.details import details_view
from bot.messages.forms import FORMS, in_form
from bot.messages.limits import problems
from bot.messages.modal_limits import view_problems
from bot.messages.render import render
from bot.words import LANGUAGES
from tests.messages.asked import answered

Rendered = tuple[str, str, Answer, tuple[dict[str, Any], ...], str]
DRAWN = ("actions", "context_actions", "table", "data_table", "data_visualization")
BUDGETS = {"figure": 42, "month": 60, "comparison": 60, "trend": 60, "highlights": 90, "revisions": 90}
OTHER = 70
POST, FIRST_LINE, SPOKEN = 90, 120, 900
LABEL, LABELS, BUTTONS, ENTRIES = 24, 29, 3, 5
NOT_SAID = re.compile(
    r"\bderived\b|±|\babout \d|status not known|not known|via copy|github|date not|\bneither\b|nor is\b"
    r"|已知状态"
)
HAN = re.compile("[\u4e00-\u9fff]")
SIGNS_A_WORD = 1.8


@pytest.fixture(scope="module")
def rendered(dataset: Dataset) -> list[Rendered]:
    found = []
    for kind, text, answer in answered(dataset):
        message = render(answer)
        found.append((kind, text, answer, message.blocks, message.text))
    return found


def shown(value: Any) -> Iterator[str]:
    """The texts of blocks, without what is drawn or pressed."""
    if isinstance(value, Mapping):
        if value.get("type") not in DRAWN:
            for name, inner in value.items():
                yield from [inner] if name == "text" and isinstance(inner, str) else shown(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from shown(inner)


def words(texts: Iterator[str]) -> float:
    told = re.sub(r"<[^|>]*\|", "", " ".join(texts))
    plain = HAN.sub(" ", told).split()
    return sum(bool(re.search(r"\w", word)) for word in plain) + len(HAN.findall(told)) / SIGNS_A_WORD


def elements(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for block in blocks if block["type"] == "actions" for each in block["elements"]]


def test_there_are_enough_of_them(rendered: list[Rendered]) -> None:
    assert len(rendered) > 300
    assert {answer.language for _, _, answer, _, _ in rendered} == set(LANGUAGES)


def test_words_keep_to_the_budget_of_their_kind(rendered: list[Rendered]) -> None:
    over = [
        (kind, text, round(count))
        for kind, text, _, blocks, _ in rendered
        if (count := words(shown(blocks))) > BUDGETS.get(kind, OTHER)
    ]
    assert over == []


def test_the_first_line_is_short_and_bold(rendered: list[Rendered]) -> None:
    firsts = [
        (text, blocks[0]["text"]["text"].split("\n")[0]) for _, text, _, blocks, _ in rendered if blocks
    ]
    assert [each for each in firsts if not each[1].startswith("*")] == []
    assert [each for each in firsts if len(each[1].replace("*", "")) > FIRST_LINE] == []


def test_no_word_stands_that_a_reader_stumbles_over(rendered: list[Rendered]) -> None:
    told = [(text, " ".join(shown(blocks))) for _, text, _, blocks, _ in rendered]
    assert [(text, found[0]) for text, words_ in told if (found := NOT_SAID.search(words_))] == []


def test_three_buttons_at_most_and_a_menu(rendered: list[Rendered]) -> None:
    for _, text, _, blocks, _ in rendered:
        buttons = [each for each in elements(blocks) if each["type"] == "button"]
        labels = [each["text"]["text"] for each in buttons]
        assert len(buttons) <= BUTTONS, text
        assert len(set(labels)) == len(labels), (text, labels)
        assert all(len(label) <= LABEL for label in labels), (text, labels)
        for menu in (each for each in elements(blocks) if each["type"] == "overflow"):
            assert sum(map(len, labels)) <= LABELS, (text, labels)
            assert len(menu["options"]) <= ENTRIES


def test_a_button_reads_its_question_out(rendered: list[Rendered]) -> None:
    for _, text, _, blocks, _ in rendered:
        asks = [each for each in elements(blocks) if each["action_id"].startswith("ask_")]
        assert all(each["accessibility_label"] for each in asks), text


def test_one_chart_and_one_line_of_source(rendered: list[Rendered]) -> None:
    for _, text, _, blocks, _ in rendered:
        kinds = [block["type"] for block in blocks]
        assert kinds.count("data_visualization") <= 1, text
        assert kinds.count("context") <= 2, text
        if "data_visualization" in kinds:
            assert not {"table", "data_table"} & set(kinds), f"{text}: a button brings the table"


def test_a_notification_is_short_and_has_no_arrow(rendered: list[Rendered]) -> None:
    told = [(text, spoken) for _, text, _, _, spoken in rendered]
    assert [each for each in told if len(each[1]) > SPOKEN or "▲" in each[1] or "▼" in each[1]] == []


def test_slack_takes_every_form(dataset: Dataset) -> None:
    for _, text, answer in answered(dataset):
        message = render(answer)
        for form in FORMS:
            shaped = in_form(message, form)
            assert problems(shaped.text, shaped.blocks) == [], (text, form)
        if answer.question and answer.figures:
            assert view_problems(details_view(printed(answer, dataset))) == [], text


def test_the_text_alone_says_what_the_table_shows(dataset: Dataset) -> None:
    for _, text, answer in answered(dataset):
        message = render(answer)
        alone = in_form(message, "text").text
        for block in message.blocks:
            if block["type"] == "table":
                assert all(
                    cell["text"].replace("<", "&lt;") in alone for row in block["rows"] for cell in row
                ), text


@pytest.mark.parametrize("month", [Month(2024, 3), Month(2026, 2), Month(2026, 7)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_monthly_post_keeps_to_its_budget(dataset: Dataset, month: Month, language: Any) -> None:
    message = render(monthly_summary(dataset, month, language=language))
    kinds = [block["type"] for block in message.blocks]
    assert words(shown(message.blocks)) <= POST
    assert kinds.count("data_visualization") == 1
    assert "table" in kinds
    assert problems(message.text, message.blocks) == []
