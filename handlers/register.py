"""The one place where a trigger meets a function."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.messages.actions import ASK, DELETE, FEEDBACK, HOME_ASKED, HOME_LANGUAGE, HOW, MENU_CHOSEN, UNITS
from bot.messages.modal import ALERT, ASK_ABOUT, REASON
from bot.posts.form import FORM, INPUT
from bot.posts.order_list import ALERT_BUTTON, SUBSCRIPTION_BUTTON
from bot.words import say
from handlers import alerts, home, message_shortcut, messages, presses, subscription_form
from handlers.access import admit
from handlers.asker import Press
from handlers.commands import answer_command
from handlers.desk import Desk
from handlers.language import hear
from handlers.private_replies import tell_person
from handlers.requests import take_request
from handlers.subscriptions import press_subscription
from handlers.trouble import report_trouble

COMMAND = "/alumina"
PRESSES: Mapping[str | re.Pattern[str], Callable[[Press, Desk], Awaitable[None]]] = {
    ASK: presses.answer_press,
    HOME_ASKED: home.press_example,
    HOME_LANGUAGE: home.choose_language,
    MENU_CHOSEN: presses.choose_in_menu,
    HOW: presses.show_how,
    FEEDBACK: presses.take_verdict,
    DELETE: presses.delete_answer,
    SUBSCRIPTION_BUTTON: press_subscription,
    ALERT_BUTTON: alerts.press_alert,
}


def register(app: AsyncApp) -> None:
    """Connects every trigger. Bolt fills in the arguments by their names: `desk`, of the workspace that the
    request comes from, is in the request's context before any of them is called; `press` where one is taken.

    What stands beside `take_…` is written down before Slack is told that we have it, and answered whatever
    happens; the others answer within their acknowledgement, or open a window.
    """
    app.use(hear)
    app.use(admit)
    app.command(COMMAND, middleware=[take_request])(answer_command)
    app.event("app_mention", middleware=[messages.take_message])(messages.answer_message)
    app.event({"type": "message", "subtype": "message_changed"}, middleware=[messages.take_edit])(
        messages.follow_edit
    )
    app.event("message", middleware=[messages.take_message])(messages.answer_message)
    app.event("app_home_opened")(home.open_home)
    for pressed, listener in PRESSES.items():
        app.action(pressed, middleware=[take_request])(listener)
    app.message_shortcut(ASK_ABOUT, middleware=[take_request])(message_shortcut.ask_about)
    app.view(ASK_ABOUT, middleware=[take_request])(message_shortcut.answer_corrected)
    app.view(REASON)(presses.take_reason)
    app.view(ALERT, middleware=[take_request])(alerts.take_alert)
    app.view(UNITS, middleware=[take_request])(presses.change_unit)
    app.action(INPUT)(subscription_form.change_form)
    app.view(FORM)(subscription_form.take_form)
    app.action(re.compile(""))(press_unknown)
    app.error(report_trouble)


async def press_unknown(
    ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk
) -> None:
    """A link, which Slack follows by itself; or a button of another version."""
    await ack()
    if "url" not in action and body.get("response_url"):
        await tell_person(say("replies.older_version"), body, desk.client, desk)
