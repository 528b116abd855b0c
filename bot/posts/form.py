"""The form of a subscription: what its modal shows, and what is read from it. Pure."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.blocks import bullets, context, escape, section
from bot.messages.message import Block
from bot.messages.modal import (
    Option,
    View,
    choice,
    clock_time,
    line,
    modal,
    select,
    several,
    value_of,
)
from bot.messages.speech import Names
from bot.posts.calendar import Outlook, firing, waited_for
from bot.posts.cron import crontab
from bot.posts.subscription import SHANGHAI, At, Subscription
from bot.posts.wording import ahead_told, place_name, zone_name

FORM = "subscription"  # the callback_id of the modal
INPUTS = tuple(f"{FORM}_{name}" for name in ("series", "at", "time", "cron", "zone"))
SERIES, AT, TIME, CRON, ZONE = INPUTS
INPUT = re.compile(rf"^({'|'.join(INPUTS)})$")  # the action_id of a field of it

ZONES = (
    SHANGHAI, "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Europe/London",
    "Europe/Zurich", "America/New_York", "America/Chicago", "America/Sao_Paulo", "Australia/Sydney",
    "Australia/Perth", "UTC",
)  # fmt: skip
TIMES = (
    Option("flash", "At the flash", "Preliminary, 7th to 15th: aluminium exports; grows until the 20th"),
    Option("complete", "When the month is complete", "About the 20th: the whole table with highlights"),
    Option("cron", "At times of my own, as a cron", "At its next time after the month is complete"),
)
FIRST_CRON = "0 9 * * mon"
CRON_HINT = "Minute, hour, day, month, weekday. 0 9 * * mon: Mondays, 09:00. 30 8 21 * *: the 21st, 08:30."
CRON_LENGTH = 100
SERIES_HINT = "All: posted once aluminium, alumina and bauxite are there. Fewer: once each of them is."
NO_SERIES = "Choose at least one series."
NO_FLASH = "The flash holds aluminium exports alone: add Aluminium above, or choose the complete month."
NEVER = "No such day ever comes: write one such as 0 9 * * mon (Mondays at 09:00)."


@dataclass(frozen=True, slots=True)
class Memo:
    """What a modal carries along: its channel, whether that is subscribed already, the reader's own zone.

    `resumes`: the subscription is paused or on hold, and to save it brings its posts back.
    """

    channel: str
    known: bool
    own_zone: str
    resumes: bool = False

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> "Memo":
        """The memo of a view that comes back."""
        return cls(**json.loads(view["private_metadata"]))


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form: a subscription, and by input what is wrong with it, in words that help."""

    subscription: Subscription
    problems: Mapping[str, str]


def read_form(view: Mapping[str, Any], workspace: str, by: str, dataset: Dataset, now: dt.datetime) -> Draft:
    """The draft that a view holds, as if it were saved now."""
    state = view["state"]["values"]
    chosen = cast(list[str], value_of(state, SERIES) or [])
    at = cast(At, value_of(state, AT))
    subscription = Subscription(
        workspace,
        Memo.of(view).channel,
        commodities=() if set(chosen) >= set(dataset.catalogue) else tuple(chosen),
        at=at,
        cron=_cron(state) if at == "cron" else "",
        time=dt.time.fromisoformat(cast(str, value_of(state, TIME) or "09:00")),
        zone=cast(str, value_of(state, ZONE)),
        changed_by=by,
        created_at=now,
        changed_at=now,
    )
    return Draft(subscription, dict(_problems(subscription, chosen, dataset)))


def _cron(state: Mapping[str, Any]) -> str:
    """What is typed; where the field is not shown yet, what it will show."""
    return cast(str, value_of(state, CRON) or "").strip() if CRON in state else FIRST_CRON


def _problems(
    subscription: Subscription, chosen: Sequence[str], dataset: Dataset
) -> Iterable[tuple[str, str]]:
    if not chosen:
        yield SERIES, NO_SERIES
    elif subscription.at == "flash" and "flash" not in waited_for(subscription.commodities, dataset):
        yield AT, NO_FLASH
    if subscription.at == "cron":
        try:
            crontab(subscription.cron, subscription.zone)
        except UsageError as problem:
            yield CRON, str(problem)
        else:
            if firing(subscription, subscription.changed_at.date()) is None:
                yield CRON, NEVER


def form_view(subscription: Subscription, memo: Memo, names: Names, ahead: Outlook | str) -> View:
    """The modal, filled in; `ahead` are the next dates, or why none can be told."""
    title, submit = ("Change subscription", "Save") if memo.known else ("Subscribe", "Subscribe")
    submit += " and resume" if memo.resumes else ""
    intro = section(f"China's aluminium trade, month by month, in {place_name(subscription.channel)}.")
    blocks = [intro, *_inputs(subscription, names, memo.own_zone), *_preview(subscription, ahead)]
    return modal(FORM, title, blocks, submit=submit, memo=json.dumps(asdict(memo)))


def _inputs(subscription: Subscription, names: Names, own_zone: str) -> list[Block]:
    series = [Option(each.id, each.short_en) for each in names.values()]
    zones = _zones(own_zone, subscription.zone)
    is_cron = subscription.at == "cron"
    when = (
        line(CRON, "Cron", subscription.cron or FIRST_CRON, hint=CRON_HINT, most=CRON_LENGTH)
        if is_cron
        else clock_time(TIME, "Not before", f"{subscription.time:%H:%M}")
    )
    return [
        several(SERIES, "Series", series, subscription.commodities or tuple(names), SERIES_HINT),
        choice(AT, "When", TIMES, subscription.at),
        when,
        select(ZONE, "On the clock of", zones, subscription.zone),
    ]


def _zones(own: str, chosen: str) -> list[Option]:
    """The reader's own zone first, then a few of the trade's; the chosen one is always among them."""
    wanted = dict.fromkeys([*([own] if own else []), *ZONES, chosen])
    named = {zone: f"{zone_name(zone)} (your own)" if zone == own else zone_name(zone) for zone in wanted}
    return [Option(zone, name) for zone, name in named.items()]


def _preview(subscription: Subscription, ahead: Outlook | str) -> list[Block]:
    if isinstance(ahead, str):
        return [{"type": "divider"}, section(f":warning: {escape(ahead)}")]
    lines = ahead_told(ahead, subscription)
    dates, rest = lines[: len(ahead.coming)], lines[len(ahead.coming) :]
    shown = section("\n".join(["*Next posts*", *bullets([escape(each) for each in dates])]))
    return [{"type": "divider"}, shown, *(context(escape(each)) for each in rest)]


def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def errors_of(draft: Draft, view: Mapping[str, Any]) -> dict[str, str]:
    """The problems by an input that the view shows; Slack takes no error of another block."""
    shown = {block.get("block_id") for block in view["blocks"]}
    return {name if name in shown else AT: told for name, told in draft.problems.items()}
