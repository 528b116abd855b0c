"""What is no question but a command: told apart, and said where it is done, in the terminal too."""

import json

import pytest

from bot.answers.conversation import converse
from bot.commands.ask import batch, exit_status
from bot.messages.command_line import document
from bot.questions.commands import command_in
from tests.commandline import alumina
from tests.tables import looped, tables

CASES = tables("questions/cases.yaml")


@looped(
    ("text", "command"), [(text, command) for command, texts in CASES["commands"].items() for text in texts]
)
def test_a_command_is_told_from_a_question(text, command):
    assert command_in(text) == command


@looped(("typed", "where", "instead"), CASES["terminal"])
def test_the_terminal_tells_where_and_what(typed, where, instead, dataset):
    (answer,) = converse([typed], dataset)
    said = document(answer)
    assert (exit_status([answer]), said["outcome"], said["understood"]) == (2, "not_understood", False)
    assert where in said["text"]
    assert instead in said["text"]


@looped(("turns", "status"), CASES["statuses"].items())
def test_the_status_is_the_worst_of_the_turns(turns, status, dataset):
    assert exit_status(converse(turns.split(" / "), dataset)) == status


@pytest.mark.parametrize(
    ("words", "said"),
    [("--batch f", "stands alone"), ("--batch f march --json", "stands alone"), ("", "Give a")],
)
async def test_a_file_of_questions_stands_alone(words, said):
    run = await alumina("ask", *words.split())
    assert (run.status, said in run.err) == (2, True)


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
def test_a_long_row_of_the_same_words_comes_to_an_end(text, command):
    """Each way to read a part of it, tried with each of the others, would take longer than anybody lives."""
    assert command_in(text) == command


def test_a_file_of_questions_goes_on_after_a_command(dataset, tmp_path):
    turns = ["alumina exports march 2024", "alert alumina exports above 200kt", "and imports?"]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(turns) + "\n" + json.dumps(["alerts"]) + "\n")
    first, second = map(json.loads, batch(file, dataset))
    assert [each["outcome"] for each in first] == ["answered", "not_understood", "answered"]
    assert "“/alumina alert alumina exports above 200kt” sets one" in first[1]["text"]
    assert first[2]["question"]["flows"] == ["import"]
    assert first[2]["question"]["period"]["start"] == "2024-03"
    assert [each["outcome"] for each in second] == ["not_understood"]
