"""One run: the local Slack and the load in this process, the bot in one of its own.

`python -m benchmarks.load ours|many|bare COMMANDS WARMUP` prints one `Run` as a line of JSON.
"""

import asyncio
import gc
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import uvloop
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.bots import CPU_PATH, HOST
from benchmarks.questions import TODAY, BenchmarkError, packaged, questions
from bot.manifest import EVENTS_PATH, SCOPES
from bot.playground.slack import LocalSlack
from bot.playground.workspace import Change, Message
from bot.serving import listening
from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, Workspaces, new_key
from bot.slack.transcript import question_of
from bot.store.engine import store

ROOT = Path(__file__).parent.parent
IN_FLIGHT = 64
PER_SECOND = 20  # commands, at an even pace
WORKSPACES = 50  # that have installed the bot, where many may
START_SECONDS = 60
ANSWER_SECONDS = 30
# Without them the workspace tells the bot of no message: both bots get commands and nothing else.
EAR_SCOPES = {scope for scope in SCOPES if scope.endswith(":history") or scope.startswith("app_mentions")}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run measured. CPU is that of the measured commands alone, without start and warm-up.

    `paced`: from a command to its message in the channel, where commands come at an even pace.
    """

    bot: str
    answers: int
    acks_per_s: float
    p50_ms: float
    p99_ms: float
    answers_per_s: float
    bot_cpu_ms: float
    slack_cpu_ms: float
    paced_p50_ms: float
    paced_p99_ms: float


@dataclass(frozen=True, slots=True)
class Volley:
    """When a volley of commands was sent, acknowledged and answered, in seconds of one clock."""

    start: float
    acked: float
    answered: float
    waits: tuple[float, ...]


class Channel:
    """The bot's messages as they come to stand in the channel, and what it whispered instead."""

    def __init__(self, slack: LocalSlack) -> None:
        self.messages: list[Message] = []
        self.whispers: list[Message] = []
        self.last = 0.0
        self.sent: dict[str, float] = {}  # when a text was sent whose answer is waited for
        self.waits: list[float] = []
        self._bot = slack.workspace.bot
        slack.workspace.listeners.append(self._notice)

    def _notice(self, change: Change) -> None:
        if change.message and change.message.user == self._bot:
            (self.messages if change.kind == "posted" else self.whispers).append(change.message)
            self.last = time.perf_counter()
            self._waited(change.message.text.partition("\n")[0])

    def _waited(self, line: str) -> None:
        """The first line of an answer repeats its question."""
        if asked := max((text for text in self.sent if text in line), key=len, default=""):
            self.waits.append(self.last - self.sent.pop(asked))


async def measure(bot: str, commands: int, warmup: int) -> Run:
    """Starts the bot, warms it up, and measures so many commands; every answer is checked."""
    texts = questions(packaged())
    async with LocalSlack(validate=False, scopes=SCOPES) as slack, process(bot, slack) as address:
        channel = Channel(slack)
        await _volley(slack, channel, islice(cycle(texts), warmup), warmup)
        channel.messages.clear()
        before, used = await _bot_cpu(address), time.process_time()
        with no_rounds():
            volley = await _volley(slack, channel, islice(cycle(texts), commands), commands)
        spent, load = await _bot_cpu(address) - before, time.process_time() - used
        if bot in ("ours", "many"):
            check(channel.messages, different=min(commands, len(texts)))
        with no_rounds():
            await _paced(slack, channel, texts[:commands])
        return _run(bot, volley, channel.waits, spent, load)


