"""What is said again in the same breath: "march, sorry, I mean april" asks for April."""

from collections.abc import Sequence

from bot.questions.items import Item

_SERIES = ("series", "wider", "part", "scope", "group")


def mended(items: Sequence[Item]) -> Sequence[Item]:
    """The items without those that a later part of the text takes back by naming another of the same kind."""
    at = next((i for i, item in enumerate(items) if item.sense == "mend"), None)
    if at is None:
        return items
    after = mended(items[at + 1 :])
    again = {_kind(item) for item in after}
    return [*(item for item in items[:at] if _kind(item) not in again), *after]


def _kind(item: Item) -> str:
    return "time" if item.moment else "series" if item.sense in _SERIES else item.sense
