"""In which language a person is spoken to: that of what they typed, pressed or have before them."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.questions.commands import command_in
from bot.questions.language import asked_for, language_of
from bot.words import Language, speak
from handlers.desk import Desk

Body = Mapping[str, Any]

log = logging.getLogger(__name__)

MENTION = re.compile(r"<[^>]*>")
PRIVATE = re.compile(r"(?i)^(?:private(?!\S)|私下)\s*")


async def hear(body: Body, user: str, desk: Desk) -> None:
    """Before anything is said to a request: in its language from here on, errors included.

    Where nothing tells it, as on the home tab, in the one that the person has chosen there.
    """
    spoken = told_in(body)
    is_message = (body.get("event") or {}).get("type") in ("message", "app_mention")
    if spoken is None and not is_message:  # of every message of a channel, and most are not for us
        try:
            spoken = await desk.people.language(desk.team, user)
        except SQLAlchemyError as problem:
            log.warning("language_not_read", exc_info=problem)
    speak(spoken or desk.settings.alumina_language)


def spoken_in(text: str) -> Language | None:
    """The language of what is typed; None where nothing tells it, as the commands' own words do not."""
    if wanted := asked_for(text):
        return wanted
    spoken = language_of(text)
    return None if spoken == "en" and len(text.split()) == 1 and command_in(text) else spoken


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, or that in Chinese, and the rest of it."""
    rest = PRIVATE.sub("", text.strip())
    return rest != text.strip(), rest


def typed_in(body: Body) -> str:
    """What a person has typed; blank for a press."""
    event = body.get("event") or {}
    return str((event.get("message") or event or body).get("text") or "")


def told_in(body: Body) -> Language | None:
    """The language of a request; None where it could be any."""
    if "command" in body:
        return spoken_in(split_private(typed_in(body))[1])
    # What they have written or can read there: first what they pressed, then what it stands in.
    title = ((body.get("view") or {}).get("title") or {}).get("text")
    pressed = [each.get("selected_option") or each for each in body.get("actions") or () if not title]
    labels = [(each.get("text") or {}).get("text") for each in pressed]
    shown = [typed_in(body), title, *labels, (body.get("message") or {}).get("text")]
    texts = (MENTION.sub(" ", str(text)) for text in shown if text)
    return next((found for text in texts if (found := asked_for(text) or language_of(text))), None)
