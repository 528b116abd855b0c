"""`alumina demo`: the local workspace with the real bot in it, and its own time."""

import asyncio
import os
import signal
from datetime import date
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.dataset.calendar import Month
from bot.playground.demo import hint, playground
from bot.playground.timeline import Timeline, TimelineSettings, day_before_newest
from bot.settings import Settings
from tests.commandline import SECONDS, alumina, finish, start
from tests.gear.slack import LocalSlack
from tests.slack.events import press, told
from tests.slack.test_serve_command import until_healthy

NOWHERE = {"DATABASE_URL": "postgresql://nobody@192.0.2.1/none", "ALUMINA_SCHEDULER": "off"}
ONE = {"SLACK_BOT_TOKEN": "xoxb-a-real-one", "SLACK_APP_TOKEN": "xapp-a-real-one"}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "a-real-one",
    "ALUMINA_KEY": "qG1sVxkl3pKqQ6L7wq3l2F3m5bqj0m1m8nYyB8o9cZQ=",
}


@pytest.mark.parametrize("env", [ONE, MANY], ids=["one workspace", "many"])
async def test_a_question_is_answered_and_no_setting_leads_out_of_the_playground(tmp_path, env, monkeypatch):
    monkeypatch.setattr("bot.playground.demo.LocalSlack", LocalSlack)
    async with playground(Settings.from_env(env | NOWHERE), 0, tmp_path) as slack:
        await slack.command("march 2024")
        await slack.wait_for(slack.messages)
        [asked] = slack.messages()
        await slack.say("and february?", thread_ts=asked.ts)
        await slack.settle()
        assert {call.method for call in slack.calls} >= {"auth.test", "chat.postMessage"}
    assert "February 2024" in slack.messages("C_ALUMINIUM", asked.ts)[1].text


async def test_the_command_prints_its_address_and_ends_with_ctrl_c(tmp_path):
    process = await start("demo", "--port", "0", "--no-open", folder=tmp_path)
    line = (await asyncio.wait_for(process.stdout.readline(), SECONDS)).decode()
    async with aiohttp.ClientSession() as http, http.get(line.split()[-1]) as page:
        assert "Alumina" in await page.text()
    process.send_signal(signal.SIGINT)
    run = await finish(process)
    assert (run.status, run.err) == (0, "")
    assert os.listdir(tmp_path) == []


async def test_where_the_usual_port_is_taken_a_free_one_is(tmp_path):
    demos, urls = [], set()
    for _ in range(2):  # the first has it, where nobody else does
        demos.append(await start("demo", "--no-open", folder=tmp_path))
        line = (await asyncio.wait_for(demos[-1].stdout.readline(), SECONDS)).decode()
        urls.add(line.split()[-1])
    assert len(urls) == 2
    for demo in demos:
        demo.send_signal(signal.SIGINT)
        assert (await finish(demo)).status == 0


@pytest.mark.parametrize(
    "way",
    [
        pytest.param("SLACK_SIGNING_SECRET=local-signing-secret", marks=pytest.mark.slow),
        "SLACK_APP_TOKEN=xapp-local",
    ],
)
async def test_a_bot_that_is_started_by_the_line_of_the_hint_answers(tmp_path, free_port, way, monkeypatch):
    """As the hint says it, by HTTP and by Socket Mode."""
    monkeypatch.chdir(tmp_path)
    address = f"http://127.0.0.1:{free_port}"
    async with playground(Settings.from_env({}), 0, tmp_path, address) as slack:
        _, line, more = hint(slack, address).splitlines()
        assert way in line + more
        # The query of July 2026 is out on 20 August, by data/dataset.toml; the day before:
        assert " ALUMINA_TODAY=2026-08-19 " in line
        process = await pasted(line.replace("SLACK_SIGNING_SECRET=local-signing-secret", way))
        await until_healthy(free_port)
        assert not (await slack.command("march 2024")).failure
        await slack.wait_for(slack.messages)
        process.send_signal(signal.SIGTERM)
        assert (await finish(process)).status == 0
    # Alumina exports of March 2024 as published
    assert "169.6 % on the year, to 140 kt" in slack.messages()[0].text


