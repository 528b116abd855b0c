"""An alert typed to `alumina ask`: what would be said of it before it is saved. Nothing is saved."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands.ask import EXIT_STATUS
from bot.dataset.dataset import Dataset
from bot.messages.caveats import mended
from bot.messages.conditions import as_typed, said_back, why_none
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.questions.speak import NONE
from bot.words import say, speaking


def alert(text: str, dataset: Dataset) -> tuple[dict[str, Any], int]:
    """What is said of an alert, as a document, and the exit status.

    "alert" is the condition in English words, "condition" the same as it would be kept; None where the text
    holds none.
    """
    reading = read_condition(text, dataset)
    alert_words, condition, outcome = None, None, "answered" if reading.condition else reading.outcome
    with speaking(reading.language):
        if reading.condition:
            alert_words, condition = _in_english(reading.condition), json.loads(reading.condition.to_json())
            said = [*said_back(reading.condition, dataset), *mended(reading)]
        else:
            said = [why_none(reading)]
        suggestions = [as_typed(offer, dataset.catalogue) for offer in reading.offers]
    told = {"alert": alert_words, "condition": condition, "outcome": outcome, "language": reading.language}
    return told | {"said": said, "suggestions": suggestions}, EXIT_STATUS[outcome]


def _in_english(condition: Condition) -> str:
    with speaking("en"):
        brief = as_typed(replace(condition, once=False), NONE)
        return say("listing.often_once" if condition.once else "listing.often_every", condition=brief)


def lines(told: Mapping[str, Any]) -> list[str]:
    """What is said of an alert, line by line; last what to write instead."""
    instead = told["suggestions"]
    with speaking(told["language"]):
        return [*told["said"], *([say("script.try", questions=" · ".join(instead))] if instead else [])]
