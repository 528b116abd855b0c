"""The release calendar as an iCalendar file (RFC 5545): a whole day for each release. Pure."""

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage, stages_in_use
from bot.messages.names import month_list, stage_name, upper_first
from bot.words import say

BACK, AHEAD = 3, 12  # months
TEMPLATES: Mapping[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def release_calendar(dataset: Dataset) -> str:
    """The releases of the last months and of the next year."""
    now, stages, comes = Month.of_day(dataset.today), stages_in_use(), dataset.calendar.comes_with_next
    coming = [(month, stage) for month in map(now.plus, range(-BACK, AHEAD)) for stage in stages]
    events = (_event(month, stage, dataset) for month, stage in coming if not comes(month, stage))
    text = TEMPLATES["calendar"].format(title=_escaped(say("release_calendar.title")), events="".join(events))
    return "".join(f"{line}\r\n" for line in text.splitlines())


def _event(month: Month, stage: Stage, dataset: Dataset) -> str:
    release, before = dataset.calendar.release(month, stage), month.plus(-1)
    together = [before, month] if dataset.calendar.comes_with_next(before, stage) else [month]
    kind, status = ("expected", "TENTATIVE") if release.expected else ("event", "CONFIRMED")
    told = say(f"release_calendar.{kind}", stage=stage_name(stage), month=month_list(together))
    return TEMPLATES["event"].format(
        id=f"{stage}-{month}", today=dataset.today, day=release.day, after=release.day + timedelta(days=1),
        summary=_escaped(upper_first(told)), status=status,
    )  # fmt: skip


def _escaped(text: str) -> str:
    return re.sub(r"[\\,;]", r"\\\g<0>", text)
