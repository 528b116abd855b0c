"""Serving an application, and waiting for what happens in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette

from bot.errors import InternalError, UsageError
from bot.playground.serving import serving
from tests.gear.slack import LocalSlack


async def test_an_application_that_does_not_start_is_an_error() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        raise UsageError("no token")
        yield

    with pytest.raises(UsageError, match="no token"):
        async with serving(Starlette(lifespan=lifespan)):
            pytest.fail("it started")


async def test_what_does_not_happen_and_a_bot_that_is_not_there_are_errors(slack: LocalSlack) -> None:
    with pytest.raises(TimeoutError, match="did not happen"):
        await slack.wait_for(lambda: False, within=0.01)
    with pytest.raises(InternalError, match="has no bot"):
        await slack.command("march")
