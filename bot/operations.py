"""How the bot is watched over: whether it is alive, whether each part is in order, what it has counted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from itertools import product

from cachetools import TTLCache
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.dataset.coverage import overdue
from bot.dataset.dataset import Dataset
from bot.posts.rows import is_of_month
from bot.settings import Settings
from bot.slack.trouble import TOKEN_ERRORS, SlackTrouble, error_of
from bot.store.tables import inbox, posts
from bot.workplace import Workplace

WAITING = ("due", "claimed", "parked")  # states of a post

Look = Callable[[], Awaitable[str]]
Found = tuple[bool, str]  # whether a part is in order, and in a few words how it is

log = logging.getLogger(__name__)


class NotReadyError(Exception):
    """A part of the bot is not in order; says so in a few words that anybody may read."""


async def _found(look: Look) -> Found:
    try:
        return True, await asyncio.wait_for(look(), 3.0)
    except NotReadyError as trouble:
        return False, str(trouble)
    except TimeoutError:
        return False, "does not answer in time"


def checks_of(dataset: Dataset, place: Workplace) -> dict[str, Look]:
    """The parts of a process that has its workplace open."""
    return {
        "database": partial(database, place.engine),
        "data": partial(data, place.settings, dataset),
        "slack": partial(slack, place),
    }


async def database(engine: AsyncEngine) -> str:
    """Answers; on the way what waits there is counted."""
    waiting = posts.c.state.in_(WAITING)
    asked = (posts.c.kind.startswith("question-"), "question")
    kind = case((is_of_month(), "month"), asked, else_="alert").label("kind")
    by_state = select(posts.c.state, kind, func.count()).where(waiting).group_by(posts.c.state, kind)
    still_open = select(func.count()).where(inbox.c.state.in_(["taken", "unseen"]))
    try:
        async with engine.connect() as connection:
            rows = await connection.execute(by_state)
            queue = {(state, of): count for state, of, count in rows}
            metrics.INBOX.set((await connection.execute(still_open)).scalar_one())
    except (SQLAlchemyError, OSError):
        raise NotReadyError("does not answer") from None
    for state, of in product(WAITING, metrics.KINDS):
        metrics.QUEUE.labels(state, of).set(queue.get((state, of), 0))
    return "answers"


async def data(settings: Settings, dataset: Dataset) -> str:
    """Up to which month the figures go, and what is overdue."""
    today = dataset.on(settings.today())
    late = overdue(today)
    days = max(((today.today - each.since).days for each in late), default=0)
    metrics.OVERDUE_DAYS.set(days)
    told = f"complete up to {today.newest_complete() or 'no month'}"
    return told + (f", {len(late)} series {days} days overdue" if late else "")


async def slack(place: Workplace) -> str:
    """Takes the token; of many workspaces each has its own, and Slack is asked without one."""
    try:
        await (place.client.auth_test() if place.identity else place.client.api_call("api.test"))
    except SlackTrouble as trouble:
        name = error_of(trouble)
        said = "does not take the token" if name in TOKEN_ERRORS else "does not answer as it should"
        raise NotReadyError(f"{said} ({name})") from None
    return "takes the token" if place.identity else "answers"


class Operations:
    """Whether a process is in order: not before it has its parts, and not once it stops."""

    def __init__(self) -> None:
        self._checks: dict[str, Look] = {}
        self._going = "is starting"
        # Probes come every few seconds, from several sides at once: what was found is told again for ten.
        self._remembered: TTLCache[str, Mapping[str, Found], float] = TTLCache(1, 10.0)
        self._looking = asyncio.Lock()

    def open(self, checks: Mapping[str, Look]) -> None:
        """All is open and at work; the checks say from now on whether it is in order."""
        self._checks, self._going = dict(checks), ""
        self._remembered.clear()

    def leave(self) -> None:
        """Not ready from now on."""
        self._going = "is stopping"
        log.info("stopping")

    async def report(self) -> tuple[dict[str, str], dict[str, str]]:
        """Which parts are in order and which are not, each with a few words, at most some seconds old."""
        async with self._looking:
            if (seen := self._remembered.get("parts")) is None:
                told = await asyncio.gather(*map(_found, self._checks.values()))
                seen = dict(zip(self._checks, told, strict=True))
                self._remembered["parts"] = seen
        found = {**seen, "process": (not self._going, self._going or "is at work")}
        for name, (good, _) in found.items():
            metrics.READY.labels(name).set(good)
        fine = {name: words for name, (good, words) in found.items() if good}
        return fine, {name: words for name, (good, words) in found.items() if not good}

    def routes(self, *, with_metrics: bool) -> list[Route]:
        """Where it is asked."""
        alive = Route("/healthz", JSONResponse({"ok": True}), methods=["GET"])
        metrics_route = [Route("/metrics", self._metrics)] if with_metrics else []
        return [alive, Route("/readyz", self._ready), *metrics_route]

    async def _ready(self, _request: Request) -> Response:
        fine, wrong = await self.report()
        return JSONResponse({"ready": not wrong, "wrong": wrong, "fine": fine}, 503 if wrong else 200)

    async def _metrics(self, _request: Request) -> Response:
        await self.report()  # what is asked for is set by the checks
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})
