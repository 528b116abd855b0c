"""`alumina post`, as a process against the local Slack."""

from datetime import UTC, datetime

import pytest

from bot.commands.post import post_month
from bot.dataset.calendar import Month
from bot.errors import SettingError, UsageError
from bot.posts.rows import Claim, Post
from bot.settings import Settings
from tests.commandline import alumina
from tests.databases import sqlite_at

AT_REST = Settings.from_env({"ALUMINA_TODAY": "2026-11-24"})  # knows no Slack
JULY = Month(2026, 7)
HERE = ("--channel", "C_ALUMINIUM")


@pytest.fixture
def env(slack, tmp_path):
    database = {"DATABASE_URL": sqlite_at(tmp_path / "posts.sqlite3"), "ALUMINA_TODAY": "2026-11-24"}
    return database | {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}


def delete_database(folder):
    files = list(folder.glob("posts.sqlite3*"))
    assert files
    for file in files:
        file.unlink()


async def posted(env, *more):
    return await alumina("post", "--month", "2026-07", *more, env=env)


async def test_a_month_is_posted_once(slack, env, tmp_path):
    first = await posted(env, *HERE)
    delete_database(tmp_path)
    second = await posted(env, *HERE)
    assert [first.status, second.status] == [0, 0]
    assert "posted to C_ALUMINIUM" in first.out
    assert "already posted" in second.out
    assert len(slack.messages()) == 1
    third = await posted(env | {"ALUMINA_CHANNEL": "C_DESK"})
    fourth = await posted(env, "--again", "--channel", "C_DESK", *HERE)
    assert [third.status, fourth.status] == [0, 0]
    assert [len(slack.messages("C_DESK")), len(slack.messages())] == [2, 2]


async def test_a_flash_that_stands_there_still_grows(env, ledger):
    """The bulletin is on record and not in the ledger yet: what finds the month posted puts nothing down."""
    july, now = Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07"), datetime.now(UTC)
    claim = await ledger.take(july, now)
    assert isinstance(claim, Claim)
    await ledger.mark(claim, "1.0", now)
    run = await posted(env, *HERE)
    assert "already posted" in run.out
    assert list(await ledger.entries()) == [july]


def test_a_dry_run_prints_the_message_and_needs_no_slack(capsys):
    status = post_month(AT_REST, JULY, [], dry_run=True, again=False)
    assert status == 0
    assert "July 2026" in capsys.readouterr().out


def test_a_month_that_is_not_complete_names_what_is_missing(capsys):
    status = post_month(AT_REST, Month(2026, 8), ["C_ALUMINIUM"], dry_run=False, again=False)
    said = capsys.readouterr().out
    assert status == 1
    assert said.startswith("August 2026 is not complete: ")
    assert "not on record" in said


async def test_where_slack_refuses_nothing_is_posted(slack, env):
    slack.fail("conversations.history", error="missing_scope")
    run = await posted(env, *HERE)
    assert run.status == 1
    assert "missing_scope" in run.out
    slack.fail("auth.test", text="a proxy's page")
    run = await posted(env, *HERE)
    assert run.status != 0
    assert run.err.startswith("Slack does not answer as it should (HTTP 200, with something else than")
    assert "Traceback" not in run.err
    assert slack.messages() == []


@pytest.mark.parametrize(
    ("channels", "error", "named"),
    [
        ([], SettingError, "ALUMINA_CHANNEL is not set"),
        (["C1"], SettingError, "SLACK_BOT_TOKEN is not set"),
        (["#aluminium"], UsageError, "'#aluminium' is not a channel"),
    ],
)
def test_a_missing_setting_is_named(channels, error, named):
    with pytest.raises(error, match=named):
        post_month(AT_REST, JULY, channels, dry_run=False, again=False)


async def test_what_is_no_month_is_a_wrong_usage():
    run = await alumina("post", "--month", "july")
    assert (run.status, run.err) == (2, "'july' is not a month; write 2024-03.\n")
