"""What goes wrong between us and Slack, and what is to be done about it."""

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.webhook_response import WebhookResponse
from sqlalchemy.exc import SQLAlchemyError

ERRORS = tomllib.loads((Path(__file__).parent / "trouble.toml").read_text(encoding="utf-8"))
TOKEN_ERRORS, RATE_LIMITED, NO_ENTRY = (set(ERRORS[name]) for name in ("token", "rate_limited", "no_entry"))
# What can go wrong between us and Slack that is nobody's mistake here: its refusal, the network, the time.
SlackTrouble = (SlackApiError, ClientError, TimeoutError)
PASSING = (*SlackTrouble, SQLAlchemyError)

# wait: later, as Slack said, or once it is there. park: not before somebody mends the channel or the token.
# gone: what a post belongs to was deleted. refused: another refusal in Slack's own words. unsure: it may have
# been done.
Fate = Literal["wait", "park", "gone", "refused", "unsure"]

# Slack has posted nothing with one of these, so the next form may follow.
FORM_ERROR = re.compile("invalid_blocks|msg_blocks_too_long")
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
    with suppress(ValueError):
        if isinstance(said := json.loads(response.body), dict):
            return said
    return {"error": response.body}


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
    if error in ERRORS["unsure"] or status >= SERVER_ERROR or not details(trouble.response):
        # What a response_url refuses was not shown, whatever the reason.
        return "wait" if isinstance(trouble.response, WebhookResponse) else "unsure"
    if error in TOKEN_ERRORS or error in ERRORS["closed"] or error.startswith("restricted_action"):
        return "park"  # a channel in which only some may post says so in several ways
    return "gone" if error in ERRORS["gone"] else "refused"


def retry_after(trouble: Exception) -> timedelta | None:
    """How long Slack asked us to wait, None where it did not say."""
    headers = getattr(getattr(trouble, "response", None), "headers", None) or {}
    given = str(headers.get("Retry-After", ""))
    return timedelta(seconds=int(given)) if given.isdecimal() else None


def is_passing(trouble: Exception) -> bool:
    """Whether the same may well succeed later."""
    return isinstance(trouble, PASSING) and fate(trouble) in ("wait", "unsure")
