"""The release calendar as an iCalendar file (RFC 5545): a whole day for each release. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage, stages_in_use
from bot.messages.names import stage_name, upper_first
from bot.messages.period_names import month_list
from bot.words import say

BACK, AHEAD = 3, 12  # months
OCTETS = 75  # of a line, after which it goes on in the next one


def release_calendar(dataset: Dataset) -> str:
    """The releases of the last months and of the next year."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alumina//Release calendar//EN",
        f"X-WR-CALNAME:{_escaped(say('release_calendar.title'))}",
        *_events(dataset),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _events(dataset: Dataset) -> Iterator[str]:
    now = Month.of_day(dataset.today)
    for month in map(now.plus, range(-BACK, AHEAD)):
        for stage in stages_in_use():
            if not dataset.calendar.comes_with_next(month, stage):
                yield from _event(month, stage, dataset)


def _event(month: Month, stage: Stage, dataset: Dataset) -> list[str]:
    release = dataset.calendar.release(month, stage)
    before = month.plus(-1)
    together = [before, month] if dataset.calendar.comes_with_next(before, stage) else [month]
    kind = "expected" if release.expected else "event"
    told = say(f"release_calendar.{kind}", stage=stage_name(stage), month=month_list(together))
    return [
        "BEGIN:VEVENT",
        f"UID:{stage}-{month}@alumina",
        f"DTSTAMP:{dataset.today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{release.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{release.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(upper_first(told))}",
        f"STATUS:{'TENTATIVE' if release.expected else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> Iterator[str]:
    """The line in parts of so many octets, no character cut; each but the first begins with a space."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > OCTETS:
            yield part
            part = " "
        part += sign
    yield part
