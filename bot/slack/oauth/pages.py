"""What people read in their browser as they install the bot, and what came of it, in their language."""

import logging
from html import escape

from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse

from bot.manifest import INSTALL_PATH
from bot.words import LANGUAGES, Language, language, say

# By Slack's word or Bolt's for what went wrong.
WRONG = {"access_denied": "denied", "invalid_browser": "states_over", "invalid_state": "states_over"}
PAGE = """\
<!doctype html>
<html lang="{language}">
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
    text = say("installing.done", team=escape(made.team_name or say("installing.your_workspace")))
    shown = page(text, 200, say("installing.installed"), (say("installing.open_slack"), link))
    return _forgetting_state(given.settings, shown)


async def not_done(given: AsyncFailureArgs) -> BoltResponse:
    """Why not, and the way back to the beginning."""
    log.info("not_installed", extra={"why": given.reason if given.reason in WRONG else "other"})
    told = say(f"installing.wrong_{WRONG.get(given.reason, 'not_done')}")
    return _forgetting_state(given.settings, page(told, given.suggested_status_code))


def _forgetting_state(settings: AsyncOAuthSettings, answer: BoltResponse) -> BoltResponse:
    answer.headers["set-cookie"] = [settings.state_utils.build_set_cookie_for_deletion()]
    return answer


def page(text: str, status: int, heading: str = "", link: tuple[str, str] | None = None) -> BoltResponse:
    """A page that says one thing, in the language that is spoken; the text is HTML of ours."""
    words, address = link or (say("installing.again"), f"/{INSTALL_PATH}")
    anchor = f'<a href="{escape(address)}">{words}</a>'
    heading = heading or say("installing.not_installed")
    body = PAGE.format(language=language(), heading=heading, text=text, link=anchor)
    return BoltResponse(status=status, body=body, headers=dict(HEADERS))


def preferred(accepted: str, otherwise: Language) -> Language:
    """The one of ours that an Accept-Language header likes best; the other one where it names none of them.

    Of "zh-TW,zh;q=0.9,en;q=0.8" it is Chinese.
    """
    ranges = [part.partition(";q=") for part in accepted.casefold().replace(" ", "").split(",")]
    liked = sorted(ranges, key=lambda each: -_quality(each[2]))  # of as good ones the first
    primary = (tag.partition("-")[0] for tag, _, quality in liked if _quality(quality))
    return next((own for tag in primary for own in LANGUAGES if own == tag), otherwise)


def _quality(written: str) -> float:
    try:
        return float(written or 1)
    except ValueError:
        return 0.0
