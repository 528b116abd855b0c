"""A channel's posts: when each was due and sent, how late, why not; and who changed what. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, context, escape, fitting, section, table_block
from bot.messages.message import Block, Message
from bot.posts.due import late_by
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.schedule import Outlook
from bot.posts.subscription import Subscription
from bot.posts.subscriptions import Change
from bot.posts.troubles import why_told
from bot.posts.wording import edition_name, place_name, short_moment, who, zone_name
from bot.words import say, say_count
from bot.words.joints import clauses

HEADER = ("month", "what", "due", "sent", "late_by", "why_not")
ROWS = 24  # posts in a history
CHANGES = 8
WHY = 200  # characters of a reason in a table
KINDS = (MONTHLY, "bulletin", "query")
WAITING = ("due", "claimed", "told")
FORM = ("everything", "flash", "complete", "cron", "zh")


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
    head = say("history.head", place=place_name(channel), zone=zone_name(zone))
    blocks: list[Block] = [section(head if rows else say("history.nothing", place=place_name(channel)))]
    if rows:
        blocks.append(table_block([say(f"history.column_{name}") for name in HEADER], rows))
    changed = [_changed(each, zone) for each in changes[:CHANGES]]
    if changed:
        blocks.append(context("\n".join(changed)))
    spoken = [_spoken(row) for row in rows]
    return Message("\n".join(fitting([head, *spoken, *changed], TEXT, "lines")), tuple(blocks))


def _spoken(row: Sequence[str]) -> str:
    """June 2026: monthly post; due 20 July 2026, 09:00; sent 20 July 2026, 09:01."""
    month, what, due, sent, span, why = row
    told = [
        say("history.said_due", moment=due) if due != "-" else "",
        say("history.said_sent", moment=sent) if sent != "-" else "",
        say("history.said_late_by", span=span) if span != "-" else "",
        why if why != "-" else "",
    ]
    return say("history.line", month=month, told=clauses([what, *(each for each in told if each)]))


def _waiting(ahead: Outlook | None) -> Iterator[tuple[str, ...]]:
    for month in reversed(ahead.overdue if ahead else ()):
        yield edition_name(month), say("history.kind_monthly"), "-", "-", "-", say("history.no_figures")


def _rows(entries: Mapping[Post, Entry], zone: str) -> Iterator[tuple[str, ...]]:
    for post, entry in entries.items():
        if entry.state == "told" or post.is_alert:
            continue
        late = late_by(entry.due_at, entry.sent_at) if entry.sent_at else None
        yield (
            edition_name(Month.from_text(post.edition)),
            say(f"history.kind_{post.kind}") if post.kind in KINDS else post.kind,
            short_moment(entry.due_at, zone),
            short_moment(entry.sent_at, zone) if entry.sent_at else "-",
            span_told(late) if late else "-",
            "-" if entry.state == "posted" else _why(entry),
        )


def _why(entry: Entry) -> str:
    why = why_told(entry.why[:WHY])
    if entry.state in WAITING:
        state = say(f"history.waiting_{entry.state}")
        return say("history.because", state=state, why=why) if why else state
    return why or say(f"history.state_{entry.state}")


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    days, hours = say_count("history.days", span.days), span.seconds // 3600
    return say("history.hours", days=days, hours=hours) if hours else days


def _changed(change: Change, zone: str) -> str:
    line = say(f"history.did_{change.what}", at=short_moment(change.at, zone), who=who(change.by))
    if not change.detail:
        return line
    return say("history.with_detail", line=line, detail=escape(_detail(change.detail)))


def _detail(kept: str) -> str:
    """Why it was put on hold; or the form that it then had, part by part."""
    parts = why_told(kept).split("; ")
    return clauses([say(f"history.form_{each}") if each in FORM else each for each in parts])
