"""Answers to questions: each view, what cannot be answered, and the forms for older workspaces."""

from collections.abc import Iterator

from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.asked import NO_ANSWER, asked, headings
from bot.gallery.specimen import ASKER, Specimen
from bot.messages.buttons import with_controls
from bot.messages.forms import in_form
from bot.messages.render import render
from bot.profile import profile

OLDER, CHARTED = ("Comparisons", "Everything against a year earlier"), ("Charts", "Thirteen months")


def answers(dataset: Dataset) -> Iterator[Specimen]:
    """An answer to each question, with what stands below it for whoever asked."""
    for group in headings():
        for name, words in asked(group).items():
            (answer,) = converse([words], dataset)
            if (answer.outcome == "answered") != (group == NO_ANSWER) or profile().gallery:
                yield Specimen(name, "message", with_controls(render(answer), ASKER), group, words)
    yield from _older(dataset)


def _older(dataset: Dataset) -> Iterator[Specimen]:
    group = "For workspaces without the newer blocks"
    for heading, name in (OLDER, CHARTED):
        words = asked(heading)[name]
        (answer,) = converse([words], dataset)
        message = with_controls(render(answer), ASKER)
        what = "A chart" if heading == "Charts" else "A comparison"
        yield Specimen(f"{what} with older blocks", "message", in_form(message, "table"), group, words)
    yield Specimen(f"{what} as text alone", "message", in_form(message, "text"), group, words)