@contextmanager
def no_rounds() -> Iterator[None]:
    """No garbage is collected in this process: a round takes 0.1 s, which is none of the bot's."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _volley(slack: LocalSlack, channel: Channel, texts: Iterator[str], count: int) -> Volley:
    """Sends each text once, 64 in flight, and waits until as many messages stand in the channel."""
    waits: list[float] = []

    async def sender() -> None:
        for text in texts:
            start = time.perf_counter()
            reply = await slack.command(text)
            waits.append(time.perf_counter() - start)
            if reply.failure:
                raise BenchmarkError(f"{text!r} was not acknowledged: {reply.failure}")

    start = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
    acked = time.perf_counter()
    await _answered(slack, channel, count)
    return Volley(start, acked, channel.last, tuple(waits))


async def _paced(slack: LocalSlack, channel: Channel, texts: Sequence[str]) -> None:
    """Sends each text once, so many a second, and waits for its answer."""
    channel.messages.clear()
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as sending:
        for place, text in enumerate(texts):
            await asyncio.sleep(max(0.0, begun + place / PER_SECOND - time.perf_counter()))
            channel.sent[text] = time.perf_counter()
            sending.create_task(slack.command(text))
    await _answered(slack, channel, len(texts))


async def _answered(slack: LocalSlack, channel: Channel, count: int) -> None:
    """Returns once so many messages stand in the channel; BenchmarkError where they do not come."""
    with suppress(TimeoutError):
        await slack.wait_for(lambda: channel.whispers or len(channel.messages) >= count, ANSWER_SECONDS)
    if channel.whispers:
        raise BenchmarkError(f"instead of an answer for everybody: {channel.whispers[0].text}")
    if len(channel.messages) != count:
        raise BenchmarkError(f"{len(channel.messages)} answers to {count} commands")


def check(messages: Sequence[Message], different: int) -> None:
    """BenchmarkError unless these are whole answers, to so many different questions."""
    asked = [question_of(message.as_json(with_payload=True)) for message in messages]
    if not all(asked) or not all(message.blocks for message in messages):
        raise BenchmarkError("an answer came without blocks or without its question as metadata")
    if len(set(asked)) < different:
        raise BenchmarkError(f"the answers are to {len(set(asked))} questions and not to {different}")


def _run(bot: str, volley: Volley, paced: Sequence[float], bot_cpu: float, slack_cpu: float) -> Run:
    count = len(volley.waits)
    percentiles, stands = (
        statistics.quantiles(waits, n=100, method="inclusive") for waits in (volley.waits, paced)
    )
    return Run(
        bot=bot,
        answers=count,
        acks_per_s=count / (volley.acked - volley.start),
        p50_ms=percentiles[49] * 1000,
        p99_ms=percentiles[98] * 1000,
        answers_per_s=count / (volley.answered - volley.start),
        bot_cpu_ms=bot_cpu / count * 1000,
        slack_cpu_ms=slack_cpu / count * 1000,
        paced_p50_ms=stands[49] * 1000,
        paced_p99_ms=stands[98] * 1000,
    )


@asynccontextmanager
async def process(bot: str, slack: LocalSlack, **more: str) -> AsyncIterator[str]:
    """The bot's address, once it answers there and the local Slack sends to it; `more` are settings."""
    # The port stays bound here, so that nobody else is given it before the bot listens there.
    with TemporaryDirectory(prefix="alumina-bench-") as folder, listening(HOST, 0) as keeper:
        port = keeper.getsockname()[1]
        command = [sys.executable, "-m", "benchmarks.bots", bot, str(port)]
        env = environment(slack, folder) | more
        if bot == "many":
            env = await installed_in_many(slack, env)
        started = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env)
        try:
            address = f"http://{HOST}:{port}"
            await _ready(started, address)
            slack.scopes -= EAR_SCOPES
            slack.bot_url = f"{address}/{EVENTS_PATH}"
            yield address
        finally:
            if started.returncode is None:
                started.terminate()
            await started.wait()


def environment(slack: LocalSlack, folder: str) -> dict[str, str]:
    """All that the bot's process is told: nothing of the machine's own settings reaches it."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "ALUMINA_TODAY": str(TODAY),
        "ALUMINA_SCHEDULER": "off",
        # Counted as always, and never too many.
        "ALUMINA_USER_RATE": "1000000",
        "ALUMINA_CHANNEL_RATE": "1000000",
    }


async def installed_in_many(slack: LocalSlack, env: dict[str, str]) -> dict[str, str]:
    """The same for a bot that this workspace has installed as one of many, whose tokens are written."""
    key, own = new_key(), slack.workspace.team
    many = env | {"SLACK_CLIENT_ID": "1.1", "SLACK_CLIENT_SECRET": "bench", "ALUMINA_KEY": key}
    del many["SLACK_BOT_TOKEN"]
    async with store(Settings.from_env(many)) as engine:
        kept = Workspaces("1.1", engine, Keys([key]), AsyncWebClient(), only=())
        for team in (own, *(f"T{number:04}" for number in range(1, WORKSPACES))):
            token = slack.bot_token if team == own else f"xoxb-{team}"
            bot = Installation(app_id="A1", team_id=team, user_id="U1", bot_token=token)
            bot.bot_id, bot.bot_user_id = f"B{team}", f"U{team}"
            await kept.async_save(bot)
    return many


async def _ready(process: asyncio.subprocess.Process, address: str) -> None:
    async with asyncio.timeout(START_SECONDS):
        while True:
            if process.returncode is not None:
                raise BenchmarkError("the bot did not start; its reason stands above")
            try:
                await _bot_cpu(address)
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
            else:
                return


async def _bot_cpu(address: str) -> float:
    """CPU seconds that the bot's process has used so far, as it says itself."""
    async with aiohttp.ClientSession() as session, session.get(f"{address}/{CPU_PATH}") as response:
        return float((await response.json())["seconds"])


def main(arguments: Iterable[str]) -> None:
    bot, commands, warmup = arguments
    try:
        print(json.dumps(asdict(uvloop.run(measure(bot, int(commands), int(warmup))))))
    except BenchmarkError as error:
        raise SystemExit(f"The bot “{bot}” was not measured: {error}.") from error


if __name__ == "__main__":
    main(sys.argv[1:])
