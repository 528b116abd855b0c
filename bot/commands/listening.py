"""Where `serve` and `worker` listen."""

from bot.operations import Operations
from bot.serving import PORT, Door
from bot.settings import Settings

LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"

Address = tuple[str, int]


def address_of(settings: Settings, host: str | None, port: int | None) -> Address | None:
    """The address that is asked for; None where none is. Port 0 is any that is free.

    PORT is how a platform says that it routes to us from outside.
    """
    if host is None and port is None and settings.port is None:
        return None
    default = LOCAL if settings.port is None else EVERYWHERE
    chosen = next(each for each in (port, settings.port, PORT) if each is not None)
    return host or default, chosen


def own_door(settings: Settings, operations: Operations) -> list[Door]:
    """The door that ALUMINA_METRICS asks for, if it asks for one."""
    if (asked := settings.metrics_address) is None:
        return []
    host, port = asked
    return [Door(operations.app(), host or LOCAL, port, set_by="ALUMINA_METRICS")]
