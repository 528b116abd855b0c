"""The settings, made from what is passed in, and the bounded memories."""

import os
from datetime import date

import pytest
from pydantic import ValidationError

from bot.errors import SettingError
from bot.settings import Settings
from tests.tables import looped, tables

CASES = tables("settings.yaml")


@looped(("env", "field", "value"), CASES["made"])
def test_a_setting_is_what_is_set_else_its_default(env, field, value):
    made = getattr(Settings.from_env(env), field)
    assert (list(made) if isinstance(made, tuple) else made) == value


def test_the_database_is_a_file_here_unless_another_is_set():
    assert Settings.from_env({}).need("DATABASE_URL") == "sqlite:///alumina.sqlite3"


def test_the_process_s_own_environment_is_not_looked_at(monkeypatch):
    monkeypatch.setenv("ALUMINA_CHANNEL", "C_FROM_OUTSIDE")
    assert Settings.from_env({}).alumina_channel is None
    assert Settings.from_env(os.environ).alumina_channel == "C_FROM_OUTSIDE"


KEY = "qG1sVxkl3pKqQ6L7wq3l2F3m5bqj0m1m8nYyB8o9cZQ="
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "topsecret", "ALUMINA_KEY": KEY}


@looped(("name", "value", "said"), CASES["wrong"])
def test_a_wrong_variable_is_named_in_one_sentence(name, value, said):
    with pytest.raises(SettingError) as caught:
        Settings.from_env({name: value})
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 78
    assert name != "ALUMINA_KEY" or value not in str(caught.value)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(SettingError, match=r"PORT.*ALUMINA_TODAY"):
        Settings.from_env({"PORT": "http", "ALUMINA_TODAY": "soon"})


@looped("name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "ALUMINA_URL", "ALUMINA_CHANNEL"])
def test_what_is_needed_and_missing_is_named(name):
    with pytest.raises(SettingError, match=rf"^{name} is not set: "):
        Settings.from_env({}).need(name)


def test_socket_mode_is_offered_to_one_workspace_alone():
    with pytest.raises(SettingError, match="SLACK_APP_TOKEN"):
        Settings.from_env({}).need("SLACK_SIGNING_SECRET")
    with pytest.raises(SettingError, match=r"Basic Information\.$"):
        Settings.from_env({"SLACK_CLIENT_ID": "1.2"}).need("SLACK_SIGNING_SECRET")


def test_a_secret_of_the_wrong_form_does_not_print_either():
    with pytest.raises(SettingError) as caught:
        Settings.from_env({"SLACK_BOT_TOKEN": "topsecret"})
    assert "topsecret" not in str(caught.value)
    assert caught.value.__suppress_context__  # a traceback would show the value


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings.from_env({}).port = 1


def test_today_is_the_chosen_day_else_the_calendar_s_in_the_time_zone():
    assert Settings.from_env({"ALUMINA_TODAY": "2026-11-24"}).today() == date(2026, 11, 24)
    east, west = (
        Settings.from_env({"ALUMINA_TIMEZONE": zone}) for zone in ("Pacific/Kiritimati", "Pacific/Niue")
    )
    assert (east.today() - west.today()).days >= 1  # 25 hours apart


def test_many_workspaces_have_a_client_id_and_keys():
    settings = Settings.from_env(MANY | {"ALUMINA_KEY": f"{KEY},\n {KEY[::-1][1:]}="})
    assert settings.many
    assert settings.token_keys == [KEY, f"{KEY[::-1][1:]}="]
    assert set(settings.token_keys) <= set(settings.secrets)
    assert not any(secret in f"{settings!r} {settings}" for secret in (KEY, "topsecret"))


def test_a_missing_key_says_how_one_is_made():
    with pytest.raises(SettingError, match=r"^ALUMINA_KEY is not set: .*`alumina key`"):
        Settings.from_env({"SLACK_CLIENT_ID": "1.2"}).token_keys  # noqa: B018


@looped(
    ("name", "value"),
    [("SLACK_BOT_TOKEN", "xoxb-1"), ("SLACK_APP_TOKEN", "xapp-1"), ("ALUMINA_CHANNEL", "C0123")],
)
def test_what_is_of_one_workspace_is_refused_beside_a_client_id(name, value):
    with pytest.raises(SettingError, match=f"^{name} and SLACK_CLIENT_ID are both set.*Take one"):
        Settings.from_env(MANY | {name: value})
