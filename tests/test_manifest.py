"""manifest.yml and the command that writes it."""

import re
from pathlib import Path

import pytest
import yaml

from bot.errors import SettingError
from bot.manifest import EVENTS, SCOPES, http_manifest, socket_manifest
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
