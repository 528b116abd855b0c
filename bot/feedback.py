"""What people thought of answers: one verdict a person and message, and its reason where it was not good."""

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import Clock, utc_now
from bot.store.engine import upsert, writing
from bot.store.tables import feedback

REASON_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Whose verdict it is, and of which message."""

    team: str
    channel: str
    ts: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """up or down, of the answer to `question` (as JSON; blank: to none); the newest one of the person."""

    place: Place
    verdict: str
    question: str
    reason: str
    given_at: dt.datetime


class Feedback:
    """The table of verdicts. What a person says last of a message counts."""

    def __init__(self, engine: AsyncEngine, clock: Clock = utc_now) -> None:
        self._engine, self._clock = engine, clock

    async def give(self, place: Place, verdict: str, question: str = "") -> None:
        """The person's verdict from now on; a reason that was given for another one goes with that."""
        asked, now = question[:2_000], self._clock()
        said = {"verdict": verdict, "question": asked, "reason": "", "given_at": now}
        async with writing(self._engine) as connection:
            await connection.execute(upsert(self._engine, feedback, asdict(place), said))

    async def explain(self, place: Place, verdict: str, reason: str) -> bool:
        """Adds a reason to the person's verdict; false where that is another one by now, or none."""
        standing = update(feedback).filter_by(**asdict(place), verdict=verdict)
        async with writing(self._engine) as connection:
            found = await connection.execute(standing.values(reason=reason[:REASON_LENGTH]))
        return found.rowcount == 1

    async def all(self) -> list[Verdict]:
        """Every verdict, the newest first."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(select(feedback).order_by(feedback.c.given_at.desc()))
            return [Verdict(Place(*row[:4]), *row[4:]) for row in rows]
