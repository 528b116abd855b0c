"""Tells open pages what happens in the workspace, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from bot.playground.content import describe
from bot.playground.homes import Homes
from bot.playground.timeline import Timeline
from bot.playground.views import OpenView, Views
from bot.playground.workspace import Change, Message, Workspace

# Says that the connection is alive, and lets the server notice when the page is gone.
HEARTBEAT_SECONDS = 15


class Feed:
    """One queue for each open page; a reader hears of their own channels only."""

    def __init__(
        self, workspace: Workspace, views: Views, homes: Homes, timeline: Timeline | None = None
    ) -> None:
        self._workspace, self._views, self._homes, self._timeline = workspace, views, homes, timeline
        self._queues: dict[asyncio.Queue[str | None], str] = {}
        workspace.listeners.append(self._tell)
        views.listeners.append(self._tell_view)
        homes.listeners.append(self._tell_home)
        if timeline:
            timeline.listeners.append(self._tell_clock)

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

    def snapshot(self, reader: str) -> dict[str, Any]:
        """All that this reader sees now."""
        space = self._workspace
        channels = channels_of(space, reader)
        said = [message for channel in channels for message in space.everything(channel["id"])]
        shown = [message for message in space.ephemerals if message.visible_to == reader]
        users = {user.id: {"name": user.real_name, "is_bot": user.is_bot} for user in space.users.values()}
        return {
            "workspace": space.name,
            "me": reader,
            "bot": space.bot,
            "users": users,
            "channels": channels,
            "messages": [payload(message) for message in (*said, *shown)],
            "view": view_of(self._views.of(reader)),
            "home": view_of(self._homes.of(reader)),
            "prompts": {each["id"]: space.prompts.get(each["id"], ()) for each in channels},
            "clock": clock_of(self._timeline),
        }

    def _tell(self, change: Change) -> None:
        for queue, reader in self._queues.items():
            if (news := self._news(change, reader)) is not None:
                queue.put_nowait(_event(news))

    def _tell_view(self, user: str, shown: OpenView | None) -> None:
        self._tell_one(user, {"kind": "view", "view": view_of(shown)})

    def _tell_home(self, user: str, shown: OpenView) -> None:
        self._tell_one(user, {"kind": "home", "home": view_of(shown)})

    def _tell_one(self, user: str, news: dict[str, Any]) -> None:
        for queue, reader in self._queues.items():
            if reader == user:
                queue.put_nowait(_event(news))

    def _tell_clock(self) -> None:
        for queue in self._queues:
            queue.put_nowait(_event({"kind": "clock", "clock": clock_of(self._timeline)}))

    def _news(self, change: Change, reader: str) -> dict[str, Any] | None:
        message = change.message or change.previous
        if change.kind == "membership":
            return {"kind": "channels", "channels": channels_of(self._workspace, reader)}
        if change.kind == "prompts" and reader in self._workspace.channels[change.channel].members:
            prompts = self._workspace.prompts[change.channel]
            return {"kind": "prompts", "channel": change.channel, "prompts": prompts}
        if message is None or reader not in self._workspace.channels[change.channel].members:
            return None
        if message.visible_to not in {None, reader}:
            return None
        return {"kind": "gone" if change.message is None else "message", "message": payload(message)}


def channels_of(workspace: Workspace, reader: str) -> list[dict[str, Any]]:
    """The reader's channels in Slack's fields, with whether the bot is there."""
    return [
        describe(channel, reader) | {"has_bot": workspace.bot in channel.members}
        for channel in workspace.channels.values()
        if reader in channel.members
    ]


def payload(message: Message) -> dict[str, Any]:
    """The message as the page shows it: Slack's own fields, and where and for whom it stands."""
    return message.as_json(with_payload=True) | {"channel": message.channel, "visible_to": message.visible_to}


def view_of(shown: OpenView | None) -> dict[str, Any] | None:
    """An open modal as the page shows it: the bot's view, what stands in its fields, and the errors."""
    if shown is None:
        return None
    return {"id": shown.id, "view": shown.view, "values": shown.values, "errors": shown.errors}


def clock_of(timeline: Timeline | None) -> dict[str, Any] | None:
    """The day it is here, and the next one with news; None where time is as everywhere."""
    if timeline is None:
        return None
    release = timeline.next_release
    return {"today": timeline.now().date().isoformat(), "next_release": release and release.isoformat()}


def _event(news: dict[str, Any]) -> str:
    return f"data: {json.dumps(news)}\n\n"


async def _next(queue: "asyncio.Queue[str | None]") -> str | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return ": still here\n\n"
