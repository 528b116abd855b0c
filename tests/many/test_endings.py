"""A workspace takes the bot away, or its token back: what is kept of it, and that it may come again."""

import logging
import signal
from datetime import UTC, datetime

import aiohttp
from sqlalchemy import insert

from bot.playground.deliver import HttpDoor
from bot.playground.payloads import envelope
from bot.posts.order import monthly
from bot.posts.order_store import OrderStore
from bot.settings import Settings
from bot.store import tables
from bot.store.engine import store
from bot.store.tables import contexts, inbox, order_changes, orders, slack_bots, slack_installations
from tests.commandline import SECONDS, alumina, finish, start
from tests.many.conftest import MARCH, answered, install, rows, told
from tests.slack.desk import SHORT

LONG_AGO = 1_700_000_000
PEOPLE = (inbox, contexts, tables.feedback, orders, order_changes, tables.taught_words)


async def put(env, table, **values):
    async with store(Settings.from_env(env)) as engine, engine.begin() as connection:
        await connection.execute(insert(table).values(**values))


async def subscribed(env, *teams, channel="C_ALUMINIUM"):
    async with store(Settings.from_env(env)) as engine:
        for team in teams:
            await OrderStore(engine).save(monthly(team, channel, changed_by="U_ANA"))


async def teams_in(env, table):
    [name] = {"team", "team_id", "workspace"} & set(table.columns.keys())
    return {row[name] for row in await rows(env, table)}


async def spoken_with(slack, space, env):
    """A question, its thread and a verdict, so that each table of people's has a row of the workspace."""
    await space.say(f"<@{space.workspace.bot}> alumina exports march 2024")
    await slack.wait_for(lambda: told(space))
    await slack.settle()
    now = datetime.now(UTC)
    key = {"team": space.workspace.team, "channel": "C1", "ts": "1.0", "user_id": "U_ANA"}
    await put(env, tables.feedback, **key, verdict="down", question="", reason="too long", given_at=now)
    word = {"workspace": space.workspace.team, "word": "rx", "written": "RX", "series": "alumina"}
    await put(env, tables.taught_words, **word, taught_by="U_ANA", taught_at=now)


async def test_what_is_kept_of_a_workspace_goes_with_it_and_of_the_others_stays(slack, other, serve, env):
    async with serve():
        for space in (slack, other):
            await install(slack, space)
            await spoken_with(slack, space, env)
        await subscribed(env, "T0LOCAL", "T0OTHER")
        slack.oauth.uninstall(other)
        await slack.settle()
        for table in (slack_bots, slack_installations):
            assert await teams_in(env, table) == {"T0LOCAL"}
    for table in PEOPLE:  # once the bot has written all that it had in hand
        assert await teams_in(env, table) == {"T0LOCAL"}


async def test_installed_again_it_answers_again(slack, other, serve, env):
    async with serve():
        await install(slack, other)
        slack.oauth.uninstall(other)
        await slack.settle()
        await other.command("march")
        await slack.wait_for(other.ephemerals)
        assert "no longer installed" in other.ephemerals()[0].text
        await install(slack, other)
        await answered(slack, other)
    assert MARCH in told(other)[0]


async def test_a_token_that_is_taken_back_ends_the_answers_and_nothing_else(slack, other, serve, env):
    async with serve():
        await install(slack, other)
        await spoken_with(slack, other, env)
        await subscribed(env, "T0OTHER")
        other.announce({"type": "tokens_revoked", "tokens": {"oauth": ["U_ANA"], "bot": []}})
        await slack.settle()
        assert await teams_in(env, slack_bots) == {"T0OTHER"}  # a person's own token ends nothing
        slack.oauth.revoke(other)
        await slack.settle()
        assert await rows(env, slack_bots) == []
        assert await teams_in(env, tables.feedback) == {"T0OTHER"}
        await install(slack, other)
        await answered(slack, other, "alumina exports april 2024")
    assert [row["state"] for row in await rows(env, orders)] == ["active"]


async def test_what_a_dead_token_put_on_hold_goes_on_with_the_next_installation(slack, other, serve, env):
    async with serve():
        await subscribed(env, "T0OTHER")
        await subscribed(env, "T0OTHER", channel="C_DESK")
        await subscribed(env, "T0OTHER", channel="C_GONE")
        async with store(Settings.from_env(env)) as engine:
            kept = OrderStore(engine)
            [desk] = await kept.of_channel("T0OTHER", "C_DESK")
            await kept.turn(desk, "paused", "U_ANA")
            await kept.park_channel("T0OTHER", "C_ALUMINIUM", "token_revoked")
            await kept.park_channel("T0OTHER", "C_GONE", "is_archived")
        await install(slack, other)
    states = {row["channel"]: row["state"] for row in await rows(env, orders)}
    assert states == {"C_ALUMINIUM": "active", "C_DESK": "paused", "C_GONE": "parked"}


