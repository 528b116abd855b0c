"""Many workspaces install one bot by real HTTP: each is answered with its token, what is wrong is said."""

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import update
from yarl import URL

from bot.errors import SettingError
from bot.playground.space import Space
from bot.settings import Settings
from bot.slack.installs.keys import new_key
from bot.store.engine import open_engine
from bot.store.tables import slack_bots, slack_installations, slack_oauth_states
from tests.gear.slack import LocalSlack
from tests.many.conftest import StartBot
from tests.many.installing import Browser, base, code_in, install, rows

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


def told(space: Space) -> list[str]:
    """What the bot has said in the channel or its threads."""
    return [message.text for message in space.workspace.everything("C_ALUMINIUM") if message.bot_id]


async def test_two_workspaces_are_answered_each_with_its_own_token(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    async with serve():
        for space, name in ((slack, "Metal Desk"), (other, "Other Desk")):
            page = await install(slack, space)
            assert (page.status, f"Alumina is in {name}." in page.text) == (200, True)
        await other.command("alumina exports march 2024")
        await slack.wait_for(lambda: told(other))
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


async def test_a_restart_needs_no_new_installation(slack: LocalSlack, other: Space, serve: StartBot) -> None:
    async with serve():
        await install(slack, other)
    async with serve():
        await other.command("alumina exports march 2024")
        await slack.wait_for(lambda: told(other))
    assert MARCH in told(other)[0]


async def test_a_key_may_be_replaced_but_not_lost(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    async with serve():
        await install(slack, other)
    with pytest.raises(SettingError, match=r"^ALUMINA_KEY is wrong: none of its keys opens") as caught:
        async with serve(ALUMINA_KEY=new_key()):
            pass
    assert caught.value.exit_status == 78
    async with serve(ALUMINA_KEY=f"{new_key()},{env['ALUMINA_KEY']}"):
        await other.command("alumina exports march 2024")
        await slack.wait_for(lambda: told(other))


async def test_who_we_are_in_a_workspace_is_asked_once(
    slack: LocalSlack, other: Space, serve: StartBot
) -> None:
    async with serve():
        await install(slack, other)
        for count in (1, 2, 3):
            await other.command("alumina exports march 2024")
            await slack.wait_for(lambda count=count: len(told(other)) == count)
        # Once for the installation, which keeps the bot's id, and once for the first request.
        assert [call.method for call in slack.calls].count("auth.test") == 2


async def test_slack_not_saying_who_we_are_loses_no_message(
    slack: LocalSlack, other: Space, serve: StartBot
) -> None:
    async with serve():
        await install(slack, other)
        slack.fail("auth.test", status=503, error="service_unavailable")
        await other.say("<@U0OTHERBOT> alumina exports march 2024")
        await slack.wait_for(lambda: told(other))
        await slack.settle()
    assert len(told(other)) == 1


async def test_a_workspace_that_has_not_installed_it_is_told_so(
    slack: LocalSlack, other: Space, serve: StartBot
) -> None:
    async with serve(ALUMINA_URL="https://alumina.example.com"):
        await other.command("march")
    [said] = other.ephemerals()
    assert "is no longer installed here" in said.text
    assert "https://alumina.example.com/slack/install" in said.text


async def test_the_way_to_slack_names_scopes_and_a_state_and_is_not_kept(
    slack: LocalSlack, serve: StartBot, env: dict[str, str]
) -> None:
    async with serve(ALUMINA_URL="https://alumina.example.com"), aiohttp.ClientSession() as http:
        begun = await Browser(http).get(f"{base(slack)}/slack/install")
    address, [row] = begun.headers["location"], await rows(env, slack_oauth_states)
    assert address.startswith(f"{slack.url}/oauth/v2/authorize?state={row['state']}&client_id=100.200&")
    assert "commands" in address
    assert "redirect_uri=https://alumina.example.com/slack/oauth_redirect" in address
    assert re.search(r"slack-app-oauth-state=.*HttpOnly.*Secure", begun.headers["set-cookie"])
    assert begun.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("team", ["T1%26scope=admin", "T1%0d%0aset-cookie:%20a=b", "%22", "", "t1"])
async def test_only_a_workspace_s_id_goes_on_to_slack(slack: LocalSlack, serve: StartBot, team: str) -> None:
    async with serve(), aiohttp.ClientSession() as http:
        address = URL(f"{base(slack)}/slack/install?team={team}", encoded=True)
        async with http.get(address, allow_redirects=False) as answer:
            assert answer.status == 302
            location = answer.headers["location"]
    assert parse_qs(urlsplit(location).query, keep_blank_values=True).keys() == {
        "state", "client_id", "scope", "user_scope",
    }  # fmt: skip
    assert "admin" not in location


@pytest.mark.parametrize("wrong", ["no cookie", "another's cookie", "used", "expired", "no state"])
async def test_a_state_holds_once_in_one_browser_for_ten_minutes(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str], wrong: str
) -> None:
    async with serve(), aiohttp.ClientSession() as http:
        browser = Browser(http)
        back = await browser.begin(slack, other)
        if wrong == "no cookie":
            browser.cookie = ""
        if wrong == "another's cookie":
            await Browser(http).begin(slack, other)
            browser.cookie = "slack-app-oauth-state=0b0c0d"
        if wrong == "used":
            used = await browser.get(back.replace(code_in(back), "wrong"))
            assert used.status == 401
        if wrong == "expired":
            await expire(env)
        if wrong == "no state":
            back = back.partition("&state")[0]
        page = await browser.get(back)
        assert page.status in (400, 401)
        assert "Not installed" in page.text
        assert "Begin it again" in page.text
        assert 'href="/slack/install"' in page.text
        assert "slack-app-oauth-state=deleted" in page.headers["set-cookie"]
    assert await rows(env, slack_bots) == []


async def expire(env: dict[str, str]) -> None:
    """As ten minutes would."""
    engine = open_engine(Settings.from_env(env))
    async with engine.begin() as connection:
        await connection.execute(update(slack_oauth_states).values(expire_at=datetime(2026, 1, 1)))
    await engine.dispose()


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("error=access_denied", 200, "it was not allowed in Slack"),
        ("error=<script>alert(1)</script>", 200, "Slack did not send what is needed"),
        ("code=none", 400, "begun elsewhere"),
        ("", 400, "begun elsewhere"),
    ],
)
async def test_what_comes_back_without_an_installation_is_told_in_a_sentence(
    slack: LocalSlack, serve: StartBot, query: str, status: int, said: str
) -> None:
    async with serve(), aiohttp.ClientSession() as http:
        page = await Browser(http).get(f"{base(slack)}/slack/oauth_redirect?{query}")
    assert (page.status, said in page.text, "<script" in page.text) == (status, True, False)
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("speaks", "configured", "is_chinese"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "en", True),
        ("fr, zh-Hant;q=0.5, en;q=0.4", "en", True),
        ("en-GB,en;q=0.9,zh;q=0.5", "zh", False),
        ("zh;q=0, en;q=0.1", "zh", False),
        ("zh;q=much, en;q=0.1", "zh", False),
        ("fr", "zh", True),
        ("", "en", False),
        (";q=,,;;q=1 zh", "en", False),
    ],
)
async def test_a_page_is_in_the_language_of_its_reader_s_browser(
    slack: LocalSlack, serve: StartBot, speaks: str, configured: str, is_chinese: bool
) -> None:
    async with serve(ALUMINA_LANGUAGE=configured), aiohttp.ClientSession() as http:
        page = await Browser(http, speaks).get(f"{base(slack)}/slack/oauth_redirect?error=access_denied")
    assert ('<html lang="zh">' in page.text, '<html lang="en">' in page.text) == (is_chinese, not is_chinese)
    assert ("在Slack中没有获得允许" in page.text) == is_chinese
    assert ("Begin again" in page.text) != is_chinese


