"""The commands and the words of a bot that many workspaces have installed."""

import asyncio
import signal
from unittest.mock import patch

import aiohttp
import pytest

from bot.commands.doctor import checks
from bot.commands.serve import serve_bot
from bot.errors import SettingError
from bot.settings import Settings
from bot.slack.installs.workspaces import new_key
from bot.store.tables import contexts
from tests.commandline import alumina, finish, start
from tests.many.conftest import MARCH, Browser, answered, base, code_in, install, rows, told
from tests.mcp.bots import Door, body
from tests.slack.test_serve_command import until_healthy
from tests.tables import looped


async def shown(slack, space, text):
    """What anybody, or who typed it, reads after a command."""

    def heard():
        openly = [each for each in space.workspace.everything("C_ALUMINIUM") if each.bot_id]
        messages = sorted((*openly, *space.ephemerals()), key=lambda each: float(each.ts))
        return [each.text for each in messages]

    before = len(heard())
    await space.command(text)
    await slack.wait_for(lambda: len(heard()) > before)
    await slack.settle()
    return heard()[-1]


async def test_a_word_is_of_one_workspace(slack, other, serve):
    async with serve():
        for space in (slack, other):
            await install(slack, space)
        assert "now means" in await shown(slack, slack, "word RX alumina")
        assert MARCH in await shown(slack, slack, "RX exports march 2024")
        assert MARCH not in await shown(slack, other, "RX exports march 2024")
        assert "no words of its own" in await shown(slack, other, "words")
        assert "is not one of" in await shown(slack, other, "word remove RX")
        assert "now means Bauxite" in await shown(slack, other, "word RX bauxite")
        assert MARCH in await shown(slack, slack, "RX exports march 2024")


ASKED = "alumina exports march 2024"


async def test_their_conversation_is_found_and_that_of_another_workspace_stays(
    slack, other, serve, env, tmp_path
):
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


async def test_slackbot_is_answered_where_the_bot_is(slack, other, serve):
    theirs = body(team_id=other.workspace.team, user_id="U_THEIRS")
    async with serve(ALUMINA_MCP="on"), aiohttp.ClientSession() as http:
        door = Door(f"{base(slack)}/mcp", http)
        await install(slack, slack)
        assert (await door.slackbot(body()))[0] == 200
        assert await door.slackbot(theirs) == (403, b"")
        await install(slack, other)
        assert (await door.slackbot(theirs))[0] == 200


async def test_who_installs_it_lets_slackbot_connect(slack, serve):
    for mcp in ("on", "off"):
        async with serve(ALUMINA_MCP=mcp), aiohttp.ClientSession() as http:
            page = await Browser(http).get(f"{base(slack)}/slack/install")
        assert ("mcp:connect" in page.headers["location"]) is (mcp == "on")


async def doctor(env, **more):
    found = [check async for check in checks(Settings.from_env(env | more))]
    assert not any(env["ALUMINA_KEY"] in str(each) or "xoxb" in str(each) for each in found)
    return {name: str(trouble or fine) for name, fine, trouble in found}


async def test_the_doctor_asks_for_each_workspace(slack, other, serve, env):
    async with serve():
        found = await doctor(env, ALUMINA_URL="https://alumina.example.com")
        assert found["settings"].startswith("many workspaces, HTTP at /slack/events")
        none = "none has installed it yet; https://alumina.example.com/slack/i"
        assert found["workspaces"].startswith(none)
        for space in (slack, other):
            await install(slack, space)
    assert "SLACK_CLIENT_ID is none of Slack's" in (await doctor(env, SLACK_CLIENT_ID="to-come"))["settings"]
    found = await doctor(env)
    assert found["key"] == "it opens every stored token (2)"
    assert found["workspaces"] == "Slack takes every token (2)"
    slack.oauth.uninstall(other, told=False)
    slack.scopes.discard("commands")
    found = await doctor(env, ALUMINA_KEY=new_key())
    assert found["key"].startswith("ALUMINA_KEY is wrong: none of its keys")
    said = "2 of 2: T0LOCAL: its token lacks commands; the token of T0OTHER holds no more (token"
    assert (await doctor(env))["workspaces"].startswith(said)


@looped("name", ["ALUMINA_KEY", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"])
def test_the_server_names_what_is_missing(name):
    needed = {"SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s", "ALUMINA_KEY": new_key()}
    given = {each: value for each, value in needed.items() if each != name}
    quiet = patch("bot.commands.serve.log_to_stderr")
    with quiet, pytest.raises(SettingError, match=f"^{name} is not set"):
        serve_bot(Settings.from_env(given | {"SLACK_CLIENT_ID": "1.2"}), None, None)


async def test_a_month_is_not_posted_by_a_channel_s_id_alone(env):
    run = await alumina("post", "--month", "2026-07", "--channel", "C_ALUMINIUM", env=env)
    assert run.status == 78
    assert run.err.startswith("SLACK_CLIENT_ID: among many workspaces")


async def test_nothing_that_the_server_wrote_holds_a_token_or_a_secret(
    slack, other, env, tmp_path, free_port
):
    slack.oauth.client_secret = "dunnart-client-secret"
    env = env | {"SLACK_CLIENT_SECRET": slack.oauth.client_secret, "ALUMINA_LOG_TEXT": "on"}
    process = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
    await until_healthy(free_port)
    at = f"http://127.0.0.1:{free_port}"
    slack.bot_url, slack.oauth.redirect_url = f"{at}/slack/events", f"{at}/slack/oauth_redirect"
    async with aiohttp.ClientSession() as http:
        browser = Browser(http)
        back = await browser.begin(slack, other)
        refused = back.replace(code_in(back), "dunnart-code")  # a stranger's words
        assert (await browser.get(refused)).status == 401
    assert (await install(slack, other)).status == 200
    slack.fail("oauth.v2.access", error="internal_error")
    async with aiohttp.ClientSession() as http:
        browser = Browser(http)
        back = await browser.begin(slack, slack)
        assert (await browser.get(back)).status == 503
    await answered(slack, other)
    slack.oauth.revoke(other)
    await slack.settle()
    async with aiohttp.ClientSession() as http, http.get(f"{at}/readyz") as answer:
        assert (await answer.json())["fine"]["slack"] == "answers"
    process.send_signal(signal.SIGTERM)
    run = await finish(process)
    assert (run.status, MARCH in told(other)[0]) == (0, True)
    secrets = ("dunnart", "xoxb-T", env["ALUMINA_KEY"], slack.signing_secret, code_in(back))
    assert not [each for each in secrets if each in run.out + run.err]
    assert "Traceback" not in run.err
