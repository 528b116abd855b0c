"""Blocks that are sent again and again: weighed once and written once.

Writing the JSON of a whole answer costs more than a tenth of all that a remembered answer costs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TABLE_TEXT = {"table": 10_000, "data_table": 20_000}
READ = frozenset({"text", "caption", "title", "name", "label"})


@dataclass(frozen=True, slots=True)
class Weight:
    """What a block that is well formed adds to its message; `table` counts the letters of its rows."""

    kind: str
    block_id: str | None
    letters: int
    table: int


def weight_of(block: Mapping[str, Any]) -> Weight:
    """The weight of a block, which must be well formed."""
    kind = block["type"]
    table = letters(block["rows"]) if kind in TABLE_TEXT else 0
    return Weight(kind, block.get("block_id"), letters(block), table)


def letters(value: Any) -> int:
    """Characters of everything that is read: each string under one of the names in `READ`, however deep."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name in READ and isinstance(inner, str) else letters(inner)
            for name, inner in value.items()
        )
    return sum(map(letters, value)) if isinstance(value, (list, tuple)) else 0


class Kept(dict[str, Any]):
    """A block that was found well formed. It must not be changed any more."""

    __slots__ = ("weight", "written")

    def __init__(self, block: Mapping[str, Any]) -> None:
        super().__init__(block)
        self.weight = weight_of(block)
        self.written = json.dumps(block)


class Written(str):
    """JSON that goes into other JSON as it stands (see `in_json`)."""

    __slots__ = ()


def written(blocks: Sequence[Mapping[str, Any]]) -> Written:
    """The blocks as JSON."""
    each = (block.written if isinstance(block, Kept) else json.dumps(block) for block in blocks)
    return Written(f"[{', '.join(each)}]")


def in_json(value: Any) -> str:
    """The value as JSON; a field that is written already goes in as it stands."""
    fields = value.items() if isinstance(value, dict) else ()
    done = {name: field for name, field in fields if isinstance(field, Written)}
    if not done:
        return json.dumps(value)
    rest = json.dumps({name: field for name, field in fields if name not in done})
    ends = "".join(f", {json.dumps(name)}: {field}" for name, field in done.items())
    return f"{rest[:-1]}{ends if len(rest) > 2 else ends[2:]}}}"
