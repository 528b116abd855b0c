"""A message as Slack takes it: blocks, and a text that says all of it."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the complete spoken answer (notifications and screen readers); `blocks` show the same."""

    text: str
    blocks: tuple[Block, ...]
