"""What somebody wants to be told in a channel: a standing order for a monthly post, an answer or an alert."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from secrets import token_hex
from typing import Any, ClassVar, Literal, cast, get_type_hints
from zoneinfo import ZoneInfo

from bot.crontab import crontab
from bot.dataset.calendar import Month
from bot.errors import StoredValueError
from bot.posts.rows import MONTHLY, Post
from bot.questions import serialise
from bot.questions.condition import Condition
from bot.questions.question import Question, moved
from bot.store.clock import utc_now
from bot.words import LANGUAGES, Language

Kind = Literal["monthly", "question", "alert"]
At = Literal["flash", "complete", "release", "cron"]  # the news that is waited for
State = Literal["active", "paused", "parked", "done"]  # paused: by a person; parked: by the bot

VERSION = 1
SHANGHAI = "Asia/Shanghai"
MENTION = re.compile(r"[UW]\w+|!channel|!subteam\^S\w+|forgotten")  # a person, everybody, a user group


@dataclass(frozen=True, slots=True)
class Monthly:
    """The summary of each month; `commodities` are ids of the catalogue, none of them means everything."""

    commodities: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Serialises it."""
        return serialise.dumped(serialise.as_json(self))

    @classmethod
    def from_json(cls, text: str) -> "Monthly":
        """Deserialises what `to_json` gives; StoredValueError for anything else."""
        return serialise.read(cls, text)


What = Monthly | Question | Condition
KINDS: Mapping[Kind, type[What]] = {"monthly": Monthly, "question": Question, "alert": Condition}


@dataclass(frozen=True, slots=True)
class Order:
    """What is told in a channel until somebody ends it: what, when, how often, in which language."""

    workspace: str
    channel: str
    what: What | None = Monthly()  # None where the stored one cannot be read
    _: KW_ONLY
    kind: Kind = "monthly"
    id: str = ""
    at: At = "complete"
    cron: str = ""  # five fields
    time: dt.time = dt.time(9)  # in `zone`: without a cron nothing is posted before it
    zone: str = SHANGHAI
    language: Language = "en"
    often: Literal["every", "once", "crossing"] = "every"
    only_notable: bool = False  # months in which nothing stands out are left out
    line: str = ""  # stands above it, as do the mentions
    mentions: tuple[str, ...] = ()
    state: State = "active"
    why: str = ""  # it was parked
    created_by: str = ""  # blank: the environment's ALUMINA_CHANNEL; FORGOTTEN: who is no longer named
    changed_by: str = ""
    created_at: dt.datetime = field(default_factory=utc_now)
    changed_at: dt.datetime = field(default_factory=utc_now)

    # What is serialised beside the thing itself; the rest is kept in columns.
    HOW: ClassVar = ("at", "cron", "time", "zone", "often", "only_notable", "line", "mentions")

    @property
    def place(self) -> tuple[str, str]:
        """Workspace and channel."""
        return self.workspace, self.channel

    @property
    def tz(self) -> ZoneInfo:
        """The zone as datetime takes it."""
        return ZoneInfo(self.zone)

    @property
    def is_own(self) -> bool:
        """Whether it is told in its maker's conversation with the bot, to them alone."""
        return self.channel.startswith("D")

    def is_alone_for(self, user: str) -> bool:
        """Whether it is told to this person alone."""
        return self.is_own and self.created_by == user

    @property
    def commodities(self) -> tuple[str, ...]:
        """The series of a monthly post; none means everything."""
        return self.what.commodities if isinstance(self.what, Monthly) else ()

    @property
    def subject(self) -> str:
        """What it is about, in short: a channel has one order of each subject."""
        match self.what:
            case Condition():
                about = self.what.to_json()
            case Question():
                about = replace(moved(self.what, Month(2000, 12)), language="en").to_json()  # any month
            case _:
                return MONTHLY if self.what else self.id
        return sha256(about.encode()).hexdigest()[:32]

    @property
    def post_kind(self) -> str:
        """The kind of its posts in the ledger."""
        return MONTHLY if self.kind == "monthly" else self.id

    def post(self, edition: Month | str, kind: str = "") -> Post:
        """What it tells at this edition; with a `kind` the line of that stage in the month's thread."""
        return Post(self.workspace, self.channel, kind or self.post_kind, str(edition))

    def to_json(self) -> str:
        """Serialises what is told and how, with a version."""
        told = {"v": VERSION, "kind": self.kind, "what": self.what and json.loads(self.what.to_json())}
        return serialise.dumped(told | {name: serialise.encoded(getattr(self, name)) for name in self.HOW})

    def with_json(self, text: str) -> "Order":
        """The order as it was serialised, in this one's place; StoredValueError where it cannot be read."""
        return replace(self, **_parsed(text))


@lru_cache(4_096)  # every minute all of them are read, and most are alike
def _parsed(text: str) -> Mapping[str, Any]:
    return serialise.parsed(text, _read)


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    if data["v"] != VERSION or set(data) != {"v", "kind", "what", *Order.HOW}:
        raise StoredValueError(f"version {data['v']}")
    kinds = get_type_hints(Order)
    how = {name: serialise.decoded(kinds[name], data[name]) for name in Order.HOW}
    ZoneInfo(how["zone"])
    if how["cron"]:
        crontab(how["cron"], how["zone"])
    if not all(map(MENTION.fullmatch, how["mentions"])):
        raise StoredValueError(f"mentions {how['mentions']}")
    what = KINDS[data["kind"]].from_json(serialise.dumped(data["what"]))
    return {"kind": data["kind"], "what": what} | how


def monthly(workspace: str, channel: str, *, commodities: tuple[str, ...] = (), **fields: Any) -> Order:
    """A channel's monthly post, of which it has one."""
    return Order(workspace, channel, Monthly(commodities), **{"id": new_id("monthly")} | fields)


def alert(workspace: str, channel: str, condition: Condition, **fields: Any) -> Order:
    """What is told when a condition holds; how often, where it is not given, by the condition."""
    given = {"id": new_id("alert"), "often": "once" if condition.once else "every"} | fields
    return Order(workspace, channel, replace(condition, once=False), kind="alert", at="release", **given)


def scheduled(workspace: str, channel: str, question: Question, **fields: Any) -> Order:
    """The answer to a question, of the newest period, after each release of its series."""
    given = {"id": new_id("question"), "at": "release", "language": question.language} | fields
    return Order(workspace, channel, question.plain, kind="question", **given)


def new_id(kind: Kind) -> str:
    """An id that no other order has; it begins with the kind, which its posts are counted as."""
    return f"{kind}-{token_hex(8)}"


def button_value(order: Order) -> str:
    """Serialises an order, its channel and the language that it is told in: 2,000 characters at most."""
    return f"{order.language} {order.channel} {order.to_json()}"


def from_button(value: str) -> Order:
    """Deserialises exactly what `button_value` gives; StoredValueError for anything else."""
    spoken, channel, stored = [*value.split(" ", 2), "", ""][:3]
    order = Order("", channel, None, language=cast(Language, spoken)).with_json(stored)
    if spoken not in LANGUAGES or button_value(order) != value:
        raise StoredValueError(f"A pressed order cannot be read: {value[:80]!r}.")
    return order
