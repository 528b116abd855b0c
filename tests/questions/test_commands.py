"""What is no question but a command: told apart, and said where it is done, in the terminal too."""

import json
from pathlib import Path

from bot.answers.conversation import converse
from bot.commands.ask import batch, exit_status
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.questions.commands import Command, command_in
from tests.looped import looped

TYPED: dict[Command | None, list[str]] = {
    "subscribe": [
        "subscribe", "Subscribe this channel", "please subscribe us in Chinese", "订阅", "訂閱", "请订阅",
        "我想订阅", "帮我订阅",
    ],
    "subscriptions": [
        "subscriptions", "show my subscriptions", "unsubscribe", "取消订阅", "訂閱列表",
        "我要退订", "请帮我退订",
    ],
    "alerts": [
        "alerts", "list all alerts", "which alerts do we have?", "提醒列表", "stop alerts",
        "cancel my alert", "please delete all alerts", "turn off the alert", "取消提醒", "请停止我的提醒",
    ],
    "schedule": [
        "post this every month", "please post alumina exports each month", "send us this after each release",
        "share it monthly", "每月发送这个", "每次发布后推送氧化铝出口", "请每个月发送铝土矿进口",
        "remind <#C_DESK|trading-desk> of this after each release", "remind me of it every month",
        "remind #desk of this after each release",
        "post this in <#C_DESK> monthly", "每次发布后提醒<#C_DESK>这个", "每月在<#C_DESK>发送这个",
    ],
    None: [
        "post", "send me alumina exports", "monthly exports", "每月氧化铝出口",
        "share of primary in exports", "share of primary in exports each month",
        "send me alumina exports for each month of 2024", "send us monthly alumina exports",
        "发送2024年每月氧化铝出口", "post alumina exports every month since 2024",
        "are there any releases", "what do we have", "我要退货", "stop", "next release",
        "告诉我超过65万吨的月份", "忘记上面的",
        "word on alumina exports", "下一期什么时候发布", "who subscribes to alumina exports",
        "show me alumina exports", "all", "",
    ],
    "word": ["word RX alumina", "teach RX alumina", "word remove RX", "词语 RX 氧化铝", "忘记RX"],
    "words": ["word", "words", "show our words", "词语", "用语列表"],
    "next": [
        "next", "下一期",
    ],
    "alert": [
        "alert", "氧化铝出口超过20万吨时提醒我", "铝出口超过65万吨告诉我", "铝出口低于65万吨就通知我",
    ],
}  # fmt: skip


@looped(("text", "command"), [(text, command) for command, texts in TYPED.items() for text in texts])
def test_a_command_is_told_from_a_question(text: str, command: Command | None) -> None:
    assert command_in(text) == command


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
