"""What is read from the form of an order, and what is wrong with it. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.modal import Option, value_of
from bot.posts import form
from bot.posts.form import Memo
from bot.posts.order import MENTION, Monthly, Order
from bot.posts.schedule import post_time, waited_for
from bot.words import say

MOST_MENTIONS = 20  # of one post
# Fields of an order that are as they were chosen.
CHOSEN = ("at", "zone", "language", "often")


def read_form(
    body: Mapping[str, Any], workspace: str, dataset: Dataset, now: dt.datetime
) -> tuple[Order, Mapping[str, str]]:
    """The order in a person's view, as if it were saved now, and by input what is wrong with it, in words
    that help. What it has no field for stays.
    """
    view, state = body["view"], body["view"]["state"]["values"]
    memo = Memo.of(view)
    opened = memo.opened(workspace)
    chosen = cast(list[str], value_of(state, form.SERIES) or [])
    found: dict[str, Any] = {
        name: value_of(state, f"{form.FORM}_{name}") or getattr(opened, name) for name in CHOSEN
    }
    cron = opened.cron or form.FIRST_CRON  # what the field will show where it is not there yet
    if form.CRON in state:
        cron = cast(str, value_of(state, form.CRON) or "").strip()
    order = replace(
        opened,
        channel=cast(str, (memo.moves and value_of(state, form.PLACE)) or opened.channel),
        what=_series(chosen, dataset) if opened.kind == "monthly" else opened.what,
        cron=cron if found["at"] == "cron" else "",
        time=dt.time.fromisoformat(cast(str, value_of(state, form.TIME) or f"{opened.time:%H:%M}")),
        only_notable=value_of(state, form.MONTHS) == form.NOTABLE,
        line=" ".join(cast(str, value_of(state, form.LINE) or "").split()),
        mentions=_mentions(state, offered(view)),
        changed_by=body["user"]["id"],
        created_at=now,
        changed_at=now,
        **found,
    )
    return order, dict(_problems(order, chosen, dataset))


def _mentions(state: Mapping[str, Any], groups: Sequence[Option]) -> tuple[str, ...]:
    """The people, and of the groups and everybody those that the view offered to this person."""
    chosen = value_of(state, form.GROUPS) or []
    wanted = [each.value for each in groups if each.value in chosen]
    return (*wanted, *filter(MENTION.fullmatch, value_of(state, form.PEOPLE) or []))[:MOST_MENTIONS]


def offered(view: Mapping[str, Any]) -> list[Option]:
    """The groups that a view offers to be mentioned: as it was sent, which no client changes."""
    fields = (block["element"]["options"] for block in view["blocks"] if block.get("block_id") == form.GROUPS)
    return [Option(each["value"], each["text"]["text"]) for each in next(fields, [])]


def _series(chosen: Sequence[str], dataset: Dataset) -> Monthly:
    return Monthly() if set(chosen) >= set(dataset.catalogue) else Monthly(tuple(chosen))


def _problems(order: Order, chosen: Sequence[str], dataset: Dataset) -> Iterable[tuple[str, str]]:
    if order.kind == "monthly" and not chosen:
        yield form.SERIES, say("form.no_series")
    elif order.at == "flash" and "flash" not in waited_for(order.what, dataset):
        yield form.AT, say("form.no_flash")
    if order.at == "cron":
        try:
            if post_time(order, order.changed_at.date()) is None:
                yield form.CRON, say("form.never")
        except UsageError as problem:
            yield form.CRON, str(problem)


def errors_of(problems: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """The problems by an input that the view shows; Slack takes no error of another block."""
    shown = {block.get("block_id") for block in view["blocks"]}
    return {name if name in shown else form.LANGUAGE: told for name, told in problems.items()}
