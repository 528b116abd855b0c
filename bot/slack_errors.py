"""What goes wrong between us and Slack, and what Slack says when it refuses."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError
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
