"""What a person does in a modal, and how the bot hears of it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.playground.arguments import ApiError
from bot.playground.deliver import Reply
from bot.playground.payloads import view_payload
from bot.playground.people import ANA
from bot.playground.views import OpenView, Views, as_json
from bot.playground.workspace import Workspace

Send = Callable[[Mapping[str, Any]], Awaitable[Reply]]


class Modals:
    """Fills in, sends and closes the modal that a person has before them."""

    def __init__(self, workspace: Workspace, views: Views, send: Send) -> None:
        self._workspace, self._views, self._send = workspace, views, send

    def shown(self, user: str = ANA) -> OpenView | None:
        """What this person has before them."""
        return self._views.of(user)

    async def fill(self, block_id: str, value: Any, *, user: str = ANA, entered: bool = True) -> Reply | None:
        """Puts a value into a field. The bot hears of it where it asked to; of a text once it is entered."""
        shown, action = self._views.fill(user, block_id, value)
        block = shown.input(block_id)
        is_typing = block["element"]["type"] == "plain_text_input" and not entered
        if is_typing or not block.get("dispatch_action"):
            return None
        return await self._tell("block_actions", shown, actions=[action], container=_container(shown))

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
        payload = view_payload(self._workspace, kind, view, user=shown.user, **more)
        return await self._send(payload)


def _container(shown: OpenView) -> dict[str, str]:
    return {"type": "view", "view_id": shown.id}
