"""What a person types: Slack's own commands, the app's slash commands, or a message."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.slack import LocalSlack


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command offered while typing; `of_slack` ones never reach the bot."""

    command: str
    hint: str
    description: str
    of_slack: bool = False


COMMANDS = (
    SlashCommand("/alumina", "[question], subscribe, alert, next or help", "Ask for a month or a series"),
    SlashCommand("/invite", "@Alumina", "Bring Alumina into this channel", of_slack=True),
    SlashCommand("/remove", "@Alumina", "Take Alumina out of this channel", of_slack=True),
)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One of the app's shortcuts in the menu of every message."""

    callback_id: str
    name: str


SHORTCUTS = (Shortcut("ask_about", "Ask Alumina about this"),)


async def typed(
    slack: "LocalSlack", text: str, *, user: str, channel: str, thread_ts: str | None = None
) -> None:
    """Does what Slack does when this is sent, the refusals included."""
    word, _, rest = text.partition(" ")
    known = {each.command: each for each in COMMANDS}
    if not text.startswith("/"):
        await _say(slack, text, user, channel, thread_ts)
    elif word not in known:
        slack.slackbot(channel, user, f"`{word}` is not a valid command.")
    elif thread_ts:
        slack.slackbot(channel, user, f"`{word}` is not supported in threads. Sorry!", thread_ts)
    elif known[word].of_slack:
        _move_bot(slack, channel, user, present=word == "/invite")
    else:
        await slack.command(_with_mentions(slack, rest.strip()), user=user, channel=channel, command=word)


async def _say(slack: "LocalSlack", text: str, user: str, channel: str, thread_ts: str | None) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    message = _with_mentions(slack, escaped)
    await slack.say(message, user=user, channel=channel, thread_ts=thread_ts)
    if f"<@{slack.workspace.bot}>" in message and not slack.workspace.bot_is_in(channel):
        slack.slackbot(channel, user, "Alumina is not in this channel. Bring it in with `/invite @Alumina`.")


def _move_bot(slack: "LocalSlack", channel: str, user: str, *, present: bool) -> None:
    space = slack.workspace
    if space.channels[channel].kind == "im" or space.bot_is_in(channel) == present:
        slack.slackbot(channel, user, "Nothing to do: Alumina is already where you want it.")
        return
    if present:
        slack.workspace.invite(channel)
    space.post(
        channel,
        space.bot,
        f"<@{space.bot}> has {'joined' if present else 'left'} the channel",
        subtype="channel_join" if present else "channel_leave",
    )
    if not present:
        slack.workspace.kick(channel)


def _with_mentions(slack: "LocalSlack", text: str) -> str:
    by_name = {user.name.lower(): user.id for user in slack.workspace.users.values()}

    def mention(match: "re.Match[str]") -> str:
        user = by_name.get(match[1].lower())
        return f"<@{user}>" if user else match[0]

    return re.sub(r"(?<!\S)@(\w+)", mention, text)
