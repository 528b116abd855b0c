"""The form of an order: its modal, what that carries along, what is read from it and wrong there. Pure."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.dataset.dataset import Dataset
from bot.dataset.releases import stages_in_use
from bot.errors import UsageError
from bot.messages import modal, slack_names
from bot.messages.blocks import Block, bullets, context, escape, for_modal, section
from bot.messages.modal import View, option, value_of
from bot.messages.names import short_name, zone_name
from bot.posts import order_list, order_messages, schedule
from bot.posts.order import MENTION, SHANGHAI, At, Kind, Monthly, Order, button_value, from_button
from bot.questions.condition import Condition, PercentChange, Threshold
from bot.words import say

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
TIMES: Mapping[Kind, Sequence[At]]
TIMES = {"monthly": ("flash", "complete", "cron"), "question": ("release", "cron")}
FIRST_CRON = "0 9 * * mon"
CRON_LENGTH = 100
LINE_LENGTH = 200
MOST_MENTIONS = 20  # of one post
CHOSEN = {PLACE: "channel", AT: "at", ZONE: "zone", LANGUAGE: "language", OFTEN: "often"}
EVERY, NOTABLE = "every", "notable"
NAMES = (option("en", "English"), option("zh", "中文"))  # for whoever reads one of them alone


@dataclass(frozen=True, slots=True)
class Memo:
    """What a modal carries along."""

    id: str
    order: str  # as it was opened, as a button has it
    known: bool  # it is kept already
    own_zone: str
    resumes: bool  # to save it brings posts back that are paused or on hold
    moves: bool = False  # it is asked for another channel

    def opened(self, workspace: str) -> Order:
        """The order as it was opened."""
        return replace(from_button(self.order), workspace=workspace, id=self.id)


def memo_of(order: Order, **carried: Any) -> Memo:
    """What the modal of an order carries along."""
    return Memo(order.id, button_value(order), resumes=order.state != "active", **carried)


def form_view(
    order: Order, memo: Memo, dataset: Dataset, ahead: schedule.Outlook | str, groups: Sequence[Block] = ()
) -> View:
    """The modal; `ahead`: the next dates, or why none can be told; `groups`: that may be mentioned."""
    saves = "save" if memo.known or order.kind != "monthly" else "subscribe"
    submit = say(f"form.button_{'resume' if memo.resumes else saves}")
    place, told = slack_names.place_name(order.channel), order_list.order_name(order, dataset.catalogue)
    intro = say("form.intro_known" if memo.known else "form.intro", place=place, told=told)
    ends = say("form.ends_once" if order.often == "once" else "form.ends")
    blocks = [section(intro), context(ends)]
    if memo.moves:  # to one of the channels that the person sees
        kind, only = "conversations_select", {"include": ["public", "private"], "exclude_bot_users": True}
        blocks.append(
            modal.field(PLACE, say("form.place"), kind, initial_conversation=order.channel, filter=only)
        )
    blocks += [*_when(order, memo.own_zone), *_dates(order, ahead), *_inputs(order, dataset, groups)]
    if newest := order_messages.newest_edition(order, dataset):
        quiet = order.only_notable and not newest.is_notable
        head = say("form.quiet") if quiet else say(f"form.preview_{order.kind}")
        blocks += [{"type": "divider"}, context(head), *for_modal(newest.message)]
    memo_text = json.dumps(asdict(memo), ensure_ascii=False)
    return modal.modal(FORM, say(f"form.title_{order.kind}"), blocks, submit=submit, memo=memo_text)


def _when(order: Order, own_zone: str) -> Iterator[Block]:
    if order.kind == "alert":  # records, turns and revisions are crossings themselves
        levels = isinstance(order.what, Condition) and isinstance(order.what.test, Threshold | PercentChange)
        often = _ways("often", ["every", "once", *(["crossing"] if levels else [])])
        yield modal.choice(OFTEN, say("form.often"), often, order.often)
        return
    ways = [each for each in TIMES[order.kind] if each != "flash" or "flash" in stages_in_use()]
    yield modal.choice(AT, say("form.when"), _ways("at", ways), order.at)
    if order.at == "cron":
        hint, cron = say("form.cron_hint"), order.cron or FIRST_CRON
        yield modal.line(CRON, say("form.cron"), cron, hint=hint, most=CRON_LENGTH)
    else:
        yield modal.field(TIME, say("form.not_before"), "timepicker", initial_time=f"{order.time:%H:%M}")
    # The reader's own zone first, then a few of the trade's; the chosen one is always among them.
    zones = {zone: option(zone, zone_name(zone)) for zone in (own_zone, *ZONES, order.zone) if zone}
    if own_zone:
        zones[own_zone] = option(own_zone, say("form.own_zone", zone=zone_name(own_zone)))
    yield modal.select(ZONE, say("form.zone"), [*zones.values()], order.zone)


def _ways(name: str, values: Sequence[str]) -> list[Block]:
    return [
        option(each, say(f"form.way_{name}_{each}"), say(f"form.way_{name}_{each}_told")) for each in values
    ]


def _dates(order: Order, ahead: schedule.Outlook | str) -> Iterator[Block]:
    if isinstance(ahead, str):
        yield section(f":warning: {escape(ahead)}")
        return
    head, overdue = say("form.next_posts"), order_list.overdue_told(ahead)
    if order.kind == "alert":
        head, overdue = say("form.next_releases"), []
    yield section("\n".join([f"*{head}*", *bullets([*map(escape, order_list.coming_told(ahead))])]))
    yield from (context(escape(each)) for each in overdue)


def _inputs(order: Order, dataset: Dataset, groups: Sequence[Block]) -> Iterator[Block]:
    if order.kind == "monthly":
        names = dataset.catalogue
        series, chosen = [option(each, short_name(each)) for each in names], order.commodities or tuple(names)
        yield modal.several(SERIES, say("form.series"), series, chosen, say("form.series_hint"))
        notable = option(NOTABLE, say("form.months_notable"), say("form.months_notable_told"))
        months = [option(EVERY, say("form.months_every")), notable]
        yield modal.choice(MONTHS, say("form.months"), months, NOTABLE if order.only_notable else EVERY)
    hint, optional = say("form.line_hint"), {"optional": True}
    yield modal.line(LINE, say("form.line"), order.line, hint=hint, most=LINE_LENGTH) | optional
    persons = [each for each in order.mentions if each[0] in "UW"]
    yield modal.field(PEOPLE, say("form.people"), "multi_users_select", initial_users=persons) | optional
    offered = {each["value"] for each in groups}
    kept = [each for each in order.mentions if each[0] == "!" and each not in offered]
    if every := [*groups, *(option(each, say("form.kept_group")) for each in kept)]:
        yield modal.several(GROUPS, say("form.groups"), every, order.mentions) | optional
    yield modal.select(LANGUAGE, say("form.language"), NAMES, order.language)


def read_form(
    body: Mapping[str, Any], workspace: str, dataset: Dataset, now: dt.datetime
) -> tuple[Order, Mapping[str, str]]:
    """The order in a person's view, as if saved now, and by input what is wrong with it; the rest stays."""
    view = body["view"]
    opened = modal.carried(view, Memo).opened(workspace)
    read = dict(_read(view, opened, dataset))
    order = replace(opened, **read, changed_by=body["user"]["id"], created_at=now, changed_at=now)
    return order, dict(_problems(order, view["state"]["values"], dataset))


