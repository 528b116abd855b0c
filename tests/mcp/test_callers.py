"""Who is let in at /mcp, and that nobody else is told anything."""

import json
import random
from collections import Counter
from collections.abc import Callable

import pytest

from bot.app import build_http_app
from bot.errors import SettingError
from bot.mcp.http import MOST_BODY_BYTES
from bot.playground.people import PARTNER_TEAM, TEAM
from bot.settings import Settings
from tests.attack.wire import SECRET
from tests.mcp.bots import TOKEN, assistants, body, result_of, signature
from tests.slack.desk import environment

PLAIN = {"Content-Type": "application/json", "Accept": "application/json"}
BEARER = PLAIN | {"Authorization": f"Bearer {TOKEN}"}
Attack = Callable[[random.Random, bytes], dict[str, str]]


async def asks(door, **slack):
    status, told = await door.slackbot(body(**slack))
    if status == 200:
        assert result_of(told)["structuredContent"]["figures"][0]["value"] == 140_000
    else:
        assert told == b""
    return status


async def test_slackbot_is_answered_for_its_user(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path) as door:
        assert await asks(door) == 200
        assert await asks(door, team_id=PARTNER_TEAM) == 403  # the bot is not in that workspace
        for nobody in ({"user_id": ""}, {"team_id": None}, {"user_id": ["U1"]}, {"team_id": {"T": 1}}):
            assert await asks(door, **nobody) == 403


async def test_slackbot_may_see_tools_unasked(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path) as door:
        content = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
        status, told = await door.slackbot(content)
        assert (status, len(result_of(told)["tools"])) == (200, 4)
        for method in ("tools/call", "resources/read", "prompts/get"):
            content = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}).encode()
            assert await door.slackbot(content) == (403, b"")
        for content in (b"[]", b"[" + body() + b"]", b"{", b"null", b"\xff", b"[" * 50_000, b""):
            assert (await door.slackbot(content))[0] in (401, 403)


async def test_only_listed_workspaces_are_served(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path, ALUMINA_TEAMS=f"{PARTNER_TEAM},E0COMPANY") as door:
        assert await asks(door) == 403
        assert await asks(door, team_id=PARTNER_TEAM) == 200  # a guest of a listed workspace
        assert await asks(door, team_id="T0OTHER", enterprise_id="E0COMPANY") == 200


async def test_who_asks_endlessly_has_to_wait(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path, ALUMINA_USER_RATE="2", ALUMINA_CHANNEL_RATE="1") as door:
        results = [result_of((await door.slackbot(body()))[1]) for _ in range(3)]
        assert [each.get("isError", False) for each in results] == [False, False, True]
        assert "Wait a minute" in results[2]["content"][0]["text"]
        assert await asks(door, user_id="U_BEN") == 200  # another person is not held up
        by_token = [result_of((await door.post(body(), BEARER))[1]) for _ in range(2)]
        assert [each.get("isError", False) for each in by_token] == [False, True]


async def test_the_token_lets_in_only_to_post(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path) as door:
        assert (await door.post(body(team_id="T0OTHER"), BEARER))[0] == 200  # whom it names is not looked at
        async with door.http.get(door.url, headers=BEARER) as answer:
            assert answer.status == 405
        large = b" " * MOST_BODY_BYTES + body()
        assert await door.post(large, BEARER) == (413, b"")
        assert (await door.slackbot(large))[0] == 401


async def test_a_page_of_another_site_is_refused(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path, ALUMINA_URL="https://alumina.example.com") as door:
        for site in ("https://alumina.example.com", "http://localhost:6274", "http://127.0.0.1"):
            assert (await door.post(body(), BEARER | {"Origin": site}))[0] == 200
        for host in ("alumina.example.com", "localhost:3000", "[::1]:3000"):
            assert (await door.post(body(), BEARER | {"Host": host}))[0] == 200
        for site in (*SITES, "", "http://[", "https://alumina.example.com.evil.io"):
            assert await door.post(body(), BEARER | {"Origin": site}) == (403, b"")
            assert await door.slackbot(body(), Origin=site) == (403, b"")
        for host in ("evil.example.com", "127.0.0.1.evil.io", "[", ""):
            assert await door.post(body(), BEARER | {"Host": host}) == (403, b"")


