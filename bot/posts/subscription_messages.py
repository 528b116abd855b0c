"""Messages about subscriptions: the list, what was done to one, what is due when, and the history. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, bullets, context, escape, fitting, section, table_block
from bot.messages.message import Block, Message
from bot.messages.names import Names
from bot.posts.due import late_by
from bot.posts.order import Subscription
from bot.posts.order_list import verb_buttons, waits
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.schedule import Outlook
from bot.posts.subscriptions import Change
from bot.posts.troubles import why_told
from bot.posts.wording import (
    coming_told,
    edition_name,
    for_reader,
    overdue_told,
    place_name,
    short_moment,
    told,
    who,
    zone_name,
)
from bot.words import say, say_count, speaking
from bot.words.joints import clauses

MOST = 20  # subscriptions in a list: two blocks each, of 50
HEADER = ("month", "what", "due", "sent", "late_by", "why_not")
ROWS = 24  # posts in a history
CHANGES = 8
WHY = 200  # characters of a reason in a table
KINDS = (MONTHLY, "bulletin", "query")
WAITING = ("due", "claimed", "told")
FORM = ("everything", "flash", "complete", "cron", "zh")


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription, and what comes next of it."""

    subscription: Subscription
    ahead: Outlook


def listing(listed: Sequence[Listed], here: str, names: Names) -> Message:
    """The subscriptions with their buttons, that of the channel `here` first, or how to make one there."""
    first = sorted(listed, key=lambda each: (each.subscription.channel != here, each.subscription.channel))
    lines: list[str] = []
    blocks: list[Block] = []
    if not any(each.subscription.channel == here for each in first):
        lines.append(say("listing.none_here", place=place_name(here)))
        blocks += [section(lines[0]), verb_buttons("listing", 0, ["new"], here)]
    for number, each in enumerate(first[:MOST], start=1):
        turns = ("pause", "now") if each.subscription.state == "active" else ("resume",)
        verbs = ("edit", *turns, "history", "delete")
        lines.append(told_line(each, names))
        blocks += [section(lines[-1]), verb_buttons("listing", number, verbs, each.subscription.channel)]
    if len(first) > MOST:
        lines.append(say_count("listing.more", len(first) - MOST))
        blocks.append(context(lines[-1]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def told_line(listed: Listed, names: Names) -> str:
    """Where, what and when; and when it comes next, or why it does not."""
    subscription = listed.subscription
    line = say("listing.line", place=place_name(subscription.channel), told=told(subscription, names))
    waiting = waits(subscription, "listing")
    return "\n".join([line, waiting] if waiting else [line, *_next_post(listed)])


def _next_post(listed: Listed) -> list[str]:
    """The line that names the next one, if one comes."""
    return [say("listing.next_post", coming=each) for each in _coming(listed)[:1]]


def _coming(listed: Listed) -> list[str]:
    zone = listed.subscription.zone
    return [coming_told(each, for_reader(each.at, zone)) for each in listed.ahead.coming]


def announced(listed: Listed, names: Names, *, edited: bool) -> Message:
    """Says in the channel, as its posts speak, who subscribed it or changed that, and what comes next."""
    subscription = listed.subscription
    with speaking(subscription.language):
        by, place = who(subscription.changed_by), place_name(subscription.channel)
        what = told(subscription, names)
        line = say("listing.edited" if edited else "listing.subscribed", who=by, place=place, told=what)
        lines, after = [line, *_next_post(listed)], say("listing.after")
    return Message("\n".join([*lines, after]), (section("\n".join(lines)), context(after)))


def turned(verb: str, listed: Listed, by: str) -> Message:
    """Says in the channel who paused, resumed or deleted its posts; of resumed ones what comes next."""
    with speaking(listed.subscription.language):
        lines = [say(f"listing.turned_{verb}", who=who(by))]
        line = "\n".join(lines + (_next_post(listed) if verb == "resume" else []))
    return Message(line, (section(line),))


def agenda(releases: Message, listed: Listed | None, here: str, names: Names) -> Message:
    """What customs publish next, and when this channel hears of it on the reader's own clock."""
    if listed is None:
        lines = [say("listing.none_here", place=place_name(here))]
    elif listed.subscription.state != "active":
        lines = [told_line(listed, names)]
    else:
        head = say("listing.gets", place=place_name(here), told=told(listed.subscription, names))
        lines = [head, *bullets(_coming(listed)), *overdue_told(listed.ahead)]
    blocks = [block for block in releases.blocks if block["type"] != "actions"]
    shown = (*blocks, {"type": "divider"}, section("\n".join(lines)))
    return Message("\n".join([releases.text, *lines]), shown)


def history(
    listed: Listed | None, channel: str, entries: Mapping[Post, Entry], changes: Sequence[Change]
) -> Message:
    """When each post was due, when it was sent, how late, and why not; then who changed what."""
    zone, missing = (listed.subscription.zone, listed.ahead.overdue[::-1]) if listed else ("UTC", ())
    monthly, no_figures = say("history.kind_monthly"), say("history.no_figures")
    lacking = [(edition_name(month), monthly, "-", "-", "-", no_figures) for month in missing]
    rows = [*lacking, *_rows(entries, zone)][:ROWS]
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
    given = [
        (due, say("history.said_due", moment=due)),
        (sent, say("history.said_sent", moment=sent)),
        (span, say("history.said_late_by", span=span)),
        (why, why),
    ]
    told = clauses([what, *(words for value, words in given if value != "-")])
    return say("history.line", month=month, told=told)


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
    if entry.state not in WAITING:
        return why or say(f"history.state_{entry.state}")
    state = say(f"history.waiting_{entry.state}")
    return say("history.because", state=state, why=why) if why else state


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    days, hours = say_count("history.days", span.days), span.seconds // 3600
    return say("history.hours", days=days, hours=hours) if hours else days


def _changed(change: Change, zone: str) -> str:
    """Who did what; and why it was put on hold, or the form that it then had, part by part."""
    line = say(f"history.did_{change.what}", at=short_moment(change.at, zone), who=who(change.by))
    if not change.detail:
        return line
    parts = [
        say(f"history.form_{each}") if each in FORM else each for each in why_told(change.detail).split("; ")
    ]
    return say("history.with_detail", line=line, detail=escape(clauses(parts)))
