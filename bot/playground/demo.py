"""`alumina demo`: the local Slack and the bot's real HTTP app, side by side in one process."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.app import build_http_app
from bot.errors import UsageError
from bot.gallery import specimens
from bot.manifest import EVENTS_PATH, SCOPES
from bot.playground.byhand import is_address, serve_line
from bot.playground.serving import serving
from bot.playground.slack import LocalSlack
from bot.playground.timeline import Timeline, TimelineSettings, day_before_newest
from bot.profile import profile
from bot.serving import listening, stop_signal
from bot.settings import Settings
from bot.store.figures import base_record

PORT = 8484

HINT = """\
Alumina is in a local workspace at {url}
Type /alumina march there, and reply in the thread; {url}/gallery shows every kind of message.
Ctrl-C ends it."""
BOT_HINT = """\
A local workspace is at {url}, and waits for a bot:
{line}
Its day is the playground's, by ALUMINA_TODAY. By Socket Mode: SLACK_APP_TOKEN={app_token} in the place of \
the signing secret. Ctrl-C ends it."""


def run_demo(settings: Settings, port: int | None, *, open_browser: bool, bot: str = "") -> None:
    """Runs the playground until Ctrl-C; UsageError where the port that was asked for is taken.

    `bot` is the address of a bot that is started by hand, in the place of the playground's own.
    """
    if bot and not is_address(bot):
        raise UsageError(f"--bot is {bot}; write an address without a path, such as http://127.0.0.1:3000.")

    at = _usual_port() if port is None else port

    async def demo() -> None:
        stop = stop_signal()
        with TemporaryDirectory(prefix="alumina-") as folder:
            async with playground(settings, at, Path(folder), bot) as slack:
                print(hint(slack, bot), flush=True)
                if open_browser:
                    await asyncio.to_thread(webbrowser.open, slack.url)
                await stop.wait()

    asyncio.run(demo())


def _usual_port() -> int:
    """The usual port, or 0 (any free one) where that is taken."""
    try:
        with listening("127.0.0.1", PORT):
            return PORT
    except UsageError:
        return 0


def hint(slack: LocalSlack, bot: str) -> str:
    """What the terminal says: where it is, and how a bot that is started by hand gets there."""
    if not bot:
        return HINT.format(url=slack.url)
    environment = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    if slack.timeline:
        environment["ALUMINA_TODAY"] = str(slack.timeline.now().date())
    line = serve_line(bot, environment)
    return BOT_HINT.format(url=slack.url, line=line, app_token=slack.app_token)


@asynccontextmanager
async def playground(settings: Settings, port: int, folder: Path, bot: str = "") -> AsyncIterator[LocalSlack]:
    """The local Slack with the bot at work in it; port 0 takes any free one."""
    dataset = base_record(settings).as_of(settings.today())
    start = settings.alumina_today or day_before_newest(dataset)
    timeline = Timeline(dataset.record, settings.zone, start)
    async with LocalSlack(
        port=port, scopes=SCOPES, timeline=timeline, gallery=lambda: specimens(dataset, dataset.today)
    ) as slack:
        if bot:
            slack.bot_url = f"{bot.rstrip('/')}/{EVENTS_PATH}"
            yield slack
            return
        own = _local(TimelineSettings.on(settings, timeline), slack, folder)
        app = build_http_app(own, dataset)
        async with serving(app) as url:
            slack.bot_url = f"{url}/{EVENTS_PATH}"
            with slack.beside(lambda: app.state.slack.at_work):
                yield slack


def _local(settings: Settings, slack: LocalSlack, folder: Path) -> Settings:
    """The settings as they are, but for everything that would reach out of the playground."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_signing_secret": SecretStr(slack.signing_secret),
            "slack_app_token": None,
            "slack_client_id": None,
            "slack_api_url": slack.api_url,
            "database_url": SecretStr(f"sqlite:///{folder}/playground.sqlite3"),
            "alumina_channel": profile().channel_id,
            "alumina_scheduler": "on",
            # The first post waits for a lease, and here nobody is in doubt about Slack.
            "alumina_timeout_seconds": 2.0,
            "alumina_lease_seconds": 2.5,
            "alumina_tick_seconds": 1.0,
        }
    )
