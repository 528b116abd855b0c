"""The form of an order: what its modal shows, and what it carries along. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.monthly import monthly_summary
from bot.dataset.dataset import Dataset
from bot.dataset.releases import stages_in_use
from bot.messages import modal
from bot.messages.blocks import bullets, context, escape, section
from bot.messages.forms import for_modal
from bot.messages.message import Block
from bot.messages.modal import Option, View
from bot.messages.names import short_name
from bot.posts.order import SHANGHAI, At, Kind, Order
from bot.posts.order_messages import newest_message, often_of
from bot.posts.schedule import Outlook, newest_for
from bot.posts.summaries import is_notable
from bot.posts.wording import coming_told, moment_told, order_name, overdue_told, place_name, zone_name
from bot.questions.named import day_name
from bot.words import Language, say

FORM = "subscription"  # the callback_id of the modal
FIELDS = (
    "place", "series", "at", "time", "cron", "zone", "language", "often", "months", "line", "people",
    "groups",
)  # fmt: skip
INPUTS = tuple(f"{FORM}_{name}" for name in FIELDS)
PLACE, SERIES, AT, TIME, CRON, ZONE, LANGUAGE, OFTEN, MONTHS, LINE, PEOPLE, GROUPS = INPUTS
INPUT = re.compile(rf"^({'|'.join(INPUTS)})$")  # the action_id of a field of it

ZONES = (
    SHANGHAI, "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Europe/London",
    "Europe/Zurich", "America/New_York", "America/Chicago", "America/Sao_Paulo", "Australia/Sydney",
    "Australia/Perth", "UTC",
)  # fmt: skip
TIMES: Mapping[Kind, Sequence[At]] = {
    "monthly": ("flash", "complete", "cron"),
    "question": ("release", "cron"),
}
FIRST_CRON = "0 9 * * mon"
CRON_LENGTH = 100
LINE_LENGTH = 200
A_YEAR = 12
EVERY, NOTABLE = "every", "notable"
# Each by its own name, for whoever reads one of them alone.
NAMES = (Option("en", "English"), Option("zh", "中文"))


@dataclass(frozen=True, slots=True)
class Memo:
    """What a modal carries along: the order as it was opened, and whether it is kept already; `resumes`: to
    save it brings posts back that are paused or on hold; `moves`: it is asked for another channel; `url`: the
    response_url of the proposal that it was opened from.
    """

    channel: str
    known: bool
    own_zone: str
    resumes: bool = False
    moves: bool = False
    url: str = ""
    id: str = ""
    order: str = ""
    language: Language = "en"

    def opened(self, workspace: str) -> Order:
        """The order as it was opened."""
        order = Order(workspace, self.channel, None, id=self.id, language=self.language)
        return order.with_json(self.order)

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> "Memo":
        """The memo of a view that comes back."""
        return cls(**json.loads(view["private_metadata"]))


def memo_of(order: Order, *, known: bool, own_zone: str, moves: bool = False, url: str = "") -> Memo:
    """What the modal of an order carries along."""
    kept = (order.id, order.to_json(), order.language)
    return Memo(order.channel, known, own_zone, order.state != "active", moves, url, *kept)


def form_view(
    order: Order, memo: Memo, dataset: Dataset, ahead: Outlook | str, groups: Sequence[Option] = ()
) -> View:
    """The modal, filled in; `ahead` are the next dates, or why none can be told; `groups`: whom this person
    may have notified together.
    """
    what = order.kind
    submit = say("form.save" if memo.known or what != "monthly" else "form.subscribe")
    if memo.resumes:
        submit = say("form.save_and_resume" if memo.known else "form.subscribe_and_resume")
    place, told = place_name(order.channel), order_name(order, dataset.catalogue)
    intro = say("form.intro_known" if memo.known else "form.intro", place=place, told=told)
    asked = [modal.channel_of(PLACE, say("form.place"), order.channel)] if memo.moves else []
    inputs = [*_when(order, ahead, memo.own_zone), *_inputs(order, dataset, groups)]
    ends = context(say("form.ends_once" if order.often == "once" else "form.ends"))
    blocks = [section(intro), ends, *asked, *inputs, *_preview(order, dataset)]
    memo_text = json.dumps(asdict(memo), ensure_ascii=False)
    return modal.modal(FORM, say(f"form.title_{what}"), blocks, submit=submit, memo=memo_text)


def _inputs(order: Order, dataset: Dataset, groups: Sequence[Option]) -> Iterator[Block]:
    """What it is about, what stands above it, in which language."""
    if order.kind == "monthly":
        names = dataset.catalogue
        series = [Option(each.id, short_name(each)) for each in names.values()]
        chosen, months = order.commodities or tuple(names), NOTABLE if order.only_notable else EVERY
        yield modal.several(SERIES, say("form.series"), series, chosen, say("form.series_hint"))
        yield modal.choice(MONTHS, say("form.months"), _months(order, dataset), months)
    hint, optional = say("form.line_hint"), {"optional": True}
    yield modal.line(LINE, say("form.line"), order.line, hint=hint, most=LINE_LENGTH) | optional
    persons = [each for each in order.mentions if each[0] in "UW"]
    yield modal.people(PEOPLE, say("form.people"), persons) | optional
    kept = [Option(each, say("form.kept_group")) for each in order.mentions if each[0] == "!"]
    if every := [*groups, *(each for each in kept if each.value not in {one.value for one in groups})]:
        yield modal.several(GROUPS, say("form.groups"), every, order.mentions) | optional
    yield modal.select(LANGUAGE, say("form.language"), NAMES, order.language)


def _months(order: Order, dataset: Dataset) -> list[Option]:
    """Every month, or the notable ones, with how many of a year those would have been."""
    told = say("form.months_notable_told", count=sum(_notable(order, dataset)))
    return [Option(EVERY, say("form.months_every")), Option(NOTABLE, say("form.months_notable"), told)]


def _notable(order: Order, dataset: Dataset, most: int = A_YEAR) -> list[bool]:
    """Which of so many months are notable, the newest first."""
    newest = newest_for(order, dataset)
    months = [newest.plus(-back) for back in range(most)] if newest else []
    return [is_notable(monthly_summary(dataset, month, order.commodities)) for month in months]


def _when(order: Order, ahead: Outlook | str, own_zone: str) -> Iterator[Block]:
    """When it is told, and below that the next dates, or what is to be mended."""
    if order.kind == "alert":
        yield modal.choice(OFTEN, say("form.often"), _ways("often", often_of(order)), order.often)
    else:
        ways = [each for each in TIMES[order.kind] if each != "flash" or "flash" in stages_in_use()]
        yield modal.choice(AT, say("form.when"), _ways("at", ways), order.at)
        if order.at == "cron":
            cron = order.cron or FIRST_CRON
            yield modal.line(CRON, say("form.cron"), cron, hint=say("form.cron_hint"), most=CRON_LENGTH)
        else:
            yield modal.clock_time(TIME, say("form.not_before"), f"{order.time:%H:%M}")
        yield modal.select(ZONE, say("form.zone"), _zones(own_zone, order.zone), order.zone)
    yield from _dates(order, ahead)


def _ways(name: str, values: Sequence[str]) -> list[Option]:
    return [
        Option(each, say(f"form.way_{name}_{each}"), say(f"form.way_{name}_{each}_told")) for each in values
    ]


def _dates(order: Order, ahead: Outlook | str) -> Iterator[Block]:
    if isinstance(ahead, str):
        yield section(f":warning: {escape(ahead)}")
        return
    days = [day_name(each.at.astimezone(order.tz).date()) for each in ahead.coming]
    is_alert = order.kind == "alert"  # which is told as soon as it fires
    moments = days if is_alert else [moment_told(each.at, order.zone) for each in ahead.coming]
    told = [escape(coming_told(*each)) for each in zip(ahead.coming, moments, strict=True)]
    head = say("form.next_releases" if is_alert else "form.next_posts")
    yield section("\n".join([f"*{head}*", *bullets(told)]))
    yield from (context(escape(each)) for each in ([] if is_alert else overdue_told(ahead)))


def _zones(own: str, chosen: str) -> list[Option]:
    """The reader's own zone first, then a few of the trade's; the chosen one is always among them."""
    named = {zone: zone_name(zone) for zone in (own, *ZONES, chosen) if zone}
    if own:
        named[own] = say("form.own_zone", zone=named[own])
    return [Option(zone, name) for zone, name in named.items()]


def _preview(order: Order, dataset: Dataset) -> Iterator[Block]:
    """The message of the newest that is on record, as far as a modal shows one."""
    if message := newest_message(order, dataset):
        yield {"type": "divider"}
        quiet = order.only_notable and not any(_notable(order, dataset, 1))
        yield context(say("form.quiet") if quiet else say(f"form.preview_{order.kind}"))
        yield from for_modal(message)


def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True
