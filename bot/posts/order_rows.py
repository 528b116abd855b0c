"""How an order and a change of it are written and read. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import RowMapping

from bot.errors import StoredValueError
from bot.posts.order import Order
from bot.store.clock import in_utc
from bot.store.tables import orders

What = Literal["made", "edited", "paused", "resumed", "parked", "done", "deleted"]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed an order, and when; a blank `by` is the bot. With the order that was saved, or with why."""

    what: What
    by: str
    at: dt.datetime
    order: Order | None = None
    why: str = ""


def stored(order: Order) -> dict[str, Any]:
    """The row of an order, by column."""
    moments = {name: in_utc(getattr(order, name)) for name in ("created_at", "changed_at")}
    plain = set(orders.c.keys()) - {"what", *moments}
    return {name: getattr(order, name) for name in plain} | moments | {"what": order.to_json()}


def loaded(row: RowMapping) -> Order:
    """The order of a row; without what it is to tell where that cannot be read."""
    values = {name: value for name, value in row.items() if name not in ("what", "subject")}
    moments = {name: in_utc(row[name]) for name in ("created_at", "changed_at")}
    return _read_into(Order(**values | moments, what=None), row["what"])


def _read_into(order: Order, text: str) -> Order:
    try:
        return order.with_json(text)
    except StoredValueError:
        return order


def change_of(row: RowMapping) -> Change:
    """The change that a row of the log tells."""
    what, by, at, detail = row["what"], row["by"], in_utc(row["at"]), row["detail"]
    if what not in ("made", "edited"):
        return Change(what, by, at, why=detail)
    order = _read_into(Order(row["workspace"], row["channel"], None, id=row["order_id"]), detail)
    return Change(what, by, at, order if order.what else None)
