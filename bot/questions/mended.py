"""What is said again in the same breath: "march, I mean april" and "not march, april" ask for April."""

from collections.abc import Sequence

from bot.questions.items import SUBJECT, Item

_BESIDE = ("and", "join", "compare", "not", "mend")
_DENIED = ("time", "series", "flow", "measure", "unit", "ytd", "growth")


def mended(items: Sequence[Item]) -> Sequence[Item]:
    """The items without those that the text itself takes back.

    After "I mean" whatever is named of the same kind counts; what stands after "not" goes where something
    else is named. A "not" that takes nothing back stays, to be reported.
    """
    senses = {item.sense for item in items}
    if "with" in senses:
        items = _with_times(items)
    if "mend" in senses:
        items = _with_denials(items)
    if any(item.sense == "not" for item in items):
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


def _with_denials(items: Sequence[Item]) -> list[Item]:
    """The items with "no exports, just imports" as "not exports": "no" takes out what it stands before."""
    return [
        Item("not", "not", item.text) if item.text == "no" and _denies(items, at) else item
        for at, item in enumerate(items)
    ]


def _denies(items: Sequence[Item], at: int) -> bool:
    named, rest = items[at + 1 : at + 2], items[at + 2 :]
    if not named or _kind(named[0]) not in _DENIED:
        return False
    kind = _kind(named[0])
    if kind == "series" and any(item.sense == "group" for item in items[:at]):
        return True  # everything, no alumina
    beside = rest[0].sense if rest else ""
    return any(_kind(item) == kind for item in rest) and beside not in _BESIDE


def _without_denied(items: Sequence[Item]) -> Sequence[Item]:
    at = next((i for i, item in enumerate(items) if item.sense == "not"), len(items))
    denied, rest = items[at + 1 : at + 2], items[at + 2 :]
    if denied and _kind(denied[0]) in _DENIED and _taken_back(denied[0], items[:at], rest):
        return [*items[:at], *_without_denied(rest)]
    return items


def _taken_back(denied: Item, before: Sequence[Item], rest: Sequence[Item]) -> bool:
    """Whether something else is named in its place; to leave out a part of what is named is reported."""
    others = [item for item in (*before, *rest) if _kind(item) == _kind(denied)]
    if denied.sense == "ytd" and not others:
        return any(item.moment for item in (*before, *rest))  # july, not the running total
    if denied.sense == "growth" and not others:
        return False  # exports that did not fall
    return any(_instead(item, denied) for item in others) if others else bool(rest)


def _instead(other: Item, denied: Item) -> bool:
    """Whether that can be meant in place of what is denied: april for march, but not 2025 for march."""
    if denied.moment:
        return other.moment is not None and other.moment.kind == denied.moment.kind
    return other.sense != "group" and other.value not in (denied.value, "both")


def _kind(item: Item) -> str:
    return "time" if item.moment else "series" if item.sense in SUBJECT else item.sense
