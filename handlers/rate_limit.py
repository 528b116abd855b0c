"""How much one person, and one channel, may ask: far more than anybody types, and less than a script does.

Each has a bucket of questions, a minute's worth, that fills again as time goes by; each process counts its
own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from bot.cache import Cache
from bot.words import say

SIZE = 20_000  # of the people and of the channels, those who asked last
MINUTE_SECONDS = 60.0
MOST_TOLD = 20  # of those whom one bucket has refused, who is remembered to have been told

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: set[str] = field(default_factory=set)


class RateLimit:
    """The buckets of people and of channels; what a minute allows, 0 for everything."""

    def __init__(self, user_rate: int, channel_rate: int, clock: Callable[[], float] = monotonic) -> None:
        self._rates, self._clock = (user_rate, channel_rate), clock
        self._buckets: Cache[tuple[str, str], _Bucket] = Cache(SIZE)

    def refusal(self, team: str, user: str, channel: str) -> str | None:
        """None where one more question is allowed, which is taken; else a sentence, or '' where this person
        was told it since the bucket was last full.
        """
        for name, rate in zip((user, channel), self._rates, strict=True):
            if not (name and rate):
                continue
            bucket = self._filled((team, name), rate)
            if bucket.left < 1:
                if user in bucket.told or len(bucket.told) >= MOST_TOLD:
                    return ""
                bucket.told.add(user)
                log.warning("asked_too_often", extra={"channel": channel})
                return say("replies.slower", limit=rate) if name == user else say("replies.busy", limit=rate)
            bucket.left -= 1
        return None

    def _filled(self, key: tuple[str, str], full: float) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(key) or _Bucket(full, now)
        bucket.left = min(full, bucket.left + (now - bucket.at) * full / MINUTE_SECONDS)
        bucket.at = now
        if bucket.left == full:
            bucket.told.clear()
        self._buckets.put(key, bucket)
        return bucket
