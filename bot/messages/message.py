"""A message as Slack takes it: blocks, and a text that says all of it."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind. `note` says what is in
    it: the message has that sentence only once the file stands there.
    """

    name: str
    title: str
    content: bytes
    note: str = ""


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same."""

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None
