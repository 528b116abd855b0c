"""What a trouble with Slack means for a post: to wait, to leave the channel be, or not to know."""

from datetime import timedelta
from typing import Literal

from slack_sdk.errors import SlackApiError

from bot.slack_errors import RATE_LIMITED, TOKEN_ERRORS, UNSURE, details, error_of, reason
from bot.words import say, speaking

# wait: later, as Slack said. park: not before somebody mends the channel or the token. gone: what the post
# belongs to was deleted. refused: another refusal in Slack's own words. unsure: it may have been done.
Fate = Literal["wait", "park", "gone", "refused", "unsure"]

CLOSED = {
    "access_denied", "cannot_dm_bot", "channel_not_found", "ekm_access_denied", "enterprise_is_restricted",
    "is_archived", "is_inactive", "messages_tab_disabled", "missing_scope", "no_permission", "not_in_channel",
    "org_login_required", "posting_to_channel_denied", "team_access_not_granted", "team_not_found",
    "two_factor_setup_required", "user_not_found",
}  # fmt: skip
# A channel in which only some may post says so in several ways.
CLOSED_PREFIX = "restricted_action"
GONE = {"cant_update_message", "message_not_found", "thread_not_found"}

# What we say of it; the first three are Slack's names. It is kept in English and told in any language.
TO_DO = ("not_in_channel", "channel_not_found", "is_archived")
WHY = (
    *TO_DO, "no_message_yet", "not_made", "taken_away", "subscription_paused", "subscription_parked",
    "subscription_deleted", "no_figures_here", "alert_unread", "no_series",
)  # fmt: skip


def fate(trouble: Exception) -> Fate:
    """What is to be done about a request that failed."""
    if not isinstance(trouble, SlackApiError):
        return "unsure"
    error = error_of(trouble)
    if error in RATE_LIMITED or getattr(trouble.response, "status_code", 200) == 429:
        return "wait"
    if not details(trouble) or error in UNSURE:
        return "unsure"
    if error in CLOSED | TOKEN_ERRORS or error.startswith(CLOSED_PREFIX):
        return "park"
    return "gone" if error in GONE else "refused"


def explained(trouble: Exception) -> str:
    """What went wrong and what to do, where that is known: half a sentence."""
    error = error_of(trouble) if isinstance(trouble, SlackApiError) else ""
    return f"{say(f'troubles.{error}')} ({reason(trouble)})" if error in TO_DO else reason(trouble)


def why_told(kept: str) -> str:
    """A reason as it is kept, in the language that is spoken; what Slack says as it says it."""
    for name in WHY:
        with speaking("en"):
            known = say(f"troubles.{name}")
        if kept.startswith(known):
            return say(f"troubles.{name}") + kept.removeprefix(known)
    return kept


def retry_after(trouble: Exception) -> timedelta | None:
    """How long Slack asked us to wait, None where it did not say."""
    headers = getattr(getattr(trouble, "response", None), "headers", None) or {}
    given = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    return timedelta(seconds=int(given)) if str(given).isdecimal() else None
