"""A bounded memory: the least recently used entry goes first, and an entry can grow too old."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """At most `size` entries, none older than `seconds` where that is given."""

    def __init__(
        self, size: int, seconds: float | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._size, self._seconds, self._clock = size, seconds, clock
        self._entries: OrderedDict[K, tuple[V, float]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The entry, which counts as used now; None where there is none or it is too old."""
        if key not in self._entries:
            return None
        value, since = self._entries[key]
        if self._seconds is not None and self._clock() - since > self._seconds:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        """Keeps the entry, and forgets the least recently used one where there are too many."""
        self._entries[key] = (value, self._clock())
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forgets the entry, if there is one."""
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return len(self._entries)
