"""What is said again in the same breath: "march, I mean april" and "not march, april" ask for April."""

from collections.abc import Sequence

from bot.questions.items import Item

_SERIES = ("series", "wider", "part", "scope", "group")
_DENIED = ("time", "series", "flow", "measure", "unit")


def mended(items: Sequence[Item]) -> Sequence[Item]:
    """The items without those that the text itself takes back.

    After "I mean" whatever is named of the same kind counts; what stands after "not" goes where something
    else is named. A "not" that takes nothing back stays, to be reported.
    """
    senses = {item.sense for item in items}
    if "with" in senses:
        items = _with_times(items)
    if "not" in senses:
        items = _without_denied(items)
    at = next((i for i, item in enumerate(items) if item.sense == "mend"), None)
    if at is None:
        return items
    after = mended(items[at + 1 :])
    again = {_kind(item) for item in after}
    return [*(item for item in items[:at] if _kind(item) not in again), *after]


def _with_times(items: Sequence[Item]) -> Sequence[Item]:
    """The items without the "with" that no time follows: "trade with guinea"."""
    following = [*items[1:], None]
    return [
        item for item, after in zip(items, following, strict=True)
        if item.sense != "with" or (after and after.moment)
    ]  # fmt: skip


def _without_denied(items: Sequence[Item]) -> Sequence[Item]:
    at = next((i for i, item in enumerate(items) if item.sense == "not"), len(items))
    denied, rest = items[at + 1 : at + 2], items[at + 2 :]
    named = rest or (denied and _kind(denied[0]) in {_kind(item) for item in items[:at]})
    if denied and named and _kind(denied[0]) in _DENIED:
        return [*items[:at], *_without_denied(rest)]
    return items


def _kind(item: Item) -> str:
    return "time" if item.moment else "series" if item.sense in _SERIES else item.sense
