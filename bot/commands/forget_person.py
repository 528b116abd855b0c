"""`alumina forget`: one person out of every table."""

import asyncio
import re

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import TEXTS
from bot.errors import UsageError, UserError
from bot.privacy import Forgotten, Removed, Talk, forget, wiped
from bot.settings import Settings
from bot.slack.trouble import SlackTrouble, reason
from bot.store.engine import run_on_store
from bot.workplace import workplace

TOLD, PAGE = TEXTS["forget"], 200
USER, TEAM = re.compile(r"[UW][A-Z0-9_]{2,}"), re.compile(r"T[A-Z0-9_]{2,}")


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
    """A person's conversations with the bot, and why they could not be found out where that is so.

    Slack alone knows: a conversation has an id of its own, and no table says whose it is.
    """
    try:
        async with workplace(settings) as place:
            own = place.identity.team_id if place.identity else team
            if not own:
                return [], "an id is of one workspace; name it with --team"
            if team and team != own:
                return [], f"SLACK_BOT_TOKEN belongs to {own}"
            client = (await place.clients.seat_of(own)).client
            pages = await client.users_conversations(types="im", limit=PAGE, exclude_archived=False)
            found = [each async for page in pages for each in page.get("channels") or ()]
    except (UserError, LookupError) as trouble:
        return [], str(trouble).rstrip(".")
    except SlackTrouble as trouble:
        return [], reason(trouble)
    return [(own, each["id"]) for each in found if each.get("user") == user], ""
