"""The doctor's checks that ask Slack: tokens, clock, scopes, channels, and Slack's own look at our blocks."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.checks import Check, TroubleError, looked_at
from bot.errors import SettingError, UserError
from bot.gallery import Specimen
from bot.manifest import OPTIONAL, SCOPES
from bot.messages.message import Message
from bot.posts.wording import why_told
from bot.settings import Settings
from bot.slack.client import Identity, check_scopes, identify, slack_client, socket_address
from bot.slack.errors import SlackTrouble, details, error_of, reason
from bot.store.clock import utc_now

# Slack's requests are refused at five minutes; posts of two machines could cross much earlier.
CLOCK_SECONDS = 30
CLOCK = "set the clock of this machine by NTP"
INVITE = "type /invite @{name} there"
ADD = "add that scope in the app's page OAuth & Permissions and install the app again"
SHOWN = 3  # messages that Slack refuses, in full; the rest is counted
STOPPED = "Slack stopped answering ({}); try again in a minute."
REFUSED = "Slack refuses {}; such answers go out with older blocks or as text: update Alumina, or report it."
NO_WORD = {"unknown_method", "method_deprecated", "ratelimited", "rate_limited"}

Channels = Sequence[tuple[str, str]]  # workspace and id


async def slack_checks(
    settings: Settings, channels: Channels, shown: Sequence[Specimen]
) -> AsyncIterator[Check]:
    """Every check that needs Slack; the first alone where it is not reached."""
    try:
        async with slack_client(settings) as client:
            identity = await identify(client)
            yield "Slack", f"{identity.name} in {identity.team}", None
            async for check in _access(client, identity, settings):
                yield check
            for channel in _theirs(identity, settings, channels):
                yield await _channel(client, channel, identity, channel == settings.alumina_channel)
            yield await _messages(client, shown)
    except UserError as trouble:
        yield "Slack", "", trouble
    except SlackTrouble as trouble:
        yield "Slack", "", TroubleError(STOPPED.format(why_told(reason(trouble))))


async def _access(client: AsyncWebClient, identity: Identity, settings: Settings) -> AsyncIterator[Check]:
    if settings.socket_mode:
        yield await _app_token(client, settings)
    said = (await client.auth_test()).headers
    yield looked_at("clock", lambda: clock(said, utc_now()))
    yield looked_at("scopes", lambda: _scopes(identity))


def _theirs(identity: Identity, settings: Settings, channels: Channels) -> list[str]:
    """The environment's channel and the subscribed ones of this workspace, each once."""
    own = [settings.alumina_channel] if settings.alumina_channel else []
    return list(dict.fromkeys([*own, *(channel for team, channel in channels if team == identity.team_id)]))


async def _app_token(client: AsyncWebClient, settings: Settings) -> Check:
    try:
        await socket_address(client, settings.need("SLACK_APP_TOKEN"))
    except UserError as trouble:
        return "app token", "", trouble
    return "app token", "Slack opens a socket for it", None


def clock(headers: Mapping[str, str], now: datetime) -> str:
    """How far our clock is from Slack's; TroubleError where that is too far."""
    said = {name.lower(): value for name, value in headers.items()}.get("date")
    if said is None:
        return "Slack did not tell its time"
    seconds = abs((now - parsedate_to_datetime(said)).total_seconds())
    if seconds > CLOCK_SECONDS:
        raise TroubleError(f"it differs from Slack's by {seconds:.0f} seconds; {CLOCK}.")
    return "as Slack's, within seconds"


def _scopes(identity: Identity) -> str:
    check_scopes(identity)
    without = [f"{name} ({SCOPES[name]})" for name in sorted(OPTIONAL - identity.scopes)]
    return f"all that is needed; not granted: {', '.join(without)}" if without else "all of the manifest"


async def _channel(client: AsyncWebClient, channel: str, identity: Identity, own: bool) -> Check:
    """Whether the channel is there, is not archived, has the bot in it, and can be read."""
    name = f"channel {channel}"
    kind = SettingError if own else TroubleError
    named = "ALUMINA_CHANNEL: " if own else ""
    try:
        found = (await client.conversations_info(channel=channel)).get("channel") or {}
        if found.get("is_archived"):
            return name, "", kind(f"{named}it is archived; unarchive it, or end its posts.")
        if not (found.get("is_member", True) or found.get("is_im")):
            told = f"{named}the bot is not in it; {INVITE.format(name=identity.name)}."
            return name, "", kind(told)
        await client.conversations_history(channel=channel, limit=1)
    except SlackTrouble as trouble:
        lacking = error_of(trouble) == "missing_scope"
        todo = ADD if lacking else f"if the bot is not in it, {INVITE.format(name=identity.name)}"
        return name, "", kind(f"{named}{why_told(reason(trouble))}; {todo}.")
    return name, "the bot is in it and can read it", None


async def _messages(client: AsyncWebClient, shown: Sequence[Specimen]) -> Check:
    """Slack's own check of one of every kind of message, modal and home tab."""
    refused: list[str] = []
    for number, specimen in enumerate(shown):
        try:
            # By the SDK's method all of it would go into the address, which is not made for that.
            await client.api_call("blocks.validate", data=payload(specimen))
        except SlackApiError as refusal:
            if error_of(refusal) in NO_WORD:
                told = f"Slack checked {number} of {len(shown)} kinds and then said {error_of(refusal)}"
                return _told(refused, told)
            refused.append(f"“{specimen.name}” ({_reasons(refusal)})")
    return _told(refused, f"Slack takes all {len(shown)} kinds")


def _told(refused: Sequence[str], fine: str) -> Check:
    if not refused:
        return "messages", fine, None
    listed = ", ".join(refused[:SHOWN]) + (f" and {len(refused) - SHOWN} more" if refused[SHOWN:] else "")
    return "messages", "", TroubleError(REFUSED.format(listed))


def payload(specimen: Specimen) -> dict[str, str]:
    """What blocks.validate takes: a message or a view, as JSON."""
    content = specimen.content
    if isinstance(content, Message):
        return {"message": json.dumps({"text": content.text, "blocks": list(content.blocks)})}
    return {"view": json.dumps(content)}


def _reasons(refusal: SlackApiError) -> str:
    """The first reason that Slack gives, with its place."""
    first = next(iter(details(refusal.response).get("errors") or ()), None)
    if isinstance(first, Mapping):
        return f"{first.get('pointer', '')}: {first.get('message', '')}"
    return str(first or error_of(refusal))
