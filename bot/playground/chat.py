"""The methods by which the bot says something: messages, changes of them, files shared with one."""

from typing import Any

from bot.playground.access import Access
from bot.playground.arguments import ApiError, Arguments
from bot.playground.content import content
from bot.playground.files import Files
from bot.playground.workspace import Channel, Workspace

Json = dict[str, Any]

# Content that Slack knows and the page does not: refused, so that none of it is lost unseen.
NOT_HERE = frozenset({"attachments", "markdown_text"})


class Chat:
    """Puts what the bot says into the workspace, where it may speak."""

    def __init__(self, workspace: Workspace, access: Access, files: Files, *, validate: bool) -> None:
        self.workspace, self.access, self.files, self.validate = workspace, access, files, validate

    def post_message(self, arguments: Arguments) -> Json:
        """A message of the bot in a channel or a thread."""
        self.access.need("chat:write")
        channel = self.access.channel_to_write(arguments)
        message = self.workspace.post(
            channel.id,
            self.workspace.bot,
            **self._content(arguments),
            thread_ts=self._thread(channel, arguments),
            metadata=arguments.structure("metadata"),
            bot_id=self.workspace.bot_id,
        )
        return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_payload=True)}

    def post_ephemeral(self, arguments: Arguments) -> Json:
        """A message of the bot that one member sees."""
        self.access.need("chat:write")
        channel, reader = self.access.channel_to_write(arguments), arguments.required("user")
        if reader not in channel.members:
            raise ApiError("user_not_in_channel")
        message = self.workspace.show(
            channel.id,
            reader,
            self.workspace.bot,
            **self._content(arguments),
            thread_ts=self._thread(channel, arguments),
            bot_id=self.workspace.bot_id,
        )
        return {"message_ts": message.ts}

    def update(self, arguments: Arguments) -> Json:
        """New content for one of the bot's messages; text alone takes its blocks away."""
        self.access.need("chat:write")
        message = self.access.own_message(arguments, "cant_update_message")
        edited = {"user": self.workspace.bot, "ts": self.workspace.next_ts()}
        metadata = arguments.structure("metadata")
        changed = self.workspace.change(
            message,
            **self._content(arguments),
            edited=edited,
            metadata=message.metadata if metadata is None else metadata,
        )
        return {
            "channel": message.channel,
            "ts": message.ts,
            "text": changed.text,
            "message": changed.as_json(),
        }

    def delete(self, arguments: Arguments) -> Json:
        """Takes one of the bot's messages away."""
        self.access.need("chat:write")
        message = self.access.own_message(arguments, "cant_delete_message")
        self.workspace.delete(message)
        return {"channel": message.channel, "ts": message.ts}

    def upload_url(self, arguments: Arguments) -> Json:
        """Where the bytes of a file go that is to be shared."""
        self.access.need("files:write")
        return self.files.announce(arguments.required("filename"), arguments.number("length", 0))

    def complete_upload(self, arguments: Arguments) -> Json:
        """Shares uploaded files in a channel or a thread, as one message."""
        self.access.need("files:write")
        files = [self.files.complete(each) for each in arguments.structure("files") or []]
        if not files:
            raise ApiError("invalid_arguments")
        shown = [file.as_json(self.workspace.bot) for file in files]
        if arguments.text("channel_id"):
            channel = self.access.channel_to_write(arguments, "channel_id")
            self.workspace.post(
                channel.id,
                self.workspace.bot,
                arguments.text("initial_comment"),
                thread_ts=self._thread(channel, arguments),
                bot_id=self.workspace.bot_id,
                subtype="file_share",
                files=tuple(shown),
            )
        return {"files": shown}

    def _thread(self, channel: Channel, arguments: Arguments) -> str | None:
        ts = arguments.text("thread_ts")
        parent = self.workspace.find(channel.id, ts) if ts else None
        # Slack takes any timestamp here; one of a reply lands in the thread of that reply.
        return (parent.thread_ts or ts) if parent else (ts or None)

    def _content(self, arguments: Arguments) -> Json:
        if missing := NOT_HERE & arguments.values.keys():
            message = f"[ERROR] the local Slack does not know: {', '.join(sorted(missing))}"
            raise ApiError("invalid_arguments", response_metadata={"messages": [message]})
        text, blocks = arguments.text("text"), arguments.structure("blocks") or []
        return content(self.workspace, text, blocks, validate=self.validate)
