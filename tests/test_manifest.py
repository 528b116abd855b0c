"""manifest.yml and the command that writes it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import SettingError
from bot.manifest import AGENT_SCOPES, EVENTS, MCP_SCOPES, SCOPES, manifest, prompts
from bot.settings import Settings
from tests.commandline import alumina
from tests.tables import looped

FILE = Path(__file__).parent.parent / "manifest.yml"
ONE = {"ALUMINA_URL": "https://alumina.example.com"}
URL = "https://alumina.example.com/slack/events"


def made(env: Mapping[str, str] = ONE, **how: bool) -> Any:
    return yaml.safe_load(manifest(Settings.from_env(env), **how))


async def test_the_file_is_what_the_command_prints() -> None:
    run = await alumina("manifest", "--socket")
    assert run.status == 0
    assert run.out == FILE.read_text(encoding="utf-8")


@looped("agent", [False, True])
def test_the_http_manifest_has_the_request_url_everywhere(agent: bool) -> None:
    found = made(agent=agent)
    assert ("agent_view" in found["features"]) == agent
    assert found["settings"]["socket_mode_enabled"] is False
    assert found["features"]["slash_commands"][0]["url"] == URL
    assert found["settings"]["event_subscriptions"]["request_url"] == URL
    assert found["settings"]["interactivity"] == {"request_url": URL, "is_enabled": True}


@looped(
    ("env", "said"),
    [({}, "is not set"), ({"ALUMINA_URL": "http://alumina.example.com"}, "is wrong: .*https")],
)
def test_the_http_manifest_needs_an_address_that_slack_would_call(env: dict[str, str], said: str) -> None:
    with pytest.raises(SettingError, match=rf"^ALUMINA_URL {said}"):
        manifest(Settings.from_env(env))


async def test_an_agent_suggests_where_that_is_asked_for_and_is_a_bot_in_everything_else() -> None:
    run = await alumina("manifest", "--socket", "--agent")
    agent, plain = yaml.safe_load(run.out), made({}, socket=True)
    assert "assistant_" not in run.out  # as agents were declared of old
    view = agent["features"].pop("agent_view")
    assert len(view["agent_description"]) <= 300
    assert {each["title"]: each["message"] for each in view["suggested_prompts"]} == prompts()
    assert len(prompts()) <= 4
    scopes = agent["oauth_config"]["scopes"]
    assert set(scopes["bot"]) - AGENT_SCOPES.keys() == set(SCOPES)
    scopes["bot"] = list(SCOPES)
    assert agent == plain


MANY = ONE | {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret"}


def test_for_many_workspaces_it_says_where_who_installs_it_comes_back_to() -> None:
    one, many = made(), made(MANY)
    assert many["oauth_config"].pop("redirect_urls") == ["https://alumina.example.com/slack/oauth_redirect"]
    events = many["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {*EVENTS, "app_uninstalled", "tokens_revoked"}
    assert len(events) == len(EVENTS) + 2
    many["settings"]["event_subscriptions"]["bot_events"] = list(EVENTS)
    assert many == one
    assert many["settings"]["org_deploy_enabled"] is False


@pytest.mark.parametrize("socket", [True, False])
async def test_with_the_mcp_server_slackbot_may_connect_to_it(socket: bool) -> None:
    words = ["manifest", "--mcp", *(["--socket"] if socket else [])]
    run = await alumina(*words, env=ONE)
    found = yaml.safe_load(run.out)
    server = {"url": "https://alumina.example.com/mcp", "auth_type": "slack_identity_auth"}
    assert found["mcp_servers"] == {"alumina": server}
    assert set(found["oauth_config"]["scopes"]["bot"]) == {*SCOPES, *MCP_SCOPES}
    assert f"# Written by: alumina {' '.join(words[:1] + words[2:] + words[1:2])}" in run.out


async def test_the_mcp_server_needs_an_address_even_by_socket() -> None:
    run = await alumina("manifest", "--socket", "--mcp")
    assert (run.status, run.err.partition(" ")[0]) == (78, "ALUMINA_URL")
