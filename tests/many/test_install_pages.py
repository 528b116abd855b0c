"""What a person is told on the way through an installation, and what Slack is asked there."""

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import text
from yarl import URL

from bot.logs import formatter
from bot.settings import Settings
from bot.slack.installs.workspaces import new_key
from bot.store.engine import store
from bot.store.tables import slack_bots, slack_installations, slack_oauth_states
from tests.databases import sqlite_at
from tests.many.conftest import Browser, answered, base, code_in, environment, install, rows, told


@pytest.fixture
def env(slack, tmp_path):
    """The database makes no difference here."""
    return environment(slack, sqlite_at(tmp_path / "bot.sqlite3"), new_key())


async def test_a_workspace_without_it_is_told_so(slack, other, serve):
    async with serve(ALUMINA_URL="https://alumina.example.com"):
        await other.command("march")
    [said] = other.ephemerals()
    assert "is no longer installed here" in said.text
    assert "https://alumina.example.com/slack/install" in said.text


async def test_the_way_to_slack_names_scopes(slack, serve, env):
    async with serve(ALUMINA_URL="https://alumina.example.com"), aiohttp.ClientSession() as http:
        begun = await Browser(http).get(f"{base(slack)}/slack/install")
        kept = await rows(env, slack_oauth_states)
        # Of what is asked for only a workspace's id goes on to Slack.
        for team in ("T1%26scope=admin", "T1%0d%0aset-cookie:%20a=b", "%22", "", "t1"):
            wanted = URL(f"{base(slack)}/slack/install?team={team}", encoded=True)
            async with http.get(wanted, allow_redirects=False) as answer:
                assert answer.status == 302
                asked = parse_qs(urlsplit(answer.headers["location"]).query, keep_blank_values=True)
            assert asked.keys() == {"state", "client_id", "scope", "user_scope", "redirect_uri"}
            assert "admin" not in str(asked)
    address, [row] = begun.headers["location"], kept
    assert address.startswith(f"{slack.url}/oauth/v2/authorize?state={row['state']}&client_id=100.200&")
    assert "commands" in address
    assert "redirect_uri=https://alumina.example.com/slack/oauth_redirect" in address
    assert re.search(r"slack-app-oauth-state=.*HttpOnly.*Secure", begun.headers["set-cookie"])


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("error=access_denied", 200, "access_denied"),
        ("error=<script>alert(1)</script>", 200, "lt;script"),
        ("code=none", 400, "invalid_browser"),
        ("", 400, "invalid_browser"),
    ],
)
async def test_what_comes_back_uninstalled_is_told(slack, serve, query, status, said):
    async with serve(), aiohttp.ClientSession() as http:
        page = await Browser(http).get(f"{base(slack)}/slack/oauth_redirect?{query}")
    assert (page.status, said in page.text, "<script" in page.text) == (status, True, False)


async def test_a_code_that_slack_does_not_take_installs_nothing(slack, other, serve, env, browser):
    async with serve():
        back = await browser.begin(slack, other)
        page = await browser.get(back.replace(code_in(back), "of-another-app"))
        assert (page.status, "invalid_code" in page.text) == (401, True)
        assert await rows(env, slack_bots) == []


async def test_neither_the_code_nor_what_strangers_write_for_one_is_logged(slack, other, serve, env, caplog):
    async with serve(), aiohttp.ClientSession() as http:
        browser = Browser(http)
        back = await browser.begin(slack, other)
        slack.fail("oauth.v2.access", error="internal_error")  # not the code's fault
        assert (await browser.get(back)).status == 503
        back = await browser.begin(slack, other)
        code = code_in(back)
        assert (await browser.get(back.replace(code, "of-quokkas"))).status == 401
    lines = logged(caplog, env)
    assert "invalid_code" in lines
    assert not [each for each in ("of-quokkas", code) if each in lines]


def logged(caplog, env):
    """The lines as they are written on stderr."""
    told = formatter(Settings.from_env(env), terminal=False)
    return "\n".join(map(told.format, caplog.records))


async def test_without_the_database_it_is_told_before_slack_and_after(slack, other, serve, env, browser):
    async with serve():
        back = await browser.begin(slack, other)
        async with store(Settings.from_env(env)) as engine, engine.begin() as connection:
            await connection.execute(text("ALTER TABLE slack_oauth_states RENAME TO away"))
        for address in (f"{base(slack)}/slack/install", back):
            page = await browser.get(address)
            assert (page.status, "begin again in a minute" in page.text) == (503, True)


async def test_slack_in_trouble_is_told_and_the_way_begins_again(slack, other, serve, env):
    async with serve():
        for method in ("oauth.v2.access", "auth.test"):
            slack.fail(method)
            page = await install(slack, other)
            assert (page.status, "begin again in a minute" in page.text) == (503, True)
            assert await rows(env, slack_bots) == []
        assert (await install(slack, other)).status == 200


async def test_what_is_refused_is_told_why_and_kept_nowhere(slack, other, serve, env, caplog):
    async def refused(status, why):
        page = await install(slack, other)
        assert (page.status, why in page.text) == (status, True)
        assert "T0OTHER" not in {row["team_id"] for row in await rows(env, slack_installations)}

    async with serve(SLACK_CLIENT_SECRET="quokka-secret"):
        await refused(401, "Oops")
    lines = logged(caplog, env)
    assert "bad_client_secret" in lines
    assert "quokka-secret" not in lines
    async with serve(ALUMINA_TEAMS="T0LOCAL"):
        await refused(403, "has not listed this workspace")
        assert (await install(slack, slack)).status == 200
    slack.oauth.rotates = True
    async with serve():
        await refused(403, "tokens that run out")
        slack.oauth.rotates, slack.oauth.org = False, "E0GROUP"
        await refused(403, "workspace by workspace")
    assert "auth.revoke" in [call.method for call in slack.calls]


async def test_who_we_are_somewhere_is_asked_once(slack, other, serve):
    async with serve():
        await install(slack, other)
        for _ in range(3):
            await answered(slack, other)
        # Once for the installation, which keeps the bot's id, and once for the first request.
        assert [call.method for call in slack.calls].count("auth.test") == 2


async def test_a_fresh_token_is_not_looked_up_for_every_request(slack, other, serve, monkeypatch):
    monkeypatch.setattr("bot.slack.installs.workspaces.FRESH_SECONDS", 3_600)
    async with serve():
        await install(slack, other)
        await answered(slack, other)
        monkeypatch.setattr("bot.slack.installs.workspaces.Workspaces.token_of", None)
        await answered(slack, other, "alumina exports april 2024")


async def test_slack_not_naming_us_loses_no_message(slack, other, serve):
    async with serve():
        await install(slack, other)
        slack.fail("auth.test", status=503, error="service_unavailable")
        await other.say("<@U0OTHERBOT> alumina exports march 2024")
        await slack.wait_for(lambda: told(other))
        await slack.settle()
    assert len(told(other)) == 1


async def test_slack_or_the_database_away_keeps_no_known_workspace_waiting(
    slack, other, serve, env, monkeypatch
):
    async def hangs(*_):
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr("bot.slack.installs.workspaces.FRESH_SECONDS", -1)
    async with serve(), store(Settings.from_env(env)) as engine:
        await install(slack, other)
        await answered(slack, other)
        slack.fail("auth.test", status=503, error="service_unavailable")
        await answered(slack, other, "alumina exports april 2024")
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE slack_bots RENAME TO away"))
        await answered(slack, other, "alumina exports may 2024")
        monkeypatch.setattr("bot.slack.installs.workspaces.Workspaces.token_of", hangs)
        await answered(slack, other, "alumina exports june 2024")
