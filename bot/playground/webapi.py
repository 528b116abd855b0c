"""The methods of Slack's Web API that the bot uses, on the local workspace. Pure but for the workspace."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.messages.limits import Problem, problems, view_problems
from bot.playground import history
from bot.playground.access import Access, family
from bot.playground.arguments import ApiError, Arguments
from bot.playground.chat import Chat
from bot.playground.content import describe, unknown
from bot.playground.files import Files
from bot.playground.homes import Homes
from bot.playground.views import Views, as_json
from bot.playground.workspace import Workspace

Json = dict[str, Any]
Method = Callable[[Arguments], Json]

PROMPTS = 4
TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im"}


class WebApi:
    """Answers a method for the bot; `scopes` are what the workspace granted and may change at any time."""

    def __init__(self, workspace: Workspace, scopes: set[str], files: Files, *, validate: bool) -> None:
        self.workspace = workspace
        self.access = Access(workspace, scopes)
        self.views = Views(workspace, validate=validate)
        self.homes = Homes(workspace, validate=validate)
        self._methods = self._by_name(Chat(workspace, self.access, files, validate=validate))

    def call(self, method: str, arguments: Arguments) -> Json:
        """The answer; a refusal is an ApiError."""
        if method not in self._methods:
            raise ApiError("unknown_method", req_method=method)
        return {"ok": True, **self._methods[method](arguments)}

    def _by_name(self, chat: Chat) -> Mapping[str, Method]:
        return {
            "assistant.threads.setSuggestedPrompts": self.suggest_prompts,
            "auth.test": self.auth_test,
            "blocks.validate": self.validate_blocks,
            "chat.delete": chat.delete,
            "chat.postEphemeral": chat.post_ephemeral,
            "chat.postMessage": chat.post_message,
            "chat.update": chat.update,
            "conversations.history": self.history,
            "conversations.info": self.info,
            "conversations.replies": self.replies,
            "files.completeUploadExternal": chat.complete_upload,
            "files.getUploadURLExternal": chat.upload_url,
            "users.conversations": self.user_conversations,
            "users.info": self.user_info,
            "views.open": self.open_view,
            "views.publish": self.publish_view,
            "views.update": self.update_view,
        }

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
