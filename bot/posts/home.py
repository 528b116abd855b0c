"""The App Home of one person: the newest month, subscriptions and alerts, what comes, what is on record.

Pure. Plain sections alone, so that every workspace can show it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.examples import first_questions
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.coverage import coverage as covered
from bot.dataset.coverage import waiting
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.messages.actions import HOME_ASK, HOME_LANGUAGE
from bot.messages.blocks import bullets, context, escape, fitting, section
from bot.messages.buttons import ask_button, label
from bot.messages.coverage_calendar import covered_line, legend, months_waited_for, small_calendar
from bot.messages.message import Block
from bot.messages.modal import View, plain
from bot.messages.quantities import label as named
from bot.messages.quantities import level, on_year
from bot.messages.reporting import report
from bot.messages.standouts import news
from bot.messages.unanswered import lack
from bot.posts.alerts.alert_listing import Listed as ListedAlert
from bot.posts.alerts.alert_listing import on_home
from bot.posts.listing import Listed, told_line
from bot.posts.schedule import on_record, waited_for
from bot.posts.wording import edition_name
from bot.questions import words
from bot.questions.question import Question
from bot.words import Language, language, say
from bot.words.joints import comma

SECTION = 2_900
HIGHLIGHTS = 3
SUBSCRIPTIONS = 10
YEARS = 2  # of the calendar of what is on record
# The other one by its own name, for whoever cannot read the page.
OTHER: Mapping[Language, tuple[Language, str]] = {"en": ("zh", "中文"), "zh": ("en", "English")}


@dataclass(frozen=True, slots=True)
class Home:
    """What one person's home tab is made from; `note` is a line about what they have just done."""

    dataset: Dataset
    listed: Sequence[Listed] = ()
    note: str = ""
    alerts: Sequence[ListedAlert] = ()  # the person's own
    alerts_in_channels: int = 0


def home_view(home: Home) -> View:
    """The view as it is published."""
    blocks: list[Block] = [{"type": "header", "text": plain(say("home.title"))}]
    blocks += [section(f":white_check_mark: {home.note}")] if home.note else []
    newest = newest_edition(home.dataset)
    blocks += _glance(newest, home.dataset) if newest else [section(say("home.nothing"))]
    blocks += [context(say("home.how_to_ask")), _buttons(home.dataset), {"type": "divider"}]
    blocks += _titled(say("home.posts"), list(_subscriptions(home)))
    blocks += _titled(say("alert_desk.home"), list(on_home(home.alerts, home.alerts_in_channels)))
    blocks += _titled(say("home.releases"), releases(home.dataset))
    blocks += _titled(say("home.on_record"), coverage(home.dataset))
    blocks += _calendar(home.dataset)
    return {"type": "home", "blocks": blocks}


def newest_edition(dataset: Dataset) -> Month | None:
    """The newest month that a post to a channel which wants everything would tell."""
    return max(on_record(waited_for((), dataset), dataset, dataset.calendar), default=None)


def _glance(month: Month, dataset: Dataset) -> list[Block]:
    answer = monthly_summary(dataset, month, language=language())
    period = answer.question.period if answer.question else None
    lines = [
        comma([each for each in _glanced(figure, dataset) if each])
        for figure in answer.figures
        if figure.period == period
    ]
    blocks = _titled(say("home.newest", month=edition_name(month)), lines)
    told = news(answer.highlights, dataset.catalogue)[:HIGHLIGHTS]
    blocks += _titled(say("home.stands_out"), told) if told else []
    return [*blocks, *(context(escape(line)) for line in filter(None, [lack(answer)]))]


def _glanced(figure: Figure, dataset: Dataset) -> tuple[str, str]:
    return say("report.item", name=named(figure, dataset.catalogue), value=level(figure)), on_year(figure)


def _buttons(dataset: Dataset) -> Block:
    """First questions, and the other language."""
    questions = (*first_questions(dataset), Question(view="help"))
    asking = [
        ask_button(HOME_ASK.format(number), label(words(each, dataset.catalogue)), each.to_json())
        for number, each in enumerate(replace(question, language=language()) for question in questions)
    ]
    other, name = OTHER[language()]
    return {"type": "actions", "elements": [*asking, ask_button(HOME_LANGUAGE, name, other)]}


def _subscriptions(home: Home) -> Iterator[str]:
    if not home.listed:
        yield say("home.no_subscription")
    for each in home.listed[:SUBSCRIPTIONS]:
        yield told_line(each, home.dataset.catalogue)
    if len(home.listed) > SUBSCRIPTIONS:
        yield say("home.more_subscriptions", count=len(home.listed) - SUBSCRIPTIONS)


def releases(dataset: Dataset) -> list[str]:
    """What customs publish next, a line each."""
    told = report(respond(Question(view="release", language=language()), dataset))
    return [escape(f"{item.text}{item.bold}") for item in told.items] or [escape(told.headline)]


def coverage(dataset: Dataset) -> list[str]:
    """Of each series the months on record, how many between them are not, and what is waited for."""
    due = months_waited_for(waiting(dataset))
    return [
        covered_line(each, dataset.catalogue, due.get(each.series, ""))
        for each in covered(dataset)
        if each.cells
    ]


def _calendar(dataset: Dataset) -> list[Block]:
    """The newest years in letters, and what the letters mean."""
    shown = [each for each in covered(dataset) if each.cells]
    if not shown:
        return []
    lines = "\n".join(small_calendar(shown, dataset.catalogue, YEARS))
    return [section(f"```\n{escape(lines)}\n```"), context(legend())]


def _titled(title: str, lines: Sequence[str]) -> list[Block]:
    """A bold title over the lines, as many as fit."""
    return [section("\n".join([f"*{title}*", *fitting(bullets(lines), SECTION - len(title), "lines")]))]
