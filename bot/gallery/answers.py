"""Answers to questions: each view, what cannot be answered, and the forms for older workspaces."""

from collections.abc import Iterator

from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.gallery.specimen import ASKER, Specimen
from bot.messages.controls import with_controls
from bot.messages.forms import in_form
from bot.messages.render import render

# By heading: what is shown, and the question in words.
QUESTIONS = {
    "Figures": {
        "One figure": "alumina exports march 2024",
        "A derived figure with its range": "alumina exports may 2026",
        "A whole month": "march 2026",
        "A running total": "bauxite imports ytd",
        "A year": "aluminium exports 2025",
        "Value in US$": "bauxite imports value june 2026",
        "A partner": "bauxite from guinea june 2026",
        "Another unit": "aluminium exports july 2026 in pounds",
        "Asked in Chinese": "氧化铝出口 2026年3月",
    },
    "Charts": {
        "Thirteen months": "alumina exports last 13 months",
        "The season, year by year": "bauxite imports since 2019",
        "Below zero: net trade": "alumina net exports last 13 months",
        "Two series": "alumina exports and imports last 13 months",
        "Months of a year": "aluminium exports 2025 by month",
    },
    "Comparisons": {
        "Two periods": "aluminium exports q2 2026 vs q2 2025",
        "Everything against a year earlier": "everything july 2026 vs july 2025",
        "A ranking": "top months for alumina exports",
        "A record": "was that a record alumina exports april 2026",
        "An average": "average bauxite imports 2025",
        "Growth": "alumina growth 2025",
        "What stands out": "anything unusual in march 2024?",
    },
    "Behind the figures": {
        "Sources": "sources alumina exports may 2026",
        "As it was known on a day": "aluminium exports january to june 2025 as of 31 august 2025",
        "As first published": "aluminium exports january to june 2025 as first published",
        "Revisions": "revisions of aluminium exports 2025",
        "What was revised since a day": "which numbers were revised this year",
        "A file for Excel": "csv of alumina exports since 2025",
        "What is on record": "which months are missing for bauxite",
        "Releases to come": "when is the next release?",
        "Help": "help",
    },
    "Where there is no answer": {
        "Not on record": "alumina exports march 2012",
        "Not out yet": "alumina exports november 2026",
        "Outside the data": "alumina price",
        "Another metal": "copper exports",
        "Asked back: alumina or aluminium": "alumini exports march 2024",
        "Asked back: how many months": "bauxite last few months",
        "Not understood": "how is the weather",
        "One part missing": "alumina exports march 2024 vs march 2023",
    },
}
OLDER = "everything july 2026 vs july 2025"
CHARTED = "alumina exports last 13 months"


def answers(dataset: Dataset) -> Iterator[Specimen]:
    """An answer to each question, with what stands below it for whoever asked."""
    for group, questions in QUESTIONS.items():
        for name, words in questions.items():
            (answer,) = converse([words], dataset)
            yield Specimen(name, "message", with_controls(render(answer), ASKER), group, words)
    yield from _older(dataset)


def _older(dataset: Dataset) -> Iterator[Specimen]:
    group = "For workspaces without the newer blocks"
    for words in (OLDER, CHARTED):
        (answer,) = converse([words], dataset)
        message = with_controls(render(answer), ASKER)
        what = "A comparison" if words == OLDER else "A chart"
        yield Specimen(f"{what} with older blocks", "message", in_form(message, "table"), group, words)
    yield Specimen(f"{what} as text alone", "message", in_form(message, "text"), group, words)
