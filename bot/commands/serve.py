"""`alumina serve`: the bot, until it is told to stop."""

import asyncio

from bot.app import build_http_app, running
from bot.commands.listening import LOCAL, address_of, own_door
from bot.logs import log_to_stderr
from bot.operations import Operations
from bot.serving import PORT, run, serve
from bot.settings import Settings
from bot.store.current import base_record

NEEDED_OF_ONE = ("SLACK_BOT_TOKEN",)
NEEDED_OF_MANY = ("SLACK_CLIENT_SECRET", "ALUMINA_KEY")


def serve_bot(settings: Settings, host: str | None, port: int | None) -> None:
    """The bot: by Socket Mode where SLACK_APP_TOKEN is set, else by HTTP. Returns once a signal came.

    In Socket Mode nothing has to be listened to; a port is opened (for /healthz) where one is asked for.
    """
    log_to_stderr(settings)
    for name in NEEDED_OF_MANY if settings.many else NEEDED_OF_ONE:
        settings.need(name)
    dataset = base_record(settings).as_of(settings.today()).derived()
    address = address_of(settings, host, port)
    operations = Operations(settings.alumina_drain_seconds)
    beside, leaving = own_door(settings, operations), operations.leave
    if settings.socket_mode and address is None:
        asyncio.run(run(running(settings, dataset, operations), beside, leaving))
    else:
        settings.socket_mode or settings.need("SLACK_SIGNING_SECRET")
        app = build_http_app(settings, dataset, operations)
        asyncio.run(serve(app, *(address or (LOCAL, PORT)), beside, leaving))
