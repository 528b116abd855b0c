"""What the bot shows a person beside messages: an open modal and its fields, and the home tab."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.playground.arguments import ApiError, invalid
from bot.playground.content import unknown
from bot.playground.limits import view_problems
from bot.playground.presses import GoneError, chosen_of
from bot.playground.workspace import Workspace

Json = dict[str, Any]
Values = Mapping[str, Mapping[str, Json]]
Surface = Literal["view", "home"]

TRIGGER_SECONDS = 3.0
NEEDED = "Please complete this required field."


@dataclass(frozen=True, slots=True)
class OpenView:
    """A modal or a home tab: as the bot made it, with the fields' values and errors by block."""

    id: str
    hash: str
    user: str
    view: Json
    values: Values
    errors: Mapping[str, str] = field(default_factory=dict)

    def input(self, block_id: str) -> Json:
        """The input block of that id; GoneError where the modal has none."""
        blocks: list[Json] = self.view["blocks"]
        found = next((block for block in blocks if block.get("block_id") == block_id), None)
        if found is None or found["type"] != "input":
            raise GoneError(f"The modal has no field {block_id}.")
        return found

    def unfilled(self) -> dict[str, str]:
        """What Slack's client says of required fields that are empty, before anything is sent."""
        inputs = [block for block in self.view["blocks"] if block["type"] == "input"]
        needed = [block for block in inputs if not block.get("optional")]
        return {block["block_id"]: NEEDED for block in needed if not _filled(self.values[block["block_id"]])}


class Views:
    """The open modals and the home tabs by person; `listeners` hear of each change, None for a closed one."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.time) -> None:
        self._workspace, self._clock = workspace, clock
        self._triggers: dict[str, tuple[str, float]] = {}
        self._open: dict[str, OpenView] = {}
        self._homes: dict[str, OpenView] = {}
        self.listeners: list[Callable[[Surface, str, OpenView | None], None]] = []

    def grant(self, trigger_id: str, user: str) -> None:
        """A command or a press of this person lets the bot open one modal, for three seconds."""
        self._triggers[trigger_id] = (user, self._clock() + TRIGGER_SECONDS)

    def of(self, user: str) -> OpenView | None:
        """The modal that this person has before them."""
        return self._open.get(user)

    def home(self, user: str) -> OpenView | None:
        """What this person finds on the home tab."""
        return self._homes.get(user)

    def open(self, trigger_id: str, view: Json) -> OpenView:
        """The modal before whoever gave the trigger; it takes the place of one that is open."""
        if trigger_id not in self._triggers:
            raise ApiError("invalid_trigger_id")
        user, until = self._triggers.pop(trigger_id)
        if self._clock() > until:
            raise ApiError("expired_trigger_id")
        made = self._made(view)
        return self._show(self._new(user, made, held_at_first(made)))

    def update(self, view_id: str, known_hash: str, view: Json) -> OpenView:
        """New content; a field that stays keeps what the person has put in."""
        shown = next((each for each in self._open.values() if each.id == view_id), None)
        if shown is None:
            raise ApiError("not_found")
        _check_hash(shown, known_hash)
        made = self._made(view)
        kept = {block: shown.values.get(block, first) for block, first in held_at_first(made).items()}
        return self._show(replace(self._new(shown.user, made, kept), id=shown.id))

    def publish(self, user: str, known_hash: str, view: Json) -> OpenView:
        """New content for a person's home tab."""
        if user not in self._workspace.users:
            raise ApiError("user_not_found")
        if view.get("type") != "home":
            raise invalid("not a home view")
        if before := self._homes.get(user):
            _check_hash(before, known_hash)
        shown = self._new(user, self._made(view), {})
        self._homes[user] = shown = replace(shown, id=before.id) if before else shown
        self._tell("home", user, shown)
        return shown

    def fill(self, user: str, block_id: str, value: Any) -> tuple[OpenView, Json]:
        """The person puts a value into a field; the modal then, and the action as Slack tells it.

        GoneError where no modal is open, or where it has no such field or choice.
        """
        shown = self._open.get(user)
        if shown is None:
            raise GoneError(f"No modal is open for {user}: it was closed, or sent.")
        element = shown.input(block_id)["element"]
        held = _held(element, value)
        values = {**shown.values, block_id: {element["action_id"]: held}}
        action = {"action_id": element["action_id"], "block_id": block_id, **held}
        return self._show(replace(shown, values=values)), action | {"action_ts": self._workspace.next_ts()}

    def refuse(self, user: str, errors: Mapping[str, str]) -> None:
        """Shows errors beside their fields; nothing where the modal was closed meanwhile."""
        if (shown := self._open.get(user)) is None:
            return
        if unknown := errors.keys() - {block.get("block_id") for block in shown.view["blocks"]}:
            raise ApiError("invalid_errors", blocks=sorted(unknown))
        self._show(replace(shown, errors=dict(errors)))

    def close(self, user: str) -> None:
        """The modal is gone."""
        if self._open.pop(user, None):
            self._tell("view", user, None)

    def _new(self, user: str, made: Json, values: Values) -> OpenView:
        return OpenView(self._workspace.serial("V"), self._workspace.serial("hash."), user, made, values)

    def _made(self, view: Json) -> Json:
        """The view as it is kept, with the ids Slack gives where none are; refused as Slack would."""
        space = self._workspace
        found = [*unknown(space, view["blocks"]), *(view_problems(view) if space.validates else [])]
        if found:
            raise invalid(*(f"{each.message} [json-pointer:{each.pointer}]" for each in found))
        blocks = [{"block_id": space.serial("b"), **block} for block in view["blocks"]]
        for block in blocks:
            if block["type"] == "input":
                block["element"] = {"action_id": space.serial("a"), **block["element"]}
        return view | {"blocks": blocks}

    def _show(self, shown: OpenView) -> OpenView:
        self._open[shown.user] = shown
        self._tell("view", shown.user, shown)
        return shown

    def _tell(self, surface: Surface, user: str, shown: OpenView | None) -> None:
        for listener in self.listeners:
            listener(surface, user, shown)


