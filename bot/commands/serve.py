"""`alumina serve`: the bot, until it is told to stop."""

import asyncio

from bot.app import build_http_app, running
from bot.logs import log_to_stderr
from bot.serving import run, serve
from bot.settings import Settings
from bot.store.current import base_record

LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"
PORT = 3000


def serve_bot(settings: Settings, host: str | None, port: int | None) -> None:
    """The bot: by Socket Mode where SLACK_APP_TOKEN is set, else by HTTP. Returns once a signal came.

    In Socket Mode nothing has to be listened to; a port is opened (for /healthz) where one is asked for.
    """
    log_to_stderr()
    settings.need("SLACK_BOT_TOKEN")
    dataset = base_record(settings).as_of(settings.today())
    address = address_of(settings, host, port)
    if address is None:
        asyncio.run(run(running(settings, dataset)))
    else:
        settings.socket_mode or settings.need("SLACK_SIGNING_SECRET")
        asyncio.run(serve(build_http_app(settings, dataset), *address))


def address_of(settings: Settings, host: str | None, port: int | None) -> tuple[str, int] | None:
    """Where to listen; None for nowhere. PORT is how a platform says that it routes to us from outside."""
    if settings.socket_mode and host is None and port is None and settings.port is None:
        return None
    default = LOCAL if settings.port is None else EVERYWHERE
    return host or default, port or settings.port or PORT
