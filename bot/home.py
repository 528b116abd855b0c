"""The App Home of one person, and the first word in their messages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.complete import first_questions
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.coverage import covered, world_series
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.messages import blocks as block
from bot.messages.blocks import HOME_ASK, SECTION, Block, Message, context, escape, fitting, section
from bot.messages.buttons import button, button_row
from bot.messages.modal import View, plain
from bot.messages.names import edition_name, series_name
from bot.messages.quantities import label as named
from bot.messages.quantities import leading, level
from bot.messages.reporting import report
from bot.messages.standouts import news
from bot.posts.order import Order
from bot.posts.order_list import told_line
from bot.posts.schedule import Outlook, plan
from bot.questions.named import named as month_named
from bot.questions.question import Question
from bot.words import language, say

# What to begin with, and what an agent's prompt of that kind is called.
FIRST: Mapping[str, str] = {"overview": "newest", "trend": "chart", "release": "release", "help": "help"}


def home_view(dataset: Dataset, listed: Sequence[Outlook] = (), note: str = "", messages: str = "") -> View:
    """The view as published; `note`: what was just done; `messages`: the person's conversation with us."""
    blocks: list[Block] = [{"type": "header", "text": plain(say("home.title"))}]
    blocks += [section(f":white_check_mark: {note}")] if note else []
    month = newest_edition(dataset)
    blocks += _glance(month, dataset) if month else [section(say("home.nothing"))]
    blocks += [context(say("home.how_to_ask")), button_row(_asks(HOME_ASK, dataset)), {"type": "divider"}]
    alerts = [each for each in listed if each.order.kind == "alert"]
    posts = [each for each in listed if each.order.kind != "alert"]
    blocks += [
        _titled(say("home.posts"), _listed(posts, dataset) or [say("home.no_subscription")])
        | _beside("order_new_0", say("listing.button_new"), messages),
        _titled(say("alert_desk.home"), _listed(alerts, dataset) or [say("alert_desk.home_none")])
        | _beside("alert_new", say("alert_desk.new"), messages),
        _titled(say("home.releases"), releases(dataset)),
    ]
    blocks += [context(escape(line)) for line in _on_record(dataset)]
    return {"type": "home", "blocks": blocks, "private_metadata": messages}


def welcome(dataset: Dataset) -> Message:
    """The first word in somebody's messages with us, with four questions to begin with."""
    told = say("home.welcome")
    return Message(told, (section(told), button_row(_asks("ask_{}", dataset))))


def newest_edition(dataset: Dataset) -> Month | None:
    """The newest month that a post to a channel which wants everything would tell."""
    return plan(Order("", ""), dataset).newest


def _glance(month: Month, dataset: Dataset) -> list[Block]:
    answer = monthly_summary(dataset, month, language=language())
    period = answer.question.period if answer.question else None
    title = say("home.newest", month=edition_name(month))
    lead = news(answer.highlights)[:1]
    newest = [each for each in answer.figures if each.period == period]
    metrics = [(named(each), level(each), leading(each.growth)) for each in newest]
    return [section("\n".join([f"*{title}*", *map(escape, lead)])), block.strip(title, metrics)]


def _asks(action_id: str, dataset: Dataset) -> list[Block]:
    """What to begin with: the newest month, a course, a release; how to ask."""
    asks = {each.view: each for each in (*first_questions(dataset), Question(view="help"))}
    found = [replace(asks[view], language=language()) for view in FIRST if view in asks]
    return [button(action_id.format(place), _name(each), each.to_json()) for place, each in enumerate(found)]


def _name(asked: Question) -> str:
    if asked.view == "trend":
        commodity, flow, _ = asked.pairs[0]
        return say("home.course", series=series_name(Series(commodity, flow)))
    return say(f"manifest.prompt_{FIRST[asked.view]}")


def _beside(action_id: str, name: str, messages: str) -> Block:
    return {"accessory": button(action_id, name, messages)} if messages else {}


def _listed(listed: Sequence[Outlook], dataset: Dataset) -> list[str]:
    shown = [told_line(each, dataset.catalogue) for each in listed[:10]]
    rest = len(listed) - len(shown)
    return [*shown, *([say("home.more_subscriptions", count=rest)] if rest else [])]


def releases(dataset: Dataset) -> list[str]:
    """What customs publish next, a line each."""
    told = report(respond(Question(view="release", language=language()), dataset))
    return [escape(f"{item.text}{item.bold}") for item in told.items[:2]] or [escape(told.headline)]


def _on_record(dataset: Dataset) -> list[str]:
    every = [covered(series, dataset).cells.items() for series in world_series(dataset)]
    held = [month for cells in every for month, cell in cells if cell != "missing"]
    return [say("home.on_record", first=month_named(min(held)), last=month_named(max(held)))] if held else []


def _titled(title: str, lines: Sequence[str]) -> Block:
    return section("\n".join([f"*{title}*", *fitting(block.bullets(lines), SECTION - len(title), "lines")]))
