"""What stands below a message for the people who read it: whether it helped, and its deletion."""

from dataclasses import replace
from functools import lru_cache

from bot.messages.actions import DELETE, DOWN, FEEDBACK, UP
from bot.messages.limits import kept
from bot.messages.message import Block, Message
from bot.messages.modal import plain

ASKERS = 1_000  # whose controls are kept


def with_controls(message: Message, asker: str | None) -> Message:
    """The message with feedback below it, and with a bin that only the asker sees, where there is one.

    A message that is text alone stays that: its text would not be shown beside blocks.
    """
    if not message.blocks:
        return message
    return replace(message, blocks=(*message.blocks, _controls(asker)))


@lru_cache(ASKERS)
def _controls(asker: str | None) -> Block:
    elements = [_feedback(), *([_bin(asker)] if asker else [])]
    return kept({"type": "context_actions", "elements": elements})


def _feedback() -> Block:
    return {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _verdict("Helpful", UP, "This answer helped"),
        "negative_button": _verdict("Not helpful", DOWN, "This answer did not help; say why"),
    }


def _verdict(text: str, value: str, read_out: str) -> Block:
    return {"text": plain(text), "value": value, "accessibility_label": read_out}


def _bin(asker: str) -> Block:
    return {
        "type": "icon_button",
        "icon": "trash",
        "action_id": DELETE,
        "text": plain("Delete"),
        "accessibility_label": "Delete this answer",
        "value": asker,
        "visible_to_user_ids": [asker],
        "confirm": {
            "title": plain("Delete this answer?"),
            "text": plain("It goes away for everybody in this conversation."),
            "confirm": plain("Delete"),
            "deny": plain("Keep it"),
            "style": "danger",
        },
    }
