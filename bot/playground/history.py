"""Pages of a channel's history and of a thread, cut as Slack cuts them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import Any

from bot.playground.access import Access
from bot.playground.arguments import ApiError, Arguments
from bot.playground.workspace import Message, Workspace

Json = dict[str, Any]

MOST = 999


def history(access: Access, arguments: Arguments) -> Json:
    """A page of what stands in the channel, newest first, without the replies of threads."""
    found = access.workspace.top_level(access.channel_to_read(arguments).id)
    told = [message for message in reversed(found) if _within(message, arguments)]
    return _page(access.workspace, told, arguments, default=100)


def replies(access: Access, arguments: Arguments) -> Json:
    """A page of a thread, oldest first; its first message leads whatever the bounds."""
    channel, space = access.channel_to_read(arguments).id, access.workspace
    parent = space.find(channel, arguments.required("ts"))
    if parent is None or parent.visible_to:
        raise ApiError("thread_not_found")
    below = [] if parent.is_reply() else space.replies(channel, parent.ts)
    told = [parent, *(message for message in below if _within(message, arguments))]
    return _page(space, told, arguments, default=MOST)


def _within(message: Message, arguments: Arguments) -> bool:
    low, high = float(arguments.text("oldest", "0")), float(arguments.text("latest") or "inf")
    ts = float(message.ts)
    return low <= ts <= high if arguments.flag("inclusive") else low < ts < high


def _page(workspace: Workspace, told: list[Message], arguments: Arguments, default: int) -> Json:
    start = _start(arguments.text("cursor"))
    end = start + min(arguments.number("limit", default) or default, MOST)
    with_payload, more = arguments.flag("include_all_metadata"), end < len(told)
    cursor = urlsafe_b64encode(f"next:{end}".encode()).decode() if more else ""
    return {
        "messages": [_shown(workspace, message, with_payload) for message in told[start:end]],
        "has_more": more,
        "response_metadata": {"next_cursor": cursor},
    }


def _start(cursor: str) -> int:
    try:
        return int(urlsafe_b64decode(cursor).decode().removeprefix("next:")) if cursor else 0
    except (Base64Error, ValueError) as error:
        raise ApiError("invalid_cursor") from error


def _shown(workspace: Workspace, message: Message, with_payload: bool) -> Json:
    shown = message.as_json(with_payload=with_payload)
    replies = workspace.replies(message.channel, message.ts)
    return shown | ({"reply_count": len(replies), "latest_reply": replies[-1].ts} if replies else {})
