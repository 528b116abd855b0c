"""Failures that a test orders, and how much one may read a minute."""

import asyncio
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from starlette.responses import JSONResponse, PlainTextResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.arguments import Arguments
from bot.playground.endpoints import token_of

When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Fault:
    """How a call fails; with neither `error` nor `status` the connection is closed without an answer.

    `text` is said with that status in the place of Slack's JSON, as by something that stands between.
    `when="after"`: the call takes effect first, and only its answer is lost.
    """

    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    times: int = 1
    text: str | None = None
    when: When = "before"

    async def happen(self, request):
        """The failing answer; never returns a useful one."""
        if self.text is not None:
            return PlainTextResponse(self.text, self.status or 200)
        if self.error is None and self.status is None:
            await hang_up(request)
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        error = self.error or ("ratelimited" if self.status == 429 else "internal_error")
        return JSONResponse({"ok": False, "error": error}, self.status or 200, headers)


class Hold:
    """One call that is kept waiting: before it takes effect, or with its answer ready.

    `reached` is set once the call is there, `caller` is then its User-Agent; it goes on when it is let go, or
    comes to nothing.
    """

    def __init__(self, when):
        self.when = when
        self.reached = asyncio.Event()
        self.caller = ""
        self.dropped = False
        self._over = asyncio.Event()

    def let_go(self):
        """The call goes on, whoever still waits for its answer."""
        self._over.set()

    def drop(self):
        """The call never takes effect, if it has not yet."""
        self.dropped = True
        self._over.set()

    async def wait(self, request):
        """Returns once it is let go or dropped."""
        self.caller = request.headers.get("user-agent", "")
        self.reached.set()
        await self._over.wait()


@dataclass(frozen=True, slots=True)
class Chance:
    """That share of all calls fails in one of the ways of its method; of a method without any none does.

    The same call, made again and again, fails `most` times at most.
    """

    share: float
    faults_of: Callable[[str], Sequence[Fault]]
    rng: random.Random
    most: float = math.inf
    failed: Counter[int] = field(default_factory=Counter)

    def take(self, method, call):
        """The failure of this call, if it is to fail; `call` is what tells it from others."""
        faults, number = self.faults_of(method), hash(call)
        if not faults or self.failed[number] >= self.most or self.rng.random() >= self.share:
            return None
        self.failed[number] += 1
        return self.rng.choice(faults)


class Faults:
    """The ordered failures by method, used up in the order they were given; `down` fails everything.

    What was not ordered fails by `chance`, where there is one.
    """

    def __init__(self):
        self.chance: Chance | None = None
        self._ordered: dict[str, list[Fault]] = {}
        self._holds: dict[str, list[Hold]] = {}
        self.down = False

    def hold(self, method, when):
        """The next call of this method is kept waiting."""
        hold = Hold(when)
        self._holds.setdefault(method, []).append(hold)
        return hold

    def order(self, method, fault):
        """One more failure of this method."""
        self._ordered.setdefault(method, []).append(fault)

    def take(self, method, call):
        """The failure of this call, if one is due."""
        if self.down:
            return Fault()
        queue = self._ordered.get(method)
        if not queue:
            return self.chance.take(method, call) if self.chance else None
        fault = queue[0]
        queue[:1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
        return fault

    async def answered(self, request, method, arguments, answer):
        """The answer, or what a failure or a hold makes of it."""
        fault = self.take(method, f"{request.url.path} {arguments.values}")
        if fault is None:
            return await self._held(request, method, arguments, answer)
        if fault.when == "after":
            answer(arguments)
        return await fault.happen(request)

    async def _held(self, request, method, arguments, answer):
        if not self._holds.get(method):
            return answer(arguments)
        hold = self._holds[method].pop(0)
        ready = answer(arguments) if hold.when == "after" else None
        await hold.wait(request)
        if ready is None and hold.dropped:
            return await Fault().happen(request)
        return ready or answer(arguments)


class HangUpProtocol(H11Protocol):
    """Lets the application close a connection without an answer, by calling scope["hang_up"]."""

    def connection_made(self, transport):  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def with_hang_up(scope, receive, send):
            scope["hang_up"] = transport.abort
            await app(scope, receive, send)

        self.app = with_hang_up


async def hang_up(request):
    """Closes the connection, so that the caller never learns what became of its request."""
    request.scope["hang_up"]()  # given by HangUpProtocol
    await request.receive()  # ends once the connection is gone


READ = frozenset({"conversations.history", "conversations.replies"})
SECONDS, MESSAGES = 60.0, 15


class ReadLimit:
    """Without a limit until `limit` is called. As in Slack it is counted by workspace and method."""

    def __init__(self):
        self._every_seconds, self._messages = 0.0, 0
        self._free_at: dict[tuple[str, str], float] = {}

    def limit(self, every_seconds=SECONDS, messages=MESSAGES):
        """From now on each workspace is read once in that time by each method, and so many messages of it."""
        self._every_seconds, self._messages = every_seconds, messages

    def limited(self, request, method, answer):
        """The same answer, refused or shortened where the app reads too often or too much."""
        if not self._messages or method not in READ:
            return answer

        def shortened(arguments):
            if wait := self._wait_seconds(token_of(request, arguments), method):
                return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
            most = min(arguments.number("limit", self._messages) or self._messages, self._messages)
            return answer(Arguments({**arguments.values, "limit": str(most)}))

        return shortened

    def _wait_seconds(self, token, method):
        """0 where this call may read, which then counts; else the whole seconds until the next one may."""
        now = time.monotonic()
        if (left := self._free_at.get((token, method), now) - now) > 0:
            return math.ceil(left)
        self._free_at[token, method] = now + self._every_seconds
        return 0