async def test_what_ends_after_the_installation_asks_slack_nothing(slack, other, serve, env):
    """The token may hold for a moment more."""
    async with serve():
        await install(slack, other)
        ended = envelope(other.workspace, {"type": "app_uninstalled"})
        assert await heard(slack, ended | {"event_time": ended["event_time"] + 5}) == 200
        assert await rows(env, slack_bots) == []


async def test_an_ending_told_late_does_not_end_the_next_installation(slack, other, serve, env):
    """Slack tells again for hours, and perhaps a process that remembers the former token."""
    late = envelope(other.workspace, {"type": "app_uninstalled"}) | {"event_time": LONG_AGO}
    async with serve():
        await install(slack, other)
        await answered(slack, other)
        first = str(slack.bot_url)
        async with serve():
            slack.oauth.uninstall(other, told=False)
            await install(slack, other)
            slack.bot_url = first
            assert await heard(slack, late) == 200
            assert await teams_in(env, slack_bots) == {"T0OTHER"}
        slack.bot_url = first
        slack.oauth.uninstall(other, told=False)  # the same event, and the token holds no more
        async with store(Settings.from_env(env)) as engine:  # what could not be written is told again
            await renamed(engine, "slack_bots", "away")
            assert await heard(slack, late) == 500
            await renamed(engine, "away", "slack_bots")
        assert await heard(slack, late) == 200
    assert await rows(env, slack_bots) == []


async def renamed(engine, name, new):
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {new}")


async def heard(slack, told_of):
    """The status of the bot's answer to an event."""
    async with aiohttp.ClientSession() as http:
        door = HttpDoor(str(slack.bot_url), slack.signing_secret, http)
        return (await door.send("events_api", told_of, None)).status


async def test_another_process_goes_by_the_newest_token_once_its_own_is_not_fresh(
    slack, other, serve, env, monkeypatch
):
    monkeypatch.setattr("bot.slack.installs.workspaces.FRESH_SECONDS", -1)
    async with serve():
        await install(slack, other)
        await answered(slack, other)
        first = str(slack.bot_url)
        async with serve():  # hears of everything that follows
            slack.oauth.uninstall(other)
            await slack.settle()
            await install(slack, other)
            slack.bot_url = first
            await answered(slack, other, "alumina exports april 2024")
            slack.bot_url = None


QUICK = {"ALUMINA_SCHEDULER": "on", "ALUMINA_REFRESH": "off", "ALUMINA_TICK_SECONDS": "0.2", **SHORT}


async def test_a_worker_beside_the_server_posts_to_them_all(slack, other, serve, env, tmp_path):
    if env["DATABASE_URL"].startswith("sqlite"):
        run = await alumina("worker", env=env, folder=tmp_path)
        assert (run.status, run.err.startswith("DATABASE_URL is SQLite")) == (78, True)
        return
    async with serve():
        for space in (slack, other):
            await install(slack, space)
        await subscribed(env, "T0LOCAL", "T0OTHER")
        worker = await start("worker", env=env | QUICK, folder=tmp_path)
        await slack.wait_for(lambda: told(slack) and told(other), SECONDS)
        await slack.settle()
        worker.send_signal(signal.SIGTERM)
        run = await finish(worker)
    assert run.status == 0
    assert [len(told(space)) for space in (slack, other)] == [1, 1]
    assert "xoxb-T" not in run.out + run.err


async def test_posts_go_to_each_workspace_with_its_token_and_to_one_that_left_none(
    slack, other, serve, env, caplog
):
    third = "T0THIRD"
    await subscribed(env, "T0LOCAL", "T0OTHER", third)
    async with serve():
        for space in (slack, other):
            await install(slack, space)
        slack.oauth.uninstall(slack)
        await slack.settle()
    async with serve(**QUICK):
        await slack.wait_for(lambda: told(other))
        await slack.settle()
    [post] = told(other)
    assert "July 2026" in post
    assert told(slack) == []
    assert {row["workspace"] for row in await rows(env, tables.posts)} == {"T0OTHER"}
    await subscribed(env, "T0OTHER", channel="C_DESK")
    async with serve(**QUICK, ALUMINA_TEAMS="T0LOCAL"):  # the other is not listed any more
        await slack.silence(1)
    assert other.messages("C_DESK") == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
