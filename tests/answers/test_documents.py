"""Answers of every view, by what stands in their JSON documents."""

from functools import reduce

from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.messages.command_line import document
from tests.answers.asking import read
from tests.tables import looped, tables

CASES = tables("answers/documents.yaml")


def found(told, step):
    """What stands there under a key or a number, of each of a list under a key."""
    if isinstance(told, list) and not step.isdigit():
        return [found(each, step) for each in told]
    return told[int(step) if isinstance(told, list) else step]


@looped(
    ("kind", "text", "wanted"),
    [(kind, *pair) for kind in CASES for case in CASES[kind] for pair in case.items()],
)
def test_the_document_of_an_answer_says(kind, text, wanted, dataset):
    (answer,) = [respond(read(text), dataset)] if kind == "asked" else converse([text], dataset)
    told = document(answer)
    assert {path: reduce(found, path.split("."), told) for path in wanted} == wanted
