"""A sequence whose values are worked out as far as they are read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")


class Lazy(Sequence[T]):
    """What an iterable yields, each value once; of next questions a message reads the first two of five."""

    __slots__ = ("_coming", "_known")

    def __init__(self, coming: Iterable[T]) -> None:
        self._coming, self._known = iter(coming), list[T]()

    def __iter__(self) -> Iterator[T]:
        at = 0
        while at < len(self._known) or self._reads_on():
            yield self._known[at]
            at += 1

    def _reads_on(self) -> bool:
        before = len(self._known)
        self._known += islice(self._coming, 1)
        return len(self._known) > before

    def __bool__(self) -> bool:
        return bool(self._known) or self._reads_on()

    def __len__(self) -> int:
        self._known += self._coming
        return len(self._known)

    def __getitem__(self, at: Any) -> Any:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
