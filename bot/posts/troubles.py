"""Why a post could not be delivered, and what to do about it: half sentences, kept in English."""

from bot.slack.errors import error_of, reason
from bot.words import say, speaking

# What we say of it; the first three are Slack's names. It is kept in English and told in any language.
TO_DO = ("not_in_channel", "channel_not_found", "is_archived")
WHY = (
    *TO_DO, "no_message_yet", "not_made", "taken_away", "order_paused", "order_parked", "order_deleted",
    "order_done", "order_unread", "no_figures_here", "no_series", "nothing_notable", "no_more",
)  # fmt: skip


def explained(trouble: Exception) -> str:
    """What went wrong and what to do, where that is known: half a sentence."""
    error = error_of(trouble)
    return f"{say(f'troubles.{error}')} ({reason(trouble)})" if error in TO_DO else reason(trouble)


def in_english(name: str) -> str:
    """A reason as it is kept, whatever language is spoken."""
    with speaking("en"):
        return say(f"troubles.{name}")


def why_told(kept: str) -> str:
    """A reason as it is kept, in the language that is spoken; what Slack says as it says it."""
    known = next((name for name in WHY if kept.startswith(in_english(name))), None)
    return say(f"troubles.{known}") + kept.removeprefix(in_english(known)) if known else kept
