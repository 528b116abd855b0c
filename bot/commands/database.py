"""`alumina feedback`, `alumina forget` and `alumina key --rotate`: what operators do with stored rows."""

import asyncio
import re
from contextlib import suppress

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import TEXTS
from bot.errors import StoredValueError, UsageError, UserError
from bot.feedback import Feedback, Verdict
from bot.messages.blocks import visible
from bot.privacy import Forgotten, Removed, Talk, forget, wiped
from bot.questions import words
from bot.questions.question import Question
from bot.settings import Settings
from bot.slack.installs.workspaces import Keys, Workspaces
from bot.slack.trouble import SlackTrouble, reason
from bot.store.engine import run_on_store
from bot.words import speaking
from bot.workplace import workplace

WORDS = {"up": "helpful", "down": "not helpful"}
TOLD = TEXTS["forget"]
USER, TEAM = re.compile(r"[UW][A-Z0-9_]{2,}"), re.compile(r"T[A-Z0-9_]{2,}")


def tell_feedback(settings: Settings) -> None:
    """Prints every verdict, the newest first, a paragraph each."""
    found = run_on_store(settings, lambda engine: Feedback(engine).all())
    print("\n".join(map(_told, found)) or TEXTS["feedback"]["none_yet"])


def _told(verdict: Verdict) -> str:
    """2026-11-25 09:30 UTC, not helpful: alumina exports March 2024 (U1 in C1); the reason below it."""
    place, question = verdict.place, verdict.question
    with suppress(StoredValueError):  # one of another version is told as it is stored
        asked = Question.from_json(question)
        with speaking(asked.language):
            question = words(asked)
    line = f"{verdict.given_at:%Y-%m-%d %H:%M} UTC, {WORDS.get(verdict.verdict, verdict.verdict)}: "
    line += f"{visible(question) or '(no question)'} ({place.user_id} in {place.channel})"
    return f"{line}\n    {visible(verdict.reason)}" if verdict.reason else line


def rotate_key(settings: Settings) -> str:
    """Encrypts every stored token with the first key, and says of how many workspaces."""
    keys, client_id = Keys(settings.token_keys), settings.need("SLACK_CLIENT_ID")

    async def close_anew(engine: AsyncEngine) -> int:
        return await Workspaces(client_id, engine, keys, AsyncWebClient(), only=()).close_anew()

    return TEXTS["key"]["rotated"].format(count=run_on_store(settings, close_anew))


def forget_person(settings: Settings, user: str, team: str) -> int:
    """Prints what was removed, table by table; 1 where something had to be left."""
    if not USER.fullmatch(user):
        raise UsageError(f"{user!r} is not a user: write the id, such as U0123ABCD, and not the name.")
    if team and not TEAM.fullmatch(team):
        raise UsageError(f"{team!r} is not a workspace: write the id, such as T0123ABCD.")
    talks, trouble = asyncio.run(_talks_of(settings, user, team))

    async def forgotten(engine: AsyncEngine) -> tuple[list[Removed], bool]:
        return await forget(engine, Forgotten(user, team, talks)), await wiped(engine)

    removed, clean = run_on_store(settings, forgotten)
    counted = (f"{each.table}: {each.rows} row{'s' if each.rows != 1 else ''} {each.how}" for each in removed)
    print("\n".join(counted) or TOLD["nothing"].format(user=user))
    if user == (settings.alumina_owner or "").rpartition("/")[2]:
        print(TOLD["owner"].format(user=user))
    if trouble:
        print(TOLD["not_asked"].format(why=trouble, days=settings.alumina_retention_days))
    if not clean:
        print(TOLD["not_wiped"])
    print(TOLD["in_slack"])
    return 1 if trouble or not clean else 0


async def _talks_of(settings: Settings, user: str, team: str) -> tuple[list[Talk], str]:
    """A person's conversations, which Slack alone knows; and why they were not found out."""
    try:
        async with workplace(settings) as place:
            own = place.identity.team_id if place.identity else team
            if not own:
                return [], "an id is of one workspace; name it with --team"
            if team and team != own:
                return [], f"SLACK_BOT_TOKEN belongs to {own}"
            client = (await place.clients.seat_of(own)).client
            pages = await client.users_conversations(types="im", limit=200, exclude_archived=False)
            found = [each async for page in pages for each in page.get("channels") or ()]
    except (UserError, LookupError) as trouble:
        return [], str(trouble).rstrip(".")
    except SlackTrouble as trouble:
        return [], reason(trouble)
    return [(own, each["id"]) for each in found if each.get("user") == user], ""
