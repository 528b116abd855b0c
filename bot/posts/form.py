"""The form of a subscription: what its modal shows, and what is read from it. Pure."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast, get_args
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
from bot.messages.names import Names, short_name
from bot.posts.order import SHANGHAI, At, Subscription
from bot.posts.schedule import Outlook, firing, waited_for
from bot.posts.wording import coming_told, moment_told, overdue_told, place_name, zone_name
from bot.words import Language, say

FORM = "subscription"  # the callback_id of the modal
INPUTS = tuple(f"{FORM}_{name}" for name in ("series", "at", "time", "cron", "zone", "language"))
SERIES, AT, TIME, CRON, ZONE, LANGUAGE = INPUTS
INPUT = re.compile(rf"^({'|'.join(INPUTS)})$")  # the action_id of a field of it

ZONES = (
    SHANGHAI, "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Europe/London",
    "Europe/Zurich", "America/New_York", "America/Chicago", "America/Sao_Paulo", "Australia/Sydney",
    "Australia/Perth", "UTC",
)  # fmt: skip
FIRST_CRON = "0 9 * * mon"
CRON_LENGTH = 100
# Each by its own name, for whoever reads one of them alone.
NAMES = (Option("en", "English"), Option("zh", "中文"))


@dataclass(frozen=True, slots=True)
class Memo:
    """What a modal carries along; `resumes`: to save it brings posts back that are paused or on hold."""

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


def read_form(body: Mapping[str, Any], workspace: str, dataset: Dataset, now: dt.datetime) -> Draft:
    """The draft that a person's view holds, as if it were saved now."""
    view, state = body["view"], body["view"]["state"]["values"]
    chosen = cast(list[str], value_of(state, SERIES) or [])
    at = cast(At, value_of(state, AT))
    # Where the field is not shown yet: what it will show.
    cron = cast(str, value_of(state, CRON) or "").strip() if CRON in state else FIRST_CRON
    subscription = Subscription(
        workspace,
        Memo.of(view).channel,
        commodities=() if set(chosen) >= set(dataset.catalogue) else tuple(chosen),
        at=at,
        cron=cron if at == "cron" else "",
        time=dt.time.fromisoformat(cast(str, value_of(state, TIME) or "09:00")),
        zone=cast(str, value_of(state, ZONE)),
        language=cast(Language, value_of(state, LANGUAGE) or "en"),
        changed_by=body["user"]["id"],
        created_at=now,
        changed_at=now,
    )
    return Draft(subscription, dict(_problems(subscription, chosen, dataset)))


def _problems(
    subscription: Subscription, chosen: Sequence[str], dataset: Dataset
) -> Iterable[tuple[str, str]]:
    if not chosen:
        yield SERIES, say("form.no_series")
    elif subscription.at == "flash" and "flash" not in waited_for(subscription.commodities, dataset):
        yield AT, say("form.no_flash")
    if subscription.at == "cron":
        try:
            if firing(subscription, subscription.changed_at.date()) is None:
                yield CRON, say("form.never")
        except UsageError as problem:
            yield CRON, str(problem)


def form_view(subscription: Subscription, memo: Memo, names: Names, ahead: Outlook | str) -> View:
    """The modal, filled in; `ahead` are the next dates, or why none can be told."""
    title = say("form.change" if memo.known else "form.subscribe")
    submit = say("form.save" if memo.known else "form.subscribe")
    if memo.resumes:
        submit = say("form.save_and_resume" if memo.known else "form.subscribe_and_resume")
    intro = section(say("form.intro", place=place_name(subscription.channel)))
    inputs = _inputs(subscription, names, memo.own_zone)
    blocks = [intro, *inputs, {"type": "divider"}, *_preview(subscription, ahead)]
    return modal(FORM, title, blocks, submit=submit, memo=json.dumps(asdict(memo)))


def _inputs(subscription: Subscription, names: Names, own_zone: str) -> list[Block]:
    series = [Option(each.id, short_name(each)) for each in names.values()]
    times = [Option(at, say(f"form.at_{at}"), say(f"form.at_{at}_told")) for at in get_args(At)]
    when = clock_time(TIME, say("form.not_before"), f"{subscription.time:%H:%M}")
    if subscription.at == "cron":
        cron = subscription.cron or FIRST_CRON
        when = line(CRON, say("form.cron"), cron, hint=say("form.cron_hint"), most=CRON_LENGTH)
    return [
        several(
            SERIES,
            say("form.series"),
            series,
            subscription.commodities or tuple(names),
            say("form.series_hint"),
        ),
        choice(AT, say("form.when"), times, subscription.at),
        when,
        select(ZONE, say("form.zone"), _zones(own_zone, subscription.zone), subscription.zone),
        select(LANGUAGE, say("form.language"), NAMES, subscription.language),
    ]


def _zones(own: str, chosen: str) -> list[Option]:
    """The reader's own zone first, then a few of the trade's; the chosen one is always among them."""
    named = {zone: zone_name(zone) for zone in (own, *ZONES, chosen) if zone}
    if own:
        named[own] = say("form.own_zone", zone=named[own])
    return [Option(zone, name) for zone, name in named.items()]


def _preview(subscription: Subscription, ahead: Outlook | str) -> list[Block]:
    if isinstance(ahead, str):
        return [section(f":warning: {escape(ahead)}")]
    coming = [coming_told(each, moment_told(each.at, subscription.zone)) for each in ahead.coming]
    shown = [f"*{say('form.next_posts')}*", *bullets([escape(each) for each in coming])]
    return [section("\n".join(shown)), *(context(escape(each)) for each in overdue_told(ahead))]


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
