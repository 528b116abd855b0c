"""Many workspaces install one bot by real HTTP: each is answered with its token, what is wrong is said."""

import aiohttp
import pytest

from bot.errors import SettingError
from bot.slack.installs.workspaces import new_key
from bot.store.tables import slack_bots
from tests.many.conftest import MARCH, Browser, answered, code_in, install, rows, told


async def test_two_workspaces_are_answered_each_with_its_own_token(slack, other, serve, env):
    async with serve():
        for space in (slack, other):
            page = await install(slack, space)
            assert (page.status, f"app?team={space.workspace.team}&amp;id=" in page.text) == (200, True)
        await answered(slack, other)
        assert told(slack) == []
        thread = await slack.say("<@U0ALUMINA> alumina exports march 2024")
        await slack.settle()
        await slack.say("and imports?", thread_ts=thread)
        await slack.settle()
        own = await other.say("<@U0OTHERBOT> bauxite imports july 2025")
        await slack.settle()
    assert MARCH in told(other)[0]
    assert [MARCH in told(slack)[0], "Alumina imports, March 2024" in told(slack)[1]] == [True, True]
    assert "Bauxite imports, July 2025" in told(other)[1]
    assert [message.thread_ts for message in other.messages(thread_ts=own)] == [own]
    tokens = [row["bot_token"] for row in await rows(env, slack_bots)]
    assert len(tokens) == 2
    assert not any("xoxb" in token for token in tokens)


async def test_after_a_restart_a_key_may_be_replaced_but_not_lost(slack, other, serve, env):
    async with serve():
        await install(slack, other)
    with pytest.raises(SettingError, match=r"^ALUMINA_KEY is wrong: none of its keys opens") as caught:
        async with serve(ALUMINA_KEY=new_key()):
            pass
    assert caught.value.exit_status == 78
    async with serve(ALUMINA_KEY=f"{new_key()},{env['ALUMINA_KEY']}"):
        await answered(slack, other)
    assert MARCH in told(other)[0]


COOKIES = {"no cookie": "", "another's cookie": "slack-app-oauth-state=0b0c0d"}


async def test_a_state_holds_once_in_one_browser(slack, other, serve, env):
    async with serve(), aiohttp.ClientSession() as http:
        for wrong in (*COOKIES, "used", "no state"):
            browser = Browser(http)
            back = await browser.begin(slack, other)
            browser.cookie = COOKIES.get(wrong, browser.cookie)
            if wrong == "used":
                used = await browser.get(back.replace(code_in(back), "wrong"))
                assert used.status == 401
            if wrong == "no state":
                back = back.partition("&state")[0]
            page = await browser.get(back)
            assert page.status in (400, 401), wrong
            assert 'href="/slack/install"' in page.text, wrong
            assert "slack-app-oauth-state=deleted" in page.headers["set-cookie"]
    assert await rows(env, slack_bots) == []
