"""What goes wrong between us and Slack, and what Slack says when it refuses."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import InternalError
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
# A channel in which only some may post says so in several ways.
CLOSED_PREFIX = "restricted_action"
GONE = {"cant_update_message", "message_not_found", "thread_not_found"}
# Slack has posted nothing with one of these, so the next form may follow.
FORM_ERRORS = ("invalid_blocks_format", "invalid_blocks", "msg_blocks_too_long")
KINDS = re.compile(rf"\b(?:{'|'.join((*NEWER, 'table'))})\b")
TOO_MANY, SERVER_ERROR = 429, 500
INSIDE = re.compile(r"/blocks/\d+/(?!type\b)")  # points into a block, and not at its kind


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
    if isinstance(trouble, ResponseRefusedError):
        return "wait" if trouble.is_passing else "refused"
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


class ResponseRefusedError(InternalError):
    """Slack did not take what was said through a response_url: too late, too often, or in a wrong form."""

    def __init__(self, body: str, status: int) -> None:
        super().__init__(f"Slack refuses the answer to a response_url: {status} {body}")
        self.error = next((name for name in FORM_ERRORS if name in body), "")
        self.details = _read(body)
        passing = self.details.get("error") in UNSURE | RATE_LIMITED
        self.is_passing = passing or status == TOO_MANY or status >= SERVER_ERROR


def is_refused(body: str) -> bool:
    """Whether what a response_url said with status 200 is a refusal all the same."""
    return _read(body).get("ok") is False


def form_error(refusal: SlackApiError | ResponseRefusedError) -> str:
    """Slack's name for what is wrong with the form; '' where something else is wrong."""
    error = refusal.error if isinstance(refusal, ResponseRefusedError) else error_of(refusal)
    return error if error in FORM_ERRORS else ""


def lacks_a_block(refusal: SlackApiError | ResponseRefusedError) -> bool:
    """Whether it names a kind of block that not every workspace has, and not something inside one."""
    said = refusal.details if isinstance(refusal, ResponseRefusedError) else details(refusal)
    metadata = said.get("response_metadata") or {}
    lines = map(str, [*(said.get("errors") or ()), *(metadata.get("messages") or ())])
    return any(KINDS.search(line) and not INSIDE.search(line) for line in lines)


def _read(body: str) -> Mapping[str, Any]:
    """What a body says, which may be plain text."""
    try:
        said = json.loads(body)
    except ValueError:
        return {"errors": [body]}
    return said if isinstance(said, dict) else {}
