"""What happens to all that is kept of a workspace once it takes the bot away, and once it takes it in again.

Its subscriptions and alerts go to sleep and wake again; what is about its people is deleted.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.slack.errors import TOKEN_ERRORS
from bot.store.clock import utc_now
from bot.store.engine import writing
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


async def put_to_sleep(engine: AsyncEngine, workspace: str) -> None:
    """Nothing is posted there any more, and of what was about to be, nothing later either."""
    now = utc_now()
    async with writing(engine) as connection:
        mine = (subscriptions.c.workspace == workspace, subscriptions.c.state == "active")
        await _log(connection, mine, "parked", now, REMOVED)
        await connection.execute(update(subscriptions).where(*mine).values(state="parked", why=REMOVED))
        waking = (alerts.c.workspace == workspace, alerts.c.state == "active")
        await connection.execute(update(alerts).where(*waking).values(state="parked", why=REMOVED))
        waiting = (posts.c.workspace == workspace, posts.c.state == "due")
        await connection.execute(
            update(posts).where(*waiting).values(state="parked", why=REMOVED, changed_at=now)
        )


async def wake(engine: AsyncEngine, workspace: str) -> None:
    """What was put to sleep goes on from now; what people have paused stays so."""
    now = utc_now()
    mine, theirs = _asleep(subscriptions, workspace), _asleep(alerts, workspace)
    awake = {"state": "active", "why": "", "changed_at": now}
    async with writing(engine) as connection:
        await _log(connection, mine, "resumed", now)
        await connection.execute(update(subscriptions).where(*mine).values(awake))
        await connection.execute(update(alerts).where(*theirs).values(awake))


def _asleep(table: Table, workspace: str) -> tuple[ColumnElement[bool], ...]:
    """What was put to sleep, or parked since the token did not hold."""
    why = table.c.why.in_([REMOVED, *sorted(TOKEN_ERRORS)])
    return table.c.workspace == workspace, table.c.state == "parked", why


async def forget_people(engine: AsyncEngine, workspace: str) -> None:
    """Deletes what was asked there, what its threads are about, what people thought of answers, and in
    which language they wanted to be spoken to.
    """
    async with writing(engine) as connection:
        for table in (inbox, contexts, private_answers, feedback):
            await connection.execute(delete(table).where(table.c.team == workspace))
        chosen = people_languages.c.workspace == workspace
        await connection.execute(delete(people_languages).where(chosen))


async def _log(
    connection: AsyncConnection,
    mine: tuple[ColumnElement[bool], ...],
    what: str,
    now: datetime,
    why: str = "",
) -> None:
    """Who looks at a channel's history sees it; it was nobody's press."""
    own, at = subscriptions.c, literal(now, subscription_changes.c.at.type)
    rows = select(own.workspace, own.channel, literal(what), literal(""), at, literal(why)).where(*mine)
    names = ["workspace", "channel", "what", "by", "at", "detail"]
    await connection.execute(insert(subscription_changes).from_select(names, rows))
