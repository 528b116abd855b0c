"""The one place where a trigger meets a function."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.messages.actions import ASK, DELETE, FEEDBACK, HOME_ASKED, HOW, UNIT
from bot.messages.dialogs import ASK_ABOUT, REASON
from bot.posts.form import FORM, INPUT
from bot.posts.listing import BUTTON as SUBSCRIPTION_BUTTON
from handlers.about import answer_corrected, ask_about
from handlers.ask import Desk
from handlers.buttons import answer_press
from handlers.commands import answer_command
from handlers.edits import follow_edit, take_edit
from handlers.feedback import take_reason, take_verdict
from handlers.form import change_form, take_form
from handlers.home import open_home, press_example
from handlers.intake import take_in
from handlers.subscriptions import press_subscription
from handlers.threads import answer_message
from handlers.tools import change_unit, delete_answer, show_how
from handlers.trouble import report_trouble

COMMAND = "/alumina"


def register(app: AsyncApp, desk: Desk) -> None:
    """Connects every trigger. The desk is each function's last argument; the others are filled by Bolt."""
    written_down = [partial(take_in, desk=desk)]
    app.command(COMMAND)(partial(answer_command, desk=desk))
    app.event("app_mention", middleware=written_down)(partial(answer_message, desk=desk))
    app.event({"type": "message", "subtype": "message_changed"}, middleware=[partial(take_edit, desk=desk)])(
        partial(follow_edit, desk=desk)
    )
    app.event("message", middleware=written_down)(partial(answer_message, desk=desk))
    app.action(ASK)(partial(answer_press, desk=desk))
    app.event("app_home_opened")(partial(open_home, desk=desk))
    app.action(HOME_ASKED)(partial(press_example, desk=desk))
    app.action(UNIT)(partial(change_unit, desk=desk))
    app.action(HOW)(partial(show_how, desk=desk))
    app.action(FEEDBACK)(partial(take_verdict, desk=desk))
    app.view(REASON)(partial(take_reason, desk=desk))
    app.action(DELETE)(partial(delete_answer, desk=desk))
    app.message_shortcut(ASK_ABOUT)(partial(ask_about, desk=desk))
    app.view(ASK_ABOUT)(partial(answer_corrected, desk=desk))
    app.action(SUBSCRIPTION_BUTTON)(partial(press_subscription, desk=desk))
    app.action(INPUT)(partial(change_form, desk=desk))
    app.view(FORM)(partial(take_form, desk=desk))
    app.error(partial(report_trouble, desk=desk))
