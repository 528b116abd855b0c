"""Ports for a bot that is yet to start: kept from everybody else who asks the system for any that is free."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def kept_port() -> Iterator[int]:
    """A port that nobody else is given while the block lasts; whoever names it may listen there."""
    with (
        socket.socket() as keeper
    ):  # bound without listening: beside it one may bind who reuses addresses too
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        port: int = keeper.getsockname()[1]
        yield port


@contextmanager
def kept_ports(number: int) -> Iterator[list[int]]:
    """As many of them."""
    with ExitStack() as stack:
        yield [stack.enter_context(kept_port()) for _ in range(number)]
