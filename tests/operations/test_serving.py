"""What keeps a command open: a server that ends by itself ends the command too, with its error."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette

from bot import serving
from bot.serving import Server, run, served


@pytest.mark.parametrize("error", [None, OSError("too many open files")])
async def test_a_server_that_ends_by_itself_ends_the_command_in_order(
    monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    left: list[str] = []

    async def serve(*_: Any) -> None:
        if error:
            raise error

    def leave() -> None:
        left.append("left")

    monkeypatch.setattr(Server, "serve", serve)
    monkeypatch.setattr(serving, "keep_loaded", lambda: None)  # which would be for the whole run of tests
    stop = asyncio.Event()
    command = run(served(Starlette(), "127.0.0.1", 0, stop), leave, stop)
    [ended] = await asyncio.gather(asyncio.wait_for(command, 10), return_exceptions=True)
    assert (ended, left) == (error, ["left"])
