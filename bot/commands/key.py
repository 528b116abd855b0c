"""`alumina key`: a new key for ALUMINA_KEY; with --rotate all stored tokens under the first one."""

import asyncio

from bot.settings import Settings
from bot.slack.installs.installations import Installations
from bot.slack.installs.keys import Keys, new_key
from bot.store.engine import store

__all__ = ["new_key", "rotate"]


def rotate(settings: Settings) -> str:
    """What was done, in a sentence; SettingError where a token is under a key that is not there."""
    count = asyncio.run(_rotate(settings))
    return (
        f"Every stored token ({count}) is kept under the first key of ALUMINA_KEY now; the others are"
        " not needed any more."
    )


async def _rotate(settings: Settings) -> int:
    keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")
    async with store(settings) as engine:
        return await Installations(client_id, engine, keys).close_anew()
