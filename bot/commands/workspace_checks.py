"""The doctor's checks where many workspaces may install the bot: the key, and what each token is worth."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import islice

from bot.commands.checks import Check, TroubleError
from bot.errors import UserError
from bot.manifest import INSTALL_PATH
from bot.settings import Settings
from bot.slack.client import slack_client
from bot.slack.errors import SlackTrouble, reason
from bot.slack.installs.keys import Keys
from bot.slack.installs.workspaces import NotInstalledError, Workspaces
from bot.store.engine import open_engine

AT_ONCE = 16
SHOWN = 5  # workspaces in trouble, by name; the rest is counted
NONE_YET = "none has installed it yet; {at} is where that begins"
INSTALL_AGAIN = "they have to install it again at /slack/install"


async def workspace_checks(settings: Settings, *, has_tables: bool) -> AsyncIterator[Check]:
    """Whether the keys open every token, and Slack takes each of them."""
    try:
        keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")
        settings.need("SLACK_CLIENT_SECRET")
        if not has_tables:  # the check of the database has said so
            return
        engine = open_engine(settings)
        try:
            async with slack_client(settings) as client:
                many = Workspaces(client_id, engine, keys, client, only=())
                teams = await many.teams()
                yield "key", f"it opens every stored token ({len(teams)})", None
                yield await _workspaces(many, teams, settings)
        finally:
            await engine.dispose()
    except UserError as trouble:
        yield "key", "", trouble


async def _workspaces(many: Workspaces, teams: Sequence[str], settings: Settings) -> Check:
    if not teams:
        at = f"{settings.alumina_url or 'your address, '}{INSTALL_PATH}"
        return "workspaces", NONE_YET.format(at=at), None
    asked, found = iter(teams), list[str]()
    while some := list(islice(asked, AT_ONCE)):
        found += filter(None, await asyncio.gather(*(_trouble(many, team) for team in some)))
    if not found:
        return "workspaces", f"Slack takes every token ({len(teams)})", None
    listed = "; ".join(found[:SHOWN]) + (f"; and {len(found) - SHOWN} more" if found[SHOWN:] else "")
    return "workspaces", "", TroubleError(f"{len(found)} of {len(teams)}: {listed}. {INSTALL_AGAIN}.")


async def _trouble(many: Workspaces, team: str) -> str:
    """What is wrong with a workspace; '' where nothing is."""
    try:
        identity = (await many.seat_of(team)).identity
    except NotInstalledError as missing:
        return str(missing)
    except SlackTrouble as trouble:
        return f"{team}: {reason(trouble)}"
    missing_scopes = ", ".join(identity.missing_scopes)
    return f"{team}: its token lacks {missing_scopes}" if missing_scopes else ""
