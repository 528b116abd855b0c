"""What orders post, each edition made once; how an order is said back before it is saved. Pure."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar, cast

from bot.alerts.firing import BACK, Firing, firings, news
from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage
from bot.messages import blocks, conditions, slack_names
from bot.messages.blocks import TEXT, Block, Message, context, escape, fitting, noted, quoted, section
from bot.messages.buttons import button, button_row, with_controls
from bot.messages.render import render
from bot.posts import order_list
from bot.posts.order import Monthly, Order, alert, button_value
from bot.posts.rows import MONTHLY, Edition, Entries, Post
from bot.posts.schedule import Outlook, Plan, months_on_record, plan
from bot.questions.condition import Condition
from bot.questions.condition_reading import ConditionReading
from bot.questions.question import Question, moved
from bot.store.tables import FORGOTTEN
from bot.words import clauses, language, say, say_count, speaking

NOTABLE = {"highest_since", "lowest_since", "turn", "net_turn", "share_turn"}  # any of them makes a month so
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Editions:
    """What orders have to tell on the day that the bot lives on; what many of them want is made once."""

    dataset: Dataset
    today: Callable[[], date]
    _made: dict[Hashable, dict[Hashable, Any]] = field(default_factory=dict)  # by version of the record

    @property
    def record(self) -> Dataset:
        """The dataset of that day."""
        return self.dataset.on(self.today())

    @property
    def since(self) -> date:
        """The day from which on news is told."""
        return self.today() - BACK

    def once(self, key: Hashable, make: Callable[[Dataset], T]) -> T:
        """Makes it of the record, once in each version; forgets what was made of another."""
        dataset = self.record
        version = dataset.today, dataset.record.version
        if version not in self._made:
            self._made.clear()
        made: dict[Hashable, T] = self._made.setdefault(version, {})
        if key not in made:
            made[key] = make(dataset)
        return made[key]

    def news(self, alert: Order) -> Sequence[Firing]:
        """What an alert has brought since that day, the oldest first; nothing of another order."""
        condition, crossing = alert.what, alert.often == "crossing"
        if not isinstance(condition, Condition):
            return ()
        wanted = condition, crossing
        return self.once(wanted, lambda data: news(condition, data, data.today - BACK, crossing=crossing))

    def has(self, post: Post, order: Order, told: Collection[str]) -> bool:
        """Whether all that the message is taken to say is on record; for a line, whether its stage is."""
        known = self.once(order.what, lambda dataset: months_on_record(order.what, dataset))
        stages = {post.kind} if post.is_line else {*Plan(order, known, self.record.calendar).stages, *told}
        month = Month.from_text(post.edition)
        return all(month in months for stage, months in known.items() if stage in stages)

    def edition(self, post: Post, order: Order, late: timedelta | None) -> Edition:
        """Renders the month as it stands today, and of a line what its stage brought, in its language."""
        late = None if post.is_line or not late else timedelta(late.days)
        wanted = (post.kind, post.edition, order.commodities, order.language, late)

        def made(dataset: Dataset) -> Edition:
            month, line = Month.from_text(post.edition), None
            with speaking(order.language):
                answer, message = summary(dataset, month, order.commodities)
                if post.is_line:
                    told = map(escape, conditions.brought(cast(Stage, post.kind), month, answer, dataset))
                    line = Message("\n".join(fitting([*told], TEXT, "lines")), ())
                return as_edition(answer, message, line, late)

        return self.once(wanted, made)

    def with_changes(self, made: Edition, post: Post, order: Order, entries: Entries) -> Edition:
        """The monthly post with one line more where earlier months are new, revised or have turned since."""
        posted = [
            (Month.from_text(each.edition), entry.sent_at.astimezone(order.tz).date())
            for each, entry in entries.items()
            if each.kind == MONTHLY and each.edition < post.edition and entry.sent_at
        ]
        if not posted:
            return made
        last, day = max(posted)
        wanted = ("since", last, day, order.commodities, order.language)
        with speaking(order.language):
            line = self.once(wanted, partial(conditions.since, day, last, order.commodities))
        return replace(made, message=noted(made.message, escape(line))) if line else made


def as_edition(
    answer: Answer, message: Message, line: Message | None = None, late: timedelta | None = None
) -> Edition:
    """The message as it is posted, with how late it is, and the question that a reply follows up."""
    asked = answer.question.to_json() if answer.question else ""
    told = noted(message, say_count("summaries.late", late.days)) if late else message
    return Edition(with_controls(told, None), asked, line, is_notable=is_notable(answer))


def summary(dataset: Dataset, month: Month, commodities: Sequence[str] = ()) -> tuple[Answer, Message]:
    """The monthly summary, and how it is posted: with what is still to come where it is not complete."""
    answer = monthly_summary(dataset, month, commodities, language=language())
    known = months_on_record(Monthly(tuple(commodities)), dataset)
    coming = conditions.still_to_come([stage for stage in known if month not in known[stage]], month, dataset)
    return answer, noted(render(answer), coming) if coming else render(answer)


def is_notable(answer: Answer) -> bool:
    """Whether anything of its month stands out."""
    return any(each.rule in NOTABLE for each in answer.highlights)


def fired(order: Order, firing: Firing, dataset: Dataset, late: timedelta | None) -> Edition:
    """Renders an alert: what has happened, the month's figure, whose alert it is and how to pause it."""
    with speaking(order.language):
        asked = firing.condition.question(firing.month)
        answer = respond(replace(asked, language=order.language), dataset)
        return _posted(order, answer, dataset, late, conditions.fired(firing))


