"""Ports for a bot that is yet to start: kept from everybody else who asks the system for any that is free."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.serving import listening


@contextmanager
def kept_port() -> Iterator[int]:
    """A port that nobody else is given while the block lasts; a bot that is told of it may listen there."""
    # Bound, and nobody listens yet: beside that there is room for one who reuses addresses too.
    with listening("127.0.0.1", 0) as keeper:
        port: int = keeper.getsockname()[1]
        yield port


@contextmanager
def kept_ports(number: int) -> Iterator[list[int]]:
    """As many of them."""
    with ExitStack() as stack:
        yield [stack.enter_context(kept_port()) for _ in range(number)]
