"""The home tabs: what the bot has published for each person."""

from collections.abc import Callable
from typing import Any

from bot.playground.arguments import ApiError
from bot.playground.views import OpenView, made
from bot.playground.workspace import Workspace

Json = dict[str, Any]


class Homes:
    """One view for each person; `listeners` hear of each that is published."""

    def __init__(self, workspace: Workspace, *, validate: bool) -> None:
        self._workspace, self._validate = workspace, validate
        self._published: dict[str, OpenView] = {}
        self.listeners: list[Callable[[str, OpenView], None]] = []

    def of(self, user: str) -> OpenView | None:
        """What this person finds on the home tab."""
        return self._published.get(user)

    def publish(self, user: str, known_hash: str, view: Json) -> OpenView:
        """New content for a person's home tab."""
        if user not in self._workspace.users:
            raise ApiError("user_not_found")
        if view.get("type") != "home":
            raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] not a home view"]})
        before = self._published.get(user)
        if before and known_hash and known_hash != before.hash:
            raise ApiError("hash_conflict")
        view_id = before.id if before else self._workspace.serial("V")
        content = made(self._workspace, view, validate=self._validate)
        shown = OpenView(view_id, self._workspace.serial("hash."), user, content, {})
        self._published[user] = shown
        for listener in self.listeners:
            listener(user, shown)
        return shown
