"""The one place where a trigger meets a function."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from handlers.ask import Desk
from handlers.commands import answer_command
from handlers.threads import answer_mention, answer_message
from handlers.trouble import report_trouble

COMMAND = "/alumina"


def register(app: AsyncApp, desk: Desk) -> None:
    """Connects every trigger; the desk reaches each function as its argument `desk`."""

    async def seat(context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        context["desk"] = desk
        await next()

    app.middleware(seat)
    app.command(COMMAND)(answer_command)
    app.event("app_mention")(answer_mention)
    app.event("message")(answer_message)
    app.error(report_trouble)
