"""What goes wrong between us and Slack, and what Slack says when it refuses."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError

TOKEN_ERRORS = {
    "account_inactive", "invalid_auth", "not_allowed_token_type", "not_authed", "token_expired",
    "token_revoked",
}  # fmt: skip
# With these Slack says that it may have done what it was asked for all the same.
UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
RATE_LIMITED = {"rate_limited", "ratelimited"}
# What can go wrong between us and Slack that is nobody's mistake here: its refusal, the network, the time.
SlackTrouble = (SlackApiError, ClientError, TimeoutError)


# wait: later, as Slack said, or once it is there. park: not before somebody mends the channel or the token.
# gone: what a post belongs to was deleted. refused: another refusal in Slack's own words. unsure: it may have
# been done.
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


def error_of(refusal: SlackApiError) -> str:
    """Slack's own name of a refusal, such as not_in_channel; the HTTP status where there is none."""
    return str(details(refusal).get("error") or f"HTTP {getattr(refusal.response, 'status_code', 'error')}")


def name_of(trouble: Exception) -> str:
    """One word for what went wrong with a call: Slack's own, or timeout, or connection."""
    if isinstance(trouble, SlackApiError):
        return error_of(trouble)
    return "timeout" if isinstance(trouble, TimeoutError) else "connection"


def is_refused_as(trouble: Exception, error: str) -> bool:
    """Whether it is a refusal of Slack's by that name."""
    return isinstance(trouble, SlackApiError) and error_of(trouble) == error


def details(refusal: SlackApiError) -> Mapping[str, Any]:
    """What Slack said with a refusal; empty where it was no JSON object."""
    data = getattr(refusal.response, "data", None)
    return data if isinstance(data, dict) else {}


def reason(trouble: Exception) -> str:
    """What went wrong with a request, in a few words."""
    if isinstance(trouble, SlackApiError):
        said = details(trouble)
        needed = f", needed: {said['needed']}" if said.get("needed") else ""
        return error_of(trouble) + (needed if said else ", with something else than an answer of Slack's")
    return str(trouble) or "no answer in time"


def fate(trouble: Exception) -> Fate:
    """What is to be done about a request that failed."""
    if isinstance(trouble, ClientConnectorError):
        return "wait"  # nothing was sent
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


def retry_after(trouble: Exception) -> timedelta | None:
    """How long Slack asked us to wait, None where it did not say."""
    headers = getattr(getattr(trouble, "response", None), "headers", None) or {}
    given = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    return timedelta(seconds=int(given)) if str(given).isdecimal() else None
