"""Pages over HTTP: polite, patient with what passes, and done in time whatever the server does."""

import asyncio
import random
import re
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
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
TOO_LARGE = f"it is larger than {LIMIT_BYTES // 1_000_000} MB"
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
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, and what to keep for the next time."""

    address: str
    content: bytes
    validators: Validators


class _Passing(Exception):  # noqa: N818  # a state of the server, gone a moment later
    def __init__(self, reason: str, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.wait_seconds = reason, wait_seconds


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
        self, address: str, seen: Validators = NEW, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | None:
        """The page; None where it has not changed since `seen`. A FetchError says what stood in the way."""
        ask = _Ask(address, seen, {"Accept-Encoding": "identity", **seen.headers, **headers})
        async with self._turn:
            try:
                async with asyncio.timeout(self.patience.page_seconds):
                    return await self._with_attempts(ask)
            except TimeoutError as error:
                reason = f"no whole answer within {self.patience.page_seconds:g} seconds"
                raise FetchError(address, reason) from error

    async def _with_attempts(self, ask: "_Ask") -> Fetched | None:
        attempt = 1
        while True:
            await self._pace()
            try:
                return await self._once(ask)
            except _Passing as trouble:
                too_long = trouble.wait_seconds > self.patience.longest_wait_seconds
                if attempt >= self.patience.attempts or too_long:
                    raise FetchError(ask.address, f"{trouble.reason}, after {_times(attempt)}") from trouble
                await asyncio.sleep(self._wait(attempt, trouble.wait_seconds))
            attempt += 1

    async def _pace(self) -> None:
        """Waits till the server has had its rest since the last request."""
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._free_at - clock()))
        self._free_at = clock() + self.patience.between_seconds

    def _wait(self, attempt: int, asked_seconds: float) -> float:
        """Twice as long each time, with jitter; at least what the server asked for."""
        growing = min(
            self.patience.first_wait_seconds * 2.0 ** (attempt - 1), self.patience.longest_wait_seconds
        )
        return max(asked_seconds, growing * random.uniform(0.5, 1.0))

    async def _once(self, ask: "_Ask") -> Fetched | None:
        try:
            request = self.client.build_request("GET", ask.address, headers=ask.headers)
            for _ in range(HOPS + 1):
                response = await self.client.send(request, stream=True, follow_redirects=False)
                try:
                    if response.status_code not in MOVED:
                        return await _page(ask, response)
                    request = _next(ask.address, request, response)
                finally:
                    await response.aclose()
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FetchError(ask.address, "this is no web address") from error
        except httpx.TransportError as error:
            raise _Passing(f"the connection failed ({type(error).__name__})") from error
        raise FetchError(ask.address, f"it leads on more than {HOPS} times", by_hand=True)


@dataclass(frozen=True, slots=True)
class _Ask:
    address: str
    seen: Validators
    headers: Mapping[str, str] = field(repr=False)  # a key may be among them


def _next(address: str, request: httpx.Request, response: httpx.Response) -> httpx.Request:
    """Where a redirect leads: on the same host alone, and never from a protected address to an open one."""
    following = response.next_request
    if following is None:
        raise FetchError(address, f"the server answers {response.status_code} and leads nowhere")
    if following.url.host != request.url.host:
        raise FetchError(address, f"it leads to another host ({following.url.host})", by_hand=True)
    if _door(following.url) not in (_door(request.url), ("https", 443)):
        there = following.url.copy_with(path="/", query=None)
        raise FetchError(address, f"it leads to another protocol or port of its host ({there})", by_hand=True)
    return following


def _door(url: httpx.URL) -> tuple[str, int | None]:
    return url.scheme, url.port or {"http": 80, "https": 443}.get(url.scheme)


async def _page(ask: _Ask, response: httpx.Response) -> Fetched | None:
    status = response.status_code
    if status == 304 and ask.seen.headers:
        return None
    if status in PASSING:
        raise _Passing(f"the server answers {status}", _retry_after(response))
    if status != 200:
        raise FetchError(ask.address, f"the server answers {status}", by_hand=status in BARRED)
    content = await _body(ask.address, response)
    if len(content) < WALL_BYTES and b"<table" not in content.lower() and _WALL.search(content):
        raise FetchError(ask.address, "the site asks whether a person is reading", by_hand=True)
    kept = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
    return Fetched(ask.address, content, kept)


async def _body(address: str, response: httpx.Response) -> bytes:
    """The whole body, never more than the limit of it in memory."""
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > LIMIT_BYTES:
        raise FetchError(address, TOO_LARGE)
    if response.is_stream_consumed:  # a transport that hands over whole answers
        return response.content
    raw = bytearray()
    async for piece in response.aiter_raw():
        raw += piece
        if len(raw) > LIMIT_BYTES:
            raise FetchError(address, TOO_LARGE)
    if length.isdigit() and len(raw) < int(length):
        raise _Passing("the answer breaks off")
    return _unpacked(address, bytes(raw), response.headers.get("content-encoding", "identity").lower())


def _unpacked(address: str, raw: bytes, encoding: str) -> bytes:
    """The body as text's bytes: some servers pack it though none was asked for."""
    if encoding in ("", "identity"):
        return raw
    if encoding not in ("gzip", "deflate"):
        raise FetchError(address, f"the answer is packed as {encoding}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=47)
    try:
        content = unpacker.decompress(raw, LIMIT_BYTES + 1)
    except zlib.error as error:
        raise _Passing("the answer is damaged") from error
    if len(content) > LIMIT_BYTES:
        raise FetchError(address, TOO_LARGE)
    if not unpacker.eof:
        raise _Passing("the answer breaks off")
    return content


def _retry_after(response: httpx.Response) -> float:
    asked = response.headers.get("retry-after", "")
    return float(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0.0


def _times(attempts: int) -> str:
    return "one attempt" if attempts == 1 else f"{attempts} attempts"