def answered(order: Order, month: Month, dataset: Dataset, late: timedelta | None) -> Edition | None:
    """Renders the answer of the periods up to that month; None where it is not on record."""
    newest_here = plan(order, dataset).newest
    if not isinstance(order.what, Question) or newest_here is None or newest_here < month:
        return None
    with speaking(order.language):
        answer = respond(replace(moved(order.what, month), language=order.language), dataset)
        return _posted(order, answer, dataset, late) if answer.outcome == "answered" else None


def _posted(
    order: Order, answer: Answer, dataset: Dataset, late: timedelta | None, lead: str = ""
) -> Edition:
    told, whose = order_list.order_name(order, dataset.catalogue), slack_names.who(order.created_by)
    foot = say("posted.whose_alert" if lead else "posted.whose", who=whose, told=told)
    made = render(answer, lead)
    shown = [block for block in made.blocks if block["type"] != "actions"]
    pressed = [each for block in made.blocks if block["type"] == "actions" for each in block["elements"]]
    kept = [each for each in pressed if each["action_id"] in (blocks.HOW, blocks.MENU)]
    buttons = button_row([button("order_silence", say("listing.button_pause"), order.id), *kept])
    footed = replace(made, text=f"{made.text}\n{foot}", blocks=(*shown, context(foot), buttons))
    return replace(as_edition(answer, footed, late=late), oldest=order.created_at)


def with_own_line(edition: Edition, order: Order) -> Edition:
    """The edition under the order's own line and whom it mentions, if any."""
    signs = [each if each[0] == "!" else f"@{each}" for each in order.mentions if each != FORGOTTEN]
    line = " ".join([*(f"<{each}>" for each in signs), *([escape(order.line)] if order.line else [])])
    if not line:
        return edition
    message = edition.message
    above = (section(line), *message.blocks) if message.blocks else ()
    return replace(edition, message=replace(message, text=f"{line}\n{message.text}", blocks=above))


def proposed(
    listed: Outlook, dataset: Dataset, here: str, note: str = "", restated: Iterable[str] = ()
) -> Message:
    """The order in words, what it would tell, and buttons, shown `here`; `note`: why its place is closed."""
    order = listed.order
    if isinstance(order.what, Condition):
        once = replace(order.what, once=order.often == "once")
        head, *checked = map(escape, conditions.said_back(once, dataset, crossing=order.often == "crossing"))
    else:
        head, checked = order_list.order_name(order, dataset.catalogue), []
        if newest := newest_edition(order, dataset):
            checked.append(say("proposals.preview", text=newest.message.text.split("\n")[0]))
        if coming := order_list.coming_told(listed):
            checked.append(say("proposals.coming", coming=clauses(coming)))
    if order.channel != here:
        head = say("proposals.there", place=slack_names.place_name(order.channel), told=head)
    below = [*map(quoted, restated), *checked, *([note] if note else [])]
    buttons = button_row(_buttons(order, here, note))
    return Message("\n".join([head, *below]), (section(f"*{head}*"), *map(context, below), buttons))


def newest_edition(order: Order, dataset: Dataset) -> Edition | None:
    """What it would post of the newest that is on record; None where nothing there makes a message."""
    made = None
    with speaking(order.language):
        if isinstance(order.what, Condition):
            for newest in firings(order.what, dataset)[-1:]:
                made = fired(order, newest, dataset, None)
        elif (month := plan(order, dataset).newest) and isinstance(order.what, Question):
            made = answered(order, month, dataset, None)
        elif month:
            made = as_edition(*summary(dataset, month, order.commodities))
    return with_own_line(made, order) if made else None


def _buttons(order: Order, here: str, note: str) -> Iterator[Block]:
    value = button_value(order)
    if not note:
        label = say("alert_desk.save_here" if order.channel == here else "proposals.save_there")
        yield button("alert_here", label, value, "primary")
    if note or not order.is_own:  # in the person's conversation with us both are one
        yield button("alert_own", say("alert_desk.save_own"), value)
    if note:
        yield button("alert_elsewhere", say("listing.button_elsewhere"), value)
    else:
        yield button("alert_options", say("proposals.options"), value)
    yield button("alert_discard", say("alert_desk.discard"), "-")


def asked_back(reading: ConditionReading) -> Message:
    """What did not resolve, and a button for each condition that may be meant."""
    told, offers = quoted(conditions.why_none(reading)), dict[str, str]()
    for offer in reading.offers:
        name = conditions.condition_name(offer)
        offers[name] = button_value(alert("", "", offer, language=reading.language))
    tries = [button(f"alert_read_{number}", *each) for number, each in enumerate(offers.items())]
    shown = (section(told), *([button_row(tries)] if tries else []))
    return Message("\n".join([told, *map(quoted, offers)]), shown)
