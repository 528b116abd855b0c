"""`alumina doctor`: what is in order and what is not, a line each, with what to do."""

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.errors import SettingError, UserError
from bot.settings import Settings
from bot.slack import Identity, SlackTrouble, check_scopes, identify, reason, slack_client
from bot.store.engine import database_url, store
from bot.workplace import cron_of

INVITE = "if the bot is not in that channel, type /invite @alumina there"

Check = tuple[str, str, UserError | None]


def examine(settings: Settings) -> int:
    """Prints a line for each check; the exit status is that of the first trouble, else 0."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    status = 0
    async for name, fine, trouble in _checks(settings):
        print(f"{'!!' if trouble else 'ok'}  {name}: {trouble or fine}")
        status = status or (trouble.exit_status if trouble else 0)
    return status


async def _checks(settings: Settings) -> AsyncIterator[Check]:
    yield _check("settings", lambda: _settings(settings))
    yield _check("data", lambda: _data(settings))
    yield await _database(settings)
    async for check in _slack(settings):
        yield check


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return name, look(), None
    except UserError as trouble:
        return name, "", trouble


def _settings(settings: Settings) -> str:
    cron_of(settings)
    settings.need("SLACK_BOT_TOKEN")
    if not settings.socket_mode:
        settings.need("SLACK_SIGNING_SECRET")
    way = "Socket Mode" if settings.socket_mode else "HTTP at /slack/events"
    return f"{way}, today is {settings.today()} in {settings.alumina_timezone}"


def _data(settings: Settings) -> str:
    folder = data_folder(settings.alumina_data)
    newest = load_dataset(folder, settings.today()).newest_complete()
    return f"{folder}, the newest complete month is {newest.name if newest else 'none'}"


def _scopes(identity: Identity) -> str:
    check_scopes(identity)
    return "all that the manifest asks for"


async def _database(settings: Settings) -> Check:
    try:
        async with store(settings):
            return "database", f"{database_url(settings).render_as_string()}, up to date", None
    except UserError as trouble:
        return "database", "", trouble


async def _slack(settings: Settings) -> AsyncIterator[Check]:
    try:
        async with slack_client(settings) as client:
            identity = await identify(client)
            yield "Slack", f"{identity.name} in {identity.team}", None
            yield _check("scopes", lambda: _scopes(identity))
            if channel := settings.alumina_channel:
                await client.conversations_history(channel=channel, limit=1)
                yield "channel", f"the history of {channel} can be read", None
    except UserError as trouble:
        yield "Slack", "", trouble
    except SlackTrouble as trouble:
        yield "channel", "", SettingError(f"ALUMINA_CHANNEL: {reason(trouble)}; {INVITE}.")
