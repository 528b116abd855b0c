"""Which channels are shared with another company: there, a command answers only the asker."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cache import Cache
from bot.slack.errors import SlackTrouble, is_refused_as
from bot.slack.once import is_passing, retry

SIZE = 2_000
SECONDS = 300.0
# Before Slack is told that we have a request there is no time for more.
QUICK_SECONDS = 1.0

Reach = Literal["own", "shared", "unseen", "unknown"]


class Sharing:
    """Asks Slack what a channel is, and remembers it for some minutes."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: Cache[str, Reach] = Cache(SIZE, SECONDS)

    async def reach(self, channel: str) -> Reach:
        """own: this company alone; shared: with another; unseen: we are not in it; unknown: no word.

        What is unseen or unknown is asked again next time: an invitation counts at once.
        """
        try:
            async with asyncio.timeout(QUICK_SECONDS):
                return await self._asked(channel)
        except SlackTrouble:
            return "unknown"

    async def patient_reach(self, channel: str) -> Reach:
        """The same; where Slack is away, once it is back."""
        try:
            return await retry(partial(self._asked, channel))
        except SlackTrouble as trouble:
            if is_passing(trouble):
                raise
            return "unknown"

    async def _asked(self, channel: str) -> Reach:
        if (known := self._known.get(channel)) is not None:
            return known
        try:
            answer = await self._client.conversations_info(channel=channel)
        except SlackApiError as refusal:
            if is_refused_as(refusal, "channel_not_found"):
                return "unseen"
            raise
        reach: Reach = "shared" if is_shared(answer.get("channel") or {}) else "own"
        self._known.put(channel, reach)
        return reach


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Whether people of another company are in the channel, or invited to it.

    A channel shared between workspaces of one company (is_org_shared) also says is_shared.
    """
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return True
    return bool(channel.get("is_shared")) and not channel.get("is_org_shared")
