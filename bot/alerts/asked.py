"""Whether a text asks to be told of something: its word before, after or around the condition."""

import re

from bot.alerts.spoken import spoken

_ASKS = re.compile(
    r"^\W*alert(?!\w)|提醒|[预預]警|[时時候](?:就|[请請])?(?:通知|告知|告[诉訴])", re.IGNORECASE
)


def asks_for_alert(text: str) -> bool:
    """Whether it does; a text that only names an hour or speaks of figures does not."""
    return _ASKS.search(text) is not None


def names_nothing(text: str) -> bool:
    """Whether it says that somebody wants to be told, and not of what."""
    said = spoken(text)
    return not (said.tail or said.rest)
