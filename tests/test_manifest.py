"""manifest.yml and the command that writes it."""

import re
from pathlib import Path

import pytest
import yaml

from bot.errors import SettingError
from bot.manifest import AGENT_SCOPES, EVENTS, OPTIONAL, SCOPES, http_manifest, prompts, socket_manifest
from bot.messages.modal import ASK_ABOUT
from bot.settings import Settings
from tests.commandline import alumina

FILE = Path(__file__).parent.parent / "manifest.yml"
URL = "https://alumina.example.com/slack/events"


async def test_the_file_is_what_the_command_prints() -> None:
    run = await alumina("manifest", "--socket")
    assert run.status == 0
    assert run.out == FILE.read_text(encoding="utf-8")


def test_the_socket_manifest_has_no_addresses_of_ours() -> None:
    manifest = yaml.safe_load(socket_manifest())
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest["features"]["slash_commands"][0]
    assert "request_url" not in manifest["settings"]["event_subscriptions"]
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}  # needed for buttons here too


def test_the_http_manifest_has_the_request_url_everywhere() -> None:
    manifest = yaml.safe_load(
        http_manifest(Settings.from_env({"ALUMINA_URL": "https://alumina.example.com"}))
    )
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["features"]["slash_commands"][0]["url"] == URL
    assert manifest["settings"]["event_subscriptions"]["request_url"] == URL
    assert manifest["settings"]["interactivity"] == {"request_url": URL, "is_enabled": True}


def test_the_http_manifest_needs_an_address() -> None:
    with pytest.raises(SettingError, match=r"^ALUMINA_URL is not set"):
        http_manifest(Settings.from_env({}))


def test_the_http_manifest_has_no_address_that_slack_would_not_call() -> None:
    with pytest.raises(SettingError, match=r"^ALUMINA_URL is wrong: .*https://"):
        http_manifest(Settings.from_env({"ALUMINA_URL": "http://alumina.example.com"}))


def test_every_scope_and_event_has_its_reason_in_a_comment() -> None:
    lines = socket_manifest().splitlines()
    for name, reason in (SCOPES | EVENTS).items():
        assert any(re.fullmatch(rf" +- {re.escape(name)} +# {re.escape(reason)}", line) for line in lines)
    manifest = yaml.safe_load(socket_manifest())
    assert manifest["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_texts_keep_slack_s_limits() -> None:
    manifest = yaml.safe_load(socket_manifest())
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140


def test_what_the_bot_runs_without_says_so() -> None:
    assert {"files:write", "users:read"} == OPTIONAL
    assert all("the bot runs without it" in SCOPES[name] for name in OPTIONAL)


def test_the_shortcut_of_a_message_is_there_and_the_home_tab() -> None:
    features = yaml.safe_load(socket_manifest())["features"]
    [shortcut] = features["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", ASK_ABOUT)
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert features["app_home"]["home_tab_enabled"] is True


def test_it_is_an_agent_only_where_that_is_asked_for() -> None:
    plain = yaml.safe_load(socket_manifest())
    assert "agent_view" not in plain["features"]
    assert not AGENT_SCOPES.keys() & set(plain["oauth_config"]["scopes"]["bot"])


async def test_an_agent_suggests_and_is_a_bot_in_everything_else() -> None:
    run = await alumina("manifest", "--socket", "--agent")
    agent, plain = yaml.safe_load(run.out), yaml.safe_load(socket_manifest())
    view = agent["features"].pop("agent_view")
    assert len(view["agent_description"]) <= 300
    assert {each["title"]: each["message"] for each in view["suggested_prompts"]} == prompts()
    assert len(prompts()) <= 4
    scopes = agent["oauth_config"]["scopes"]
    assert set(scopes["bot"]) - AGENT_SCOPES.keys() == set(SCOPES)
    scopes["bot"] = list(SCOPES)
    assert agent == plain


def test_an_agent_by_http_has_its_addresses_too() -> None:
    settings = Settings.from_env({"ALUMINA_URL": "https://alumina.example.com"})
    manifest = yaml.safe_load(http_manifest(settings, agent=True))
    assert "agent_view" in manifest["features"]
    assert manifest["settings"]["event_subscriptions"]["request_url"] == URL


def test_neither_is_the_assistant_of_old() -> None:
    assert "assistant_view" not in socket_manifest(agent=True)
    assert "assistant_thread" not in socket_manifest(agent=True)


MANY = {
    "ALUMINA_URL": "https://alumina.example.com",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "secret",
}


def test_for_many_workspaces_it_says_where_who_installs_it_comes_back_to() -> None:
    one = yaml.safe_load(http_manifest(Settings.from_env({"ALUMINA_URL": MANY["ALUMINA_URL"]})))
    many = yaml.safe_load(http_manifest(Settings.from_env(MANY)))
    assert many["oauth_config"].pop("redirect_urls") == ["https://alumina.example.com/slack/oauth_redirect"]
    events = many["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {*EVENTS, "app_uninstalled", "tokens_revoked"}
    assert len(events) == len(EVENTS) + 2
    many["settings"]["event_subscriptions"]["bot_events"] = list(EVENTS)
    assert many == one
    assert many["settings"]["org_deploy_enabled"] is False