async def test_it_is_off_unless_asked_for(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path, ALUMINA_MCP="off") as door:
        assert (await door.post(body(), BEARER))[0] == 404


async def test_without_a_token_no_token_lets_in(slack, dataset, tmp_path):
    async with assistants(slack, dataset, tmp_path, ALUMINA_MCP_TOKEN="") as door:
        assert await asks(door) == 200
        for token in ("", " ", TOKEN, "None"):
            assert await door.post(body(), BEARER | {"Authorization": f"Bearer {token}"}) == (401, b"")


def test_it_does_not_start_with_nobody_let_in(slack, dataset, tmp_path):
    env = environment(slack, tmp_path, ALUMINA_MCP="on", SLACK_APP_TOKEN=slack.app_token)
    del env["SLACK_SIGNING_SECRET"]
    with pytest.raises(SettingError, match=r"SLACK_SIGNING_SECRET.*ALUMINA_MCP_TOKEN") as raised:
        build_http_app(Settings.from_env(env), dataset)
    assert raised.value.exit_status == 78


def test_a_short_token_is_refused():
    with pytest.raises(SettingError, match="ALUMINA_MCP_TOKEN"):
        Settings.from_env({"ALUMINA_MCP_TOKEN": "guess"})


TIMES = ("", "soon", "-1", "1e9", "9" * 400)
SECRETS = ("", SECRET.upper(), SECRET + "x", TOKEN)
TOKENS = ("", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), SECRET, "é")
SITES = ("https://evil.example.com", "null", "file://", "http://127.0.0.2")


def bearer(words):
    return BEARER | {"Authorization": words}


ATTACKS: tuple[Attack, ...] = (
    lambda _, content: PLAIN,
    lambda drawn, content: signature(content) | {"X-Slack-Signature": f"v0={drawn.randbytes(32).hex()}"},
    lambda _, content: signature(content + b" ") | {"Content-Length": str(len(content))},
    lambda drawn, content: signature(content, age=drawn.choice((-1, 1)) * drawn.randint(310, 100_000)),
    lambda drawn, content: signature(content, secret=drawn.choice(SECRETS)),
    lambda drawn, content: signature(content) | {"X-Slack-Request-Timestamp": drawn.choice(TIMES)},
    lambda drawn, _: bearer(f"{drawn.choice(['Bearer', 'bearer'])} {drawn.choice(TOKENS)}"),
    lambda drawn, _: bearer(f"{drawn.choice(['Bearer', 'bearer'])} {drawn.randbytes(9).hex()}"),
    lambda drawn, _: bearer(drawn.choice([TOKEN, f"Basic {TOKEN}", f"Token {TOKEN}"])),
    lambda drawn, content: drawn.choice([BEARER, signature(content)]) | {"Origin": drawn.choice(SITES)},
    lambda drawn, content: (
        drawn.choice([BEARER, signature(content)]) | {"Host": drawn.choice(["evil.io", "localhost.evil.io"])}
    ),
)


def attacks(count):
    """That many requests that must come to nothing, of each kind in turn."""
    drawn = random.Random(10_000)
    methods = ["tools/call", "tools/list", "initialize", "server/discover", "resources/read"]
    for place in range(count):
        content = body(method=drawn.choice(methods), team_id=drawn.choice([TEAM, PARTNER_TEAM]))
        yield content, ATTACKS[place % len(ATTACKS)](drawn, content)


@pytest.mark.parametrize("count", [400, pytest.param(10_000, marks=pytest.mark.slow)])
async def test_others_are_refused(slack, dataset, tmp_path, count):
    async with assistants(slack, dataset, tmp_path) as door:
        came: Counter[tuple[bool, bytes]] = Counter()
        for content, headers in attacks(count):
            status, told = await door.post(content, headers)
            came[status in (401, 403), told] += 1
        assert came == {(True, b""): count}
        assert await asks(door) == 200
