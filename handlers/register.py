"""The one place where a trigger meets a function."""

from slack_bolt.async_app import AsyncApp

from bot.messages.actions import ASK, DELETE, FEEDBACK, HOME_ASKED, HOME_LANGUAGE, HOW, UNIT_CHOSEN
from bot.messages.dialogs import ASK_ABOUT, REASON
from bot.posts.alerts.alert_buttons import BUTTON as ALERT_BUTTON
from bot.posts.form import FORM, INPUT
from bot.posts.listing import BUTTON as SUBSCRIPTION_BUTTON
from handlers.about import answer_corrected, ask_about
from handlers.alerts import press_alert
from handlers.before import Before
from handlers.buttons import answer_press
from handlers.commands import take_command
from handlers.edits import follow_edit, take_edit
from handlers.entrance import admit
from handlers.feedback import take_reason, take_verdict
from handlers.form import change_form, take_form
from handlers.home import choose_language, open_home, press_example
from handlers.intake import take_in
from handlers.language import hear
from handlers.subscriptions import press_subscription
from handlers.threads import answer_message
from handlers.tools import change_unit, delete_answer, show_how
from handlers.trouble import report_trouble


def register(app: AsyncApp) -> None:
    """Connects every trigger. Bolt fills in the arguments by their names; `desk`, of the workspace that the
    request comes from, is in the request's context before any of them is called. A command, a press and a
    shortcut are acknowledged before that too (bot/watched.py).
    """
    app.use(Before(hear))
    app.use(Before(admit))
    app.use(Before(take_command))
    app.event("app_mention", middleware=[take_in])(answer_message)
    app.event({"type": "message", "subtype": "message_changed"}, middleware=[take_edit])(follow_edit)
    app.event("message", middleware=[take_in])(answer_message)
    app.action(ASK)(answer_press)
    app.event("app_home_opened")(open_home)
    app.action(HOME_ASKED)(press_example)
    app.action(HOME_LANGUAGE)(choose_language)
    app.action(UNIT_CHOSEN)(change_unit)
    app.action(HOW)(show_how)
    app.action(FEEDBACK)(take_verdict)
    app.view(REASON)(take_reason)
    app.action(DELETE)(delete_answer)
    app.message_shortcut(ASK_ABOUT)(ask_about)
    app.view(ASK_ABOUT)(answer_corrected)
    app.action(SUBSCRIPTION_BUTTON)(press_subscription)
    app.action(ALERT_BUTTON)(press_alert)
    app.action(INPUT)(change_form)
    app.view(FORM)(take_form)
    app.error(report_trouble)
