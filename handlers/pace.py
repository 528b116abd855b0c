"""How much one person, and one channel, may ask: far more than anybody types, and less than a script does.

Each has a bucket of questions, a minute's worth, that fills again as time goes by; each process counts its
own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from bot.cache import Cache

# Of the people and of the channels, those who asked last.
SIZE = 10_000
MINUTE_SECONDS = 60.0

# Of those whom one bucket has refused, who is remembered to have been told.
MOST_TOLD = 20

# tell: not now, and that was not said to this person yet since the bucket was last full.
Verdict = Literal["yes", "tell", "no"]


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: set[str] = field(default_factory=set)


class Buckets:
    """A bucket for each key, which holds what a minute allows; 0 allows everything."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self.a_minute, self._clock = a_minute, clock
        self._buckets: Cache[tuple[str, str], _Bucket] = Cache(SIZE)

    def take(self, team: str, name: str, user: str) -> Verdict:
        """Whether one more question of this user's is allowed; then it is taken."""
        if not self.a_minute:
            return "yes"
        bucket = self._filled((team, name))
        if bucket.left >= 1:
            bucket.left -= 1
            return "yes"
        if user in bucket.told or len(bucket.told) >= MOST_TOLD:
            return "no"
        bucket.told.add(user)
        return "tell"

    def _filled(self, key: tuple[str, str]) -> _Bucket:
        now, full = self._clock(), float(self.a_minute)
        bucket = self._buckets.get(key) or _Bucket(full, now)
        bucket.left = min(full, bucket.left + (now - bucket.at) * full / MINUTE_SECONDS)
        bucket.at = now
        if bucket.left == full:
            bucket.told.clear()
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

    def allows(self, team: str, user: str, channel: str) -> tuple[Verdict, Buckets]:
        """Whether this question is answered; with the limit that it is about."""
        verdict = self.people.take(team, user, user)
        if verdict != "yes" or not channel:
            return verdict, self.people
        return self.channels.take(team, channel, user), self.channels
