"""The methods of Slack's Web API that the bot uses, on the local workspace. Pure but for the workspace."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.messages.limits import Problem, problems
from bot.messages.modal_limits import view_problems
from bot.playground import history
from bot.playground.access import Access, family
from bot.playground.arguments import ApiError, Arguments
from bot.playground.content import content, describe, unknown
from bot.playground.files import Files
from bot.playground.homes import Homes
from bot.playground.views import Views, as_json
from bot.playground.workspace import Channel, Workspace

Json = dict[str, Any]

# Content that Slack knows and the page does not: refused, so that none of it is lost unseen.
NOT_HERE = frozenset({"attachments", "markdown_text"})


PROMPTS = 4
TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im"}


class WebApi:
    """Answers a method for the bot; `scopes` are what the workspace granted and may change at any time."""

    def __init__(self, workspace: Workspace, scopes: set[str], files: Files, *, validate: bool) -> None:
        self.workspace, self.validate = workspace, validate
        self.access = Access(workspace, scopes)
        self.views = Views(workspace, validate=validate)
        self.homes = Homes(workspace, validate=validate)
        self.files = files

    def call(self, method: str, arguments: Arguments) -> Json:
        """The answer; a refusal is an ApiError."""
        if method not in METHODS:
            raise ApiError("unknown_method", req_method=method)
        return {"ok": True, **METHODS[method](self, arguments)}

    def auth_test(self, arguments: Arguments) -> Json:
        """Who the token belongs to."""
        space = self.workspace
        return {
            "url": "https://metal-desk.slack.com/",
            "team": space.name,
            "team_id": space.team,
            "user": space.users[space.bot].name,
            "user_id": space.bot,
            "bot_id": space.bot_id,
            "is_enterprise_install": False,
        }

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

    def history(self, arguments: Arguments) -> Json:
        """What stands in a channel, newest first, by pages."""
        channel = self.access.channel_to_read(arguments)
        return history.channel_page(self.workspace, channel, arguments)

    def replies(self, arguments: Arguments) -> Json:
        """A thread from its first message on, by pages."""
        channel = self.access.channel_to_read(arguments)
        return history.thread_page(self.workspace, channel, arguments)

    def info(self, arguments: Arguments) -> Json:
        """What a channel is."""
        channel = self.access.channel(arguments)
        self.access.need(f"{family(channel)}:read")
        return {"channel": describe(channel, self.workspace.bot)}

    def user_info(self, arguments: Arguments) -> Json:
        """Who a user is."""
        self.access.need("users:read")
        user = self.workspace.users.get(arguments.required("user"))
        if user is None:
            raise ApiError("user_not_found")
        profile = {"real_name": user.real_name, "display_name": user.name}
        named = {"id": user.id, "team_id": user.team, "name": user.name, "real_name": user.real_name}
        known = {"is_bot": user.is_bot, "deleted": False, "tz": user.zone, "profile": profile}
        return {"user": named | known}

    def user_conversations(self, arguments: Arguments) -> Json:
        """The channels that a user is in, private ones and conversations where the bot is in them too."""
        user, bot = arguments.text("user", self.workspace.bot), self.workspace.bot
        wanted = set(arguments.text("types", "public_channel").split(","))
        seen = [
            channel
            for channel in self.workspace.channels.values()
            if user in channel.members
            and (channel.kind == "channel" or bot in channel.members)
            and TYPES[channel.kind] in wanted
        ]
        for channel in seen:
            self.access.need(f"{family(channel)}:read")
        return {"channels": [describe(channel, bot) for channel in seen]}

    def open_view(self, arguments: Arguments) -> Json:
        """A modal before the person who gave the trigger."""
        shown = self.views.open(arguments.required("trigger_id"), _view(arguments))
        return {"view": as_json(self.workspace, shown)}

    def update_view(self, arguments: Arguments) -> Json:
        """New content for an open modal."""
        shown = self.views.update(arguments.required("view_id"), arguments.text("hash"), _view(arguments))
        return {"view": as_json(self.workspace, shown)}

    def publish_view(self, arguments: Arguments) -> Json:
        """New content for a person's home tab."""
        user, known = arguments.required("user_id"), arguments.text("hash")
        return {"view": as_json(self.workspace, self.homes.publish(user, known, _view(arguments)))}

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

    def suggest_prompts(self, arguments: Arguments) -> Json:
        """Offers up to four prompts in a conversation with the bot."""
        self.access.need("assistant:write")
        channel = self.access.channel(arguments, "channel_id")
        prompts = arguments.structure("prompts")
        if channel.kind != "im" or not prompts or len(prompts) > PROMPTS:
            raise ApiError("invalid_arguments")
        self.workspace.suggest(channel.id, tuple(prompts))
        return {}

    def validate_blocks(self, arguments: Arguments) -> Json:
        """Says whether Slack would take these blocks, without posting."""
        if view := arguments.structure("view"):
            return _taken(view_problems(view), "invalid_view")
        message = arguments.structure("message")
        given = message if isinstance(message, Mapping) else {"blocks": arguments.structure("blocks")}
        blocks = given.get("blocks")
        if blocks is None:
            raise ApiError("invalid_arguments")
        found = [*problems(str(given.get("text") or "text"), blocks), *unknown(self.workspace, blocks)]
        return _taken(found, "invalid_blocks" if message is None else "invalid_message")

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


METHODS: Mapping[str, Callable[[WebApi, Arguments], Json]] = {
    "assistant.threads.setSuggestedPrompts": WebApi.suggest_prompts,
    "auth.test": WebApi.auth_test,
    "blocks.validate": WebApi.validate_blocks,
    "chat.delete": WebApi.delete,
    "chat.postEphemeral": WebApi.post_ephemeral,
    "chat.postMessage": WebApi.post_message,
    "chat.update": WebApi.update,
    "conversations.history": WebApi.history,
    "conversations.info": WebApi.info,
    "conversations.replies": WebApi.replies,
    "files.completeUploadExternal": WebApi.complete_upload,
    "files.getUploadURLExternal": WebApi.upload_url,
    "users.conversations": WebApi.user_conversations,
    "users.info": WebApi.user_info,
    "views.open": WebApi.open_view,
    "views.publish": WebApi.publish_view,
    "views.update": WebApi.update_view,
}


def _taken(found: list[Problem], error: str) -> Json:
    """Nothing where there are no problems; else the refusal that lists them."""
    errors = [{"pointer": each.pointer, "code": each.error, "message": each.message} for each in found]
    if errors:
        raise ApiError(error, errors=errors)
    return {}


def _view(arguments: Arguments) -> Json:
    view = arguments.structure("view")
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing field: view"]})
    return view
