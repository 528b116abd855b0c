"""What people thought of answers: one verdict a person and message, and its reason where it was not good."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import insert_into, writing
from bot.store.tables import feedback

REASON_LENGTH = 1_000
QUESTION_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Whose verdict it is, and of which message."""

    team: str
    channel: str
    ts: str
    user: str


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

    def __init__(self, engine: AsyncEngine, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock

    async def give(self, place: Place, verdict: str, question: str = "") -> None:
        """The person's verdict from now on; a reason that was given for another one goes with that."""
        asked, now = question[:QUESTION_LENGTH], self._clock()
        said = {"verdict": verdict, "question": asked, "reason": "", "given_at": now}
        statement = insert_into(self._engine, feedback).values(**_key(place), **said)
        async with writing(self._engine) as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=list(feedback.primary_key), set_=said)
            )

    async def explain(self, place: Place, verdict: str, reason: str) -> bool:
        """Adds a reason to the person's verdict; false where that is another one by now, or none."""
        standing = and_(_is(place), feedback.c.verdict == verdict)
        async with writing(self._engine) as connection:
            found = await connection.execute(
                update(feedback).where(standing).values(reason=reason[:REASON_LENGTH])
            )
        return found.rowcount == 1

    async def all(self) -> list[Verdict]:
        """Every verdict, the newest first."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(select(feedback).order_by(feedback.c.given_at.desc()))
            return [_verdict(row) for row in rows.mappings()]


def _key(place: Place) -> dict[str, str]:
    return {"team": place.team, "channel": place.channel, "ts": place.ts, "user_id": place.user}


def _is(place: Place) -> ColumnElement[bool]:
    return and_(*(feedback.c[name] == value for name, value in _key(place).items()))


def _verdict(row: Any) -> Verdict:
    place = Place(row["team"], row["channel"], row["ts"], row["user_id"])
    return Verdict(place, row["verdict"], row["question"], row["reason"], row["given_at"])
