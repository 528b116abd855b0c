"""The form of an order: what its modal shows, and what is read from it. Pure."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from bot.messages.names import Names, short_name
from bot.messages.safe import shortened
from bot.posts.order import SHANGHAI, At, Kind, Monthly, Often, Order
from bot.posts.proposals import often_of, preview
from bot.posts.schedule import Outlook, firing, waited_for
from bot.posts.wording import coming_told, moment_told, order_name, overdue_told, place_name, zone_name
from bot.words import Language, say

FORM = "subscription"  # the callback_id of the modal
FIELDS = ("series", "at", "time", "cron", "zone", "language", "often", "months", "line")
INPUTS = tuple(f"{FORM}_{name}" for name in FIELDS)
SERIES, AT, TIME, CRON, ZONE, LANGUAGE, OFTEN, MONTHS, LINE = INPUTS
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
PREVIEW = 600
EVERY, NOTABLE = "every", "notable"
# Each by its own name, for whoever reads one of them alone.
NAMES = (Option("en", "English"), Option("zh", "中文"))


@dataclass(frozen=True, slots=True)
class Memo:
    """What a modal carries along: the order as it was opened, and whether it is kept already; `resumes`: to
    save it brings posts back that are paused or on hold.
    """

    channel: str
    known: bool
    own_zone: str
    resumes: bool = False
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


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form: an order, and by input what is wrong with it, in words that help."""

    order: Order
    problems: Mapping[str, str]


def memo_of(order: Order, *, known: bool, own_zone: str) -> Memo:
    """What the modal of an order carries along."""
    resumes = order.state != "active"
    return Memo(order.channel, known, own_zone, resumes, order.id, order.to_json(), order.language)


def read_form(body: Mapping[str, Any], workspace: str, dataset: Dataset, now: dt.datetime) -> Draft:
    """The draft that a person's view holds, as if it were saved now; what it has no field for stays."""
    view, state = body["view"], body["view"]["state"]["values"]
    opened = Memo.of(view).opened(workspace)
    chosen = cast(list[str], value_of(state, SERIES) or [])
    at = cast(At, value_of(state, AT) or opened.at)
    # Where the field is not shown yet: what it will show.
    cron = cast(str, value_of(state, CRON) or "").strip() if CRON in state else opened.cron or FIRST_CRON
    order = replace(
        opened,
        what=_series(chosen, dataset) if opened.kind == "monthly" else opened.what,
        at=at,
        cron=cron if at == "cron" else "",
        time=dt.time.fromisoformat(cast(str, value_of(state, TIME) or f"{opened.time:%H:%M}")),
        zone=cast(str, value_of(state, ZONE) or opened.zone),
        language=cast(Language, value_of(state, LANGUAGE) or opened.language),
        often=cast(Often, value_of(state, OFTEN) or opened.often),
        only_notable=value_of(state, MONTHS) == NOTABLE,
        line=" ".join(cast(str, value_of(state, LINE) or "").split()),
        changed_by=body["user"]["id"],
        created_at=now,
        changed_at=now,
    )
    return Draft(order, dict(_problems(order, chosen, dataset)))


def _series(chosen: Sequence[str], dataset: Dataset) -> Monthly:
    return Monthly() if set(chosen) >= set(dataset.catalogue) else Monthly(tuple(chosen))


def _problems(order: Order, chosen: Sequence[str], dataset: Dataset) -> Iterable[tuple[str, str]]:
    if order.kind == "monthly" and not chosen:
        yield SERIES, say("form.no_series")
    elif order.at == "flash" and "flash" not in waited_for(order.what, dataset):
        yield AT, say("form.no_flash")
    if order.at == "cron":
        try:
            if firing(order, order.changed_at.date()) is None:
                yield CRON, say("form.never")
        except UsageError as problem:
            yield CRON, str(problem)


def form_view(order: Order, memo: Memo, dataset: Dataset, ahead: Outlook | str) -> View:
    """The modal, filled in; `ahead` are the next dates, or why none can be told."""
    title = say("form.change" if memo.known else "form.subscribe")
    submit = say("form.save" if memo.known else "form.subscribe")
    if memo.resumes:
        submit = say("form.save_and_resume" if memo.known else "form.subscribe_and_resume")
    place = place_name(order.channel)
    intro = say("form.intro", place=place)
    if order.kind != "monthly":
        intro = say("form.intro_other", place=place, told=order_name(order, dataset.catalogue))
    inputs = list(_inputs(order, dataset.catalogue, memo.own_zone))
    blocks = [section(intro), *inputs, {"type": "divider"}, *_preview(order, ahead, dataset)]
    return modal(FORM, title, blocks, submit=submit, memo=json.dumps(asdict(memo), ensure_ascii=False))


def _inputs(order: Order, names: Names, own_zone: str) -> Iterator[Block]:
    if order.kind == "monthly":
        series = [Option(each.id, short_name(each)) for each in names.values()]
        chosen = order.commodities or tuple(names)
        yield several(SERIES, say("form.series"), series, chosen, say("form.series_hint"))
    if order.kind == "alert":
        often = [Option(each, say(f"proposals.often_{each}")) for each in often_of(order)]
        yield choice(OFTEN, say("form.when"), often, order.often)
    else:
        yield from _when(order, own_zone)
    yield select(LANGUAGE, say("form.language"), NAMES, order.language)
    if order.kind == "monthly":
        months = [Option(EVERY, say("form.months_every")), Option(NOTABLE, say("form.months_notable"))]
        yield select(MONTHS, say("form.months"), months, NOTABLE if order.only_notable else EVERY)
    hint = say("form.line_hint")
    yield line(LINE, say("form.line"), order.line, hint=hint, most=LINE_LENGTH) | {"optional": True}


def _when(order: Order, own_zone: str) -> Iterator[Block]:
    told = [Option(at, say(f"form.at_{at}"), say(f"form.at_{at}_told")) for at in TIMES[order.kind]]
    yield choice(AT, say("form.when"), told, order.at)
    if order.at == "cron":
        cron = order.cron or FIRST_CRON
        yield line(CRON, say("form.cron"), cron, hint=say("form.cron_hint"), most=CRON_LENGTH)
    else:
        yield clock_time(TIME, say("form.not_before"), f"{order.time:%H:%M}")
    yield select(ZONE, say("form.zone"), _zones(own_zone, order.zone), order.zone)


def _zones(own: str, chosen: str) -> list[Option]:
    """The reader's own zone first, then a few of the trade's; the chosen one is always among them."""
    named = {zone: zone_name(zone) for zone in (own, *ZONES, chosen) if zone}
    if own:
        named[own] = say("form.own_zone", zone=named[own])
    return [Option(zone, name) for zone, name in named.items()]


def _preview(order: Order, ahead: Outlook | str, dataset: Dataset) -> list[Block]:
    """The next message as it would be today, and the next dates; or what is to be mended."""
    if isinstance(ahead, str):
        return [section(f":warning: {escape(ahead)}")]
    coming = [coming_told(each, moment_told(each.at, order.zone)) for each in ahead.coming]
    head = say("form.next_releases" if order.kind == "alert" else "form.next_posts")
    shown = [section("\n".join([f"*{head}*", *bullets([escape(each) for each in coming])]))]
    if text := preview(order, dataset):
        shown.insert(0, section(shortened(say("proposals.preview", text=text), PREVIEW)))
    return [*shown, *(context(escape(each)) for each in overdue_told(ahead))]


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
    return {name if name in shown else LANGUAGE: told for name, told in draft.problems.items()}
