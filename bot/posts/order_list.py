"""What is said of orders: one in words, their list, what comes next, what was, why it is on hold. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from bot.dataset.calendar import Month
from bot.messages import conditions, modal, names
from bot.messages.blocks import TEXT, Block, Message, context, escape, fitting, quoted, section, table_block
from bot.messages.buttons import button, button_row
from bot.messages.slack_names import place_name, who, why_told
from bot.posts.order import Monthly, Order
from bot.posts.order_store import Change
from bot.posts.rows import BROKEN, Entries, Entry, Post, late_by
from bot.posts.schedule import Outlook
from bot.questions import named, words
from bot.questions.condition import Condition
from bot.questions.question import Question
from bot.words import comma, enumeration, language, say, speaking

ORDER_BUTTON = re.compile(
    r"^order_(edit|pause|resume|now|history|delete|new|more|silence|move|elsewhere)(?:_\d+)?$"
)
PROPOSAL_BUTTON = re.compile(r"^alert_(here|own|options|elsewhere|read|discard|new)(?:_\d+)?$")
STYLES = {"new": "primary", "resume": "primary", "delete": "danger"}
AT_ONCE = 20  # two blocks each, of 50
HEADER = ("month", "what", "due", "sent", "late_by", "why_not")
ROWS, CELL = 24, 200  # posts in a history, characters of a reason
NONE = "–"  # in a cell without a value


def pressed(action_id: str) -> str:
    """What a button asks for; '' where it is another."""
    found = ORDER_BUTTON.match(action_id) or PROPOSAL_BUTTON.match(action_id)
    return found[1] if found else ""


def listing(listed: Sequence[Outlook], here: str, catalogue: names.Names, first: int = 0) -> Message:
    """As many orders as fit from the `first` on, those of `here` before others; or how to make one there."""
    ordered = sorted(listed, key=lambda each: (each.order.channel != here, each.order.channel))
    first = first if first < len(ordered) else 0
    lines, blocks = list[str](), list[Block]()
    if not any(each.order.channel == here for each in ordered):
        lines.append(say("listing.none_here", place=place_name(here)))
        blocks += [section(lines[0]), buttons(["new"], here, "_0")]
    for number, each in enumerate(ordered[first : first + AT_ONCE], start=1):
        lines.append(told_line(each, catalogue))
        order, is_active = each.order, each.order.state == "active"
        verbs = ["edit", "pause" if is_active else "resume"] if order.what and order.state != "done" else []
        verbs += ["now"] if verbs and is_active and order.kind != "alert" else []
        blocks += [section(lines[-1]), buttons([*verbs, "history", "delete"], order.id, f"_{number}")]
    if (rest := len(ordered) - first - AT_ONCE) > 0:
        lines.append(say("listing.more", count=rest))
        blocks.append(button_row([button("order_more", lines[-1], str(first + AT_ONCE))]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def mending(workspace: str, channel: str, verbs: Iterable[str], value: str) -> Block:
    """What goes on with an order, or elsewhere; and the channel, where we can be invited."""
    url = f"https://slack.com/app_redirect?{urlencode({'team': workspace, 'channel': channel})}"
    opened = button("open_channel", say("listing.button_open"), channel) | {"url": url}
    return button_row([*buttons(verbs, value)["elements"], opened])


def buttons(verbs: Iterable[str], value: str, place: str = "") -> Block:
    """What can be done with an order, side by side; the button that ends it asks first. `place`: of many."""
    shown: list[Block] = []
    for verb in verbs:
        made = button(f"order_{verb}{place}", say(f"listing.button_{verb}"), value, STYLES.get(verb, ""))
        if verb == "delete":
            yes, no = say("listing.button_delete"), say("listing.keep")
            made["confirm"] = modal.sure(say("listing.sure"), say("listing.no_more"), yes=yes, no=no)
        shown.append(made)
    return button_row(shown)


def on_hold(order: Order, why: str) -> Message:
    """What its maker is told of an order that cannot be told."""
    with speaking(order.language):
        made = {"who": who(order.created_by), "day": named.day_name(order.created_at.date())}
        line = say("posted.on_hold", place=place_name(order.channel), why=why_told(why), **made)
        return Message(line, (section(line), buttons(["delete"], order.id)))


def on_hold_here(post: Post, order: Order | None, why: str) -> Message:
    """What those are told who asked for what a channel does not take, with a button to go on."""
    with speaking(order.language if order else "en"):
        line = say("posted.on_hold_here", channel=post.channel, why=why_told(why))
        mend = [mending(*order.place, ["resume", "move"], order.id)] if order else []
        return Message(line, (section(line), *mend))


def order_name(order: Order, catalogue: names.Names) -> str:
    """Alumina exports above 200 kt, every time; monthly post: everything, once a month is complete, …"""
    match order.what:
        case None:
            return say("listing.unread")
        case Condition() as condition:
            told = quoted(conditions.condition_name(condition))
            return say(f"listing.often_{order.often}", condition=told)
        case Question() as question:
            with speaking(question.language):
                asked = words(question, catalogue)
            told = say("listing.asked", question=quoted(asked))
        case Monthly(commodities):
            series = [names.lower_first(names.short_name(each)) for each in commodities if each in catalogue]
            told = say("listing.monthly", series=enumeration(series) or say("listing.everything"))
    clock = {"time": f"{order.time:%H:%M}", "place": names.zone_name(order.zone)}
    parts = [told, say(f"listing.at_{order.at}", cron=escape(order.cron), **clock)]
    parts += [say("listing.only_notable")] if order.only_notable else []
    parts += [say(f"listing.in_{order.language}")] if order.language != language() else []
    return comma(parts)


def coming_told(ahead: Outlook) -> list[str]:
    """December 2026: Wednesday 20 January 2027, 09:00 (Shanghai), expected: a line each."""
    order, told = ahead.order, list[str]()
    for each in ahead.coming:
        when = {"month": names.edition_name(each.month), "moment": names.moment_told(each.at, order.zone)}
        if order.kind == "alert":  # which is told as soon as it fires
            when["moment"] = named.day_name(each.at.astimezone(order.tz).date())
        if each.at_once:
            when["moment"] = say("listing.at_once")
        if each.on_record:
            told.append(say("listing.coming_held", **when))
        else:
            told.append(say("listing.coming_expected" if each.expected else "listing.coming", **when))
    return told


def overdue_told(ahead: Outlook) -> list[str]:
    """A line on what should be on record and is not; none where there is nothing of that."""
    how = "several" if len(ahead.overdue) > 1 else "one"
    return [say(f"listing.overdue_{how}", months=names.month_list(ahead.overdue))] if ahead.overdue else []


def told_line(listed: Outlook, catalogue: names.Names) -> str:
    """Where, what and when; and when it comes next, is overdue, or why it does not come."""
    order = listed.order
    told, by = order_name(order, catalogue), who(order.created_by or order.changed_by)
    line = say("listing.line", place=place_name(order.channel), told=told, who=by)
    line = say("listing.line_own", told=told) if order.is_own else line
    return "\n".join([line, *_standing(listed)])


def _standing(listed: Outlook) -> list[str]:
    order = listed.order
    if order.state == "paused":
        return [say("listing.paused", who=who(order.changed_by))]
    if order.state == "parked":
        why = escape(why_told(order.why.rstrip(".")))
        return [say("listing.parked" if order.what else "listing.set_anew", why=why)]
    if order.state == "active" and order.kind != "alert":
        return [*_next_post(listed), *overdue_told(listed)]
    done = [say("listing.done")] if order.state == "done" else []
    if listed.last is None:
        return [*done, say("listing.never")]
    month, at = names.edition_name(listed.last[0]), names.moment_told(listed.last[1], order.zone)
    return [*done, say("listing.last", month=month, moment=at)]


def _next_post(listed: Outlook) -> list[str]:
    return [say("listing.next_post", coming=each) for each in coming_told(listed)[:1]]


def announced(verb: str, listed: Outlook, by: str, catalogue: names.Names) -> Message:
    """Says in the channel, as its posts speak, who did what to an order, and what comes next of it."""
    order = listed.order
    with speaking(order.language):
        told, place = order_name(order, catalogue), place_name(order.channel)
        lines = [say(f"listing.turned_{verb}", who=who(by), place=place, told=told)]
        if verb in ("made", "edited", "resume") and order.kind != "alert":
            lines += _next_post(listed)
        after = [say("listing.after")] if verb in ("made", "edited") else []
    return Message("\n".join([*lines, *after]), (section("\n".join(lines)), *map(context, after)))


def agenda(releases: Message, listed: Sequence[Outlook], here: str, catalogue: names.Names) -> Message:
    """What customs publish next, and when this channel hears of it."""
    lines = [told_line(each, catalogue) for each in listed]
    lines = lines or [say("listing.none_here", place=place_name(here))]
    blocks = [block for block in releases.blocks if block["type"] != "actions"]
    shown = (*blocks, {"type": "divider"}, section("\n".join(fitting(lines, TEXT, "lines"))))
    return Message("\n".join([releases.text, *lines]), shown)


def history(
    orders: Sequence[Order], channel: str, entries: Entries, changes: Sequence[Change], catalogue: names.Names
) -> Message:
    """When each post was due, when it was sent, how late, and why not; then who changed what."""
    zone = orders[0].zone if orders else "UTC"
    told = {each.id: order_name(each, catalogue) for each in orders}
    rows = [*_rows(entries, told, zone)][:ROWS]
    place, columns = place_name(channel), [say(f"history.column_{name}") for name in HEADER]
    head = say("history.head", place=place, zone=names.zone_name(zone))
    blocks: list[Block] = [section(head if rows else say("history.nothing", place=place))]
    blocks += [table_block(columns, rows)] if rows else []
    changed = list[str]()
    for each in changes:
        line = say(f"history.did_{each.what}", at=names.short_moment(each.at, zone), who=who(each.by))
        detail = order_name(each.order, catalogue) if each.order else escape(why_told(each.why))
        changed.append(say("history.with_detail", line=line, detail=detail) if detail else line)
    blocks += [context("\n".join(changed))] if changed else []
    lines = [head, *map(" · ".join, rows), *changed]
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def _rows(entries: Entries, told: Mapping[str, str], zone: str) -> Iterator[tuple[str, ...]]:
    for post, entry in entries.items():
        if entry.state == "told" or post.edition == BROKEN:
            continue
        sent = names.short_moment(entry.sent_at, zone) if entry.sent_at else NONE
        late = late_by(entry.due_at, entry.sent_at) if entry.sent_at else None
        what = say(f"history.kind_{post.kind}") if post.is_of_month else told.get(post.kind)
        what = (what or say(f"history.kind_{post.label}"))[:CELL]
        moments = names.short_moment(entry.due_at, zone), sent, names.span_told(late) if late else NONE
        why = NONE if entry.state == "posted" else _why(entry)
        yield names.edition_name(Month.from_text(post.edition[:7])), what, *moments, why


def _why(entry: Entry) -> str:
    why = why_told(entry.why[:CELL])
    if entry.state not in ("due", "claimed"):
        return why or say(f"history.state_{entry.state}")
    state = say(f"history.waiting_{entry.state}")
    return say("history.because", state=state, why=why) if why else state
