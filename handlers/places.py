"""What Slack says of channels and people: whether another company reads, whether we can post, whose clock."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Literal

from cachetools import TTLCache
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.blocks import Block
from bot.messages.modal import option
from bot.messages.names import is_zone
from bot.slack.retry import retry
from bot.slack.trouble import SlackTrouble, error_of, is_passing

CHANNELS, KNOWN_SECONDS = 2_000, 300.0
SECONDS = 0.8  # that a question is worth of the three within which a modal has to be open
PAGE, GROUPS = 200, 100
KINDS = "public_channel,private_channel,mpim,im"

Reach = Literal["own", "shared", "unseen"]


class Places:
    """Asks Slack what a channel is; whether it is shared is remembered for some minutes."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: TTLCache[str, Reach, float] = TTLCache(CHANNELS, KNOWN_SECONDS)

    async def reach(self, channel: str, *, patient: bool = False) -> Reach:
        """own: this company alone; shared: with another, or no word of it; unseen: we are not in it."""
        if known := self._known.get(channel):
            return known
        if not (found := await self._info(channel, patient=patient)):
            return "shared" if found is None else "unseen"
        reach: Reach = "shared" if is_shared(found) else "own"
        self._known[channel] = reach
        return reach

    async def why_closed(self, channel: str) -> str:
        """Slack's name of why we cannot post there; '' where we can, as far as it says."""
        if (found := await self._info(channel)) is None:
            return ""
        if found.get("is_archived"):
            return "is_archived"
        return "" if found and (found.get("is_im") or found.get("is_member", True)) else "not_in_channel"

    async def channels_of(self, user: str) -> frozenset[str]:
        """The channels that a person is in and that we can see; none where Slack does not say."""
        found: set[str] = set()
        with suppress(*SlackTrouble):
            pages = await self._client.users_conversations(user=user, types=KINDS, limit=PAGE)
            async for page in pages:
                found.update(channel["id"] for channel in page.get("channels") or ())
        return frozenset(found)

    async def person(self, user: str) -> tuple[str, list[Block]]:
        """Their time zone, and the groups they may have notified; blank where Slack does not say in time."""
        found, groups = dict[str, Any](), list[Block]()
        with suppress(*SlackTrouble):
            async with asyncio.timeout(SECONDS):
                found = (await self._client.users_info(user=user)).get("user") or {}
                if found.get("is_admin"):  # who may write @channel is theirs to say
                    groups.append(option("!channel", "@channel"))
                kept = (await self._client.usergroups_list()).get("usergroups") or ()
                groups += [option(f"!subteam^{each['id']}", f"@{each['handle']}") for each in kept]
        zone = str(found.get("tz") or "")
        return zone if is_zone(zone) else "", groups[:GROUPS]

    async def _info(self, channel: str, *, patient: bool = False) -> Mapping[str, Any] | None:
        """What Slack says of a channel, empty where we cannot see it; None where it does not say in time."""
        ask = partial(self._client.conversations_info, channel=channel)
        try:
            async with asyncio.timeout(None if patient else SECONDS):
                return (await (retry(ask) if patient else ask())).get("channel") or {}
        except SlackTrouble as trouble:
            if patient and is_passing(trouble):
                raise
            return {} if error_of(trouble) == "channel_not_found" else None


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Whether people of another company are in the channel, or invited to it."""
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return True
    return bool(channel.get("is_shared")) and not channel.get("is_org_shared")
