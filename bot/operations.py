"""How the bot is watched over: whether it is alive, whether it is ready, and what it has counted."""

import asyncio
import logging
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.checks import Check

log = logging.getLogger(__name__)


class Operations:
    """What there is to know of one process, from its start to its end.

    It begins as not ready, is ready once it has its parts, and stops being so before anything closes.
    """

    def __init__(self, drain_seconds: float = 0) -> None:
        self._drain_seconds = drain_seconds
        self._checks: dict[str, Check] = {}
        self._going = "is starting"

    def open(self, checks: Mapping[str, Check]) -> None:
        """All is open and at work; the checks say from now on whether it is in order."""
        self._checks, self._going = dict(checks), ""

    async def leave(self) -> None:
        """Not ready from now on; returns once whoever sends requests here has had the time to see so."""
        self._going = "is stopping"
        log.info("stopping")
        await asyncio.sleep(self._drain_seconds)

    async def report(self) -> tuple[dict[str, str], dict[str, str]]:
        """Which parts are in order and which are not, each with a few words, at most some seconds old."""
        told = await asyncio.gather(*(check.found() for check in self._checks.values()))
        found = dict(zip(self._checks, told, strict=True))
        found["process"] = (not self._going, self._going or "is at work")
        metrics.set_ready({name: good for name, (good, _) in found.items()})
        fine = {name: words for name, (good, words) in found.items() if good}
        return fine, {name: words for name, (good, words) in found.items() if not good}

    def routes(self, *, with_metrics: bool) -> list[Route]:
        """Where it is asked."""
        routes = [Route("/healthz", _alive), Route("/readyz", self._ready)]
        return [*routes, Route("/metrics", self._metrics)] if with_metrics else routes

    async def _ready(self, _request: Request) -> Response:
        fine, wrong = await self.report()
        return JSONResponse({"ready": not wrong, "wrong": wrong, "fine": fine}, 503 if wrong else 200)

    async def _metrics(self, _request: Request) -> Response:
        await self.report()  # what is asked for is set by the checks
        content, kind = metrics.page()
        return Response(content, headers={"content-type": kind})


async def _alive(_request: Request) -> Response:
    return JSONResponse({"ok": True})
