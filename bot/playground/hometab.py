"""What a person does in the app's own place, and how the bot hears of it."""

from collections.abc import Mapping
from typing import Any

from bot.errors import InternalError
from bot.playground.deliver import Reply
from bot.playground.homes import Homes
from bot.playground.outgoing import Outgoing
from bot.playground.payloads import home_opened, view_payload
from bot.playground.people import ANA
from bot.playground.presses import GoneError, press
from bot.playground.views import OpenView, as_json
from bot.playground.workspace import Workspace


class HomeTab:
    """Opens it, and presses what the bot has published there."""

    def __init__(self, workspace: Workspace, homes: Homes, outgoing: Outgoing) -> None:
        self._workspace, self._homes, self._outgoing = workspace, homes, outgoing

    def shown(self, user: str = ANA) -> Mapping[str, Any] | None:
        """What this person finds there."""
        shown = self._homes.of(user)
        return shown.view if shown else None

    def open(self, tab: str = "home", *, user: str = ANA) -> None:
        """A person comes there; the bot hears of it in the background."""
        place = self._workspace.find_channel(user)
        if place is None:
            raise InternalError(f"{user} has no conversation with the bot.")
        shown = self._homes.of(user)
        view = as_json(self._workspace, shown) if shown else None
        self._outgoing.announce(home_opened(self._workspace, user, place.id, tab, view))

    async def press(self, action_id: str, *, user: str = ANA, value: str | None = None) -> Reply:
        """A person presses a button, or chooses `value` in an element."""
        shown = self._published(user)
        pressed = press(shown.view["blocks"], action_id, value, user)
        view = as_json(self._workspace, shown) | {"state": pressed.state}
        action = {**pressed.action, "action_ts": self._workspace.next_ts()}
        more = {"actions": [action], "container": {"type": "view", "view_id": shown.id}}
        payload = view_payload(self._workspace, "block_actions", view, user=user, **more)
        return await self._outgoing.interact(payload)

    def _published(self, user: str) -> OpenView:
        shown = self._homes.of(user)
        if shown is None:
            raise GoneError(f"Nothing is published for {user}.")
        return shown
