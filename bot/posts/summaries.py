"""What a monthly post says: the month as it stands, what is still to come, and what a later stage brought."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import Release, Stage, stage_of
from bot.messages.blocks import TEXT, escape, fitting, noted
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.messages.names import stage_name
from bot.messages.render import render
from bot.messages.stages import arrived, changed
from bot.posts.editions import Edition
from bot.posts.rows import Post
from bot.posts.schedule import By, first_stages, months_of, on_record, waited_for
from bot.posts.subscription import Subscription
from bot.questions.named import day_name
from bot.words import Language, language, say, say_count, speaking
from bot.words.joints import enumeration

ONE_DAY = timedelta(days=1)
Now = tuple[date, int]  # the day, and the version of the figures
Key = tuple[Now, str, tuple[str, ...], Language]
Months = tuple[Now, tuple[tuple[Series, ...], ...]]


@dataclass(frozen=True, slots=True)
class Summaries:
    """The summaries of a day; channels that want the same get the same one."""

    dataset: Dataset
    today: Callable[[], date]
    _made: dict[Key, tuple[Answer, Message]] = field(default_factory=dict)
    _months: dict[Months, frozenset[Month]] = field(default_factory=dict)

    def has(self, post: Post, subscription: Subscription, told: Collection[str]) -> bool:
        """Whether all that the subscription waits for is on record, and what the month's message is taken to
        say; for a line, whether its stage is.
        """
        dataset = self.dataset.on(self.today())
        by = waited_for(subscription.commodities, dataset)
        stages = {post.kind} if post.is_line else {*first_stages(subscription, by), *told}
        needed = {stage: held for stage, held in by.items() if stage in stages}
        return not needed or Month.from_text(post.edition) in self._months_of(needed, dataset)

    def _months_of(self, by: By, dataset: Dataset) -> frozenset[Month]:
        now = dataset.today, dataset.record.version
        key = now, tuple(by.values())
        if key not in self._months:
            self._forget_before(now)
            self._months[key] = months_of(by, dataset)
        return self._months[key]

    def edition(self, post: Post, subscription: Subscription | None, late: timedelta | None) -> Edition:
        """The month as it stands on this day, and the line that says which stage came, in the language of the
        subscription.
        """
        with speaking(subscription.language if subscription else "en"):
            return self._edition(post, subscription.commodities if subscription else (), late)

    def _edition(self, post: Post, commodities: tuple[str, ...], late: timedelta | None) -> Edition:
        dataset = self.dataset.on(self.today())
        key = (dataset.today, dataset.record.version), post.edition, commodities, language()
        if key not in self._made:
            self._forget_before(key[0])
            self._made[key] = summary(dataset, Month.from_text(post.edition), commodities)
        answer, message = self._made[key]
        asked = answer.question.to_json() if answer.question else ""
        if post.is_line:
            line = _line(post, answer, dataset)
            return Edition(as_posted(message), asked, line, language=language())
        return Edition(as_posted(message, late), asked, language=language())

    def _forget_before(self, now: Now) -> None:
        known: tuple[dict[Any, Any], ...] = (self._made, self._months)
        for made in known:
            for key in [key for key in made if key[0] != now]:
                del made[key]


def summary(dataset: Dataset, month: Month, commodities: Sequence[str] = ()) -> tuple[Answer, Message]:
    """The monthly summary, and how it is posted: with what is still to come where it is not complete."""
    answer = monthly_summary(dataset, month, commodities, language=language())
    message, coming = render(answer), still_to_come(dataset, month, commodities)
    return answer, noted(message, coming) if coming else message


def as_posted(message: Message, late: timedelta | None = None) -> Message:
    """The summary with how late it is, where it is, and whether it helped below it; nobody asked for it."""
    return with_controls(noted(message, lateness(late)) if late else message, None)


def still_to_come(dataset: Dataset, month: Month, commodities: Sequence[str]) -> str:
    """Which stages a month still lacks, with their days; '' where it is complete."""
    by = waited_for(commodities, dataset)
    lacking = [
        stage
        for stage, held in by.items()
        if month not in on_record({stage: held}, dataset, dataset.calendar)
    ]
    releases = [(dataset.calendar.release(month, stage), stage) for stage in lacking]
    releases.sort(key=lambda each: each[0].day)
    told = [
        say("summaries.stage", stage=stage_name(stage), when=_dated(release, dataset.today))
        for release, stage in releases
    ]
    one = len(told) == 1
    stages = enumeration(told)
    return say("summaries.to_come_one" if one else "summaries.to_come_several", stages=stages) if told else ""


def _dated(release: Release, today: date) -> str:
    """22 July 2026; expected 18 August 2026; was due 18 June 2026."""
    if release.day <= today:
        return say("summaries.was_due", day=day_name(release.day))
    return say("summaries.expected", day=day_name(release.day)) if release.expected else day_name(release.day)


def lateness(late: timedelta) -> str:
    """How late a post is."""
    return say_count("summaries.late", late.days)


def _line(post: Post, answer: Answer, dataset: Dataset) -> Message:
    """What the stage brought; and what it changed of what stood there before, by more than rounding."""
    stage, month = cast(Stage, post.kind), Month.from_text(post.edition)
    period = answer.question.period if answer.question else None
    of_month = [figure for figure in answer.figures if figure.period == period]
    came = [figure for figure in of_month if stage_of(figure.series) == stage]
    lines = [arrived(stage, month, came, answer.catalogue)]
    if came:
        before = dataset.on(min(_out_since(figure, dataset) for figure in came) - ONE_DAY)
        for figure in answer.figures:
            was = before.figure(figure.series, figure.period, figure.scope)
            if was and (told := changed(figure, was, answer.catalogue)):
                lines.append(told)
    return Message("\n".join(fitting([escape(line) for line in lines], TEXT, "lines")), ())


def _out_since(figure: Figure, dataset: Dataset) -> date:
    """The day from which the figure could be told: that of the last row behind it."""
    return max(dataset.calendar.out_since(row) for row in figure.rows)
