"""Pages of a channel's history and of a thread, cut as Slack cuts them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import Any

from bot.playground.arguments import ApiError, Arguments
from bot.playground.workspace import Channel, Message, Workspace

Json = dict[str, Any]

MOST = 999


def channel_page(workspace: Workspace, channel: Channel, arguments: Arguments) -> Json:
    """A page of what stands in the channel, newest first, without the replies of threads."""
    told = [message for message in reversed(workspace.top_level(channel.id)) if _within(message, arguments)]
    return _page(workspace, told, arguments, default=100)


def thread_page(workspace: Workspace, channel: Channel, arguments: Arguments) -> Json:
    """A page of a thread, oldest first; its first message leads whatever the bounds."""
    parent = workspace.find(channel.id, arguments.required("ts"))
    if parent is None or parent.visible_to:
        raise ApiError("thread_not_found")
    replies = [] if parent.is_reply() else workspace.replies(channel.id, parent.ts)
    told = [parent, *(message for message in replies if _within(message, arguments))]
    return _page(workspace, told, arguments, default=MOST)


def _within(message: Message, arguments: Arguments) -> bool:
    oldest, latest = arguments.text("oldest", "0"), arguments.text("latest")
    ts, low = float(message.ts), float(oldest)
    high = float(latest) if latest else float("inf")
    if arguments.flag("inclusive"):
        return low <= ts <= high
    return low < ts < high


def _page(workspace: Workspace, told: list[Message], arguments: Arguments, default: int) -> Json:
    start = _start(arguments.text("cursor"))
    end = start + min(arguments.number("limit", default) or default, MOST)
    with_payload = arguments.flag("include_all_metadata")
    page = {"messages": [_shown(workspace, message, with_payload) for message in told[start:end]]}
    more = end < len(told)
    cursor = urlsafe_b64encode(f"next:{end}".encode()).decode() if more else ""
    return page | {"has_more": more, "response_metadata": {"next_cursor": cursor}}


def _start(cursor: str) -> int:
    try:
        return int(urlsafe_b64decode(cursor).decode().removeprefix("next:")) if cursor else 0
    except (Base64Error, ValueError) as error:
        raise ApiError("invalid_cursor") from error


def _shown(workspace: Workspace, message: Message, with_payload: bool) -> Json:
    shown = message.as_json(with_payload=with_payload)
    replies = workspace.replies(message.channel, message.ts)
    if replies and not message.is_reply():
        shown |= {"reply_count": len(replies), "latest_reply": replies[-1].ts}
    return shown
