"""Carries what Slack sends to the bot: signed requests to its HTTP endpoint, and the redelivery of events."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

Kind = Literal["slash_commands", "events_api", "interactive"]


class Retry(NamedTuple):
    """Which repetition of an event this is, and what was wrong with the delivery before it."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered; `failure` is Slack's word for why there is no good answer, else blank."""

    status: int
    body: str = ""
    failure: str = ""
    wants_no_retry: bool = False


class Door(Protocol):
    """A way to the bot."""

    async def send(self, kind: Kind, payload: Mapping[str, Any], retry: Retry | None) -> Reply:
        """Delivers once and waits for the answer."""


class HttpDoor:
    """The bot's request URL; every request is signed as Slack signs it."""

    def __init__(self, url: str, signing_secret: str, session: aiohttp.ClientSession) -> None:
        self._url, self._session = url, session
        self._signer = SignatureVerifier(signing_secret)

    async def send(self, kind: Kind, payload: Mapping[str, Any], retry: Retry | None) -> Reply:
        """Delivers once; too late and not at all are failures, not exceptions."""
        body, media_type = _encoded(kind, payload)
        headers = {"Content-Type": media_type} | self._signed(body)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                text = await response.text()
        except TimeoutError:
            return Reply(0, failure="http_timeout")
        except aiohttp.ClientError:
            return Reply(0, failure="connection_failed")
        failure = "" if 200 <= response.status < 300 else "http_error"
        return Reply(response.status, text, failure, response.headers.get("x-slack-no-retry") == "1")

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        signature = self._signer.generate_signature(timestamp=timestamp, body=body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": str(signature)}


async def deliver_event(door: Door, envelope: Mapping[str, Any], waits: Sequence[float]) -> Reply:
    """Delivers an event, again after each of `waits` until the bot takes it; the last answer."""
    reply = await door.send("events_api", envelope, None)
    for number, wait in enumerate(waits, start=1):
        if not reply.failure or reply.wants_no_retry:
            break
        await asyncio.sleep(wait)
        reply = await door.send("events_api", envelope, Retry(number, reply.failure))
    return reply


def _encoded(kind: Kind, payload: Mapping[str, Any]) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"
