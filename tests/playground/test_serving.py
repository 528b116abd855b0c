"""Serving an application, and waiting for what happens in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette

from bot.errors import InternalError, UsageError
from bot.playground.serving import serving
from tests.gear.slack import LocalSlack


async def test_a_taken_port_is_named() -> None:
    async with serving(Starlette()) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(UsageError, match=f"Port {port} "):
            async with serving(Starlette(), port):
                pytest.fail("two servers on one port")


async def test_an_application_that_does_not_start_is_an_error() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        raise UsageError("no token")
        yield

    with pytest.raises(UsageError, match="no token"):
        async with serving(Starlette(lifespan=lifespan)):
            pytest.fail("it started")


async def test_what_does_not_happen_is_not_waited_for_forever(slack: LocalSlack) -> None:
    with pytest.raises(TimeoutError, match="did not happen"):
        await slack.wait_for(lambda: False, within=0.01)


async def test_a_local_slack_without_a_bot_says_so(slack: LocalSlack) -> None:
    with pytest.raises(InternalError, match="has no bot"):
        await slack.command("march")
