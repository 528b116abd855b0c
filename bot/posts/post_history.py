"""A channel's posts so far: when each was due and sent, or why not; and who changed what. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, Block, Message, context, escape, fitting, section, table_block
from bot.messages.names import Names, edition_name, short_moment, span_told, zone_name
from bot.messages.slack_names import place_name, who, why_told
from bot.posts.order import Order
from bot.posts.order_list import order_name
from bot.posts.order_store import Change
from bot.posts.rows import BROKEN, Entries, Entry, late_by
from bot.words import say

HEADER = ("month", "what", "due", "sent", "late_by", "why_not")
ROWS = 24  # posts in a history
WHY = 200  # characters of a reason in a table
NONE = "–"  # in a cell without a value


def history(
    orders: Sequence[Order], channel: str, entries: Entries, changes: Sequence[Change], names: Names
) -> Message:
    """When each post was due, when it was sent, how late, and why not; then who changed what."""
    zone = orders[0].zone if orders else "UTC"
    told = {each.id: order_name(each, names) for each in orders}
    rows = [*_rows(entries, told, zone)][:ROWS]
    place, columns = place_name(channel), [say(f"history.column_{name}") for name in HEADER]
    head = say("history.head", place=place, zone=zone_name(zone))
    blocks: list[Block] = [section(head if rows else say("history.nothing", place=place))]
    blocks += [table_block(columns, rows)] if rows else []
    changed = [_changed(each, zone, names) for each in changes]
    blocks += [context("\n".join(changed))] if changed else []
    lines = [head, *map(" · ".join, rows), *changed]
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def _rows(entries: Entries, told: Mapping[str, str], zone: str) -> Iterator[tuple[str, ...]]:
    for post, entry in entries.items():
        if entry.state == "told" or post.edition == BROKEN:
            continue
        sent = short_moment(entry.sent_at, zone) if entry.sent_at else NONE
        late = late_by(entry.due_at, entry.sent_at) if entry.sent_at else None
        what = say(f"history.kind_{post.kind}") if post.is_of_month else told.get(post.kind)
        what = (what or say(f"history.kind_{post.label}"))[:WHY]
        moments = short_moment(entry.due_at, zone), sent, span_told(late) if late else NONE
        why = NONE if entry.state == "posted" else _why(entry)
        yield edition_name(Month.from_text(post.edition[:7])), what, *moments, why


def _why(entry: Entry) -> str:
    why = why_told(entry.why[:WHY])
    if entry.state not in ("due", "claimed"):
        return why or say(f"history.state_{entry.state}")
    state = say(f"history.waiting_{entry.state}")
    return say("history.because", state=state, why=why) if why else state


def _changed(change: Change, zone: str, names: Names) -> str:
    """Who did what; and why it was put on hold, or the order as it then was."""
    line = say(f"history.did_{change.what}", at=short_moment(change.at, zone), who=who(change.by))
    detail = order_name(change.order, names) if change.order else escape(why_told(change.why))
    return say("history.with_detail", line=line, detail=detail) if detail else line
