"""What Slack says of a channel and a person: whether we can post there, who is where, whose clock."""

import asyncio
from typing import Literal

from slack_sdk.web.async_client import AsyncWebClient

from bot.posts.form import is_zone
from bot.slack.errors import SlackTrouble, is_refused_as

# A modal has to be open three seconds after the command; no question before it is worth more of them.
SECONDS = 0.8
PAGE = 200
KINDS = "public_channel,private_channel,mpim,im"

Standing = Literal["here", "absent", "archived", "unknown"]


async def standing(client: AsyncWebClient, channel: str) -> Standing:
    """here: we can post there; absent: we are not in it, or cannot see it; unknown: Slack gave no word."""
    try:
        answer = await asyncio.wait_for(client.conversations_info(channel=channel), SECONDS)
    except SlackTrouble as trouble:
        return "absent" if is_refused_as(trouble, "channel_not_found") else "unknown"
    found = answer.get("channel") or {}
    if found.get("is_archived"):
        return "archived"
    return "here" if found.get("is_im") or found.get("is_member", True) else "absent"


async def channels_of(client: AsyncWebClient, user: str) -> frozenset[str]:
    """The channels that a person is in and that we can see; none where Slack does not say."""
    found: set[str] = set()
    try:
        pages = await client.users_conversations(user=user, types=KINDS, limit=PAGE, exclude_archived=False)
        async for page in pages:
            found.update(channel["id"] for channel in page.get("channels") or ())
    except SlackTrouble:
        return frozenset(found)
    return frozenset(found)


async def zone_of(client: AsyncWebClient, user: str) -> str:
    """The person's time zone; '' where Slack does not say, or not in time."""
    try:
        answer = await asyncio.wait_for(client.users_info(user=user), SECONDS)
    except SlackTrouble:
        return ""
    zone = str((answer.get("user") or {}).get("tz") or "")
    return zone if is_zone(zone) else ""
