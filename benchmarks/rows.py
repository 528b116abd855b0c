"""What the rows of one answer cost: its request and its thread's question, written and closed."""

import asyncio
import time
from datetime import timedelta
from tempfile import TemporaryDirectory

from bot.settings import Settings
from bot.slack.inbox import Inbox, Request
from bot.slack.threads import Contexts
from bot.store.engine import store
from bot.store.group_commit import group_commit

LEASE = timedelta(seconds=30)


async def rows_cpu_ms(answers: int, at_once: int) -> float:
    """Milliseconds of the process's CPU for all rows of an answer, in a fresh SQLite file."""
    with TemporaryDirectory(prefix="alumina-rows-") as folder:
        settings = Settings.from_env({"DATABASE_URL": f"sqlite:///{folder}/rows.sqlite3"})
        async with store(settings), group_commit(settings) as writer:
            inbox, contexts = Inbox(writer, LEASE), Contexts(writer)
            numbers = iter(range(answers))

            async def one_by_one() -> None:
                for number in numbers:
                    ts = f"{number}.0"
                    request = Request("T1", "C1", ts, ts, payload="{}" * 500)
                    await inbox.take(request)
                    contexts.put(request.thread, "{}" * 200, ts)
                    await inbox.answered(request)

            begun = time.process_time()
            await asyncio.gather(*(one_by_one() for _ in range(at_once)))
            await writer.settled()
            return (time.process_time() - begun) / answers * 1e3
