"""What Slack tells by a name of its own: people and channels as it shows them, its troubles in words."""

from bot.store.tables import FORGOTTEN
from bot.words import say, say_or

# Slack's own names of what we have words for too: both are told.
SLACKS = ("not_in_channel", "channel_not_found", "is_archived")


def who(user: str) -> str:
    """A person as Slack shows them; a blank one is the setting ALUMINA_CHANNEL or the bot."""
    if user == FORGOTTEN:
        return say("slack_names.someone")
    return f"<@{user}>" if user else "Alumina"


def place_name(channel: str) -> str:
    """The channel as Slack shows it to whoever can see it; a conversation with the bot has no name."""
    return say("slack_names.this_conversation") if channel.startswith("D") else f"<#{channel}>"


def why_told(why: str) -> str:
    """Why a post could not be delivered and what to do, by the name that is stored; else as Slack says it."""
    told = say_or(why, f"troubles.{why}")
    return f"{told} ({why})" if why in SLACKS else told
