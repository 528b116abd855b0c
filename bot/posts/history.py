"""A channel's posts: when each was due and sent, how late, why not; and who changed what. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, context, escape, fitting, section, table_block
from bot.messages.message import Block, Message
from bot.posts.calendar import Outlook
from bot.posts.due import late_by
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.subscription import Subscription
from bot.posts.subscriptions import Change
from bot.posts.wording import edition_name, moment_told, place_name, who, zone_name

HEADER = ("Month", "What", "Due", "Sent", "Late by", "Why not")
INTRODUCED = ("due ", "sent ", "late by ", "")  # how a line introduces the last four
ROWS = 24  # posts in a history
CHANGES = 8
WHY = 200  # characters of a reason in a table
KINDS = {MONTHLY: "monthly post", "bulletin": "bulletin", "query": "query by HS code"}
WAITING = {"due": "waiting", "claimed": "being sent", "told": "told by the monthly post"}


def history(
    subscription: Subscription | None,
    channel: str,
    entries: Mapping[Post, Entry],
    changes: Sequence[Change],
    ahead: Outlook | None,
) -> Message:
    """When each post was due, when it was sent, how late, and why not; then who changed what."""
    zone = subscription.zone if subscription else "UTC"
    rows = [*_waiting(ahead), *_rows(entries, zone)][:ROWS]
    head = f"*{place_name(channel)}*: posts, on the clock of {zone_name(zone)}."
    blocks: list[Block] = [section(head if rows else f"*{place_name(channel)}*: nothing was posted yet.")]
    if rows:
        blocks.append(table_block(HEADER, rows))
    changed = [_changed(each, zone) for each in changes[:CHANGES]]
    if changed:
        blocks.append(context("\n".join(changed)))
    spoken = [_spoken(row) for row in rows]
    return Message("\n".join(fitting([head, *spoken, *changed], TEXT, "lines")), tuple(blocks))


def _spoken(row: Sequence[str]) -> str:
    """June 2026: monthly post; due 20 July 2026, 09:00; sent 20 July 2026, 09:01."""
    month, what, *others = row
    told = [f"{introduced}{cell}" for introduced, cell in zip(INTRODUCED, others, strict=True) if cell != "-"]
    return f"{month}: {'; '.join([what, *told])}."


def _waiting(ahead: Outlook | None) -> Iterator[tuple[str, ...]]:
    for month in reversed(ahead.overdue if ahead else ()):
        yield edition_name(month), KINDS[MONTHLY], "-", "-", "-", "its figures are not on record"


def _rows(entries: Mapping[Post, Entry], zone: str) -> Iterator[tuple[str, ...]]:
    for post, entry in entries.items():
        if entry.state == "told" or post.is_alert:
            continue
        late = late_by(entry.due_at, entry.sent_at) if entry.due_at and entry.sent_at else None
        yield (
            edition_name(Month.from_text(post.edition)),
            KINDS.get(post.kind, post.kind),
            short_moment(entry.due_at, zone),
            short_moment(entry.sent_at, zone),
            span_told(late) if late else "-",
            "-" if entry.state == "posted" else _why(entry),
        )


def _why(entry: Entry) -> str:
    if entry.state in WAITING:
        return f"{WAITING[entry.state]}: {entry.why[:WHY]}" if entry.why else WAITING[entry.state]
    return entry.why[:WHY] or entry.state


def short_moment(moment: dt.datetime | None, zone: str) -> str:
    """20 August 2026, 09:00; - where there is none."""
    return moment_told(moment, zone).partition(" ")[2].rpartition(" (")[0] if moment else "-"


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    hours = span.seconds // 3600
    days = f"{span.days} day{'s' if span.days != 1 else ''}"
    return f"{days} {hours} h" if hours else days


def _changed(change: Change, zone: str) -> str:
    detail = f" ({escape(change.detail)})" if change.detail else ""
    words = "put it on hold" if change.what == "parked" else f"{change.what} it"
    if change.what == "subscribed":
        words = "subscribed the channel"
    return f"{short_moment(change.at, zone)}: {who(change.by)} {words}{detail}"
