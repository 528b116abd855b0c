"""Nobody's questions hold up everybody's: how much a person and a channel may ask.

A minute's worth of questions may be asked at once, and fills again as time goes by: far more than anybody
types, and less than a script does. Each process counts its own.
"""

import logging
from collections.abc import Callable
from time import monotonic

from bot.cache import Cache
from bot.words import say

SIZE = 20_000  # of the people and of the channels, those who asked last
MINUTE_SECONDS = 60.0
ROUNDING_SECONDS = 0.001

log = logging.getLogger(__name__)


class RateLimit:
    """When the buckets of people and of channels are full again; what a minute allows, 0 for everything."""

    def __init__(self, user_rate: int, channel_rate: int, clock: Callable[[], float] = monotonic) -> None:
        self._rates, self._clock = (user_rate, channel_rate), clock
        self._full_at: Cache[tuple[str, str], float] = Cache(SIZE)  # each question puts it off

    def refusal(self, team: str, user: str, channel: str) -> str | None:
        """None where one more question is allowed, which is taken; else a sentence."""
        now = self._clock()
        for name, rate in zip((user, channel), self._rates, strict=True):
            if not (name and rate):
                continue
            full_at = max(self._full_at.get((team, name)) or now, now) + MINUTE_SECONDS / rate
            if full_at > now + MINUTE_SECONDS + ROUNDING_SECONDS:  # a whole bucket takes a minute
                log.warning("asked_too_often", extra={"channel": channel})
                return say("replies.slower", limit=rate) if name == user else say("replies.busy", limit=rate)
            self._full_at.put((team, name), full_at)
        return None
