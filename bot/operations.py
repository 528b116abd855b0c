"""How the bot is watched over: whether it is alive, whether it is ready, and what it has counted."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.checks import Check

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """Which parts are in order and which are not, each with a few words."""

    fine: Mapping[str, str]
    wrong: Mapping[str, str]

    @property
    def ready(self) -> bool:
        """Whether questions should be sent here."""
        return not self.wrong


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

    async def report(self) -> Report:
        """How it is now, at most some seconds old."""
        found = dict(zip(self._checks, await self._all(), strict=True))
        found["process"] = (not self._going, self._going or "is at work")
        metrics.set_ready({name: good for name, (good, _) in found.items()})
        return Report(
            fine={name: words for name, (good, words) in found.items() if good},
            wrong={name: words for name, (good, words) in found.items() if not good},
        )

    async def _all(self) -> list[tuple[bool, str]]:
        return await asyncio.gather(*(check.found() for check in self._checks.values()))

    def routes(self, *, with_metrics: bool) -> list[Route]:
        """Where it is asked."""
        routes = [Route("/healthz", _alive), Route("/readyz", self._ready)]
        return [*routes, Route("/metrics", self._metrics)] if with_metrics else routes

    def app(self) -> Starlette:
        """The same alone, for a port of its own."""
        return Starlette(routes=self.routes(with_metrics=True))

    async def _ready(self, _request: Request) -> Response:
        report = await self.report()
        told = {"ready": report.ready, "wrong": dict(report.wrong), "fine": dict(report.fine)}
        return JSONResponse(told, 200 if report.ready else 503)

    async def _metrics(self, _request: Request) -> Response:
        await self.report()  # what is asked for is set by the checks
        content, kind = metrics.page()
        return Response(content, headers={"content-type": kind})


async def _alive(_request: Request) -> Response:
    return JSONResponse({"ok": True})
