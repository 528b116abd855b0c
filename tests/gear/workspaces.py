"""Further workspaces, and what happens to one without the bot."""

from dataclasses import replace

from bot.playground import people
from bot.playground.workspace import Workspace


def another_workspace(team: str, name: str) -> Workspace:
    """A workspace of another company, where the bot is another user; its people and channels have the same
    ids, so that whoever mixes two workspaces up is found out.
    """
    bot = f"U{team[1:]}BOT"
    users = [replace(each, id=bot if each.id == people.BOT else each.id, team=team) for each in people.USERS]
    channels = [
        replace(each, members=frozenset(bot if member == people.BOT else member for member in each.members))
        for each in people.channels()
    ]
    ours = {"bot": bot, "bot_id": f"B{team[1:]}BOT", "app_id": people.APP_ID}
    return Workspace(team=team, name=name, users=users, channels=channels, **ours)


def archive(workspace: Workspace, channel: str, is_archived: bool = True) -> None:
    """Archives a channel, or opens it again."""
    workspace.channels[channel] = replace(workspace.channels[channel], is_archived=is_archived)


def forget_before(workspace: Workspace, ts: str) -> None:
    """What was said before then is gone without a word, as where messages are kept for a time."""
    workspace.ephemerals = [message for message in workspace.ephemerals if message.ts >= ts]
    for messages in workspace._messages.values():
        for old in [each for each in messages if each < ts]:
            del messages[old]
    for (channel, thread), replies in list(workspace._replies.items()):
        kept = [each for each in replies if each in workspace._messages[channel]]
        if kept:
            workspace._replies[channel, thread] = kept
        else:
            del workspace._replies[channel, thread]
