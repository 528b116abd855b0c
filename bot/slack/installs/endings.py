"""A workspace takes the bot away, or its token back: its subscriptions and alerts go to sleep, to wake when
it takes the bot in again; what is about its people is deleted.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from sqlalchemy import ColumnElement, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.slack.errors import TOKEN_ERRORS
from bot.slack.installs.workspaces import Workspaces
from bot.store.clock import utc_now
from bot.store.engine import writing
from bot.store.group_commit import GroupCommit
from bot.store.tables import (
    alerts,
    contexts,
    feedback,
    inbox,
    people_languages,
    posts,
    private_answers,
    subscription_changes,
    subscriptions,
)

REMOVED = "the workspace has taken the bot away"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endings:
    """Hears of both events, which come together when the app is removed, in no promised order.

    Slack is told that it was heard once all is done, else it tells again: a database that does not write, or
    Slack itself not saying whether a token holds, is a 500.
    """

    workspaces: Workspaces
    engine: AsyncEngine
    writer: GroupCommit

    async def hear(
        self,
        body: Mapping[str, Any],
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[BoltResponse | None]],
    ) -> BoltResponse | None:
        """Before all others: there is nobody left there to answer."""
        team, event = context.team_id, body.get("event") or {}
        removed = event.get("type") == "app_uninstalled"
        if not removed and event.get("type") != "tokens_revoked":
            return await next()
        if team and (removed or (event.get("tokens") or {}).get("bot")):
            await self._end(team, datetime.fromtimestamp(int(body["event_time"]), UTC), for_good=removed)
        return BoltResponse(status=200)

    async def _end(self, team: str, at: datetime, *, for_good: bool) -> None:
        """What is told of late, after the workspace has installed the bot again, ends nothing."""
        since = await self.workspaces.installations.since(team)
        if since and since > at and await self.workspaces.holds(team):
            return log.info("installed_again", extra={"team": team})
        await self.workspaces.take_away(team)
        await put_to_sleep(self.engine, team)
        if for_good:
            await self.writer.settled()  # what would be written later would stay
            await forget_people(self.engine, team)
        return log.info("taken_away" if for_good else "token_revoked", extra={"team": team})


async def put_to_sleep(engine: AsyncEngine, workspace: str) -> None:
    """Nothing is posted there any more, and of what was about to be, nothing later either."""
    parked = {"state": "parked", "why": REMOVED}
    async with writing(engine) as connection:
        mine = (subscriptions.c.workspace == workspace, subscriptions.c.state == "active")
        await _log(connection, mine, "parked", REMOVED)
        await connection.execute(update(subscriptions).where(*mine).values(parked))
        waking = (alerts.c.workspace == workspace, alerts.c.state == "active")
        await connection.execute(update(alerts).where(*waking).values(parked))
        waiting = (posts.c.workspace == workspace, posts.c.state == "due")
        await connection.execute(update(posts).where(*waiting).values(**parked, changed_at=utc_now()))


async def wake(engine: AsyncEngine, workspace: str) -> None:
    """What was put to sleep, or parked since the token did not hold, goes on; what people paused does not."""
    asleep = [REMOVED, *sorted(TOKEN_ERRORS)]
    async with writing(engine) as connection:
        for table in (subscriptions, alerts):
            mine = (table.c.workspace == workspace, table.c.state == "parked", table.c.why.in_(asleep))
            if table is subscriptions:
                await _log(connection, mine, "resumed")
            awake = update(table).where(*mine).values(state="active", why="", changed_at=utc_now())
            await connection.execute(awake)


async def forget_people(engine: AsyncEngine, workspace: str) -> None:
    """Deletes what was asked there, what people thought of answers, and the languages they chose."""
    async with writing(engine) as connection:
        for table in (inbox, contexts, private_answers, feedback):
            await connection.execute(delete(table).where(table.c.team == workspace))
        await connection.execute(delete(people_languages).where(people_languages.c.workspace == workspace))


async def _log(
    connection: AsyncConnection, mine: tuple[ColumnElement[bool], ...], what: str, why: str = ""
) -> None:
    """Who looks at a channel's history sees it; it was nobody's press."""
    own, at = subscriptions.c, literal(utc_now(), subscription_changes.c.at.type)
    rows = select(own.workspace, own.channel, literal(what), literal(""), at, literal(why)).where(*mine)
    names = ["workspace", "channel", "what", "by", "at", "detail"]
    await connection.execute(insert(subscription_changes).from_select(names, rows))
