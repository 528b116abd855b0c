"""/mcp where many workspaces may install the bot: Slackbot is answered where it is installed."""

import aiohttp

from bot.playground.space import Space
from tests.gear.slack import LocalSlack
from tests.many.conftest import StartBot
from tests.many.installing import Browser, base, install
from tests.mcp.bots import Door, body


async def test_slackbot_is_answered_in_the_workspaces_that_have_the_bot(
    slack: LocalSlack, other: Space, serve: StartBot
) -> None:
    theirs = body(team_id=other.workspace.team, user_id="U_THEIRS")
    async with serve(ALUMINA_MCP="on"), aiohttp.ClientSession() as http:
        door = Door(f"{base(slack)}/mcp", http)
        await install(slack, slack)
        assert (await door.slackbot(body()))[0] == 200
        assert await door.slackbot(theirs) == (403, b"")
        await install(slack, other)
        assert (await door.slackbot(theirs))[0] == 200


async def test_who_installs_it_lets_slackbot_connect(slack: LocalSlack, serve: StartBot) -> None:
    for mcp in ("on", "off"):
        async with serve(ALUMINA_MCP=mcp), aiohttp.ClientSession() as http:
            page = await Browser(http).get(f"{base(slack)}/slack/install")
        assert ("mcp:connect" in page.headers["location"]) is (mcp == "on")
