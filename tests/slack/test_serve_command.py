"""`alumina serve`, `worker` and `db upgrade`, as processes."""

import asyncio
import json
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.commandline import SECONDS, alumina, finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


async def until_healthy(port: int) -> None:
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_serve_answers_by_http_until_it_is_told_to_stop(
    slack: LocalSlack, tmp_path: Path, free_port: int, number: signal.Signals
) -> None:
    env = environment(slack, tmp_path)
    process = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
    await until_healthy(free_port)
    slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
    await slack.command("alumina exports march 2024")
    await slack.wait_for(slack.messages)
    await slack.settle()  # the bot is told of its own message too; nothing is on the way when it ends
    process.send_signal(number)
    run = await finish(process)
    assert run.status == 0
    assert MARCH in slack.messages()[0].text
    assert "Traceback" not in run.err
    events = [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]
    assert [event for event in events if event["level"] != "info"] == []
    listening = [event for event in events if event["event"] == "listening"]
    assert [(event["host"], event["port"]) for event in listening] == [("127.0.0.1", free_port)]


async def test_serve_connects_by_socket_where_there_is_an_app_token(
    slack: LocalSlack, tmp_path: Path
) -> None:
    env = environment(slack, tmp_path, SLACK_APP_TOKEN=slack.app_token)
    del env["SLACK_SIGNING_SECRET"]
    process = await start("serve", env=env, folder=tmp_path)
    await slack.wait_for(lambda: slack.sockets.in_use, SECONDS)
    await slack.command("alumina exports march 2024")
    await slack.wait_for(slack.messages)
    await slack.settle()  # the bot is told of its own message too; nothing is on the way when it ends
    process.send_signal(signal.SIGTERM)
    run = await finish(process)
    assert run.status == 0
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    ("change", "status", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-other"}, 78, "SLACK_BOT_TOKEN is not accepted by Slack (invalid_auth)"),
        ({"SLACK_SIGNING_SECRET": ""}, 78, "SLACK_SIGNING_SECRET is not set"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, 78, "DATABASE_URL: the database cannot"),
    ],
)
async def test_serve_refuses_a_wrong_setting_in_one_sentence(
    slack: LocalSlack, tmp_path: Path, free_port: int, change: dict[str, str], status: int, named: str
) -> None:
    env = environment(slack, tmp_path, **change)
    run = await alumina("serve", "--port", str(free_port), env=env, folder=tmp_path)
    assert run.status == status
    assert run.err.strip().splitlines()[-1].startswith(named)
    assert "Traceback" not in run.err


async def test_a_port_that_is_taken_is_named(slack: LocalSlack, tmp_path: Path) -> None:
    port = slack.url.rsplit(":", 1)[1]
    run = await alumina("serve", "--port", port, env=environment(slack, tmp_path), folder=tmp_path)
    assert run.status == 2
    assert f"Port {port} of 127.0.0.1 cannot be used" in run.err
    assert "Traceback" not in run.err


async def test_port_0_is_any_that_is_free_and_is_told(slack: LocalSlack, tmp_path: Path) -> None:
    process = await start("serve", "--port", "0", env=environment(slack, tmp_path), folder=tmp_path)
    assert process.stderr
    async for line in process.stderr:
        if b'"listening"' in line:
            break
    port = json.loads(line)["port"]
    assert port not in (0, 3000)
    await until_healthy(port)
    process.send_signal(signal.SIGTERM)
    assert (await finish(process)).status == 0


async def test_another_setting_than_the_port_is_named_where_that_chose_the_place(
    slack: LocalSlack, tmp_path: Path, free_port: int
) -> None:
    taken = slack.url.rsplit(":", 1)[1]
    env = environment(slack, tmp_path, ALUMINA_METRICS=taken)
    run = await alumina("serve", "--port", str(free_port), env=env, folder=tmp_path)
    assert (run.status, "choose another with ALUMINA_METRICS" in run.err) == (2, True)


@pytest.mark.parametrize("command", ["serve", "worker", "demo"])
async def test_a_port_that_there_is_not_is_refused(command: str, tmp_path: Path) -> None:
    run = await alumina(command, "--port", "99999", folder=tmp_path)
    assert (run.status, "Traceback" in run.err) == (2, False)
    assert "less than or equal to 65535" in run.err


async def test_a_worker_refuses_sqlite(slack: LocalSlack, tmp_path: Path) -> None:
    run = await alumina("worker", env=environment(slack, tmp_path), folder=tmp_path)
    assert run.status == 78
    assert run.err.startswith("DATABASE_URL is SQLite")


async def test_db_upgrade_makes_the_database(tmp_path: Path) -> None:
    run = await alumina("db", "upgrade", folder=tmp_path)
    assert (run.status, run.err) == (0, "")
    assert (tmp_path / "alumina.sqlite3").is_file()
