"""`alumina serve`, `worker` and `db upgrade`, as processes."""

import asyncio
import json
import signal
from pathlib import Path

import aiohttp
import pytest

from bot.commands.serve import LOCAL, address_of
from bot.serving import PORT
from bot.settings import Settings
from tests.commandline import SECONDS, alumina, finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment
from tests.slack.events import settled

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


async def until_healthy(port: int) -> None:
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def asked(slack: LocalSlack) -> None:
    """A command is answered; the bot is told of its own message too, and nothing is on the way then."""
    await slack.command("alumina exports march 2024")
    await settled(slack, slack.wait_for(slack.messages))
    assert MARCH in slack.messages()[0].text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_serve_answers_by_http_until_it_is_told_to_stop(
    slack: LocalSlack, tmp_path: Path, free_port: int, number: signal.Signals
) -> None:
    env = environment(slack, tmp_path)
    process = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
    await until_healthy(free_port)
    slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
    await asked(slack)
    process.send_signal(number)
    run = await finish(process)
    assert (run.status, "Traceback" in run.err) == (0, False)
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
    await asked(slack)
    process.send_signal(signal.SIGTERM)
    run = await finish(process)
    assert (run.status, "Traceback" in run.err) == (0, False)


@pytest.mark.parametrize(
    ("command", "port", "change", "status", "named"),
    [
        ("serve", "", {"SLACK_BOT_TOKEN": "xoxb-other"}, 78, "SLACK_BOT_TOKEN is not accepted by Slack"),
        ("serve", "", {"SLACK_SIGNING_SECRET": ""}, 78, "SLACK_SIGNING_SECRET is not set"),
        (
            "serve",
            "",
            {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"},
            78,
            "DATABASE_URL: the database cannot",
        ),
        ("serve", "taken", {}, 2, "of 127.0.0.1 cannot be used"),
        ("serve", "", {"ALUMINA_METRICS": "taken"}, 2, "choose another with ALUMINA_METRICS"),
        ("serve", "99999", {}, 2, "less than or equal to 65535"),
        ("worker", "99999", {}, 2, "less than or equal to 65535"),
        ("demo", "99999", {}, 2, "less than or equal to 65535"),
        ("worker", "", {}, 78, "DATABASE_URL is SQLite"),
    ],
)
async def test_what_is_wrong_is_refused_in_one_sentence(
    slack: LocalSlack,
    tmp_path: Path,
    free_port: int,
    command: str,
    port: str,
    change: dict[str, str],
    status: int,
    named: str,
) -> None:
    taken = slack.url.rsplit(":", 1)[1]
    changed = {name: taken if value == "taken" else value for name, value in change.items()}
    env = environment(slack, tmp_path, **changed)
    at = taken if port == "taken" else port or str(free_port)
    words = [command, "--port", at] if (command, port) != ("worker", "") else [command]
    run = await alumina(*words, env=env, folder=tmp_path)
    assert (run.status, named in run.err, "Traceback" in run.err) == (status, True, False)


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


async def test_db_upgrade_makes_the_database(tmp_path: Path) -> None:
    run = await alumina("db", "upgrade", folder=tmp_path)
    assert (run.status, run.err) == (0, "")
    assert (tmp_path / "alumina.sqlite3").is_file()


SOCKET = {"SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(
    ("env", "host", "port", "expected"),
    [
        ({}, None, None, None),
        ({}, None, 4000, ("127.0.0.1", 4000)),
        ({}, "0.0.0.0", None, ("0.0.0.0", 3000)),
        ({"PORT": "5000"}, None, None, ("0.0.0.0", 5000)),
        ({"PORT": "5000"}, "127.0.0.1", None, ("127.0.0.1", 5000)),
        ({"PORT": "5000"}, None, 4000, ("0.0.0.0", 4000)),
        (SOCKET, None, None, None),
        (SOCKET, None, 4000, ("127.0.0.1", 4000)),
        (SOCKET | {"PORT": "5000"}, None, None, ("0.0.0.0", 5000)),
    ],
)
def test_only_a_host_or_the_variable_port_opens_it_to_others(
    env: dict[str, str], host: str | None, port: int | None, expected: tuple[str, int] | None
) -> None:
    assert address_of(Settings.from_env(env), host, port) == expected


def test_where_nothing_is_asked_for_serve_listens_to_this_machine_alone() -> None:
    assert (LOCAL, PORT) == ("127.0.0.1", 3000)
