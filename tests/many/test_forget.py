"""A person is forgotten in the workspace that is named, with the token of its own installation."""

import asyncio
from pathlib import Path

from bot.playground.space import Space
from bot.store.tables import contexts
from tests.commandline import alumina
from tests.gear.slack import LocalSlack
from tests.many.conftest import StartBot
from tests.many.installing import install, rows

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
