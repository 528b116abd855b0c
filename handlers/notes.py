"""What stands around an answer in Slack: who asked, and why only one person sees it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.messages.blocks import context, noted, unescape
from bot.messages.message import Message
from bot.messages.safe import shortened, visible
from bot.slack.errors import error_of
from bot.words import say

ECHO = 150
# Slack's refusals after which the asker alone gets the answer; any other one is trouble.
NO_ENTRY = {
    "not_in_channel", "channel_not_found", "is_archived", "cannot_reply_to_message", "restricted_action",
    "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel", "user_is_restricted",
}  # fmt: skip
TWO_PEOPLE = ("D", "U", "W")  # their conversation's id, or the id of one of them
ASKED = re.compile(r"<@\w+>")  # in every language who asked stands first


def asked_by(message: Message, user: str, text: str) -> Message:
    """The answer under a line that names the asker and repeats the question, which can notify nobody."""
    return under_line(message, say("replies.asked", user=user, question=echo(text)))


def under_line(message: Message, line: str) -> Message:
    """The message under one more line; as it is where the line is blank."""
    if not line:
        return message
    return replace(message, text=f"{line}\n{message.text}", blocks=(context(line), *message.blocks))


def asked_line(message: Mapping[str, Any]) -> str:
    """The line above a message of ours that says who asked; blank where there is none."""
    first = (message.get("blocks") or [{}])[0]
    line = str(first["elements"][0].get("text", "")) if first.get("type") == "context" else ""
    return line if ASKED.match(line) else ""


def edited(old: Mapping[str, Any]) -> Message:
    """The answer as it stands, with the note below it that its question was edited, once."""
    shown = Message(str(old.get("text", "")), tuple(old.get("blocks") or ()))
    note = say("replies.edited")
    is_noted = shown.text.endswith(note) or note in str(shown.blocks[-1:])
    return shown if is_noted else noted(shown, note)


def echo(text: str) -> str:
    """What a person typed on one line, shortened and escaped. Slack may have escaped it once already."""
    return shortened(" ".join(visible(unescape(text)).split()), ECHO)


def why_closed(refusal: SlackApiError, channel: str, name: str) -> str:
    """Why nothing can be posted in the channel, and what to do about it; raises any other refusal."""
    if (error := error_of(refusal)) not in NO_ENTRY:
        raise refusal
    if error in ("not_in_channel", "channel_not_found"):
        return how_to_let_in(channel, name)
    return say("replies.archived" if error == "is_archived" else "replies.refused")


def how_to_let_in(channel: str, name: str) -> str:
    """What to do where we are not in a channel; nothing can be done in a conversation between two people."""
    return say("replies.elsewhere") if channel.startswith(TWO_PEOPLE) else say("replies.invite", name=name)
