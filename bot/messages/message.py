"""A message as Slack takes it: blocks, and a text that says all of it."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.messages.limits import NOTHING, Weighed, weighed

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same.

    `known` are the weights of those blocks that were checked already (see `weighed_once`).
    """

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None
    known: Weighed = field(default_factory=lambda: NOTHING, compare=False, repr=False)


def weighed_once(message: Message) -> Message:
    """The message to be kept and sent again and again: whatever is put around it, its own blocks need not be
    checked anew.
    """
    return replace(message, known=weighed(message.blocks))
