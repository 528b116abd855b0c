"""One refresh at a time: none begins while another lasts, and the next may as soon as that has ended."""

import asyncio
import os
import signal

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.store.engine import store
from bot.supply.take import refresh_lock
from tests.postgres import Postgres

from .rows import settings

HOLDERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"


async def test_the_next_may_begin_at_once_whatever_ends_the_one_before(any_database: str) -> None:
    chosen = settings(any_database)
    async with store(chosen) as engine:
        for _ in range(3):
            with pytest.raises(RuntimeError, match="broken off"):
                await broken_off(chosen, engine)


async def broken_off(chosen: Settings, engine: AsyncEngine) -> None:
    async with refresh_lock(chosen, engine) as first, refresh_lock(chosen, engine) as second:
        assert (first, second) == (True, False)
        raise RuntimeError("broken off")


async def test_a_server_that_is_slow_to_let_go_is_waited_for_and_one_that_is_lost_is_no_error(
    postgres: Postgres,
) -> None:
    with postgres.database() as url:
        chosen = settings(url)
        async with store(chosen) as engine:
            async with refresh_lock(chosen, engine):
                holder = await the_holder(engine)
                os.kill(holder, signal.SIGSTOP)
                asyncio.get_running_loop().call_later(0.3, os.kill, holder, signal.SIGCONT)
            async with refresh_lock(chosen, engine) as first:
                assert first
                os.kill(await the_holder(engine), signal.SIGTERM)
            async with refresh_lock(chosen, engine) as first:
                assert first


async def the_holder(engine: AsyncEngine) -> int:
    """The server's process that holds the lock."""
    async with engine.connect() as other:
        return int((await other.execute(text(HOLDERS))).scalar_one())
