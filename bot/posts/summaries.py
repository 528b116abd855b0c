"""What a monthly post says: the month as it stands, what is still to come, what a later stage brought, and
what has changed since the channel's last one.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, TypeVar, cast

from bot.alerts.news import BACK, News, news
from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import Release, Stage, stage_of
from bot.messages.blocks import TEXT, escape, fitting, noted, noted_above_buttons
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.messages.names import Names, lower_first, series_name, stage_name
from bot.messages.quantities import leading, level, on_year
from bot.messages.render import render
from bot.messages.supply import arrived, changed, difference
from bot.posts.order import Monthly, Order
from bot.posts.rows import MONTHLY, Edition, Entry, Post
from bot.posts.schedule import first_stages, on_record
from bot.questions.condition import Condition
from bot.questions.named import day_name, period_name
from bot.words import language, say, say_count, speaking
from bot.words.joints import clauses, enumeration

ONE_DAY = timedelta(days=1)
# What a month needs where only notable ones are posted: a new high or low, a turn.
NOTABLE = {
    "highest_since", "lowest_since", "turn", "net_turn", "net_twelve_months", "year_to_date_turn",
    "share_turn",
}  # fmt: skip
Version = tuple[date, int]  # of the record, on a day
A_YEAR, MOST = 12, 3  # months in which changes are looked for, and changes that are told
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Editions:
    """What orders have to tell on the day that the bot lives on; what many of them want is made once."""

    dataset: Dataset
    today: Callable[[], date]
    _made: dict[Version, dict[Hashable, Any]] = field(default_factory=dict)

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
        for old in [each for each in list(self._made) if each != version]:
            self._made.pop(old, None)  # another thread may have
        made: dict[Hashable, T] = self._made.setdefault(version, {})
        if key not in made:
            made[key] = make(dataset)
        return made[key]

    def news(self, alert: Order) -> Sequence[News]:
        """What an alert has brought since that day, the oldest first; nothing of another order."""
        if not isinstance(condition := alert.what, Condition):
            return ()
        crossing = alert.often == "crossing"
        return self.once(
            (condition, crossing), lambda data: news(condition, data, data.today - BACK, crossing=crossing)
        )

    def has(self, post: Post, order: Order, told: Collection[str]) -> bool:
        """Whether all that the message is taken to say is on record; for a line, whether its stage is."""
        held = self.once(order.what, lambda dataset: on_record(order.what, dataset))
        stages = {post.kind} if post.is_line else {*first_stages(order, held), *told}
        month = Month.from_text(post.edition)
        return all(month in months for stage, months in held.items() if stage in stages)

    def stands_out(self, post: Post, order: Order) -> bool:
        """Whether anything of the month stands out."""
        return is_notable(self._summary(post, order)[0])

    def edition(self, post: Post, order: Order, late: timedelta | None) -> Edition:
        """Renders the month as it stands today, and of a line what its stage brought, in its language."""
        late = None if post.is_line or not late else timedelta(late.days)
        wanted = (post.kind, post.edition, order.commodities, order.language, late)
        return self.once(wanted, lambda dataset: self._edition(post, order, late, dataset))

    def with_changes(self, made: Edition, post: Post, order: Order, entries: Mapping[Post, Entry]) -> Edition:
        """The monthly post with one line more where earlier months are new, revised or have turned since."""
        posted = [
            (Month.from_text(each.edition), entry.sent_at.astimezone(order.tz).date())
            for each, entry in entries.items()
            if each.kind == MONTHLY and each.edition < post.edition and entry.sent_at
        ]
        if not posted:
            return made
        wanted = ("since", *max(posted), order.commodities, order.language)
        line = self.once(wanted, lambda dataset: _changes_line(order, *max(posted), dataset))
        return replace(made, message=noted_above_buttons(made.message, line)) if line else made

    def _edition(self, post: Post, order: Order, late: timedelta | None, dataset: Dataset) -> Edition:
        answer, message = self._summary(post, order)
        with speaking(order.language):
            line = _line(post, answer, dataset) if post.is_line else None
            return as_edition(answer, message, line, late)

    def _summary(self, post: Post, order: Order) -> tuple[Answer, Message]:
        def made(dataset: Dataset) -> tuple[Answer, Message]:
            with speaking(order.language):
                return summary(dataset, Month.from_text(post.edition), order.commodities)

        return self.once((post.edition, order.commodities, order.language), made)


def as_edition(
    answer: Answer, message: Message, line: Message | None = None, late: timedelta | None = None
) -> Edition:
    """The message as it is posted, with how late it is and whether it helped below it; and the question that
    a reply follows up.
    """
    asked = answer.question.to_json() if answer.question else ""
    told = noted(message, say_count("summaries.late", late.days)) if late else message
    return Edition(with_controls(told, None), asked, line)


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


def _changes_line(order: Order, last: Month, day: date, dataset: Dataset) -> str:
    with speaking(order.language):
        told = [*_changes(order, last, dataset, dataset.on(min(day, dataset.today)))]
        rest = [say_count("since.more", len(told) - MOST)] if len(told) > MOST else []
        return say("since.line", told=clauses([*told[:MOST], *rest])) if told else ""


def _changes(order: Order, last: Month, dataset: Dataset, before: Dataset) -> Iterator[str]:
    """A clause a figure of the year up to the last post, the newest month first."""
    names = dataset.catalogue
    chosen = order.commodities or tuple(names)
    every = [Series(name, flow) for name in chosen for flow in names[name].flows]
    for month in (last.plus(-back) for back in range(A_YEAR)):
        for now in (dataset.figure(each, Period.month(month)) for each in every):
            was = now and before.figure(now.series, now.period, now.scope)
            if now and (told := _change(now, was, names)):
                yield told


def _change(now: Figure, was: Figure | None, names: Names) -> str:
    values = {"series": lower_first(series_name(now.series, names)), "period": period_name(now.period)}
    if was is None:
        return say("since.new", now=level(now), **values)
    if (told := difference(now, was)) is None:
        return ""
    if (now.growth.pct or 0) * (was.growth.pct or 0) < 0:
        return say("since.turned", now=on_year(now), before=leading(was.growth), **values)
    return say("since.revised", now=told[0], before=told[1], **values)
