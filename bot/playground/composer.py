"""What a person types: Slack's own commands, the app's slash commands, or a message."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.playground.slack import LocalSlack


class SlashCommand(NamedTuple):
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
# In the menu of every message.
SHORTCUTS = [{"callback_id": "ask_about", "name": "Ask Alumina about this"}]


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
        space.invite(channel)
    done, subtype = ("joined", "channel_join") if present else ("left", "channel_leave")
    space.post(channel, space.bot, f"<@{space.bot}> has {done} the channel", subtype=subtype)
    if not present:
        space.kick(channel)


def _with_mentions(slack: "LocalSlack", text: str) -> str:
    by_name = {user.name.lower(): f"<@{user.id}>" for user in slack.workspace.users.values()}
    return re.sub(r"(?<!\S)@(\w+)", lambda match: by_name.get(match[1].lower(), match[0]), text)
