"""`alumina key`: a new key for ALUMINA_KEY; with --rotate all stored tokens under the first one."""

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, Workspaces
from bot.store.engine import run_on_store

ROTATED = (
    "Every stored token ({count}) is kept under the first key of ALUMINA_KEY now; the others are"
    " not needed any more."
)


def rotate(settings: Settings) -> str:
    """What was done, in a sentence; SettingError where a token is under a key that is not there."""
    keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")

    async def closed_anew(engine: AsyncEngine) -> int:
        return await Workspaces(client_id, engine, keys, AsyncWebClient(), only=()).close_anew()

    return ROTATED.format(count=run_on_store(settings, closed_anew))