def _read(view: Mapping[str, Any], opened: Order, dataset: Dataset) -> Iterator[tuple[str, Any]]:
    """What is filled in, by its name in an order; what nothing is chosen for stays as it was."""
    state = view["state"]["values"]
    yield from ((name, value) for field, name in CHOSEN.items() if (value := value_of(state, field)))
    if time := value_of(state, TIME):
        yield "time", dt.time.fromisoformat(str(time))
    cron = opened.cron or FIRST_CRON  # what the field will show where it is not there yet
    cron = str(value_of(state, CRON) or "") if CRON in state else cron
    yield "cron", cron.strip() if (value_of(state, AT) or opened.at) == "cron" else ""
    if opened.kind == "monthly":
        chosen = tuple(value_of(state, SERIES) or ())
        yield "what", Monthly(() if {*chosen} >= {*dataset.catalogue} else chosen)
        yield "only_notable", value_of(state, MONTHS) == NOTABLE
    yield "line", " ".join(str(value_of(state, LINE) or "").split())
    # The people, and of the groups and everybody those that the view offered to this person.
    groups = [each["value"] for each in offered(view) if each["value"] in (value_of(state, GROUPS) or ())]
    people = filter(MENTION.fullmatch, value_of(state, PEOPLE) or ())
    yield "mentions", (*groups, *people)[:MOST_MENTIONS]


def offered(view: Mapping[str, Any]) -> list[Block]:
    """The groups that a view offers to be mentioned: as it was sent, which no client changes."""
    fields = (block["element"]["options"] for block in view["blocks"] if block.get("block_id") == GROUPS)
    return [option(each["value"], each["text"]["text"]) for each in next(fields, [])]


def _problems(order: Order, state: Mapping[str, Any], dataset: Dataset) -> Iterator[tuple[str, str]]:
    if order.kind == "monthly" and not value_of(state, SERIES):
        yield SERIES, say("form.no_series")
    elif order.at == "flash" and "flash" not in schedule.months_on_record(order.what, dataset):
        yield AT, say("form.no_flash")
    if order.at == "cron":
        try:
            if schedule.post_time(order, order.changed_at.date()) is None:
                yield CRON, say("form.never")
        except UsageError as problem:
            yield CRON, str(problem)
