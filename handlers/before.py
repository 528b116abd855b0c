"""What stands before all listeners, in Bolt's chain of middlewares."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

Next = Callable[[], Awaitable[object]]
Stage = Callable[[AsyncBoltRequest, Next], Awaitable[BoltResponse | None]]


class Before(AsyncMiddleware):
    """One function, called with the request itself: by their names Bolt would make some thirty arguments for
    it each time.
    """

    def __init__(self, function: Stage) -> None:
        self._function = function

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next
    ) -> BoltResponse | None:
        """What the function says; None where the request goes on."""
        return await self._function(req, next)
