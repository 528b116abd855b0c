"""What a monthly post says: the month as it stands, what is still to come, and what a later stage brought."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from bot.alerts.news import BACK, News, news
from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.cache import Cache
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Release, Stage, stage_of
from bot.messages.blocks import TEXT, escape, fitting, noted
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.messages.names import stage_name
from bot.messages.render import render
from bot.messages.supply import arrived, changed
from bot.posts.order import Monthly, Order
from bot.posts.rows import Edition, Post
from bot.posts.schedule import first_stages, on_record
from bot.questions.condition import Condition
from bot.questions.named import day_name
from bot.words import Language, language, say, say_count, speaking
from bot.words.joints import enumeration

ONE_DAY = timedelta(days=1)
# What a month needs where only notable ones are posted: a new high or low, a turn.
NOTABLE = {
    "highest_since", "lowest_since", "turn", "net_turn", "net_twelve_months", "year_to_date_turn",
    "share_turn",
}  # fmt: skip
KEPT = 64  # summaries; channels that want the same get the same one
Version = tuple[date, int]  # of the record, on a day
Key = tuple[Version, str, tuple[str, ...], Language]
Watched = tuple[Condition, bool]  # and whether only its crossings are news


@dataclass(frozen=True, slots=True)
class Editions:
    """What orders have to tell on the day that the bot lives on; caches summaries and news."""

    dataset: Dataset
    today: Callable[[], date]
    _made: Cache[Key, tuple[Answer, Message]] = field(default_factory=lambda: Cache(KEPT))
    _news: dict[Version, dict[Watched, Sequence[News]]] = field(default_factory=dict)

    @property
    def record(self) -> Dataset:
        """The dataset of that day."""
        return self.dataset.on(self.today())

    @property
    def since(self) -> date:
        """The day from which on news is told."""
        return self.today() - BACK

    def news(self, alert: Order) -> Sequence[News]:
        """What an alert has brought since that day, the oldest first; nothing of another order."""
        if not isinstance(alert.what, Condition):
            return ()
        dataset, watched = self.record, (alert.what, alert.often == "crossing")
        version = dataset.today, dataset.record.version
        for old in [each for each in list(self._news) if each != version]:
            self._news.pop(old, None)  # another thread may have
        known = self._news.setdefault(version, {})
        if watched not in known:
            known[watched] = news(alert.what, dataset, dataset.today - BACK, crossing=watched[1])
        return known[watched]

    def has(self, post: Post, order: Order, told: Collection[str]) -> bool:
        """Whether all that the message is taken to say is on record; for a line, whether its stage is."""
        held = on_record(order.what, self.record)
        stages = {post.kind} if post.is_line else {*first_stages(order, held), *told}
        month = Month.from_text(post.edition)
        return all(month in months for stage, months in held.items() if stage in stages)

    def stands_out(self, post: Post, order: Order) -> bool:
        """Whether anything of the month stands out."""
        answer, _ = self._summary(post, order, self.dataset.on(self.today()))
        return is_notable(answer)

    def edition(self, post: Post, order: Order, late: timedelta | None) -> Edition:
        """Renders the month as it stands today, and of a line what its stage brought, in its language."""
        dataset = self.record
        answer, message = self._summary(post, order, dataset)
        with speaking(order.language):
            line = _line(post, answer, dataset) if post.is_line else None
            return as_edition(answer, message, line, late if line is None else None)

    def _summary(self, post: Post, order: Order, dataset: Dataset) -> tuple[Answer, Message]:
        with speaking(order.language):
            version = dataset.today, dataset.record.version
            key = (version, post.edition, order.commodities, language())
            if (made := self._made.get(key)) is None:
                made = summary(dataset, Month.from_text(post.edition), order.commodities)
                self._made.put(key, made)
            return made


def as_edition(
    answer: Answer, message: Message, line: Message | None = None, late: timedelta | None = None
) -> Edition:
    """The message as it is posted, with how late it is and whether it helped below it; and the question that
    a reply follows up.
    """
    asked = answer.question.to_json() if answer.question else ""
    told = noted(message, say_count("summaries.late", late.days)) if late else message
    return Edition(with_controls(told, None), asked, line, language=language())


def summary(dataset: Dataset, month: Month, commodities: Sequence[str] = ()) -> tuple[Answer, Message]:
    """The monthly summary, and how it is posted: with what is still to come where it is not complete."""
    answer = monthly_summary(dataset, month, commodities, language=language())
    message, coming = render(answer), still_to_come(dataset, month, commodities)
    return answer, noted(message, coming) if coming else message


def is_notable(answer: Answer) -> bool:
    """Whether anything of its month stands out."""
    return any(each.rule in NOTABLE for each in answer.highlights)


def still_to_come(dataset: Dataset, month: Month, commodities: Sequence[str]) -> str:
    """Which stages a month still lacks, with their days; '' where it is complete."""
    lacking = [
        stage for stage, held in on_record(Monthly(tuple(commodities)), dataset).items() if month not in held
    ]
    releases = [(dataset.calendar.release(month, stage), stage) for stage in lacking]
    told = [
        say("summaries.stage", stage=stage_name(stage), when=_dated(release, dataset.today))
        for release, stage in sorted(releases, key=lambda each: each[0].day)
    ]
    how = "one" if len(told) == 1 else "several"
    return say(f"summaries.to_come_{how}", stages=enumeration(told)) if told else ""


def _dated(release: Release, today: date) -> str:
    """22 July 2026; expected 18 August 2026; was due 18 June 2026."""
    day = day_name(release.day)
    if release.day <= today:
        return say("summaries.was_due", day=day)
    return say("summaries.expected", day=day) if release.expected else day


def _line(post: Post, answer: Answer, dataset: Dataset) -> Message:
    """What the stage brought; and what it changed of what stood there before, by more than rounding."""
    stage, month = cast(Stage, post.kind), Month.from_text(post.edition)
    period = answer.question.period if answer.question else None
    of_month = [figure for figure in answer.figures if figure.period == period]
    came = [figure for figure in of_month if stage_of(figure.series) == stage]
    lines = [arrived(stage, month, came, answer.catalogue)]
    if came:
        # A figure is out on the day of the last row behind it.
        out = min(max(map(dataset.calendar.out_since, figure.rows)) for figure in came)
        before = dataset.on(out - ONE_DAY)
        for figure in answer.figures:
            was = before.figure(figure.series, figure.period, figure.scope)
            if was and (told := changed(figure, was, answer.catalogue)):
                lines.append(told)
    return Message("\n".join(fitting([escape(line) for line in lines], TEXT, "lines")), ())
