"""How often, and how much, the app may read: on request no more than one outside Slack's Marketplace may."""

import math
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.arguments import Arguments
from bot.playground.endpoints import Answer, token_of

READ = frozenset({"conversations.history", "conversations.replies"})
SECONDS, MESSAGES = 60.0, 15


class ReadLimit:
    """Without a limit until `limit` is called. As in Slack it is counted by workspace and method."""

    def __init__(self) -> None:
        self._every_seconds, self._messages = 0.0, 0
        self._free_at: dict[tuple[str, str], float] = {}

    def limit(self, every_seconds: float = SECONDS, messages: int = MESSAGES) -> None:
        """From now on each workspace is read once in that time by each method, and so many messages of it."""
        self._every_seconds, self._messages = every_seconds, messages

    def limited(self, request: Request, method: str, answer: Answer) -> Answer:
        """The same answer, refused or shortened where the app reads too often or too much."""
        if not self._messages or method not in READ:
            return answer

        def shortened(arguments: Arguments) -> Response:
            if wait := self._wait_seconds(token_of(request, arguments), method):
                return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
            most = min(arguments.number("limit", self._messages) or self._messages, self._messages)
            return answer(Arguments({**arguments.values, "limit": str(most)}))

        return shortened

    def _wait_seconds(self, token: str, method: str) -> int:
        """0 where this call may read, which then counts; else the whole seconds until the next one may."""
        now = time.monotonic()
        if (left := self._free_at.get((token, method), now) - now) > 0:
            return math.ceil(left)
        self._free_at[token, method] = now + self._every_seconds
        return 0
