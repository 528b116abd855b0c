"""An alert typed to `ask`: what would be said of it before it is saved. Nothing is saved."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.alerts.condition import Condition
from bot.alerts.reading import read
from bot.alerts.refusing import UnresolvedAlert
from bot.alerts.tokenise import names_nothing
from bot.commands.ask import EXIT_STATUS
from bot.dataset.dataset import Dataset
from bot.messages.conditions import as_typed, said_back
from bot.questions.speak import NONE
from bot.words import say, speaking


def alert(text: str, dataset: Dataset) -> tuple[dict[str, Any], int]:
    """What is said of an alert before it is saved, as a document, and the exit status; nothing is saved.

    "alert" is the condition in English words, "condition" the same as it would be kept; None where the text
    holds none.
    """
    parsed = read(text, dataset)
    alert_words, condition, suggestions, outcome = None, None, list[str](), "answered"
    with speaking(parsed.language):
        if not isinstance(parsed, UnresolvedAlert):
            alert_words, condition = _in_english(parsed.condition), json.loads(parsed.condition.to_json())
            said = [*said_back(parsed.condition, dataset), *parsed.restated]
        elif names_nothing(text):
            outcome, said = "ask_back", [say("alerts.how")]
        else:
            outcome, said = parsed.outcome, [issue.sentence for issue in parsed.issues]
            suggestions = [as_typed(offer, dataset.catalogue) for offer in parsed.offers]
    told = {"alert": alert_words, "condition": condition, "outcome": outcome, "language": parsed.language}
    return told | {"said": said, "suggestions": suggestions}, EXIT_STATUS[outcome]


def _in_english(condition: Condition) -> str:
    """Alumina exports above 200 kt, every time."""
    with speaking("en"):
        brief = as_typed(replace(condition, once=False), NONE)
        return say("alert_desk.once" if condition.once else "alert_desk.every", condition=brief)


def lines(told: Mapping[str, Any]) -> list[str]:
    """What is said of an alert, line by line; last what to write instead."""
    instead = told["suggestions"]
    with speaking(told["language"]):
        return [*told["said"], *([say("script.try", questions=" · ".join(instead))] if instead else [])]
