"""Which numbers belong to which, of hundreds of thousands, as two arrays."""

import numpy as np

from bot.dataset.text_table import Indices


class Lists:
    """The items of each of some owners, numbered from 0: of owner `owners[i]` one is `items[i]`."""

    def __init__(self, owners: Indices, items: Indices, count: int) -> None:
        self._items = items[np.argsort(owners, kind="stable")]
        self._starts = np.append(0, np.cumsum(np.bincount(owners, minlength=count)))

    def of(self, owners: Indices) -> Indices:
        """All items of these owners."""
        first = self._starts[np.minimum(owners, len(self._starts) - 1)]
        last = self._starts[np.minimum(owners + 1, len(self._starts) - 1)]
        counts = last - first
        shifts = np.repeat(first - np.cumsum(counts) + counts, counts)
        return self._items[shifts + np.arange(len(shifts))]
