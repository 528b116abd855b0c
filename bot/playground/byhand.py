"""A bot that is started by hand before the local Slack: its address, and the line that starts it there."""

import shlex
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bot.serving import PORT

HTTP = 80  # where no port is said
USUAL = ("127.0.0.1", "localhost")  # where a bot listens that is told no host


def is_address(bot: str) -> bool:
    """Whether it names a host and perhaps a port, and no path: that of Slack's requests is added to it."""
    try:
        found = urlsplit(bot)
        return (
            found.scheme in ("http", "https")
            and bool(found.hostname)
            and found.port != 0
            and not (found.path.strip("/") or found.query or found.fragment)
        )
    except ValueError:  # a port that is no number, or brackets around no host
        return False


def serve_line(bot: str, environment: dict[str, str]) -> str:
    """What starts the bot at this address, to be pasted into a shell in this folder."""
    settings = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
    return " ".join([*settings, shlex.join([*_program(), "serve", *_where(bot)])])


def _where(bot: str) -> list[str]:
    """What makes it listen there. Before https something else has to stand, which knows where it listens."""
    found = urlsplit(bot)
    if found.scheme == "https":
        return []
    port = found.port or HTTP
    host = [] if found.hostname in USUAL else ["--host", str(found.hostname)]
    return [*host, *([] if port == PORT else ["--port", str(port)])]


def _program() -> list[str]:
    # As this process was started: what `make setup` installs is not on the PATH.
    started = sys.argv[0]
    if Path(started).name == "alumina":
        return [_seen_from_here(started)]
    return [_seen_from_here(sys.executable), "-m", "bot"]


def _seen_from_here(file: str) -> str:
    here, path = Path.cwd(), Path(file).absolute()
    # A file of this very folder would be a name without a slash, which a shell looks for on the PATH.
    return str(path.relative_to(here) if here in path.parent.parents else path)
