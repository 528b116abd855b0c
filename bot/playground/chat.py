"""The methods by which the bot says something: messages, changes of them, files shared with one."""

from typing import Any

from bot.playground.access import Access
from bot.playground.arguments import ApiError, Arguments, invalid
from bot.playground.content import content
from bot.playground.workspace import Channel

Json = dict[str, Any]

# Content that Slack knows and the page does not: refused, so that none of it is lost unseen.
NOT_HERE = frozenset({"attachments", "markdown_text"})


def post_message(access: Access, arguments: Arguments) -> Json:
    """A message of the bot in a channel or a thread."""
    channel, space = access.channel_to_write(arguments), access.workspace
    parts = _content(access, arguments) | {"metadata": arguments.structure("metadata")}
    message = space.post(channel.id, space.bot, **parts, **_place(access, channel, arguments))
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_payload=True)}


def post_ephemeral(access: Access, arguments: Arguments) -> Json:
    """A message of the bot that one member sees."""
    channel, space = access.channel_to_write(arguments), access.workspace
    if (reader := arguments.required("user")) not in channel.members:
        raise ApiError("user_not_in_channel")
    parts = _content(access, arguments) | _place(access, channel, arguments)
    return {"message_ts": space.show(channel.id, reader, space.bot, **parts).ts}


def update(access: Access, arguments: Arguments) -> Json:
    """New content for one of the bot's messages; text alone takes its blocks away."""
    message, space = access.own_message(arguments, "cant_update_message"), access.workspace
    edited = {"user": space.bot, "ts": space.next_ts()}
    metadata = arguments.structure("metadata")
    metadata = message.metadata if metadata is None else metadata
    changed = space.change(message, **_content(access, arguments), edited=edited, metadata=metadata)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": changed.text,
        "message": changed.as_json(),
    }


def delete(access: Access, arguments: Arguments) -> Json:
    """Takes one of the bot's messages away."""
    message = access.own_message(arguments, "cant_delete_message")
    access.workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def upload_url(access: Access, arguments: Arguments) -> Json:
    """Where the bytes of a file go that is to be shared."""
    return access.files.announce(arguments.required("filename"), arguments.number("length", 0))


def complete_upload(access: Access, arguments: Arguments) -> Json:
    """Shares uploaded files in a channel or a thread, as one message."""
    files, space = (
        [access.files.complete(each) for each in arguments.structure("files") or []],
        access.workspace,
    )
    if not files:
        raise ApiError("invalid_arguments")
    shown = [file.as_json(space.bot) for file in files]
    if arguments.text("channel_id"):
        channel, comment = access.channel_to_write(arguments, "channel_id"), arguments.text("initial_comment")
        place = _place(access, channel, arguments)
        space.post(channel.id, space.bot, comment, subtype="file_share", files=tuple(shown), **place)
    return {"files": shown}


def _place(access: Access, channel: Channel, arguments: Arguments) -> Json:
    """Slack takes any timestamp as the thread; one of a reply lands in the thread of that reply."""
    ts = arguments.text("thread_ts") or None
    parent = access.workspace.find(channel.id, ts) if ts else None
    return {"thread_ts": (parent and parent.thread_ts) or ts, "bot_id": access.workspace.bot_id}


def _content(access: Access, arguments: Arguments) -> Json:
    if missing := NOT_HERE & arguments.values.keys():
        raise invalid(f"the local Slack does not know: {', '.join(sorted(missing))}")
    return content(access.workspace, arguments.text("text"), arguments.structure("blocks") or [])
