"""`alumina doctor`: what is in order and what is not, a line each, with what to do."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import TEXTS
from bot.dataset.coverage import overdue
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UserError
from bot.gallery import Specimen, specimens
from bot.manifest import INSTALL_PATH
from bot.messages.blocks import Message
from bot.messages.names import in_sentence, month_list
from bot.messages.slack_names import why_told
from bot.posts.order_store import every_channel
from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, NotInstalledError, Workspaces
from bot.slack.trouble import SlackTrouble, error_of, reason
from bot.slack.web_client import Identity, check_scopes, identify, slack_client, socket_address
from bot.store import engine as store
from bot.store.clock import utc_now
from bot.store.figures import Figures, base_record, with_contents
from bot.words import enumeration
from bot.workplace import check_cron

TOLD = TEXTS["doctor"]
NO_WORD = {"unknown_method", "method_deprecated", "ratelimited", "rate_limited"}

Check = tuple[str, str, UserError | None]  # its name, and what is fine or not


class TroubleError(UserError):
    """Something is not as it should be, and it is no setting; says what to do."""

    exit_status = 1


@dataclass
class Findings:
    """What one check has found and a later one needs; channels, by workspace and id, where tables are."""

    dataset: Dataset | None = None
    channels: list[tuple[str, str]] | None = None


async def examine(settings: Settings) -> int:
    """Prints a line for each check; the exit status is that of the first trouble, 0 only if there is none."""
    status = 0
    async for name, fine, trouble in checks(settings):
        print(f"{'!!' if trouble else 'ok'}  {name}: {trouble or fine}", flush=True)
        status = status or (trouble.exit_status if trouble else 0)
    return status


async def looked_at(name: str, look: Awaitable[str] | Callable[[], str | None], fine: str = "") -> Check:
    """The check that a look comes to; the sentence of what it raises where that is for the user."""
    try:
        found = look() if callable(look) else await look
        return name, fine or found or "", None
    except UserError as trouble:
        return name, "", trouble


async def checks(
    settings: Settings, gallery: Callable[[Dataset, date], Sequence[Specimen]] = specimens
) -> AsyncIterator[Check]:
    """Every check, one after the other; `gallery` makes what Slack is asked to look at."""
    found = Findings()
    yield await looked_at("settings", partial(_settings, settings))
    yield await looked_at("data", partial(_data, settings, found))
    yield await looked_at("database", _database(settings, found))
    if found.dataset:  # with the newer figures of the database
        yield await looked_at("freshness", partial(freshness, found.dataset))
    if settings.many:
        rest = workspace_checks(settings, has_tables=found.channels is not None)
    elif not settings.slack_bot_token:  # nobody can be asked, and the settings' line has said so
        return
    else:
        shown = gallery(found.dataset, settings.today()) if found.dataset else ()
        rest = slack_checks(settings, found.channels or [], shown)
    async for check in rest:
        yield check


def _settings(settings: Settings) -> str:
    check_cron(settings)
    if not settings.many:
        settings.need("SLACK_BOT_TOKEN")
    elif not re.fullmatch(r"\d+\.\d+", settings.need("SLACK_CLIENT_ID")):
        raise TroubleError(TOLD["no_client_id"])
    if not settings.socket_mode:
        settings.need("SLACK_SIGNING_SECRET")
    way = "Socket Mode" if settings.socket_mode else "HTTP at /slack/events, its secret untried"
    many = "many workspaces, " if settings.many else ""
    return f"{many}{way}, today is {settings.today()} in {settings.alumina_timezone}"


def _data(settings: Settings, found: Findings) -> str:
    found.dataset = base_record(settings).as_of(settings.today())
    if refused := found.dataset.record.refused:
        raise TroubleError(" ".join(map(str, refused)))
    newest = found.dataset.newest_complete()
    folder = data_folder(settings.alumina_data)
    return f"{folder}, the newest complete month is {newest.name if newest else 'none'}"


def freshness(dataset: Dataset) -> str:
    """Whether all that the release calendar says is out is on record."""
    if late := overdue(dataset):
        lacking = [f"{in_sentence(each.series)} of {month_list(each.months)}" for each in late]
        raise TroubleError(f"out, but not on record: {enumeration(lacking)}; {TOLD['newer_rows']}.")
    return "all that the release calendar says is out is on record"


async def _database(settings: Settings, found: Findings) -> str:
    if (file := store.sqlite_file(settings)) and not file.exists():  # to open it would make it
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise SettingError(f"DATABASE_URL: {store.OPENED.format(f'{file} cannot be made')}.")
        return f"{file}, {TOLD['empty']}"
    store.check_file(settings)
    async with store.connecting(settings) as engine:
        there = file or store.database_url(settings).render_as_string()
        if not await store.has_tables(engine):
            return f"{there}, {TOLD['empty']}"
        found.channels = []
        await store.check_writable(engine)
        found.channels = await every_channel(engine)
        contents = await Figures(engine).contents()
        if found.dataset:
            found.dataset = with_contents(found.dataset.record, contents).as_of(settings.today())
    return f"{there}, can be read and written"


async def slack_checks(
    settings: Settings, channels: Sequence[tuple[str, str]], shown: Sequence[Specimen]
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
            theirs = (channel for team, channel in channels if team == identity.team_id)
            for channel in dict.fromkeys(filter(None, [settings.alumina_channel, *theirs])):
                yield await looked_at(f"channel {channel}", _channel(client, channel, identity, settings))
            yield await looked_at("messages", _messages(client, shown))
    except UserError as trouble:
        yield "Slack", "", trouble
    except SlackTrouble as trouble:
        yield "Slack", "", TroubleError(TOLD["stopped"].format(why_told(reason(trouble))))


def clock(headers: Mapping[str, str], now: datetime) -> str:
    """How far our clock is from Slack's; TroubleError where that is too far."""
    said = {name.lower(): value for name, value in headers.items()}.get("date")
    if said is None:
        return "Slack did not tell its time"
    seconds = abs((now - parsedate_to_datetime(said)).total_seconds())
    if seconds > 30:  # requests are refused at five minutes, but posts of two machines could cross earlier
        raise TroubleError(TOLD["clock"].format(seconds))
    return "as Slack's, within seconds"


