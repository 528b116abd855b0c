"""The doctor's checks that ask Slack: tokens, clock, scopes, channels, and Slack's own look at our blocks."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingError, UserError
from bot.gallery import Specimen
from bot.manifest import INSTALL_PATH
from bot.messages.blocks import Message
from bot.messages.slack_names import why_told
from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, NotInstalledError, Workspaces
from bot.slack.trouble import SlackTrouble, error_of, reason
from bot.slack.web_client import Identity, check_scopes, identify, slack_client, socket_address
from bot.store.clock import utc_now
from bot.store.engine import connecting

# Slack's requests are refused at five minutes; posts of two machines could cross much earlier.
CLOCK_SECONDS = 30
INVITE = "type /invite @{name} there"
ADD = "add that scope in the app's page OAuth & Permissions and install the app again"
REFUSED = "Slack refuses {}; such answers go out with older blocks or as text: update Alumina, or report it."
NO_WORD = {"unknown_method", "method_deprecated", "ratelimited", "rate_limited"}
AT_ONCE = 16
SHOWN_WORKSPACES = 5  # that are in trouble, by name

Check = tuple[str, str, UserError | None]  # its name, and what is fine or not
Channels = Sequence[tuple[str, str]]  # workspace and id


class TroubleError(UserError):
    """Something is not as it should be, and it is no setting; says what to do."""

    exit_status = 1


async def looked_at(name: str, look: Awaitable[str] | Callable[[], str | None], fine: str = "") -> Check:
    """The check that a look comes to; the sentence of what it raises where that is for the user."""
    try:
        found = look() if callable(look) else await look
        return name, fine or found or "", None
    except UserError as trouble:
        return name, "", trouble


async def slack_checks(
    settings: Settings, channels: Channels, shown: Sequence[Specimen]
) -> AsyncIterator[Check]:
    """Every check that needs Slack; the first alone where it is not reached."""
    try:
        async with slack_client(settings) as client:
            identity = await identify(client)
            yield "Slack", f"{identity.name} in {identity.team}", None
            if settings.socket_mode:
                socket = socket_address(client, settings.need("SLACK_APP_TOKEN"))
                yield await looked_at("app token", socket, "Slack opens a socket for it")
            headers = (await client.auth_test()).headers
            yield await looked_at("clock", partial(clock, headers, utc_now()))
            yield await looked_at("scopes", partial(check_scopes, identity), "all that is needed")
            own = [settings.alumina_channel] if settings.alumina_channel else []
            theirs = (channel for team, channel in channels if team == identity.team_id)
            for channel in dict.fromkeys([*own, *theirs]):
                yield await looked_at(f"channel {channel}", _channel(client, channel, identity, settings))
            yield await looked_at("messages", _messages(client, shown))
    except UserError as trouble:
        yield "Slack", "", trouble
    except SlackTrouble as trouble:
        why = why_told(reason(trouble))
        yield "Slack", "", TroubleError(f"Slack stopped answering ({why}); try again in a minute.")


def clock(headers: Mapping[str, str], now: datetime) -> str:
    """How far our clock is from Slack's; TroubleError where that is too far."""
    said = {name.lower(): value for name, value in headers.items()}.get("date")
    if said is None:
        return "Slack did not tell its time"
    seconds = abs((now - parsedate_to_datetime(said)).total_seconds())
    if seconds > CLOCK_SECONDS:
        apart = f"it differs from Slack's by {seconds:.0f} seconds"
        raise TroubleError(f"{apart}; set the clock of this machine by NTP.")
    return "as Slack's, within seconds"


async def _channel(client: AsyncWebClient, channel: str, identity: Identity, settings: Settings) -> str:
    """Whether the channel is there, is not archived, has the bot in it, and can be read."""
    own, invite = channel == settings.alumina_channel, INVITE.format(name=identity.name)
    kind, named = (SettingError, "ALUMINA_CHANNEL: ") if own else (TroubleError, "")
    try:
        found = (await client.conversations_info(channel=channel)).get("channel") or {}
        if found.get("is_archived"):
            raise kind(f"{named}it is archived; unarchive it, or end its posts.")
        if not (found.get("is_member", True) or found.get("is_im")):
            raise kind(f"{named}the bot is not in it; {invite}.")
        await client.conversations_history(channel=channel, limit=1)
    except SlackTrouble as trouble:
        todo = ADD if error_of(trouble) == "missing_scope" else f"if the bot is not in it, {invite}"
        raise kind(f"{named}{why_told(reason(trouble))}; {todo}.") from trouble
    return "the bot is in it and can read it"


async def _messages(client: AsyncWebClient, shown: Sequence[Specimen]) -> str:
    """Slack's own check of one of every kind of message, modal and home tab."""
    refused, fine = list[str](), f"Slack takes all {len(shown)} kinds"
    for specimen in shown:
        view, kind = specimen.content, "view"
        if isinstance(view, Message):
            view, kind = {"text": view.text, "blocks": list(view.blocks)}, "message"
        try:
            # By the SDK's method all of it would go into the address, which is not made for that.
            await client.api_call("blocks.validate", data={kind: json.dumps(view)})
        except SlackApiError as refusal:
            if error_of(refusal) in NO_WORD:
                fine = f"Slack did not check them all ({error_of(refusal)})"
                break
            refused.append(f"“{specimen.name}” ({error_of(refusal)})")
    if refused:
        raise TroubleError(REFUSED.format(", ".join(refused)))
    return fine


async def workspace_checks(settings: Settings, *, has_tables: bool) -> AsyncIterator[Check]:
    """Of many workspaces: whether the keys open every token, and Slack takes each of them."""
    try:
        keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")
        settings.need("SLACK_CLIENT_SECRET")
        if not has_tables:  # the check of the database has said so
            return
        async with connecting(settings) as engine, slack_client(settings) as client:
            many = Workspaces(client_id, engine, keys, client, only=())
            teams = await many.teams()
            yield "key", f"it opens every stored token ({len(teams)})", None
            yield await looked_at("workspaces", _workspaces(many, teams, settings))
    except UserError as trouble:
        yield "key", "", trouble


async def _workspaces(many: Workspaces, teams: Sequence[str], settings: Settings) -> str:
    if not teams:
        at = f"{settings.alumina_url or 'your address, '}{INSTALL_PATH}"
        return f"none has installed it yet; {at} is where that begins"
    turns = asyncio.Semaphore(AT_ONCE)
    found = [*filter(None, await asyncio.gather(*(_trouble(many, team, turns) for team in teams)))]
    if found:
        told = f"{len(found)} of {len(teams)}: {'; '.join(found[:SHOWN_WORKSPACES])}"
        raise TroubleError(f"{told}. They have to install it again at /{INSTALL_PATH}.")
    return f"Slack takes every token ({len(teams)})"


async def _trouble(many: Workspaces, team: str, turns: asyncio.Semaphore) -> str:
    """What is wrong with a workspace; '' where nothing is."""
    try:
        async with turns:
            identity = (await many.seat_of(team)).identity
    except NotInstalledError as missing:
        return str(missing)
    except SlackTrouble as trouble:
        return f"{team}: {reason(trouble)}"
    missing_scopes = ", ".join(identity.missing_scopes)
    return f"{team}: its token lacks {missing_scopes}" if missing_scopes else ""
