"""A message as Slack takes it: blocks, and a text that says all of it."""

from dataclasses import dataclass, replace
from typing import Any

from bot.messages.limits import kept

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same."""

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None


def kept_ready(message: Message) -> Message:
    """The message to be sent again and again: whatever is put around it, its own blocks need not be checked
    or written anew.
    """
    return replace(message, blocks=tuple(map(kept, message.blocks)))
