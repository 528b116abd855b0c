"""What a person does in a modal and on the home tab, and how the bot hears of it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.playground.arguments import ApiError
from bot.playground.deliver import Reply
from bot.playground.payloads import home_opened, view_payload
from bot.playground.people import ANA
from bot.playground.presses import GoneError, press
from bot.playground.views import OpenView, Views, as_json
from bot.playground.workspace import Workspace

Json = dict[str, Any]
Interact = Callable[[Json], Awaitable[Reply]]


class Modals:
    """Fills in, sends and closes the modal that a person has before them."""

    def __init__(self, workspace: Workspace, views: Views, interact: Interact) -> None:
        self._workspace, self._views, self._interact = workspace, views, interact

    def shown(self, user: str = ANA) -> OpenView | None:
        """What this person has before them."""
        return self._views.of(user)

    async def fill(self, block_id: str, value: Any, *, user: str = ANA, entered: bool = True) -> Reply | None:
        """Puts a value into a field. The bot hears of it where it asked to; of a text once it is entered,
        unless it wants every letter.
        """
        shown, action = self._views.fill(user, block_id, value)
        block = shown.input(block_id)
        wanted = block["element"].get("dispatch_action_config", {}).get("trigger_actions_on", ())
        is_text = block["element"]["type"] == "plain_text_input"
        is_typing = is_text and not entered and "on_character_entered" not in wanted
        if is_typing or not block.get("dispatch_action"):
            return None
        container = {"type": "view", "view_id": shown.id}
        return await self._tell("block_actions", shown, actions=[action], container=container)

    async def submit(self, *, user: str = ANA) -> Reply | None:
        """Presses the button below; the modal closes unless the bot has something against it."""
        shown = self._views.of(user)
        if shown is None:
            return None
        if unfilled := shown.unfilled():
            self._views.refuse(user, unfilled)
            return None
        reply = await self._tell("view_submission", shown, response_urls=[])
        if not reply.failure:
            self._answered(user, json.loads(reply.body) if reply.body.strip() else {})
        return reply

    def close(self, *, user: str = ANA) -> None:
        """Closes the modal without sending it."""
        self._views.close(user)

    def _answered(self, user: str, answer: Mapping[str, Any]) -> None:
        match answer.get("response_action"):
            case "errors":
                self._views.refuse(user, answer["errors"])
            case "update":
                if shown := self._views.of(user):
                    self._views.update(shown.id, "", answer["view"])
            case None | "clear":
                self._views.close(user)
            case other:
                raise ApiError(f"unknown response_action {other}")

    async def _tell(self, kind: str, shown: OpenView, **more: Any) -> Reply:
        view = as_json(self._workspace, shown)
        return await self._interact(view_payload(self._workspace, kind, view, user=shown.user, **more))


class HomeTab:
    """Opens the app's own place, and presses what the bot has published there."""

    def __init__(
        self, workspace: Workspace, views: Views, interact: Interact, announce: Callable[[Json], None]
    ) -> None:
        self._workspace, self._views = workspace, views
        self._interact, self._announce = interact, announce

    def shown(self, user: str = ANA) -> Mapping[str, Any] | None:
        """What this person finds there."""
        shown = self._views.home(user)
        return shown.view if shown else None

    def open(self, tab: str = "home", *, user: str = ANA) -> None:
        """A person comes there; the bot hears of it in the background."""
        shown = self._views.home(user)
        view = as_json(self._workspace, shown) if shown else None
        self._announce(home_opened(self._workspace, user, tab, view))

    async def press(self, action_id: str, *, user: str = ANA, value: str | None = None) -> Reply:
        """A person presses a button, or chooses `value` in an element."""
        shown = self._views.home(user)
        if shown is None:
            raise GoneError(f"Nothing is published for {user}.")
        pressed = press(shown.view["blocks"], action_id, value, user)
        view = as_json(self._workspace, shown) | {"state": pressed.state}
        action = {**pressed.action, "action_ts": self._workspace.next_ts()}
        more = {"actions": [action], "container": {"type": "view", "view_id": shown.id}}
        payload = view_payload(self._workspace, "block_actions", view, user=user, **more)
        return await self._interact(payload)
