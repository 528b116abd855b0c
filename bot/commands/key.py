"""`alumina key`: a new key for ALUMINA_KEY; with --rotate all stored tokens under the first one."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.installs.keys import Keys
from bot.slack.installs.workspaces import Workspaces
from bot.store.engine import store

ROTATED = (
    "Every stored token ({count}) is kept under the first key of ALUMINA_KEY now; the others are"
    " not needed any more."
)


def rotate(settings: Settings) -> str:
    """What was done, in a sentence; SettingError where a token is under a key that is not there."""

    async def closed_anew() -> int:
        keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")
        async with store(settings) as engine:
            return await Workspaces(client_id, engine, keys, AsyncWebClient(), only=()).close_anew()

    return ROTATED.format(count=asyncio.run(closed_anew()))
