"""The Chinese threads of tests/conversations as typed objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .cases import loaded


@dataclass(frozen=True)
class Turn:
    """What was typed, the first line of its answer, and what its numbers are."""

    typed: str
    first: str
    sums: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()


def threads() -> Iterator[tuple[Turn, ...]]:
    """The threads of the file."""
    for turns in loaded("chinese.yaml"):
        yield tuple(
            Turn(turn["typed"], turn["first"], turn.get("from", {}), tuple(turn.get("offers", ())))
            for turn in turns
        )
