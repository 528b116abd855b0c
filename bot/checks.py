"""The parts of a running bot, and whether each is in order: database, figures, Slack."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import metrics
from bot.dataset.dataset import Dataset
from bot.posts.rows import is_of_month
from bot.posts.schedule import days_overdue, overdue
from bot.settings import Settings
from bot.slack.errors import TOKEN_ERRORS, SlackTrouble, error_of
from bot.store.tables import inbox, posts
from bot.workplace import Workplace

# How long what a check has found is told again: probes come every few seconds, from several sides at once.
SOON, RARELY = 5.0, 60.0
WITHIN_SECONDS = 3.0

Look = Callable[[], Awaitable[str]]


class NotReadyError(Exception):
    """A part of the bot is not in order; says so in a few words that anybody may read."""


class Check:
    """One part of the bot; what was found is remembered for a while, trouble only shortly."""

    def __init__(self, look: Look, seconds: float = SOON) -> None:
        self._look, self._seconds = look, seconds
        self._until, self._found, self._fine = 0.0, "", False
        self._looking = asyncio.Lock()

    async def found(self) -> tuple[bool, str]:
        """Whether the part is in order, and in a few words how it is."""
        async with self._looking:
            if time.monotonic() >= self._until:
                await self._look_again()
        return self._fine, self._found

    async def _look_again(self) -> None:
        try:
            self._found = await asyncio.wait_for(self._look(), WITHIN_SECONDS)
            self._fine = True
        except NotReadyError as trouble:
            self._found, self._fine = str(trouble), False
        except TimeoutError:
            self._found, self._fine = "does not answer in time", False
        self._until = time.monotonic() + (self._seconds if self._fine else min(SOON, self._seconds))


def checks_of(settings: Settings, dataset: Dataset, place: Workplace) -> dict[str, Check]:
    """The parts of a process that has its workplace open."""
    return {
        "database": Check(partial(database, place.engine)),
        "data": Check(partial(data, settings, dataset)),
        "slack": Check(partial(reached if place.identity is None else slack, place.client), RARELY),
    }


async def database(engine: AsyncEngine) -> str:
    """Answers; on the way what waits there is counted."""
    waiting = posts.c.state.in_(("due", "claimed", "parked"))
    asked = (posts.c.kind.startswith("question-"), "question")
    kind = case((is_of_month(), "month"), asked, else_="alert").label("kind")
    by_state = select(posts.c.state, kind, func.count()).where(waiting).group_by(posts.c.state, kind)
    still_open = select(func.count()).where(inbox.c.state.in_(["taken", "unseen"]))
    try:
        async with engine.connect() as connection:
            rows = await connection.execute(by_state)
            queue = {(state, of): count for state, of, count in rows}
            metrics.set_queue(queue, (await connection.execute(still_open)).scalar_one())
    except (SQLAlchemyError, OSError):
        raise NotReadyError("does not answer") from None
    return "answers"


async def data(settings: Settings, dataset: Dataset) -> str:
    """Up to which month the figures go, and what is overdue; not ready beyond ALUMINA_READY_DATA_DAYS."""
    today = dataset.on(settings.today())
    newest, late, most_days = today.newest_complete(), overdue(today), settings.alumina_ready_data_days
    days = days_overdue(late, today)
    metrics.set_data(date(newest.year, newest.number, 1) if newest else None, len(late), days)
    told = f"complete up to {newest or 'no month'}"
    told += f", {len(late)} series {days} days overdue" if late else ""
    if most_days is not None and days > most_days:
        raise NotReadyError(told)
    return told


async def slack(client: AsyncWebClient) -> str:
    """Takes the token."""
    try:
        await client.auth_test()
    except SlackTrouble as trouble:
        name = error_of(trouble)
        said = "does not take the token" if name in TOKEN_ERRORS else "does not answer as it should"
        raise NotReadyError(f"{said} ({name})") from None
    return "takes the token"


async def reached(client: AsyncWebClient) -> str:
    """Answers; each workspace has a token of its own, and none is asked for here."""
    try:
        await client.api_call("api.test")
    except SlackTrouble as trouble:
        raise NotReadyError(f"does not answer as it should ({error_of(trouble)})") from None
    return "answers"
