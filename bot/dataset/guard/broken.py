"""A relation between rows that does not hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold, and the places of the rows that stand in it."""

    says: str
    rows: frozenset[int]
    mend: str = ""  # what seems to have happened
