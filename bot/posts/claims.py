"""The two statements that claim rows of the ledger; who gets a row is decided within one statement.

They are executed with the time, and with the values of a claimed row.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, literal_column, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.expression import FromClause

from bot.posts.rows import MONTHLY, is_of_month
from bot.store.tables import posts

# Slack takes about one message a second in a channel.
PACE = timedelta(seconds=1)

KEY = tuple(posts.primary_key)
NOW, SINCE, UNTIL = (bindparam(name, type_=posts.c.changed_at.type) for name in ("now", "since", "until"))
CLAIM = update(posts).values(state="claimed", tries=posts.c.tries + 1).returning(posts)


def claim_some(ours: ColumnElement[bool]) -> ReturningUpdate[Any]:
    """Claims so many (`most`) of our rows, the longest due; PostgreSQL skips one that another is claiming."""
    # Sorted first: what else is in a row's channel is looked up until there are enough, and not for them all.
    free = select(posts).where(ours, _free(posts)).order_by(posts.c.due_at).offset(0).subquery()
    chosen = (
        select(*(free.c[column.name] for column in KEY))
        .where(~_busy(free), ~_behind(free), ~_early(free))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return CLAIM.where(tuple_(*KEY).in_(select(chosen)))


def claim_one(which: ColumnElement[bool], *, again: bool) -> ReturningUpdate[Any]:
    """Claims this row unless it is posted or another's; with `again` also where it is posted."""
    open_states = ["due", "parked", "refused", *(["posted"] if again else [])]
    return CLAIM.where(which, posts.c.state.in_(open_states) | _left(posts))


def _free(row: FromClause) -> ColumnElement[bool]:
    return _left(row) | and_(_state(row, "due"), row.c.not_before <= NOW)


def _left(row: FromClause) -> ColumnElement[bool]:
    """Left half-way: its holder's lease is over."""
    return and_(_state(row, "claimed"), row.c.lease_until <= NOW)


def _busy(row: FromClause) -> ColumnElement[bool]:
    """Another row of the channel is on its way, or was left half-way and goes first, or was just sent."""
    other = posts.alias()
    on_the_way = and_(_state(other, "claimed"), tuple_(*_own(other)) != tuple_(*_own(row)))
    # Not after UNTIL either: what was marked on a clock that was ahead does not hold up its channel.
    just_sent = and_(_state(other, "posted"), other.c.changed_at > SINCE, other.c.changed_at < UNTIL)
    return _exists(_same_channel(row, other), on_the_way | just_sent)


def _behind(row: FromClause) -> ColumnElement[bool]:
    """It waits in the queue, and another row of its channel that may be sent now comes before it."""
    other = posts.alias()
    return _exists(
        _state(row, "due"),
        _same_channel(row, other),
        _state(other, "due"),
        other.c.not_before <= NOW,
        tuple_(other.c.due_at, *_own(other)) < tuple_(row.c.due_at, *_own(row)),
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
