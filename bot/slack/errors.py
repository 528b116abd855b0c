"""What goes wrong between us and Slack, and what Slack says when it refuses."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.messages.forms import NEWER

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
GONE = {"cant_update_message", "message_not_found", "thread_not_found"}
# Slack has posted nothing with one of these, so the next form may follow.
FORM_ERROR = re.compile("invalid_blocks|msg_blocks_too_long")
KINDS = re.compile(rf"\b(?:{'|'.join((*NEWER, 'table'))})\b")
INSIDE = re.compile(r"/blocks/\d+/(?!type\b)")  # points into a block, and not at its kind
TOO_MANY, SERVER_ERROR = 429, 500


def error_of(trouble: Exception) -> str:
    """One word for what went wrong: Slack's own, such as not_in_channel; its status; timeout; connection."""
    if not isinstance(trouble, SlackApiError):
        return "timeout" if isinstance(trouble, TimeoutError) else "connection"
    status = getattr(trouble.response, "status_code", "error")
    return str(details(trouble.response).get("error") or f"HTTP {status}")


def details(response: Any) -> Mapping[str, Any]:
    """What Slack said; empty where it was no JSON object. By a response_url a refusal can be plain text."""
    if not isinstance(response, WebhookResponse):
        data = getattr(response, "data", None)
        return data if isinstance(data, dict) else {}
    try:
        said = json.loads(response.body)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"error": response.body}


def reason(trouble: Exception) -> str:
    """What went wrong with a request, in a few words."""
    if not isinstance(trouble, SlackApiError):
        return str(trouble) or "no answer in time"
    said = details(trouble.response)
    needed = f", needed: {said['needed']}" if said.get("needed") else ""
    return error_of(trouble) + (needed if said else ", with something else than an answer of Slack's")


def fate(trouble: Exception) -> Fate:
    """What is to be done about a request that failed."""
    if isinstance(trouble, ClientConnectorError):
        return "wait"  # nothing was sent
    if not isinstance(trouble, SlackApiError):
        return "unsure"
    error, status = error_of(trouble), getattr(trouble.response, "status_code", 0)
    if error in RATE_LIMITED or status == TOO_MANY:
        return "wait"
    if error in UNSURE or status >= SERVER_ERROR or not details(trouble.response):
        # What a response_url refuses was not shown, whatever the reason.
        return "wait" if isinstance(trouble.response, WebhookResponse) else "unsure"
    if error in CLOSED | TOKEN_ERRORS or error.startswith("restricted_action"):
        return "park"  # a channel in which only some may post says so in several ways
    return "gone" if error in GONE else "refused"


def retry_after(trouble: Exception) -> timedelta | None:
    """How long Slack asked us to wait, None where it did not say."""
    headers = getattr(getattr(trouble, "response", None), "headers", None) or {}
    given = str(headers.get("Retry-After", ""))
    return timedelta(seconds=int(given)) if given.isdecimal() else None


def lacks_a_block(refusal: SlackApiError) -> bool:
    """Whether it names a kind of block that not every workspace has, and not something inside one."""
    said = details(refusal.response)
    metadata = said.get("response_metadata") or {}
    lines = [error_of(refusal), *(said.get("errors") or ()), *(metadata.get("messages") or ())]
    return any(KINDS.search(line) and not INSIDE.search(line) for line in map(str, lines))
