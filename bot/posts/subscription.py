"""What a channel has asked for: which news of China's aluminium trade, and when."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from bot.store.clock import utc_now
from bot.words import Language

At = Literal["flash", "complete", "cron"]
State = Literal["active", "paused", "parked"]

NINE = dt.time(9)
SHANGHAI = "Asia/Shanghai"
# In the place of a person who is not to be named any more; blank would be the environment.
FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One channel's monthly post; workspace and channel are the key, since a channel has one.

    `commodities` are ids of the catalogue, none of them means everything. `at` is the news that is waited
    for: the flash, the complete month, or the next of a crontab's times (`cron`, five fields) once the month
    is complete; without a cron nothing is posted before `time` in `zone`. paused: by a person; parked: by the
    bot, `why` says it. `language` is that of the posts. A blank `created_by` is the environment's
    ALUMINA_CHANNEL, FORGOTTEN a person who is no longer named.
    """

    workspace: str
    channel: str
    commodities: tuple[str, ...] = ()
    at: At = "complete"
    cron: str = ""
    time: dt.time = NINE
    zone: str = SHANGHAI
    language: Language = "en"
    state: State = "active"
    why: str = ""
    created_by: str = ""
    changed_by: str = ""
    created_at: dt.datetime = field(default_factory=utc_now)
    changed_at: dt.datetime = field(default_factory=utc_now)

    @property
    def tz(self) -> ZoneInfo:
        """The zone as datetime takes it."""
        return ZoneInfo(self.zone)
