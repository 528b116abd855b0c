"""The slash command, answered in the channel under the asker's name, so that it can carry a thread; and which
words ask for something else than an answer.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.messages.message import Message
from bot.questions.commands import Command, command_in
from handlers.alerts import propose, show_alerts
from handlers.asker import Asker, asker_of
from handlers.delivery import answer_asker
from handlers.desk import Desk
from handlers.language import split_private, spoken_in
from handlers.private_replies import tell
from handlers.subscriptions import show_list, show_next, subscribe

# What only the asker sees of it, if anything.
Serve = Callable[[Asker, Desk], Awaitable[Message | None]]
SERVES: Mapping[Command, Serve] = {
    "subscribe": subscribe,
    "subscriptions": show_list,
    "alerts": show_alerts,
    "next": show_next,
    "alert": propose,
}


def served(text: str) -> Serve | None:
    """Who serves what a text asks for; None for a question."""
    command = command_in(text)
    return SERVES[command] if command else None


async def answer_command(command: Mapping[str, str], context: AsyncBoltContext, desk: Desk) -> None:
    """/alumina TEXT."""
    private, text = split_private(command.get("text", ""))
    asker = asker_of(command, desk.team_of(context))
    asker = replace(asker, text=text, spoken=spoken_in(text) is not None)
    if serve := served(text):
        message = await serve(asker, desk)
        return await tell(asker, message, desk) if message else None
    return await answer_asker(await desk.answer(text, asker.user), asker, desk, private=private)
