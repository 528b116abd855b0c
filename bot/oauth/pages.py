"""What people read in their browser as they install the bot, and what came of it."""

import logging
from html import escape

from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse

from bot.manifest import INSTALL_PATH

STATES_OVER = (
    "This installation was begun elsewhere, more than ten minutes ago, or has ended already. Begin it again,"
    " and end it in the same browser."
)
WRONG = {
    "access_denied": "Nothing was installed, since it was not allowed in Slack.",
    "invalid_browser": STATES_OVER,
    "invalid_state": STATES_OVER,
}
NOT_DONE = "Nothing was installed: Slack did not send what is needed for it. Begin it again."
ORGANISATION = (
    "Alumina is installed workspace by workspace, and not in a whole organisation. Nothing was installed:"
    " begin again, and choose one workspace."
)
NOT_LISTED = "Whoever runs this Alumina has not listed this workspace. Nothing was installed."
LATER = "Slack or the database does not answer at the moment. Nothing was installed: begin again in a minute."
OURS = (
    "Slack does not take this Alumina for the app that it says it is. Nothing was installed; the log of"
    " whoever runs it says why."
)
ROTATING = (
    "Nothing was installed: this Alumina's app gives tokens that run out after some hours (token rotation),"
    " and it does not renew them. Whoever runs it has to make the app anew, without that."
)
DONE = (
    "Alumina is in {team}. Type <code>/alumina march</code> in Slack; in a channel that wants the monthly"
    " post, <code>/invite @alumina</code> and then <code>/alumina subscribe</code>."
)
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Alumina</title>
<style>body {{ font: 1.1rem/1.5 sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 1em }}</style>
</head>
<body><main><h1>{heading}</h1><p>{text}</p><p>{link}</p></main></body>
</html>
"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}

log = logging.getLogger(__name__)


async def done(given: AsyncSuccessArgs) -> BoltResponse:
    """The way to Slack, and what to do first there."""
    made = given.installation
    link = f"slack://app?team={made.team_id}&id={made.app_id}&tab=home"
    text = DONE.format(team=escape(made.team_name or "your workspace"))
    return _forgetting_state(given.settings, page(text, 200, "Installed", ("Open Slack", link)))


async def not_done(given: AsyncFailureArgs) -> BoltResponse:
    """Why not, and the way back to the beginning."""
    log.info("not_installed", extra={"why": given.reason if given.reason in WRONG else "other"})
    told = WRONG.get(given.reason, NOT_DONE)
    return _forgetting_state(given.settings, page(told, given.suggested_status_code))


def _forgetting_state(settings: AsyncOAuthSettings, answer: BoltResponse) -> BoltResponse:
    answer.headers["set-cookie"] = [settings.state_utils.build_set_cookie_for_deletion()]
    return answer


def page(
    text: str, status: int, heading: str = "Not installed", link: tuple[str, str] | None = None
) -> BoltResponse:
    """A page that says one thing; the text is HTML of ours."""
    words, address = link or ("Begin again", f"/{INSTALL_PATH}")
    anchor = f'<a href="{escape(address)}">{words}</a>'
    body = PAGE.format(heading=heading, text=text, link=anchor)
    return BoltResponse(status=status, body=body, headers=dict(HEADERS))
