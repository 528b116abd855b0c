"""Some three hundred typed questions by kind, in both languages, and the answers to them."""

from bot.answers.conversation import converse
from bot.messages.blocks import in_form
from bot.messages.render import render
from tests.tables import tables

ASKED = tables("messages/asked.yaml")

SERIES, MONTHS = ASKED["series"], ASKED["months"]


def threads():
    """The turns of every thread, under the kind of its last one."""
    found: list[tuple[str, list[str]]] = []
    for kind, forms in ASKED["single"].items():
        for place, series in enumerate(SERIES):
            months = MONTHS if kind == "figure" else (MONTHS[place % len(MONTHS)],)
            for month in months:
                each = [form.format(s=s, m=m) for form, s, m in zip(forms, series, month, strict=True)]
                found += [(kind, [text]) for text in each]
    found += [(kind, [text]) for kind, *texts in ASKED["other"] for text in texts]
    found += [("follow-up", turns.split(" / ")) for turns in ASKED["follow_ups"]]
    return [each for place, each in enumerate(found) if each not in found[:place]]


def answered(dataset):
    """The kind of each thread, its last turn and the answer to it."""
    return [(kind, turns[-1], list(converse(turns, dataset))[-1]) for kind, turns in threads()]


def lines(message):
    """The words of a message with its lists and tables, with plain spaces and without the marks of bold."""
    told = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    told += [
        " | ".join(cell["text"] for cell in row)
        for block in in_form(message, "table").blocks
        if block["type"] == "table"
        for row in block["rows"]
    ]
    told += message.more
    told += [
        each["text"] for block in message.blocks if block["type"] == "context" for each in block["elements"]
    ]
    return "\n".join(told).replace("\u00a0", " ").replace("*", "")


def told(dataset, *turns):
    """The message that answers the last turn, as those lines."""
    return lines(render(list(converse(turns, dataset))[-1]))
