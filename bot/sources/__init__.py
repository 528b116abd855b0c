"""What publishers print, read from the web or from saved pages: new published rows, nothing decided yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether a page has changed."""

    etag: str | None = None
    modified: str | None = None
