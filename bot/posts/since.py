"""What of earlier months is said otherwise than when the channel had its last monthly post. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.messages.blocks import noted_above_buttons
from bot.messages.names import Names, lower_first, series_name
from bot.messages.quantities import leading, level, on_year
from bot.messages.supply import difference
from bot.posts.order import Order
from bot.posts.rows import MONTHLY, Edition, Entry, Post
from bot.questions.named import period_name
from bot.words import say, say_count, speaking
from bot.words.joints import clauses

A_YEAR, MOST = 12, 3


def with_changes(
    made: Edition, post: Post, order: Order, dataset: Dataset, entries: Mapping[Post, Entry]
) -> Edition:
    """The monthly post with one line more where earlier months are new, revised or have turned since."""
    posted = [
        (Month.from_text(each.edition), entry.sent_at.astimezone(order.tz).date())
        for each, entry in entries.items()
        if each.kind == MONTHLY and each.edition < post.edition and entry.sent_at
    ]
    if not posted:
        return made
    last, day = max(posted)
    with speaking(order.language):
        told = [*_changes(order, last, dataset, dataset.on(min(day, dataset.today)))]
        if not told:
            return made
        rest = [say_count("since.more", len(told) - MOST)] if len(told) > MOST else []
        line = say("since.line", told=clauses([*told[:MOST], *rest]))
    return replace(made, message=noted_above_buttons(made.message, line))


def _changes(order: Order, last: Month, dataset: Dataset, before: Dataset) -> Iterator[str]:
    """A clause a figure of the year up to the last post, the newest month first."""
    names = dataset.catalogue
    chosen = order.commodities or tuple(names)
    every = [Series(name, flow) for name in chosen for flow in names[name].flows]
    for month in (last.plus(-back) for back in range(A_YEAR)):
        for now in (dataset.figure(each, Period.month(month)) for each in every):
            was = now and before.figure(now.series, now.period, now.scope)
            if now and (told := _change(now, was, names)):
                yield told


def _change(now: Figure, was: Figure | None, names: Names) -> str:
    values = {"series": lower_first(series_name(now.series, names)), "period": period_name(now.period)}
    if was is None:
        return say("since.new", now=level(now), **values)
    if (told := difference(now, was)) is None:
        return ""
    if (now.growth.pct or 0) * (was.growth.pct or 0) < 0:
        return say("since.turned", now=on_year(now), before=leading(was.growth), **values)
    return say("since.revised", now=told[0], before=told[1], **values)
