"""What stands below a message for the people who read it: whether it helped, and its deletion."""

from dataclasses import replace

from bot.messages.actions import DELETE, DOWN, FEEDBACK, UP
from bot.messages.message import Block, Message
from bot.messages.modal import plain, sure
from bot.words import say


def with_controls(message: Message, asker: str | None) -> Message:
    """The message with feedback below it, and with a bin that only the asker sees, where there is one.

    A message that is text alone stays that: its text would not be shown beside blocks.
    """
    if not message.blocks:
        return message
    elements = [_feedback(), *([_bin(asker)] if asker else [])]
    return replace(message, blocks=(*message.blocks, {"type": "context_actions", "elements": elements}))


def _feedback() -> Block:
    return {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _verdict(say("controls.helpful"), UP, say("controls.helpful_read_out")),
        "negative_button": _verdict(say("controls.not_helpful"), DOWN, say("controls.not_helpful_read_out")),
    }


def _verdict(text: str, value: str, read_out: str) -> Block:
    return {"text": plain(text), "value": value, "accessibility_label": read_out}


def _bin(asker: str) -> Block:
    return {
        "type": "icon_button",
        "icon": "trash",
        "action_id": DELETE,
        "text": plain(say("controls.delete")),
        "accessibility_label": say("controls.delete_read_out"),
        "value": asker,
        "visible_to_user_ids": [asker],
        "confirm": sure(
            say("controls.sure"),
            say("controls.for_everybody"),
            yes=say("controls.delete"),
            no=say("controls.keep"),
        ),
    }