async def test_who_reads_chinese_installs_in_chinese(
    slack: LocalSlack, other: Space, serve: StartBot
) -> None:
    async with serve(), aiohttp.ClientSession() as http:
        browser = Browser(http, "zh-CN")
        page = await browser.get(await browser.begin(slack, other))
    assert (page.status, "Alumina已安装到Other Desk。" in page.text) == (200, True)
    assert "<code>/alumina 订阅</code>" in page.text


async def test_a_code_that_slack_does_not_take_installs_nothing(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    async with serve(), aiohttp.ClientSession() as http:
        browser = Browser(http)
        back = await browser.begin(slack, other)
        page = await browser.get(back.replace(code_in(back), "of-another-app"))
    assert (page.status, "Slack did not send what is needed" in page.text) == (401, True)
    assert await rows(env, slack_bots) == []


async def test_an_app_with_a_wrong_secret_says_whose_fault_it_is(
    slack: LocalSlack, other: Space, serve: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve(SLACK_CLIENT_SECRET="quokka-secret"):
        page = await install(slack, other)
    assert (page.status, "does not take this Alumina for the app" in page.text) == (403, True)
    assert any(getattr(record, "why", "") == "bad_client_secret" for record in caplog.records)
    assert "quokka-secret" not in caplog.text


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_slack_in_trouble_is_told_and_the_way_begins_again(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str], method: str
) -> None:
    async with serve():
        slack.fail(method)
        page = await install(slack, other)
        assert (page.status, "begin again in a minute" in page.text) == (503, True)
        assert await rows(env, slack_bots) == []
        assert (await install(slack, other)).status == 200


async def test_a_whole_organisation_is_refused_and_its_token_given_back(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    slack.oauth.org = "E0GROUP"
    async with serve():
        page = await install(slack, other)
        assert (page.status, "workspace by workspace" in page.text) == (403, True)
    assert "auth.revoke" in [call.method for call in slack.calls]
    assert await rows(env, slack_installations) == []


async def test_a_token_that_runs_out_is_refused_before_it_does(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    slack.oauth.rotates = True
    async with serve():
        page = await install(slack, other)
        assert (page.status, "tokens that run out" in page.text) == (403, True)
    assert await rows(env, slack_installations) == []


async def test_a_workspace_that_is_not_listed_is_refused(
    slack: LocalSlack, other: Space, serve: StartBot, env: dict[str, str]
) -> None:
    async with serve(ALUMINA_TEAMS="T0LOCAL"):
        page = await install(slack, other)
        assert (page.status, "has not listed this workspace" in page.text) == (403, True)
        assert (await install(slack, slack)).status == 200
    assert [row["team_id"] for row in await rows(env, slack_bots)] == ["T0LOCAL"]
