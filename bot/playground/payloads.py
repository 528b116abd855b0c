"""What Slack sends to an app: slash commands, events and pressed buttons, in Slack's own fields. Pure."""

import time
from collections.abc import Iterator
from typing import Any

from bot.playground.presses import Press
from bot.playground.workspace import Change, Channel, Message, Workspace

Json = dict[str, Any]

DOMAIN = "metal-desk"
ENDINGS = ("tokens_revoked", "app_uninstalled")
CHANNEL_NAMES = {"im": "directmessage", "group": "privategroup"}


def command_form(
    workspace: Workspace, *, command: str, text: str, user: str, channel: str, response_url: str
) -> dict[str, str]:
    """The form of a slash command: no thread, no message, no event id."""
    place = workspace.channels[channel]
    return {
        "token": "verification-token",
        "team_id": workspace.users[user].team,
        "team_domain": DOMAIN,
        "channel_id": channel,
        "channel_name": CHANNEL_NAMES.get(place.kind, place.name),
        "user_id": user,
        "user_name": workspace.users[user].name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.serial("trigger."),
    }


def action_payload(
    workspace: Workspace, message: Message, press: Press, *, user: str, response_url: str
) -> Json:
    """`block_actions` in a message; an ephemeral message is named but not shown, as in Slack."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.visible_to is not None,
    }
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    shown = {} if message.visible_to else {"message": message.as_json()}
    return {
        **_interaction(workspace, "block_actions", user),
        "container": container | thread,
        "channel": {"id": message.channel, "name": workspace.channels[message.channel].name},
        "state": press.state,
        "response_url": response_url,
        "actions": [{**press.action, "action_ts": workspace.next_ts()}],
        **shown,
    }


def shortcut_payload(
    workspace: Workspace, message: Message, callback_id: str, *, user: str, response_url: str
) -> Json:
    """`message_action`: a shortcut chosen in the menu of a message."""
    return {
        **_interaction(workspace, "message_action", user),
        "callback_id": callback_id,
        "action_ts": workspace.next_ts(),
        "channel": {"id": message.channel, "name": workspace.channels[message.channel].name},
        "message_ts": message.ts,
        "message": message.as_json(),
        "response_url": response_url,
    }


def view_payload(workspace: Workspace, kind: str, view: Json, *, user: str, **more: Any) -> Json:
    """`block_actions` or `view_submission` of a modal or a home tab: no channel and no response URL."""
    return {**_interaction(workspace, kind, user), "view": view, **more}


def home_opened(workspace: Workspace, user: str, tab: str, view: Json | None) -> Json:
    """The event of a person who comes to the app's own place; with what stands on its home tab."""
    place = workspace.find_channel(user)
    event = {"type": "app_home_opened", "user": user, "channel": place and place.id, "tab": tab}
    shown = {"view": view} if view and tab == "home" else {}
    return event | {"event_ts": workspace.next_ts()} | shown


def _interaction(workspace: Workspace, kind: str, user: str) -> Json:
    person = workspace.users[user]
    return {
        "type": kind,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": workspace.app_id,
        "token": "verification-token",
        "trigger_id": workspace.serial("trigger."),
        "team": {"id": workspace.team, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def envelope(workspace: Workspace, event: Json) -> Json:
    """An event with what Slack wraps around it; each has an event id of its own.

    One of no channel, about the installation itself, is on behalf of nobody.
    """
    place = workspace.channels.get(str(event.get("channel")))
    ours: Json = {"enterprise_id": None, "team_id": workspace.team, "user_id": workspace.bot}
    ours |= {"is_bot": True, "is_enterprise_install": False}
    return {
        "token": "verification-token",
        "team_id": workspace.team,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.serial("Ev"),
        "event_time": int(time.time()),
        "authorizations": [] if event["type"] in ENDINGS else [ours],
        "is_ext_shared_channel": place is not None and place.is_ext_shared,
        "event_context": workspace.serial("EC"),
    }


def events_of(workspace: Workspace, change: Change, scopes: set[str]) -> Iterator[Json]:
    """The events an app with these scopes hears of a change; none where the bot is not a member."""
    place = workspace.channels[change.channel]
    if workspace.bot not in place.members:
        return
    # A mention comes twice, in no promised order: as a mention and as a message of the channel.
    if change.kind == "posted" and change.message and "app_mentions:read" in scopes:
        yield from _mention(workspace, place, change.message)
    if f"{place.family}:history" in scopes:
        yield from _message(workspace, place, change)


def _mention(workspace: Workspace, place: Channel, message: Message) -> Iterator[Json]:
    mentioned = f"<@{workspace.bot}>" in message.text and message.user != workspace.bot
    if mentioned and place.kind != "im" and message.subtype is None:
        yield _said(workspace, message) | {"type": "app_mention"}


def _message(workspace: Workspace, place: Channel, change: Change) -> Iterator[Json]:
    message, previous = change.message, change.previous
    common: Json = {"channel": place.id, "channel_type": place.kind}
    if change.kind == "posted" and message:
        yield _said(workspace, message) | common
    elif change.kind == "changed" and message and previous:
        said = message.as_json() | {"team": workspace.users[message.user].team}
        yield _hidden(workspace, "message_changed", message=said, previous=previous) | common
    elif change.kind == "deleted" and previous:
        yield _hidden(workspace, "message_deleted", deleted_ts=previous.ts, previous=previous) | common


def _said(workspace: Workspace, message: Message) -> Json:
    said = message.as_json() | {
        "channel": message.channel,
        "event_ts": message.ts,
        "team": workspace.users[message.user].team,
    }
    if message.bot_id:
        said["app_id"] = workspace.app_id
    if message.is_reply() and (parent := workspace.find(message.channel, str(message.thread_ts))):
        said["parent_user_id"] = parent.user
    return said


def _hidden(workspace: Workspace, subtype: str, *, previous: Message, **fields: Any) -> Json:
    ts = workspace.next_ts()
    before = {"previous_message": previous.as_json(), "hidden": True}
    return {"type": "message", "subtype": subtype, "ts": ts, "event_ts": ts, **before, **fields}
