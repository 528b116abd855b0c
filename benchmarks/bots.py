"""The bot under test, alone in its process: `python -m benchmarks.bots ours|many|bare PORT`.

All stand behind the same Starlette, uvicorn and HTTP session; they differ in what they do with a command.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import uvloop
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.logs import log_to_stderr
from bot.manifest import EVENTS_PATH
from bot.serving import keep_loaded, run, served
from bot.settings import Settings
from bot.slack.web_client import slack_client

HOST = "127.0.0.1"
CPU_PATH = "cpu"


def ours(settings: Settings) -> Starlette:
    """The real application, as `alumina serve` builds it."""
    # Imported here, so that the bare bot carries nothing that it does not need.
    from benchmarks.questions import packaged
    from bot.app import build_http_app
    from bot.worker import Worker

    dataset = packaged().derived()
    keep_loaded()
    worker = Worker(dataset, settings.today, forked=True)
    app = build_http_app(settings, dataset, worker=worker)
    app.state.worker = worker
    return app


def bare(settings: Settings) -> Starlette:
    """As little as a Bolt app can do for a command: acknowledge it and say hello to it."""
    return _bolt(settings, say_hello)


def _bolt(settings: Settings, answer: Callable[..., Awaitable[None]]) -> Starlette:
    @asynccontextmanager
    async def lifespan(http: Starlette) -> AsyncIterator[None]:
        async with slack_client(settings) as client:
            app = AsyncApp(client=client, signing_secret=settings.need("SLACK_SIGNING_SECRET"))
            app.command("/alumina")(answer)
            http.state.slack = AsyncSlackRequestHandler(app)
            yield

    return Starlette(lifespan=lifespan, routes=[Route(f"/{EVENTS_PATH}", _events, methods=["POST"])])


async def say_hello(ack: AsyncAck, command: Mapping[str, str], client: AsyncWebClient) -> None:
    await ack()
    await client.chat_postMessage(channel=command["channel_id"], text=f"hello {command['text']}")


async def _events(request: Request) -> Response:
    handler: AsyncSlackRequestHandler = request.app.state.slack
    return await handler.handle(request)


async def _cpu(request: Request) -> Response:
    worker = getattr(request.app.state, "worker", None)
    beside = await worker.run("", _own_seconds) if worker else 0.0
    return JSONResponse({"seconds": time.process_time() + beside})


def _own_seconds(_dataset: object) -> float:
    return time.process_time()


# The same application: the settings tell it that it serves many workspaces.
BOTS = {"ours": ours, "many": ours, "bare": bare}


def main(name: str, port: int) -> None:
    settings = Settings.from_env(os.environ)
    log_to_stderr(settings)
    app = BOTS[name](settings)
    # Behind the bot's own routes, where it costs a command nothing.
    app.router.routes.append(Route(f"/{CPU_PATH}", _cpu))
    stop = asyncio.Event()
    uvloop.run(run(served(app, HOST, port, stop), stop=stop))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
