"""`alumina doctor`: one line a check, what to do about each trouble, and status 0 only if all is well."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime

import psycopg
import pytest

from bot.answers.conversation import converse
from bot.commands.doctor import TroubleError, checks, clock, freshness
from bot.dataset.calendar import Month
from bot.dataset.coverage import overdue
from bot.dataset.dataset import Record
from bot.gallery import Specimen
from bot.home import home_view
from bot.messages.render import render
from bot.settings import Settings
from tests.commandline import alumina
from tests.gear.slack import archive
from tests.slack.desk import environment
from tests.slack.events import settled
from tests.tables import tables

CASES = tables("slack/serving.yaml")

# July 2026 is complete with its query of 20 August, and the flash of August comes on 8 September.
FRESH = "2026-08-25"
ALL = [
    "settings", "data", "database", "freshness", "Slack", "clock", "scopes", "channel C_ALUMINIUM",
    "messages",
]  # fmt: skip
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """What the doctor says of each check, in order; of a trouble its exit status."""

    told: dict[str, str]
    troubles: dict[str, int]


def few(dataset, today):
    """One message of the newer blocks, and a home tab."""
    (answer,) = converse(["alumina exports last 13 months"], dataset)
    shown = Specimen("A chart", render(answer), "")
    return [shown, Specimen("Home", home_view(dataset), "")]


async def doctor(slack, folder, **env):
    usual = {"ALUMINA_CHANNEL": "C_ALUMINIUM", "ALUMINA_TODAY": FRESH}
    settings = Settings.from_env(environment(slack, folder, **usual | env))
    found = [check async for check in checks(settings, few)]
    told = {name: str(trouble or fine) for name, fine, trouble in found}
    assert not [secret for secret in (slack.bot_token, slack.signing_secret) if secret in str(told)]
    return Found(told, {name: trouble.exit_status for name, _, trouble in found if trouble})


async def test_the_command_prints_a_line_a_check_and_exits_by_it(slack, tmp_path):
    empty = f"sqlite:///{tmp_path}/empty.sqlite3"
    env = environment(slack, tmp_path, DATABASE_URL=empty, ALUMINA_CHANNEL="C_ALUMINIUM", ALUMINA_TODAY=FRESH)
    run = await alumina("doctor", env=env, folder=tmp_path)
    assert [line.split(":")[0] for line in run.out.splitlines()] == [f"ok  {name}" for name in ALL]
    assert run.status == 0
    assert "Slack takes all " in run.out
    assert f"{tmp_path}/empty.sqlite3, empty: its tables" in run.out
    assert not (tmp_path / "empty.sqlite3").exists()
    nowhere = await doctor(slack, tmp_path, DATABASE_URL="sqlite:////nowhere/at.sqlite3")
    assert nowhere.troubles == {"database": 78}
    assert (await doctor(slack, tmp_path, SLACK_BOT_TOKEN="")).troubles == {"settings": 78}  # told once
    slack.plain = True
    ill = await alumina("doctor", env=environment(slack, tmp_path), folder=tmp_path)
    assert [line.split(":")[0] for line in ill.out.splitlines() if line.startswith("!!")] == [
        "!!  freshness",  # on 24 November 2026 October is due
        "!!  messages",
    ]
    assert (ill.status, "Slack refuses “" in ill.out, "Traceback" in ill.err) == (1, True, False)
    for secret in (slack.bot_token, slack.signing_secret):
        assert secret not in run.out + run.err + ill.out + ill.err


async def test_in_socket_mode_the_app_token_too(slack, tmp_path):
    good = await doctor(slack, tmp_path, SLACK_APP_TOKEN=slack.app_token)
    assert (good.troubles, "app token" in good.told) == ({}, True)
    bad = await doctor(slack, tmp_path, SLACK_APP_TOKEN="xapp-wrong")
    assert next(iter(bad.troubles.values())) == 78
    assert "SLACK_APP_TOKEN is not accepted" in bad.told["app token"]
    assert "xapp-wrong" not in str(bad)


async def test_each_trouble_says_what_to_do(slack, tmp_path):
    slack.scopes -= {"im:history", "files:write"}
    run = await doctor(slack, tmp_path, ALUMINA_CHANNEL="C_GENERAL", SLACK_SIGNING_SECRET="")
    assert list(run.troubles) == ["settings", "scopes", "channel C_GENERAL"]
    assert "im:history" in run.told["scopes"]
    assert "/invite @alumina" in run.told["channel C_GENERAL"]
    assert next(iter(run.troubles.values())) == 78
    run = await doctor(slack, tmp_path, SLACK_API_URL="http://127.0.0.1:9/api")
    assert run.troubles == {"Slack": 78}
    slack.scopes |= {"im:history"}  # a scope that we do without is no trouble
    assert (await doctor(slack, tmp_path)).troubles == {}


async def test_each_subscribed_channel_is_checked(slack, serve, tmp_path):
    channels = {"C_DESK": "private and the bot is not in it", "C_PARTNERS": "/invite @alumina"}
    async with serve():
        for channel in channels:
            await settled(slack, slack.command("subscribe", channel=channel))
            await settled(slack, slack.modals.submit())
    for channel in channels:
        slack.workspace.kick(channel)
    run = await doctor(slack, tmp_path)
    assert run.troubles == {f"channel {channel}": 1 for channel in channels}
    assert all(told in run.told[f"channel {channel}"] for channel, told in channels.items())
    archive(slack.workspace, "C_PARTNERS")
    assert "archived" in (await doctor(slack, tmp_path)).told["channel C_PARTNERS"]


@pytest.mark.parametrize(("method", "fault", "troubles", "told"), CASES["unanswered"])
async def test_what_slack_does_not_answer_is_said(slack, tmp_path, method, fault, troubles, told):
    slack.fail(method, **fault)
    run = await doctor(slack, tmp_path)
    assert list(run.troubles) == troubles
    assert told in str(run.told)
    assert "/invite" not in str(run.told)


async def test_figures_that_should_be_here(slack, tmp_path, dataset):
    run = await doctor(slack, tmp_path, ALUMINA_TODAY="2026-11-24")
    assert run.troubles == {"freshness": 1}
    told = run.told["freshness"]
    assert "alumina exports of Aug–Oct 2026" in told
    assert "alumina data refresh" in told
    with pytest.raises(TroubleError, match="bauxite imports of Aug–Oct 2026"):
        freshness(dataset)


def overdue_on(record, day):
    return {(late.series.commodity, late.series.flow, late.months[-1]) for late in overdue(record.as_of(day))}


def test_on_its_day_a_figure_may_still_come_and_january_is_not_waited_for_alone(record):
    august = ("unwrought_aluminium", "export", Month(2026, 8))
    without = [row for row in record.rows if row.period.end < Month(2026, 8)]
    lacking = Record(record.catalogue, record.sources, tuple(without), record.calendar)
    flash = record.calendar.release(Month(2026, 8), "flash").day
    after = date(flash.year, flash.month, flash.day + 1)
    found = [august in overdue_on(*each) for each in ((lacking, flash), (lacking, after), (record, after))]
    assert found == [False, True, False]
    assert not {due for *_, due in overdue_on(record, date(2026, 2, 25))} & {Month(2026, 1)}


@pytest.mark.parametrize(("seconds", "fine"), [(0, True), (29, True), (31, False), (400, False)])
def test_the_clock_is_compared_with_slack_s(seconds, fine):
    said = {"date": format_datetime(datetime.fromtimestamp(NOON.timestamp() - seconds, UTC), usegmt=True)}
    if fine:
        assert "within seconds" in clock(said, NOON)
        assert clock({}, NOON) == "Slack did not tell its time"
    else:
        with pytest.raises(TroubleError, match=rf"by {seconds} seconds; .*NTP"):
            clock(said, NOON)


async def test_a_database_of_another_layout_is_left_as_it_is(slack, tmp_path):
    file, nowhere = tmp_path / "bot.sqlite3", "postgresql://me:topsecret@127.0.0.1:9/none"
    environment(slack, tmp_path)  # makes the database
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0011'")
    before = file.read_bytes()
    run = await doctor(slack, tmp_path)
    assert run.troubles == {"database": 78}
    assert "another version of Alumina (revision 0011)" in run.told["database"]
    assert file.read_bytes() == before
    for url, told in (("sqlite://x", "three slashes"), ("postgresql://127.0.0.1:port/x", "no number")):
        refused = await alumina("doctor", env=environment(slack, tmp_path) | {"DATABASE_URL": url})
        assert (refused.status, "Traceback" in refused.err) == (78, False)
        assert told in refused.out + refused.err
    run = await doctor(slack, tmp_path, DATABASE_URL=nowhere)
    assert (list(run.troubles), "topsecret" in str(run)) == (["database"], False)


async def test_a_database_that_is_read_only(slack, tmp_path, postgres):
    """As a standby is, or a role without the right."""
    with postgres.database() as url:
        written = await doctor(slack, tmp_path, DATABASE_URL=url)
        assert (written.troubles, "can be read and written" in written.told["database"]) == ({}, True)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            name = str(connection.info.dbname)
            connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
        read = await doctor(slack, tmp_path, DATABASE_URL=url)
    assert (read.troubles, "the right to write" in read.told["database"]) == ({"database": 78}, True)
