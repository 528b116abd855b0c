"""What publishers print, read from the web or from saved pages: new published rows, nothing decided yet."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.dataset.model import Row, Sources


class Parcel(NamedTuple):
    """Rows that came together, and what was decided about them and left out; `title` as a page has it."""

    name: str
    rows: tuple[Row, ...]
    sources: Sources
    notes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether a page has changed."""

    etag: str | None = None
    modified: str | None = None
