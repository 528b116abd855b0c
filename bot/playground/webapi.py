"""The methods of Slack's Web API that the bot uses, on the local workspace. Pure but for the workspace."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground import chat
from bot.playground.access import Access
from bot.playground.arguments import ApiError, Arguments, invalid
from bot.playground.content import describe, unknown
from bot.playground.history import history, replies
from bot.playground.limits import problems, view_problems
from bot.playground.views import as_json

Json = dict[str, Any]

PROMPTS = 4
TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im"}


class WebApi(Access):
    """Answers a method for the bot."""

    def call(self, method: str, arguments: Arguments) -> Json:
        """The answer; a refusal is an ApiError."""
        if method not in METHODS:
            raise ApiError("unknown_method", req_method=method)
        scope, answer = METHODS[method]
        if scope:
            self.need(scope)
        return {"ok": True, **answer(self, arguments)}


def _auth_test(access: Access, _arguments: Arguments) -> Json:
    space = access.workspace
    return {
        "url": "https://metal-desk.slack.com/",
        "team": space.name,
        "team_id": space.team,
        "user": space.users[space.bot].name,
        "user_id": space.bot,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


def _info(access: Access, arguments: Arguments) -> Json:
    channel = access.channel(arguments)
    access.need(f"{channel.family}:read")
    return {"channel": describe(channel, access.workspace.bot)}


def _user_info(access: Access, arguments: Arguments) -> Json:
    if (user := access.workspace.users.get(arguments.required("user"))) is None:
        raise ApiError("user_not_found")
    profile = {"real_name": user.real_name, "display_name": user.name}
    named = {"id": user.id, "team_id": user.team, "name": user.name, "real_name": user.real_name}
    return {
        "user": named
        | {"is_bot": user.is_bot, "deleted": False, "tz": user.zone, "profile": profile}
        | {"is_admin": user.is_admin}
    }


def _user_groups(access: Access, _arguments: Arguments) -> Json:
    groups = access.workspace.groups.items()
    return {"usergroups": [{"id": id_, "handle": handle, "name": handle} for id_, handle in groups]}


def _user_conversations(access: Access, arguments: Arguments) -> Json:
    """The channels that a user is in, private ones and conversations where the bot is in them too."""
    bot, wanted = access.workspace.bot, set(arguments.text("types", "public_channel").split(","))
    user = arguments.text("user", bot)
    known = [
        each for each in access.workspace.channels.values() if each.kind == "channel" or bot in each.members
    ]
    seen = [each for each in known if user in each.members and TYPES[each.kind] in wanted]
    for channel in seen:
        access.need(f"{channel.family}:read")
    return {"channels": [describe(channel, bot) for channel in seen]}


def _open_view(access: Access, arguments: Arguments) -> Json:
    shown = access.views.open(arguments.required("trigger_id"), _view(arguments))
    return {"view": as_json(access.workspace, shown)}


def _update_view(access: Access, arguments: Arguments) -> Json:
    shown = access.views.update(arguments.required("view_id"), arguments.text("hash"), _view(arguments))
    return {"view": as_json(access.workspace, shown)}


def _publish_view(access: Access, arguments: Arguments) -> Json:
    shown = access.views.publish(arguments.required("user_id"), arguments.text("hash"), _view(arguments))
    return {"view": as_json(access.workspace, shown)}


def _view(arguments: Arguments) -> Json:
    view = arguments.structure("view")
    if not isinstance(view, dict):
        raise invalid("missing field: view")
    return view


def _suggest_prompts(access: Access, arguments: Arguments) -> Json:
    """Offers up to four prompts in a conversation with the bot."""
    channel, prompts = access.channel(arguments, "channel_id"), arguments.structure("prompts")
    if channel.kind != "im" or not prompts or len(prompts) > PROMPTS:
        raise ApiError("invalid_arguments")
    access.workspace.suggest(channel.id, tuple(prompts))
    return {}


def _validate_blocks(access: Access, arguments: Arguments) -> Json:
    """Says whether Slack would take these blocks, without posting."""
    message, view = arguments.structure("message"), arguments.structure("view")
    given = message if isinstance(message, Mapping) else {"blocks": arguments.structure("blocks")}
    if view:
        error, found = "invalid_view", view_problems(view)
    elif (blocks := given.get("blocks")) is None:
        raise ApiError("invalid_arguments")
    else:
        error = "invalid_blocks" if message is None else "invalid_message"
        found = [*problems(str(given.get("text") or "text"), blocks), *unknown(access.workspace, blocks)]
    if found:
        listed = [{"pointer": each.pointer, "code": each.error, "message": each.message} for each in found]
        raise ApiError(error, errors=listed)
    return {}


# By name: the scope that is needed in any case, and what answers.
METHODS: Mapping[str, tuple[str, Callable[[Access, Arguments], Json]]] = {
    "assistant.threads.setSuggestedPrompts": ("assistant:write", _suggest_prompts),
    "auth.test": ("", _auth_test),
    "blocks.validate": ("", _validate_blocks),
    "chat.delete": ("chat:write", chat.delete),
    "chat.postEphemeral": ("chat:write", chat.post_ephemeral),
    "chat.postMessage": ("chat:write", chat.post_message),
    "chat.update": ("chat:write", chat.update),
    "conversations.history": ("", history),
    "conversations.info": ("", _info),
    "conversations.replies": ("", replies),
    "files.completeUploadExternal": ("files:write", chat.complete_upload),
    "files.getUploadURLExternal": ("files:write", chat.upload_url),
    "usergroups.list": ("usergroups:read", _user_groups),
    "users.conversations": ("", _user_conversations),
    "users.info": ("users:read", _user_info),
    "views.open": ("", _open_view),
    "views.publish": ("", _publish_view),
    "views.update": ("", _update_view),
}
