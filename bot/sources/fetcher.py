"""Pages over HTTP: polite, patient with what passes, and done in time whatever the server does."""

import asyncio
import random
import re
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx

from bot import installed_version
from bot.errors import FetchError
from bot.sources import Validators
from bot.sources.markup import LIMIT_BYTES, PATTERNS

PASSING = {408, 425, 429, 500, 502, 503, 504}
BARRED = {202, 401, 403, 405, 406, 412, 418, 451, 521}  # 412: the site's own wall against programs
MOVED = {301, 302, 303, 307, 308}
ENOUGH = 3  # failures, answers that cannot be read, or months without figures, one after the other
WALLED, LATE, FAILED = "the site keeps programs out", "the time was over", "it failed too often"
WALL_BYTES = 100_000  # a page that keeps programs out is a small one without a table
_WALL = re.compile(PATTERNS["wall"].encode(), re.IGNORECASE)
NEW = Validators()
Fetched = tuple[bytes, Validators]  # a page as it came, and what to keep for the next time


class _Passing(Exception):  # noqa: N818  # a state of the server, gone a moment later
    """Why it does not answer, and for how many seconds it asks to be left."""


def web_client() -> httpx.AsyncClient:
    """The one client of a refresh: its timeouts, and the name it gives itself."""
    name = f"alumina/{installed_version()}"
    return httpx.AsyncClient(timeout=httpx.Timeout(15, pool=60), headers={"User-Agent": name})


@dataclass(slots=True)
class Fetcher:
    """Fetches one page at a time, for `seconds` in all; `over` says why no more are to be asked for."""

    client: httpx.AsyncClient
    page_seconds: float = 60.0
    attempts: int = 4
    between_seconds: float = 1.0
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 20.0
    seconds: float = 900.0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # a key among them
    over: str = ""
    _failures: int = 0
    _free_at: float = 0.0
    _deadline: float | None = None

    async def get(self, address: str, seen: Validators = NEW) -> Fetched | None:
        """The page; None where it has not changed since `seen`. A FetchError says what stood in the way."""
        asked = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified, **self.headers}
        try:
            found = await self._in_time(address, {k: v for k, v in asked.items() if v})
        except FetchError as error:
            self._failures += 1
            failed = FAILED if self._failures >= ENOUGH else ""
            self.over = self.over or (WALLED if error.by_hand else failed)
            raise
        self._failures = 0  # one page missing among many is no reason to stop
        return found

    async def _in_time(self, address: str, headers: Mapping[str, str]) -> Fetched | None:
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + self.seconds
        ends = min(self._deadline, now + self.page_seconds)
        try:
            async with asyncio.timeout_at(ends):
                return await self._with_attempts(address, headers)
        except TimeoutError as error:
            if ends < self._deadline:
                raise FetchError(address, f"no whole answer within {self.page_seconds:g} seconds") from error
            self.over = LATE
            raise FetchError(address, f"the time for one refresh ({self.seconds:g} s) was over") from error

    async def _with_attempts(self, address: str, headers: Mapping[str, str]) -> Fetched | None:
        """The waits are twice as long each time, with jitter; at least what the server asked for."""
        clock, attempt, wait = asyncio.get_running_loop().time, 0, self.first_wait_seconds
        while True:
            await asyncio.sleep(max(0.0, self._free_at - clock()))
            self._free_at = clock() + self.between_seconds
            attempt += 1
            try:
                return await self._once(address, headers)
            except _Passing as trouble:
                (reason, asked), longest = trouble.args, self.longest_wait_seconds
                if attempt >= self.attempts or asked > longest:
                    times = "one attempt" if attempt == 1 else f"{attempt} attempts"
                    raise FetchError(address, f"{reason}, after {times}") from trouble
            await asyncio.sleep(max(asked, min(wait, longest) * random.uniform(0.5, 1.0)))
            wait *= 2

    async def _once(self, address: str, headers: Mapping[str, str]) -> Fetched | None:
        try:
            request = self.client.build_request("GET", address, headers=headers)
            response = await self.client.send(request, stream=True)
            async with aclosing(response):
                return await _page(address, response)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FetchError(address, "this is no web address") from error
        except httpx.DecodingError as error:
            raise _Passing("the answer is damaged", 0.0) from error
        except httpx.TransportError as error:
            raise _Passing(f"the connection failed ({type(error).__name__})", 0.0) from error


async def _page(address: str, response: httpx.Response) -> Fetched | None:
    status, headers, content = response.status_code, response.headers, bytearray()
    if status == 304 and response.request.headers.keys() & {"if-none-match", "if-modified-since"}:
        return None
    if status in PASSING:
        asked = headers.get("retry-after", "")
        whole = re.fullmatch(r"[0-9]{1,6}", asked)
        raise _Passing(f"the server answers {status}", float(asked) if whole else 0.0)
    if status != 200:
        leads = " and leads elsewhere" if status in MOVED else ""
        raise FetchError(address, f"the server answers {status}{leads}", by_hand=status in BARRED | MOVED)
    if "," in headers.get("content-encoding", ""):  # a bomb: each layer unpacks to a thousand times
        raise FetchError(address, "the answer is packed more than once")
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > LIMIT_BYTES:
            raise FetchError(address, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
    if len(content) < WALL_BYTES and b"<table" not in content.lower() and _WALL.search(content):
        raise FetchError(address, "the site asks whether a person is reading", by_hand=True)
    return bytes(content), Validators(headers.get("etag"), headers.get("last-modified"))
