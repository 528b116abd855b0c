"""The one place where a trigger meets a function."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.messages.actions import ASK, DELETE, FEEDBACK, HOME_ASKED, HOME_LANGUAGE, HOW, MENU_CHOSEN, UNITS
from bot.messages.message import Message
from bot.messages.modal import ALERT, ASK_ABOUT, REASON
from bot.posts.alerts.alert_buttons import BUTTON as ALERT_BUTTON
from bot.posts.form import FORM, INPUT
from bot.posts.listing import BUTTON as SUBSCRIPTION_BUTTON
from bot.slack.sending import respond_alone
from bot.words import say
from handlers.about import answer_corrected, ask_about
from handlers.alerts import press_alert, take_alert
from handlers.buttons import answer_press
from handlers.commands import answer_command
from handlers.desk import Desk
from handlers.edits import follow_edit, take_edit
from handlers.entrance import admit
from handlers.feedback import take_reason, take_verdict
from handlers.form import change_form, take_form
from handlers.home import choose_language, open_home, press_example
from handlers.language import hear
from handlers.menu import change_unit, choose_in_menu
from handlers.messages import answer_message, take_message
from handlers.requests import take_request
from handlers.subscriptions import press_subscription
from handlers.tools import delete_answer, show_how
from handlers.trouble import report_trouble

COMMAND = "/alumina"
PRESSES: Mapping[str | re.Pattern[str], Callable[..., Awaitable[None]]] = {
    ASK: answer_press,
    HOME_ASKED: press_example,
    HOME_LANGUAGE: choose_language,
    MENU_CHOSEN: choose_in_menu,
    HOW: show_how,
    FEEDBACK: take_verdict,
    DELETE: delete_answer,
    SUBSCRIPTION_BUTTON: press_subscription,
    ALERT_BUTTON: press_alert,
}


def register(app: AsyncApp) -> None:
    """Connects every trigger. Bolt fills in the arguments by their names; `desk`, of the workspace that the
    request comes from, is in the request's context before any of them is called.

    What stands beside `take_…` is written down before Slack is told that we have it, and answered whatever
    happens; the others answer within their acknowledgement, or open a window.
    """
    app.use(hear)
    app.use(admit)
    app.command(COMMAND, middleware=[take_request])(answer_command)
    app.event("app_mention", middleware=[take_message])(answer_message)
    app.event({"type": "message", "subtype": "message_changed"}, middleware=[take_edit])(follow_edit)
    app.event("message", middleware=[take_message])(answer_message)
    app.event("app_home_opened")(open_home)
    for pressed, listener in PRESSES.items():
        app.action(pressed, middleware=[take_request])(listener)
    app.message_shortcut(ASK_ABOUT, middleware=[take_request])(ask_about)
    app.view(ASK_ABOUT, middleware=[take_request])(answer_corrected)
    app.view(REASON)(take_reason)
    app.view(ALERT, middleware=[take_request])(take_alert)
    app.view(UNITS, middleware=[take_request])(change_unit)
    app.action(INPUT)(change_form)
    app.view(FORM)(take_form)
    app.action(re.compile(""))(press_unknown)
    app.error(report_trouble)


async def press_unknown(
    ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk
) -> None:
    """A link, which Slack follows by itself; or a button of another version."""
    await ack()
    if "url" not in action and body.get("response_url"):
        await respond_alone(desk.client, body["response_url"], Message(say("replies.older_version"), ()))
