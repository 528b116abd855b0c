"""What is no question but a command: told apart, and said where it is done, in the terminal too."""

import json
from pathlib import Path

from bot.answers.conversation import converse
from bot.commands.ask import batch, exit_status
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.questions.commands import Command, command_in
from tests.commandline import alumina
from tests.looped import looped

TYPED: dict[str, Command | None] = {
    "subscribe": "subscribe",
    "Subscribe this channel": "subscribe",
    "please subscribe us in Chinese": "subscribe",
    "订阅": "subscribe",
    "subscriptions": "subscriptions",
    "show my subscriptions": "subscriptions",
    "unsubscribe": "subscriptions",
    "取消订阅": "subscriptions",
    "訂閱": "subscribe",
    "訂閱列表": "subscriptions",
    "alerts": "alerts",
    "list all alerts": "alerts",
    "which alerts do we have?": "alerts",
    "are there any releases": None,
    "what do we have": None,
    "提醒列表": "alerts",
    "next": "next",
    "下一期": "next",
    "alert": "alert",
    "氧化铝出口超过20万吨时提醒我": "alert",
    "stop alerts": "alerts",
    "cancel my alert": "alerts",
    "please delete all alerts": "alerts",
    "turn off the alert": "alerts",
    "取消提醒": "alerts",
    "请停止我的提醒": "alerts",
    "请订阅": "subscribe",
    "我想订阅": "subscribe",
    "帮我订阅": "subscribe",
    "我要退订": "subscriptions",
    "请帮我退订": "subscriptions",
    "我要退货": None,
    "stop": None,
    "next release": None,
    "下一期什么时候发布": None,
    "who subscribes to alumina exports": None,
    "show me alumina exports": None,
    "all": None,
    "": None,
}


@looped("text", TYPED)
def test_a_command_is_told_from_a_question(text: str) -> None:
    assert command_in(text) == TYPED[text]


@looped(
    ("typed", "where", "instead"),
    [
        ("subscribe", "“/alumina subscribe”", "“alumina post --month 2026-07 --dry-run”"),
        ("subscriptions", "“/alumina subscriptions”", "“alumina post --month 2026-07 --dry-run”"),
        ("alerts", "“/alumina alerts”", "“alumina ask alert alumina exports above 200kt”"),
        ("订阅", "“/alumina 订阅”", "“alumina post --month 2026-07 --dry-run”"),
        ("提醒列表", "“/alumina 提醒列表”", "“alumina ask 提醒 氧化铝出口超过20万吨”"),
    ],
)
def test_the_terminal_says_where_it_is_done_and_what_there_is_instead(
    typed: str, where: str, instead: str, dataset: Dataset
) -> None:
    (answer,) = converse([typed], dataset)
    said = document(answer)
    assert (exit_status([answer]), said["outcome"], said["understood"]) == (2, "not_understood", False)
    assert where in said["text"]
    assert instead in said["text"]


async def test_the_command_prints_it_and_ends_so() -> None:
    run = await alumina("ask", "订阅", "--json", env={"ALUMINA_TODAY": "2026-11-24"})
    assert (run.status, json.loads(run.out)["outcome"]) == (2, "not_understood")


@looped(
    ("text", "command"),
    [
        ("我想要" * 100 + "订阅", "subscribe"),
        ("我想要" * 100 + "氧化铝出口", None),
        ("取消" + "我的" * 100 + "提醒", "alerts"),
        ("取消" + "我的" * 100 + "订单", None),
        ("please show me " * 100 + "exports", None),
    ],
)
def test_a_long_row_of_the_same_words_comes_to_an_end(text: str, command: Command | None) -> None:
    """Each way to read a part of it, tried with each of the others, would take longer than anybody lives."""
    assert command_in(text) == command


def test_a_file_of_questions_goes_on_after_a_command(dataset: Dataset, tmp_path: Path) -> None:
    turns = ["alumina exports march 2024", "alert alumina exports above 200kt", "and imports?"]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(turns) + "\n" + json.dumps(["alerts"]) + "\n")
    first, second = map(json.loads, batch(file, dataset))
    assert [each["outcome"] for each in first] == ["answered", "not_understood", "answered"]
    assert "“/alumina alert alumina exports above 200kt” sets one" in first[1]["text"]
    assert first[2]["question"]["flows"] == ["import"]
    assert first[2]["question"]["period"]["start"] == "2024-03"
    assert [each["outcome"] for each in second] == ["not_understood"]