def _check_hash(shown: OpenView, known_hash: str) -> None:
    if known_hash and known_hash != shown.hash:
        raise ApiError("hash_conflict")


def as_json(workspace: Workspace, shown: OpenView) -> Json:
    """The view as Slack tells of it, with the values in its fields."""
    return {
        **shown.view,
        "id": shown.id,
        "hash": shown.hash,
        "team_id": workspace.team,
        "app_id": workspace.app_id,
        "bot_id": workspace.bot_id,
        "root_view_id": shown.id,
        "previous_view_id": None,
        "state": {"values": {block: dict(held) for block, held in shown.values.items()}},
    }


def held_at_first(view: Json) -> Values:
    """What stands in the fields of a view before anybody has touched them."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return {block["block_id"]: {block["element"]["action_id"]: _first(block["element"])} for block in inputs}


# Where the value of an element stands, by the element's type; of all other types it is the chosen option.
VALUES = {
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "timepicker": ("selected_time", "initial_time"),
    "plain_text_input": ("value", "initial_value"),
}

SEVERAL = ("selected_options", "selected_users")


def _first(element: Json) -> Json:
    name, initial = VALUES.get(element["type"], ("selected_option", "initial_option"))
    nothing: Any = [] if name in SEVERAL else None
    return {"type": element["type"], name: element.get(initial, nothing)}


def _held(element: Json, value: Any) -> Json:
    """What a field holds once a person has put in `value`: the values of options, a time, a text."""
    name, _ = VALUES.get(element["type"], ("selected_option", ""))
    several = name in SEVERAL
    if isinstance(value, list) != several:
        raise GoneError(f"The field {element['action_id']} takes {'several values' if several else 'one'}.")
    if name == "selected_users":
        held: Any = value
    elif several:
        held = [option for option in element["options"] if option["value"] in value]
    else:
        held = chosen_of(element, value) if name == "selected_option" else value or None
    return {"type": element["type"], name: held}


def _filled(held: Mapping[str, Json]) -> bool:
    return all(value for each in held.values() for name, value in each.items() if name != "type")
