"""In which language a person is spoken to: that of what they typed, pressed or have before them."""

import re
from collections.abc import Mapping
from typing import Any

from bot.questions.commands import command_in
from bot.questions.language import asked_for, language_of
from bot.words import Language, speak
from handlers.desk import Desk

Body = Mapping[str, Any]

MENTION = re.compile(r"<[^>]*>")
PRIVATE = re.compile(r"(?i)^(?:private(?!\S)|私下)\s*")


def hear(body: Body, desk: Desk) -> None:
    """Before anything is said to a request: in its language from here on, errors included."""
    speak(told_in(body) or desk.settings.alumina_language)


def spoken_in(text: str) -> Language | None:
    """The language of what is typed; None where nothing tells it, as the commands' own words do not."""
    if wanted := asked_for(text)[0]:
        return wanted
    spoken = language_of(text)
    return None if spoken == "en" and len(text.split()) == 1 and command_in(text) else spoken


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, or that in Chinese, and the rest of it."""
    rest = PRIVATE.sub("", text.strip())
    return rest != text.strip(), rest


def typed_in(body: Body) -> str:
    """What a person has typed, or chosen the shortcut at; blank for a press."""
    event = body.get("event") or (body if body.get("type") == "message_action" else {})
    return str((event.get("message") or event or body).get("text") or "")


def told_in(body: Body) -> Language | None:
    """The language of a request; None where it could be any."""
    pressed = [each.get("selected_option") or each for each in body.get("actions") or ()]
    titles = [(body.get("view") or {}).get("title"), *(each.get("text") for each in pressed)]
    shown = [(each or {}).get("text") for each in (*titles, body.get("message"))]
    texts = [split_private(MENTION.sub(" ", typed_in(body)))[1], *(str(text or "") for text in shown)]
    return next((found for text in texts if (found := spoken_in(text))), None)
