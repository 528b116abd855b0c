"""The one place where a trigger meets a function."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from handlers.ask import Desk
from handlers.commands import answer_command
from handlers.threads import answer_mention, answer_message
from handlers.trouble import report_trouble

COMMAND = "/alumina"


def register(app: AsyncApp, desk: Desk) -> None:
    """Connects every trigger. The desk is each function's last argument; the others are filled by Bolt."""
    app.command(COMMAND)(partial(answer_command, desk=desk))
    app.event("app_mention")(partial(answer_mention, desk=desk))
    app.event("message")(partial(answer_message, desk=desk))
    app.error(partial(report_trouble, desk=desk))
