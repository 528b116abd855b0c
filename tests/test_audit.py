"""The audit of dependencies, with a list of vulnerabilities on this machine: clean, found, not to be had."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.serving import serving
from tests.audit import CLEAN, FOUND, NOT_ASKED
from tests.commandline import Run, finish

ROOT = Path(__file__).parent.parent
MENDED = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}
HOLE = {
    "id": "PYSEC-0000-1",
    "summary": "A hole.",
    "affected": [{"package": {"name": "aiohttp", "ecosystem": "PyPI"}, "ranges": [MENDED]}],
}


@dataclass
class Listed:
    """Stands for the public list; `status` is what it answers with."""

    holes: dict[str, dict[str, object]] = field(default_factory=dict)
    status: int = 200
    asked: set[tuple[str, str]] = field(default_factory=set)

    async def answer(self, http: Request) -> Response:
        told = json.loads(await http.body())
        name = told["package"]["name"]
        self.asked.add((name, told["version"]))
        return JSONResponse({"vulns": [self.holes[name]]} if name in self.holes else {}, self.status)


@asynccontextmanager
async def open_list(listed: Listed) -> AsyncIterator[str]:
    async with serving(Starlette(routes=[Route("/query", listed.answer, methods=["POST"])])) as url:
        yield f"{url}/query"


async def audit(url: str) -> Run:
    pipe = asyncio.subprocess.PIPE
    words = ("-m", "tests.audit", "--osv-url", url)
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stdout=pipe, stderr=pipe)
    return await finish(process, 120)


def pinned() -> set[tuple[str, str]]:
    """What is pinned for every machine."""
    lines = [line for path in ROOT.glob("requirements*.txt") for line in path.read_text().splitlines()]
    return {(found[1], found[2]) for line in lines if (found := re.match(r"([\w.-]+)==(\S+) \\$", line))}


@pytest.mark.slow
async def test_every_pinned_dependency_is_asked_about() -> None:
    listed = Listed()
    async with open_list(listed) as url:
        run = await audit(url)
    assert (run.status, run.err) == (CLEAN, "")
    assert pinned() <= listed.asked
    assert {"aiohttp", "hatchling", "pytest"} <= {name for name, _ in listed.asked}
    assert re.fullmatch(r"\d+ dependencies asked about, 0 known vulnerabilities\.\n", run.out)


async def test_a_known_vulnerability_fails() -> None:
    listed = Listed({"aiohttp": HOLE})
    async with open_list(listed) as url:
        run = await audit(url)
    assert run.status == FOUND
    assert pinned() <= listed.asked
    assert re.search(r"aiohttp [\d.]+: PYSEC-0000-1, mended in 99\.1\n", run.out)
    assert "1 known vulnerabilities" in run.out


@pytest.mark.slow
async def test_where_it_cannot_be_asked_it_does_not_say_clean() -> None:
    async with open_list(Listed(status=503)) as url:
        refused = await audit(url)
    away = await audit(url)
    for run in (refused, away):
        assert (run.status, run.out) == (NOT_ASKED, "")
        assert run.err.startswith("NOT AUDITED: ")
