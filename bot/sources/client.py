"""Pages over HTTP: polite, patient with what passes, and done in time whatever the server does."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

import httpx

from bot.errors import FetchError
from bot.sources.markup import LIMIT_BYTES
from bot.version import installed_version

PASSING = {408, 425, 429, 500, 502, 503, 504}
BARRED = {202, 401, 403, 405, 406, 412, 418, 451, 521}  # 412: the site's own wall against programs
MOVED = {301, 302, 303, 307, 308}
HOPS = 5
WALL_BYTES = 100_000  # a page that keeps programs out is a small one without a table
_WALL = re.compile(
    rb"captcha|\$_ts\b|verify (?:that )?you are|are you (?:a )?human|access denied|enable javascript"
    rb"|\xe9\xaa\x8c\xe8\xaf\x81\xe7\xa0\x81|\xe4\xba\xba\xe6\x9c\xba",  # the words for both in Chinese
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited: for one page with all its attempts, between requests, and before trying again."""

    page_seconds: float = 60.0
    attempts: int = 4
    between_seconds: float = 1.0
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether a page has changed."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The request's headers that ask so."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


NEW = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, and what to keep for the next time."""

    content: bytes
    validators: Validators


class _Passing(Exception):  # noqa: N818  # a state of the server, gone a moment later
    def __init__(self, reason: str, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


@asynccontextmanager
async def web_client() -> AsyncIterator[httpx.AsyncClient]:
    """The one client of a refresh: its timeouts, and the name it gives itself."""
    name = f"alumina/{installed_version()}"
    async with httpx.AsyncClient(timeout=httpx.Timeout(15, pool=60), headers={"User-Agent": name}) as client:
        yield client


@dataclass(slots=True)
class Fetcher:
    """Fetches one page at a time."""

    client: httpx.AsyncClient
    patience: Patience = Patience()
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _free_at: float = 0.0

    async def get(
        self, address: str, seen: Validators = NEW, headers: Mapping[str, str] | None = None
    ) -> Fetched | None:
        """The page; None where it has not changed since `seen`. A FetchError says what stood in the way."""
        async with self._turn:
            try:
                async with asyncio.timeout(self.patience.page_seconds):
                    return await self._with_attempts(address, seen, {**seen.headers, **(headers or {})})
            except TimeoutError as error:
                reason = f"no whole answer within {self.patience.page_seconds:g} seconds"
                raise FetchError(address, reason) from error

    async def _with_attempts(
        self, address: str, seen: Validators, headers: Mapping[str, str]
    ) -> Fetched | None:
        clock = asyncio.get_running_loop().time
        attempt = 0
        while True:
            await asyncio.sleep(max(0.0, self._free_at - clock()))
            self._free_at = clock() + self.patience.between_seconds
            attempt += 1
            try:
                return await self._once(address, seen, headers)
            except _Passing as trouble:
                too_long = trouble.wait_seconds > self.patience.longest_wait_seconds
                if attempt >= self.patience.attempts or too_long:
                    times = "one attempt" if attempt == 1 else f"{attempt} attempts"
                    raise FetchError(address, f"{trouble}, after {times}") from trouble
                await asyncio.sleep(self._wait(attempt, trouble.wait_seconds))

    def _wait(self, attempt: int, asked_seconds: float) -> float:
        """Twice as long each time, with jitter; at least what the server asked for."""
        growing = self.patience.first_wait_seconds * 2.0 ** (attempt - 1)
        return max(asked_seconds, min(growing, self.patience.longest_wait_seconds) * random.uniform(0.5, 1.0))

    async def _once(self, address: str, seen: Validators, headers: Mapping[str, str]) -> Fetched | None:
        try:
            request = self.client.build_request("GET", address, headers=headers)
            for _ in range(HOPS + 1):
                response = await self.client.send(request, stream=True, follow_redirects=False)
                async with aclosing(response):
                    if response.status_code not in MOVED:
                        return await _page(address, seen, response)
                    request = _next(address, request, response)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FetchError(address, "this is no web address") from error
        except httpx.DecodingError as error:
            raise _Passing("the answer is damaged") from error
        except httpx.TransportError as error:
            raise _Passing(f"the connection failed ({type(error).__name__})") from error
        raise FetchError(address, f"it leads on more than {HOPS} times", by_hand=True)


def _next(address: str, request: httpx.Request, response: httpx.Response) -> httpx.Request:
    """Where a redirect leads: on the same host alone, and never from a protected address to an open one."""
    following = response.next_request
    if following is None:
        raise FetchError(address, f"the server answers {response.status_code} and leads nowhere")
    here, there = request.url, following.url
    if there.host != here.host:
        raise FetchError(address, f"it leads to another host ({there.host})", by_hand=True)
    if (there.scheme, there.port) not in ((here.scheme, here.port), ("https", None)):
        root = there.copy_with(path="/", query=None)
        raise FetchError(address, f"it leads to another protocol or port of its host ({root})", by_hand=True)
    return following


async def _page(address: str, seen: Validators, response: httpx.Response) -> Fetched | None:
    status = response.status_code
    if status == 304 and seen.headers:
        return None
    if status in PASSING:
        asked = response.headers.get("retry-after", "")
        wait_seconds = float(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0.0
        raise _Passing(f"the server answers {status}", wait_seconds)
    if status != 200:
        raise FetchError(address, f"the server answers {status}", by_hand=status in BARRED)
    if "," in response.headers.get("content-encoding", ""):  # a bomb: each layer unpacks to a thousand times
        raise FetchError(address, "the answer is packed more than once")
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > LIMIT_BYTES:
            raise FetchError(address, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
    if len(content) < WALL_BYTES and b"<table" not in content.lower() and _WALL.search(content):
        raise FetchError(address, "the site asks whether a person is reading", by_hand=True)
    kept = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
    return Fetched(bytes(content), kept)
