"""The two statements that claim rows of the ledger; who gets a row is decided within one statement."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.expression import FromClause

from bot.store.tables import posts

# Slack takes about one message a second in a channel.
PACE = timedelta(seconds=1)

KEY = tuple(posts.primary_key)


def claim_some(now: datetime, most: int, values: Mapping[str, Any]) -> ReturningUpdate[Any]:
    """Claims the longest due rows and returns them. PostgreSQL skips a row that another is claiming."""
    chosen = (
        select(*KEY)
        .where(_free(posts, now), ~_busy(now), ~_behind(now))
        .order_by(posts.c.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return update(posts).where(tuple_(*KEY).in_(select(chosen))).values(**values).returning(posts)


def claim_one(
    which: ColumnElement[bool], now: datetime, values: Mapping[str, Any], *, again: bool
) -> ReturningUpdate[Any]:
    """Claims this row unless it is posted or another's; with `again` also where it is posted."""
    open_states = ["due", "parked", "refused", *(["posted"] if again else [])]
    free = or_(posts.c.state.in_(open_states), _left(posts, now))
    return update(posts).where(which, free).values(**values).returning(posts)


def _free(row: FromClause, now: datetime) -> ColumnElement[bool]:
    return or_(_left(row, now), and_(row.c.state == "due", row.c.not_before <= now))


def _left(row: FromClause, now: datetime) -> ColumnElement[bool]:
    """Left half-way: its holder's lease is over."""
    return and_(row.c.state == "claimed", row.c.lease_until <= now)


def _busy(now: datetime) -> ColumnElement[bool]:
    """Another row of the channel is on its way, or was left half-way and goes first, or was just sent."""
    other = posts.alias()
    on_the_way = and_(other.c.state == "claimed", tuple_(*_own(other)) != tuple_(*_own(posts)))
    just_sent = and_(other.c.state == "posted", other.c.changed_at > now - PACE)
    return exists().where(_same_channel(other), or_(on_the_way, just_sent))


def _behind(now: datetime) -> ColumnElement[bool]:
    """It waits in the queue, and another row of its channel that may be sent now comes before it."""
    other = posts.alias()
    return exists().where(
        posts.c.state == "due",
        _same_channel(other),
        other.c.state == "due",
        other.c.not_before <= now,
        tuple_(other.c.due_at, *_own(other)) < tuple_(posts.c.due_at, *_own(posts)),
    )


def _same_channel(other: FromClause) -> ColumnElement[bool]:
    return and_(other.c.workspace == posts.c.workspace, other.c.channel == posts.c.channel)


def _own(row: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What tells the rows of one channel apart."""
    return row.c.edition, row.c.kind
