"""Dated events of the record that a message names: they say when, and of which series, and are no cause."""

from bot.dataset.calendar import Month
from bot.dataset.model import Event
from bot.profile import profile
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.times import Time

RE = patterns("happenings")


def find_events(draft: Draft) -> None:
    """Reads "After the rebate was scrapped": a word that leads to an event on record is no head.

    Where no month is named it is the event's, where no series is, those that it bears on; beside another
    month it is only told.
    """
    for mention in () if RE.hypothetical.search(draft.text) else draft.live("oos"):
        led, behind = RE.led.search(draft.before(mention)), RE.led_zh.match(draft.after(mention))
        told = (led or behind) and not RE.never.fullmatch(mention.text)
        if told and (event := _named(draft, mention)):
            _take_in(draft, mention, led.start() if led else mention.start)
            mention.kind, mention.value = _kind(draft, event), event.title
            if mention.kind == "happening":
                draft.mentions.extend(_slots(draft, mention, event))
    draft.mentions.sort(key=lambda mention: mention.start)


def _take_in(draft: Draft, mention: Mention, start: int) -> None:
    """What leads to the event and what is told of it are read: "after the US", "was cut on 1 December"."""
    for other in draft.mentions:
        other.live = other.live and not (other.start < mention.start and other.end > start)
    times = draft.live("time")
    after = (m for m in times if m.start > mention.end)
    day = next((m for m in after if RE.told.fullmatch(draft.between(mention, m))), None)
    told = RE.told.match(draft.after(mention))
    others = (m.start for m in draft.mentions if m.start >= mention.end)
    end = min((*others, mention.end + (told.end() if told else 0)))
    if day and len(times) > 1:
        day.live, end = False, day.end
    draft.left[:] = [token for token in draft.left if not mention.end <= token.start < end]


def _kind(draft: Draft, event: Event) -> str:
    """Beside other months than its own, or several, the event is only told."""
    months = draft.live("time")
    return "happening" if not months or (len(months) == 1 and _is_at(months[0].time, event)) else "event"


def _is_at(time: Time, event: Event) -> bool:
    return time.kind == "month" and time.number == event.day.month and time.year in (None, event.day.year)


def _named(draft: Draft, mention: Mention) -> Event | None:
    """The newest event whose title has the word."""
    for event in reversed(draft.record.happened(tuple(draft.record.catalogue), None)):
        if mention.text in f"{event.title} {profile().zh.get(event.title, '')}".lower():
            return event
    return None


def _slots(draft: Draft, mention: Mention, event: Event) -> list[Mention]:
    month = Month.of_day(event.day)
    found: list[tuple[str, object]] = []
    if not draft.has("time"):
        found.append(("time", Time("month", month.year, month.number)))
    if not draft.has("series") and not draft.turn.answers:
        found += (("series", name) for name in event.commodities)
    return [Mention(kind, value, mention.start, mention.end, mention.text) for kind, value in found]
