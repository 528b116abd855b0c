"""`alumina key --rotate`: the stored tokens under the newest key."""

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import TEXTS
from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, Workspaces
from bot.store.engine import run_on_store


def rotate_key(settings: Settings) -> str:
    """Encrypts every stored token with the first key, and says of how many workspaces; SettingError where
    one is under a key that is not there.
    """
    keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")

    async def close_anew(engine: AsyncEngine) -> int:
        return await Workspaces(client_id, engine, keys, AsyncWebClient(), only=()).close_anew()

    return TEXTS["key"]["rotated"].format(count=run_on_store(settings, close_anew))
