"""The start of the bot, and of `serve`, `worker` and `db upgrade` as processes: trouble is one sentence."""

import asyncio
import json
import signal

import aiohttp
import pytest

from bot.app import running
from bot.commands.serve import address_of
from bot.errors import SettingError, UserError
from bot.serving import PORT
from bot.settings import Settings
from tests.commandline import SECONDS, alumina, finish, start
from tests.slack.desk import environment
from tests.slack.events import settled
from tests.slack.example import MARCH
from tests.tables import tables

CASES = tables("slack/serving.yaml")


async def until_healthy(port):
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def asked(slack):
    """A command is answered; the bot is told of its own message too, and nothing is on the way then."""
    await slack.command("alumina exports march 2024")
    await settled(slack, slack.wait_for(slack.messages))
    assert MARCH in slack.messages()[0].text


async def test_serve_answers_by_http_at_the_port_it_tells(slack, tmp_path):
    process = await start("serve", "--port", "0", env=environment(slack, tmp_path), folder=tmp_path)
    logged = [json.loads(await process.stderr.readline())]
    while logged[-1]["event"] != "listening":
        logged.append(json.loads(await process.stderr.readline()))
    host, port = logged[-1]["host"], logged[-1]["port"]
    assert (host, port in (0, PORT)) == ("127.0.0.1", False)
    await until_healthy(port)
    slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
    await asked(slack)
    process.send_signal(signal.SIGTERM)
    run = await finish(process)
    assert (run.status, "Traceback" in run.err) == (0, False)
    logged += [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]
    assert [each for each in logged if each["level"] != "info"] == []
    assert "stopping" in [each["event"] for each in logged]  # from when on /readyz is 503


async def test_serve_connects_by_socket_with_an_app_token(slack, tmp_path):
    env = environment(slack, tmp_path, SLACK_APP_TOKEN=slack.app_token)
    del env["SLACK_SIGNING_SECRET"]
    process = await start("serve", env=env, folder=tmp_path)
    await slack.wait_for(lambda: slack.sockets.in_use, SECONDS)
    await asked(slack)
    process.send_signal(signal.SIGINT)
    run = await finish(process)
    assert (run.status, "Traceback" in run.err) == (0, False)


@pytest.mark.parametrize(("words", "change", "status", "named"), CASES["refused"])
async def test_what_is_wrong_is_refused_in_one_sentence(slack, tmp_path, words, change, status, named):
    taken = slack.url.rsplit(":", 1)[1]
    command, env = words.replace("TAKEN", taken).split(), environment(slack, tmp_path, **change)
    run = await alumina(*command, env=env, folder=tmp_path)
    assert (run.status, named in run.err, "Traceback" in run.err) == (status, True, False)


async def test_a_second_serve_on_the_same_file_is_refused_while_the_first_runs(slack, tmp_path, free_port):
    env = environment(slack, tmp_path)
    first = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
    await until_healthy(free_port)
    second = await alumina("serve", "--port", "0", env=env, folder=tmp_path)
    assert (second.status, "Traceback" in second.err) == (78, False)
    assert f"another `alumina serve` is running on {tmp_path / 'bot.sqlite3'}" in second.err
    first.kill()
    await finish(first)
    third = await start("serve", "--port", str(free_port), env=env, folder=tmp_path)
    await until_healthy(free_port)
    third.terminate()
    assert (await finish(third)).status == 0


async def test_db_upgrade_makes_the_database(tmp_path):
    run = await alumina("db", "upgrade", folder=tmp_path)
    assert (run.status, run.err) == (0, "")
    assert (tmp_path / "alumina.sqlite3").is_file()


@pytest.mark.parametrize(("env", "host", "port", "expected"), CASES["addresses"])
def test_only_a_host_or_the_variable_port_opens_it_to_others(env, host, port, expected):
    assert address_of(Settings.from_env(env), host, port) == (expected and tuple(expected))


async def begin(slack, dataset, folder, **env):
    async with running(Settings.from_env(environment(slack, folder, **env)), dataset):
        pass


@pytest.mark.parametrize(("env", "told"), CASES["settings"])
async def test_a_wrong_setting_is_named(slack, dataset, tmp_path, env, told):
    with pytest.raises(SettingError, match=told) as caught:
        await begin(slack, dataset, tmp_path, **env)
    assert caught.value.exit_status == 78
    assert "not-this-one" not in str(caught.value)


async def test_missing_scopes_are_named(slack, dataset, tmp_path):
    slack.fail("auth.test", status=503, error="service_unavailable")
    with pytest.raises(UserError, match="try again in a minute"):
        await begin(slack, dataset, tmp_path)
    slack.scopes |= {"users:read"}
    await begin(slack, dataset, tmp_path)
    slack.scopes -= {"channels:history", "im:read"}
    with pytest.raises(SettingError, match=r"lacks the scopes channels:history, im:read: "):
        await begin(slack, dataset, tmp_path)
