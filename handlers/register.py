"""The one place where a trigger meets a function."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.messages import blocks as actions
from bot.messages.modal import ALERT, ASK_ABOUT, DECISION, REASON
from bot.posts import form, order_list
from bot.slack.bolt_app import App
from bot.slack.installs.workspaces import Clients
from handlers import access, desk, messages, orders, presses, typed_commands
from handlers.requests import LEFT, report_trouble, take_request

# What is written down before Slack is told that we have it, and answered whatever happens.
TAKEN: Sequence[tuple[Callable[..., Any], str | re.Pattern[str], Callable[..., Any]]] = (
    (AsyncApp.command, "/alumina", typed_commands.answer_command),
    (AsyncApp.action, actions.ASK, presses.answer_press),
    (AsyncApp.action, actions.MENU_CHOSEN, presses.choose_in_menu),
    (AsyncApp.view, actions.UNITS, presses.change_unit),
    (AsyncApp.action, actions.HOW, presses.show_how),
    (AsyncApp.action, actions.FEEDBACK, presses.take_verdict),
    (AsyncApp.action, actions.DELETE, presses.delete_answer),
    (AsyncApp.message_shortcut, ASK_ABOUT, presses.ask_about),
    (AsyncApp.action, actions.HOME_ASKED, presses.press_example),
    (AsyncApp.action, order_list.ORDER_BUTTON, orders.press_order),
    (AsyncApp.action, order_list.PROPOSAL_BUTTON, typed_commands.press_alert),
    (AsyncApp.view, ALERT, typed_commands.take_alert),
    (AsyncApp.action, actions.FORGETS_WORD, typed_commands.press_word),
    (AsyncApp.action, actions.HELD, presses.press_held),
    (AsyncApp.view, DECISION, presses.take_decision),
)


def register(app: App, clients: Clients, desk_of: desk.DeskOf) -> None:
    """Connects every trigger; Bolt fills in the arguments by their names, from the request's context too."""
    app.use(access.Reception(app, clients, desk_of))
    for trigger, name, listener in TAKEN:
        trigger(app, name, middleware=[take_request])(listener)
    app.event("app_mention", middleware=[messages.take_message])(messages.answer_message)
    app.event({"type": "message", "subtype": "message_changed"}, middleware=[messages.take_edit])(
        messages.follow_edit
    )
    app.event({"type": "message", "subtype": LEFT}, middleware=[take_request])(messages.take_up)
    app.event("message", middleware=[messages.take_message])(messages.answer_message)
    app.event("app_home_opened")(presses.open_home)
    app.view(REASON)(presses.take_reason)
    app.action(form.INPUT)(orders.change_form)
    app.view(form.FORM)(orders.take_form)
    app.action(re.compile(""))(presses.press_unknown)
    app.error(report_trouble)
