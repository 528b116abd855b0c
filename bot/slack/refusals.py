"""Slack's refusals of a message's form: by name, and whether one tells that the workspace lacks a block."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.errors import InternalError
from bot.messages.forms import NEWER
from bot.slack.errors import RATE_LIMITED, UNSURE, details, error_of

# Slack has posted nothing with one of these, so the next form may follow.
FORM_ERRORS = ("invalid_blocks_format", "invalid_blocks", "msg_blocks_too_long")
KINDS = re.compile(rf"\b(?:{'|'.join((*NEWER, 'table'))})\b")
TOO_MANY, SERVER_ERROR = 429, 500
INSIDE = re.compile(r"/blocks/\d+/(?!type\b)")  # points into a block, and not at its kind


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
    """Whether it names a kind of block that not every workspace has: "unsupported type: data_table".

    What is said against something inside a block tells of that message alone.
    """
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
