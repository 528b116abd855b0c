"""How much one person, and one channel, may ask: far more than anybody types, and less than a script does.

Each has a bucket of questions, a minute's worth, that fills again as time goes by; each process counts its
own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from bot.threads.cache import Cache

# Of the people and of the channels, those who asked last.
SIZE = 10_000
MINUTE_SECONDS = 60.0

# tell: not now, and that was not said to them yet since their bucket was last full.
Verdict = Literal["yes", "tell", "no"]


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Buckets:
    """A bucket for each key, which holds what a minute allows; 0 allows everything."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self.a_minute, self._clock = a_minute, clock
        self._buckets: Cache[tuple[str, str], _Bucket] = Cache(SIZE)

    def take(self, team: str, name: str) -> Verdict:
        """Whether one more is allowed; then it is taken."""
        if not self.a_minute:
            return "yes"
        bucket = self._filled((team, name))
        if bucket.left >= 1:
            bucket.left -= 1
            return "yes"
        told, bucket.told = bucket.told, True
        return "no" if told else "tell"

    def _filled(self, key: tuple[str, str]) -> _Bucket:
        now, full = self._clock(), float(self.a_minute)
        bucket = self._buckets.get(key) or _Bucket(full, now)
        bucket.left = min(full, bucket.left + (now - bucket.at) * full / MINUTE_SECONDS)
        bucket.at = now
        if bucket.left == full:
            bucket.told = False
        self._buckets.put(key, bucket)
        return bucket


@dataclass(frozen=True, slots=True)
class Pace:
    """The buckets of people and of channels."""

    people: Buckets
    channels: Buckets

    @classmethod
    def of(cls, user_rate: int, channel_rate: int) -> "Pace":
        """Full buckets for all."""
        return cls(Buckets(user_rate), Buckets(channel_rate))

    def allows(self, team: str, user: str, channel: str) -> tuple[Verdict, int]:
        """Whether this question is answered; with the limit that it is about."""
        verdict = self.people.take(team, user)
        if verdict != "yes" or not channel:
            return verdict, self.people.a_minute
        return self.channels.take(team, channel), self.channels.a_minute
