"""A process of the bot's that is killed in the midst of something."""

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment
from tests.slack.events import calls
from tests.slack.test_serve_command import until_healthy


@asynccontextmanager
async def killed(slack: LocalSlack, folder: Path, port: int, *, amid: str) -> AsyncIterator[None]:
    """A process of its own that hears what is said in the block, and dies as it waits for that method."""
    process = await start("serve", "--port", str(port), env=environment(slack, folder), folder=folder)
    await until_healthy(port)
    slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
    yield
    await slack.wait_for(lambda: calls(slack, amid))
    process.send_signal(signal.SIGKILL)
    await finish(process)
    slack.bot_url = None
