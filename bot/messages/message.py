"""A message as Slack takes it: blocks, and a text that says all of it."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes into the thread of a message; its name ends in its kind."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same.

    `more` are the lines of lists and tables, for where no block can stand.
    """

    text: str
    blocks: tuple[Block, ...]
    file: File | None = None
    more: tuple[str, ...] = ()
