"""A taught word, what is forgotten of a person, and an assistant are of one workspace each."""

import asyncio
from pathlib import Path

import aiohttp

from bot.playground.space import Space
from bot.store.tables import contexts
from tests.commandline import alumina
from tests.gear.slack import LocalSlack
from tests.many.conftest import StartBot
from tests.many.installing import Browser, base, install, rows
from tests.many.test_install import MARCH
from tests.mcp.bots import Door, body


async def told(slack: LocalSlack, space: Space, text: str) -> str:
    """What anybody, or who typed it, reads after a command."""

    def heard() -> list[str]:
        openly = [each for each in space.workspace.everything("C_ALUMINIUM") if each.bot_id]
        messages = sorted((*openly, *space.ephemerals()), key=lambda each: float(each.ts))
        return [each.text for each in messages]

    before = len(heard())
    await space.command(text)
    await slack.wait_for(lambda: len(heard()) > before)
    await slack.settle()
    return heard()[-1]


async def test_a_word_is_of_one_workspace(slack: LocalSlack, other: Space, serve: StartBot) -> None:
    async with serve():
        for space in (slack, other):
            await install(slack, space)
        assert "now means" in await told(slack, slack, "word RX alumina")
        assert MARCH in await told(slack, slack, "RX exports march 2024")
        assert MARCH not in await told(slack, other, "RX exports march 2024")
        assert "no words of its own" in await told(slack, other, "words")
        assert "is not one of" in await told(slack, other, "word remove RX")
        assert "now means Bauxite" in await told(slack, other, "word RX bauxite")
        assert MARCH in await told(slack, slack, "RX exports march 2024")


ASKED = "alumina exports march 2024"


async def test_their_conversation_is_found_and_that_of_another_workspace_stays(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str], tmp_path: Path
) -> None:
    async with serve():
        for space in (slack, other):
            await install(slack, space)
            await space.say(ASKED, channel="D_ANA")
        async with asyncio.timeout(60):
            while len(await rows(env, contexts)) < 4:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.1)
        unsaid = await alumina("forget", "--user", "U_ANA", env=env, folder=tmp_path)
        assert (unsaid.status, unsaid.err) == (1, "")
        assert "name it with --team" in unsaid.out
        run = await alumina("forget", "--user", "U_ANA", "--team", "T0OTHER", env=env, folder=tmp_path)
        assert (run.status, run.err) == (0, "")
        assert {"inbox: 1 row deleted", "contexts: 2 rows deleted"} <= set(run.out.splitlines())
        assert {row["team"] for row in await rows(env, contexts)} == {"T0LOCAL"}
        nowhere = await alumina("forget", "--user", "U_ANA", "--team", "T0NOBODY", env=env, folder=tmp_path)
        assert (nowhere.status, nowhere.err) == (1, "")


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