async def pasted(line):
    """The line as a shell takes it; the shell makes way for the bot, so that a signal reaches it."""
    pipe, path = asyncio.subprocess.PIPE, {"PATH": os.environ["PATH"]}
    return await asyncio.create_subprocess_shell(f"exec env {line}", env=path, stdout=pipe, stderr=pipe)


async def test_an_address_that_is_none_and_a_port_that_is_taken_are_named(tmp_path):
    address = "http://127.0.0.1:3000/slack/events"
    run = await alumina("demo", "--no-open", "--bot", address)
    wanted = "write an address without a path, such as http://127.0.0.1:3000."
    assert (run.status, run.err) == (2, f"--bot is {address}; {wanted}\n")
    async with playground(Settings.from_env({"ALUMINA_SCHEDULER": "off"}), 0, tmp_path) as slack:
        run = await alumina("demo", "--no-open", "--port", slack.url.rsplit(":", 1)[1])
    assert run.status == 2
    assert run.err.startswith(f"Port {slack.url.rsplit(':', 1)[1]} of 127.0.0.1 cannot be used")


SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_it_starts_on_the_day_before_the_newest_month_was_complete(dataset, record):
    # July 2026: alumina imports came with the query, reckoned on the 20th of August
    start = day_before_newest(dataset)
    assert start == date(2026, 8, 19)
    assert record.as_of(start).newest_complete() == Month(2026, 6)
    assert record.as_of(date(2026, 8, 20)).newest_complete() == Month(2026, 7)


def test_it_moves_by_a_day_or_to_the_next_day_with_news(record):
    timeline, told = Timeline(record, SHANGHAI, date(2026, 8, 18)), list[date]()
    timeline.listeners.append(lambda: told.append(timeline.now().date()))
    timeline.next_day()
    assert timeline.next_release == date(2026, 8, 20)
    timeline.to_next_release()
    timeline.to_next_release()  # the flash of August
    assert told == [date(2026, 8, 19), date(2026, 8, 20), date(2026, 9, 9)]
    assert timeline.now().hour == 23
    last = Timeline(record, SHANGHAI, date(2027, 6, 1))  # after the last release there are only days
    assert last.next_release is None
    last.to_next_release()
    assert last.now().date() == date(2027, 6, 2)


def test_settings_live_on_it_and_keep_everything_else(record):
    timeline = Timeline(record, SHANGHAI, date(2026, 8, 18))
    moved = TimelineSettings.on(Settings.from_env({"ALUMINA_LEASE_SECONDS": "33"}), timeline)
    assert (moved.today(), moved.alumina_lease_seconds) == (date(2026, 8, 18), 33)
    timeline.next_day()
    assert moved.today() == date(2026, 8, 19)


async def test_as_time_goes_on_the_next_edition_and_an_alert_appear_once(tmp_path):
    async with playground(Settings.from_env({}), 0, tmp_path) as slack:
        await slack.wait_for(lambda: slack.messages())
        offer = await told(slack, "alert alumina imports above 100kt")
        await press(slack, offer, "alert_here", user="U_ANA")
        slack.timeline.to_next_release()
        await slack.wait_for(lambda: alerts(slack) and len(editions(slack)) > 1)
        slack.timeline.next_day()
        await slack.silence(2.5)  # some ticks later nothing was added
        [alert] = alerts(slack)
        first, second = editions(slack)
    assert "June 2026" in first.text
    assert "July 2026" in second.text
    assert float(second.ts) - float(first.ts) > 3600  # told on the workspace's own clock
    # 366,577.68 t by the query of 20 August; June's 449 kt were out before
    assert alert.text.startswith("Alumina imports above 100 kt: 366.6 kt, July 2026")
    assert "late" not in second.text + alert.text


def alerts(slack):
    return [message for message in slack.messages() if "alert-" in str(message.metadata)]


def editions(slack):
    return [message for message in slack.messages() if "China's aluminium trade" in message.text]
