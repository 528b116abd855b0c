"""Nobody's questions hold up everybody's: how much a person and a channel may ask of each process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from cachetools import LRUCache

from bot.words import say

SIZE = 20_000  # of the people and of the channels, those who asked last
MINUTE_SECONDS = 60.0
ROUNDING_SECONDS = 0.001
MOST_TOLD = 20  # of those whom one bucket has refused, who is remembered to have been told

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Bucket:
    full_at: float  # each question puts it off
    told: set[str] = field(default_factory=set)


class RateLimit:
    """The buckets of people and of channels; what a minute allows, 0 for everything."""

    def __init__(self, user_rate: int, channel_rate: int, clock: Callable[[], float] = monotonic) -> None:
        self._rates, self._clock = (user_rate, channel_rate), clock
        self._buckets = LRUCache[tuple[str, str], _Bucket](SIZE)

    def refusal(self, team: str, user: str, channel: str) -> str | None:
        """None where one more question is allowed, which is taken; else a sentence, '' once that was told."""
        now = self._clock()
        for name, rate in zip((user, channel), self._rates, strict=True):
            if not (name and rate):
                continue
            bucket = self._buckets.get((team, name))
            if bucket is None or bucket.full_at <= now:
                bucket = self._buckets[team, name] = _Bucket(now)
            full_at = bucket.full_at + MINUTE_SECONDS / rate
            if full_at > now + MINUTE_SECONDS + ROUNDING_SECONDS:  # a whole bucket takes a minute
                if user in bucket.told or len(bucket.told) >= MOST_TOLD:
                    return ""
                bucket.told.add(user)
                log.warning("asked_too_often", extra={"channel": channel})
                return say("replies.slower", limit=rate) if name == user else say("replies.busy", limit=rate)
            bucket.full_at = full_at
        return None
