"""Tells open pages what happens in the workspace, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from bot.playground.content import describe
from bot.playground.timeline import Timeline
from bot.playground.views import OpenView, Surface, Views
from bot.playground.workspace import Change, Message, Workspace

Json = dict[str, Any]

# Says that the connection is alive, and lets the server notice when the page is gone.
HEARTBEAT_SECONDS = 15


class Feed:
    """One queue for each open page; a reader hears of their own channels only."""

    def __init__(self, workspace: Workspace, views: Views, timeline: Timeline | None = None) -> None:
        self._workspace, self._views, self._timeline = workspace, views, timeline
        self._queues: dict[asyncio.Queue[str | None], str] = {}
        workspace.listeners.append(lambda change: self._tell(lambda reader: self._news(change, reader)))
        views.listeners.append(self._tell_view)
        if timeline:
            timeline.listeners.append(lambda: self._tell(lambda _: {"kind": "clock", "clock": self._clock()}))

    async def listen(self, reader: str) -> AsyncIterator[str]:
        """The events for this reader until the page or the server goes."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues[queue] = reader
        try:
            yield ": welcome\n\n"
            while (event := await _next(queue)) is not None:
                yield event
        finally:
            del self._queues[queue]

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        for queue in self._queues:
            queue.put_nowait(None)

    def snapshot(self, reader: str) -> Json:
        """All that this reader sees now."""
        space = self._workspace
        channels = self._channels(reader)
        said = [message for channel in channels for message in space.everything(channel["id"])]
        shown = [message for message in space.ephemerals if message.visible_to == reader]
        users = {user.id: {"name": user.real_name, "is_bot": user.is_bot} for user in space.users.values()}
        return {
            "workspace": space.name,
            "me": reader,
            "bot": space.bot,
            "users": users,
            "channels": channels,
            "messages": [_payload(message) for message in (*said, *shown)],
            "view": _view(self._views.of(reader)),
            "home": _view(self._views.home(reader)),
            "prompts": {each["id"]: space.prompts.get(each["id"], ()) for each in channels},
            "clock": self._clock(),
        }

    def _tell(self, news: Callable[[str], Json | None]) -> None:
        """Queues for every page what its reader hears of."""
        for queue, reader in self._queues.items():
            if (told := news(reader)) is not None:
                queue.put_nowait(f"data: {json.dumps(told)}\n\n")

    def _tell_view(self, surface: Surface, user: str, shown: OpenView | None) -> None:
        told = {"kind": surface, surface: _view(shown)}
        self._tell(lambda reader: told if reader == user else None)

    def _news(self, change: Change, reader: str) -> Json | None:
        message = change.message or change.previous
        if change.kind == "membership":
            return {"kind": "channels", "channels": self._channels(reader)}
        if reader not in self._workspace.channels[change.channel].members:
            return None
        if change.kind == "prompts":
            prompts = self._workspace.prompts[change.channel]
            return {"kind": "prompts", "channel": change.channel, "prompts": prompts}
        if message is None or message.visible_to not in {None, reader}:
            return None
        return {"kind": "gone" if change.message is None else "message", "message": _payload(message)}

    def _channels(self, reader: str) -> list[Json]:
        """The reader's channels in Slack's fields, with whether the bot is there."""
        theirs = [each for each in self._workspace.channels.values() if reader in each.members]
        return [describe(each, reader) | {"has_bot": self._workspace.bot in each.members} for each in theirs]

    def _clock(self) -> Json | None:
        """The day it is here, and the next one with news; None where time is as everywhere."""
        if self._timeline is None:
            return None
        release = self._timeline.next_release
        today = self._timeline.now().date()
        return {"today": today.isoformat(), "next_release": release and release.isoformat()}


def _payload(message: Message) -> Json:
    """The message as the page shows it: Slack's own fields, and where and for whom it stands."""
    return message.as_json(with_payload=True) | {"channel": message.channel, "visible_to": message.visible_to}


def _view(shown: OpenView | None) -> Json | None:
    """A view as the page shows it: as the bot made it, what stands in its fields, and the errors."""
    if shown is None:
        return None
    return {"id": shown.id, "view": shown.view, "values": shown.values, "errors": shown.errors}


async def _next(queue: "asyncio.Queue[str | None]") -> str | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return ": still here\n\n"