async def _channel(client: AsyncWebClient, channel: str, identity: Identity, settings: Settings) -> str:
    invite, is_own = TOLD["invite"].format(name=identity.name), channel == settings.alumina_channel
    kind, named = (SettingError, "ALUMINA_CHANNEL: ") if is_own else (TroubleError, "")
    try:
        found = (await client.conversations_info(channel=channel)).get("channel") or {}
        if found.get("is_archived"):
            raise kind(f"{named}it is archived; unarchive it, or end its posts.")
        if not (found.get("is_member", True) or found.get("is_im")):
            raise kind(f"{named}the bot is not in it; {invite}.")
        await client.conversations_history(channel=channel, limit=1)
    except SlackTrouble as trouble:
        todo = TOLD["add"] if error_of(trouble) == "missing_scope" else f"if the bot is not in it, {invite}"
        raise kind(f"{named}{why_told(reason(trouble))}; {todo}.") from trouble
    return "the bot is in it and can read it"


async def _messages(client: AsyncWebClient, shown: Sequence[Specimen]) -> str:
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
        raise TroubleError(TOLD["refused"].format(", ".join(refused)))
    return fine


async def workspace_checks(settings: Settings, *, has_tables: bool) -> AsyncIterator[Check]:
    """Of many workspaces: whether the keys open every token, and Slack takes each of them."""
    try:
        keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")
        settings.need("SLACK_CLIENT_SECRET")
        if not has_tables:  # the check of the database has said so
            return
        async with store.connecting(settings) as engine, slack_client(settings) as client:
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
    turns = asyncio.Semaphore(16)
    if found := [*filter(None, await asyncio.gather(*(_trouble(many, team, turns) for team in teams)))]:
        told = f"{len(found)} of {len(teams)}: {'; '.join(found[:5])}"
        raise TroubleError(f"{told}. They have to install it again at /{INSTALL_PATH}.")
    return f"Slack takes every token ({len(teams)})"


async def _trouble(many: Workspaces, team: str, turns: asyncio.Semaphore) -> str:
    try:
        async with turns:
            lacking = ", ".join((await many.seat_of(team)).identity.missing_scopes)
            return f"{team}: its token lacks {lacking}" if lacking else ""
    except NotInstalledError as missing:
        return str(missing)
    except SlackTrouble as trouble:
        return f"{team}: {reason(trouble)}"
