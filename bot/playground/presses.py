"""What a person does with an element of a message or of a home tab, as Slack tells the bot of it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.errors import InternalError

Json = dict[str, Any]


class GoneError(InternalError):
    """What a person wants to press is not there, or not any more: the page may lag behind the bot."""


class Press(NamedTuple):
    """The action of `block_actions`, and what then stands in the selects around it."""

    action: Json
    state: Json


def press(blocks: Iterable[Mapping[str, Any]], action_id: str, value: str | None, user: str) -> Press:
    """A pressed button; `value` says which option of a select, or which of two feedback buttons."""
    placed = list(_elements(blocks))
    found = next(((block, each) for block, each in placed if each.get("action_id") == action_id), None)
    if found is None:
        raise GoneError(f"There is no element {action_id}.")
    block_id, element = found
    if user not in element.get("visible_to_user_ids", [user]):
        raise GoneError(f"{user} does not see the element {action_id}.")
    told = TOLD.get(element["type"], _button)(element, value)
    action = {**told, "type": element["type"], "action_id": action_id, "block_id": block_id}
    return Press(action, _state(placed, action))


def _elements(blocks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Json]]:
    for block in blocks:
        inside = block.get("elements") or [] if block["type"] in ("actions", "context_actions") else []
        for element in [*inside, *([block["accessory"]] if block.get("accessory") else [])]:
            yield str(block.get("block_id", "")), dict(element)


def _button(element: Json, value: str | None) -> Json:
    return {name: told for name, told in element.items() if name != "visible_to_user_ids"}


def _option(element: Json, value: str | None) -> Json:
    return {"selected_option": chosen_of(element, value)}


def chosen_of(element: Json, value: Any) -> Json:
    """The option of that value; GoneError where the element has none."""
    for option in element["options"]:
        if option["value"] == value:
            return dict(option)
    raise GoneError(f"The select {element['action_id']} has no option {value}.")


def _feedback(element: Json, value: str | None) -> Json:
    for each in (element["positive_button"], element["negative_button"]):
        if each["value"] == value:
            return {"text": each["text"], "value": value}
    raise GoneError(f"The feedback buttons {element['action_id']} have no value {value}.")


TOLD = {"static_select": _option, "overflow": _option, "feedback_buttons": _feedback}


def _state(placed: Iterable[tuple[str, Json]], action: Json) -> Json:
    """By block and action what is chosen in each select, this press included."""
    values: Json = {}
    for block_id, element in placed:
        if element["type"] == "static_select":
            chosen = element.get("initial_option")
            if (block_id, element["action_id"]) == (action["block_id"], action["action_id"]):
                chosen = action["selected_option"]
            held = {"type": "static_select", "selected_option": chosen}
            values.setdefault(block_id, {})[element["action_id"]] = held
    return {"values": values}
