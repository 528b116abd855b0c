"""The two statements that claim rows of the ledger; who gets a row is decided within one statement."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.expression import FromClause

from bot.posts.rows import MONTHLY, is_of_month
from bot.store.tables import posts

# Slack takes about one message a second in a channel.
PACE = timedelta(seconds=1)

KEY = tuple(posts.primary_key)


def claim_some(
    ours: ColumnElement[bool], now: datetime, most: int, values: Mapping[str, Any]
) -> ReturningUpdate[Any]:
    """Claims the longest due of our rows and returns them. PostgreSQL skips one that another is claiming."""
    chosen = (
        select(*KEY)
        .where(ours, _free(posts, now), ~_busy(now), ~_behind(now), ~_early(posts))
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
    return or_(_left(row, now), and_(_state(row, "due"), row.c.not_before <= now))


def _left(row: FromClause, now: datetime) -> ColumnElement[bool]:
    """Left half-way: its holder's lease is over."""
    return and_(_state(row, "claimed"), row.c.lease_until <= now)


def _busy(now: datetime) -> ColumnElement[bool]:
    """Another row of the channel is on its way, or was left half-way and goes first, or was just sent."""
    other = posts.alias()
    on_the_way = and_(_state(other, "claimed"), tuple_(*_own(other)) != tuple_(*_own(posts)))
    # Not after now + PACE either: what was marked on a clock that was ahead does not hold up its channel.
    lately = and_(other.c.changed_at > now - PACE, other.c.changed_at < now + PACE)
    just_sent = and_(_state(other, "posted"), lately)
    return _exists(_same_channel(posts, other), or_(on_the_way, just_sent))


def _behind(now: datetime) -> ColumnElement[bool]:
    """It waits in the queue, and another row of its channel that may be sent now comes before it."""
    other = posts.alias()
    return _exists(
        _state(posts, "due"),
        _same_channel(posts, other),
        _state(other, "due"),
        other.c.not_before <= now,
        tuple_(other.c.due_at, *_own(other)) < tuple_(posts.c.due_at, *_own(posts)),
        ~_early(other),
    )


def _early(row: FromClause) -> ColumnElement[bool]:
    """It waits to go under its month's message, which itself waits, perhaps until Slack lets us go on."""
    month = posts.alias()
    is_line = and_(row.c.kind != MONTHLY, is_of_month(row))
    its = and_(month.c.kind == MONTHLY, month.c.edition == row.c.edition, month.c.ts.is_(None))
    return _exists(_state(row, "due"), is_line, _same_channel(row, month), its, _state(month, "due"))


def _exists(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Looked up row by row. Without the offset PostgreSQL joins the table with itself, and does that in the
    slowest way as long as it has no statistics: just after a month has been queued for everybody.
    """
    return exists(select(literal_column("1")).where(*where).offset(0))


def _state(row: FromClause, state: str) -> ColumnElement[bool]:
    """Written out in the statement, without which the indexes of one state alone could not be used."""
    return row.c.state == literal_column(f"'{state}'")


def _same_channel(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(one.c.workspace == other.c.workspace, one.c.channel == other.c.channel)


def _own(row: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What tells the rows of one channel apart."""
    return row.c.edition, row.c.kind
