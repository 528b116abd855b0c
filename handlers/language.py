"""In which language a person is spoken to: that of what they typed, pressed or have before them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest

from bot.questions.language import asked_for, language_of
from bot.words import Language, speak
from handlers.before import Next
from handlers.commands import split_private, spoken_in

Body = Mapping[str, Any]

MENTION = re.compile(r"<[^>]*>")


async def hear(request: AsyncBoltRequest, next_: Next) -> None:
    """Before anything is said to a request: in its language from here on, errors included.

    Where nothing tells it, as on the home tab, in the one that the person has chosen there.
    """
    body, context, desk = request.body, request.context, request.context["desk"]
    spoken = told_in(body)
    if spoken is None and _is_message(body):  # of every message of a channel, and most are not for us
        spoken = desk.settings.alumina_language
    speak(spoken or await desk.people.language(desk.team_of(context), context.user_id or ""))
    await next_()


def told_in(body: Body) -> Language | None:
    """The language of a request; None where it could be any."""
    if "command" in body:
        return spoken_in(split_private(str(body.get("text") or ""))[1])
    texts = (MENTION.sub(" ", text) for text in _texts(body) if text)
    return next((found for text in texts if (found := asked_for(text) or language_of(text))), None)


def _texts(body: Body) -> Iterator[str]:
    """What a person has written or can read there: first what they pressed, then what it stands in."""
    event, message, view = (body.get(name) or {} for name in ("event", "message", "view"))
    yield str((event.get("message") or event).get("text") or "")
    yield str((view.get("title") or {}).get("text") or "")
    for action in () if view.get("title") else body.get("actions") or ():
        yield str(((action.get("selected_option") or action).get("text") or {}).get("text") or "")
    yield str(message.get("text") or "")


def _is_message(body: Body) -> bool:
    return (body.get("event") or {}).get("type") in ("message", "app_mention")
