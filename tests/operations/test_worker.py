"""The process that works questions out, beside its server: both end together, and what is in hand is left."""

import asyncio
import os
import signal
import subprocess
import sys

import bot.slack.bolt_app
from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import Depot, parcel_of_file
from bot.worker import Worker
from tests.commandline import finish, start, worker_of
from tests.slack.desk import at_once, environment, http_bot
from tests.slack.events import by_bot, change_database, rows
from tests.slack.test_serve_command import until_healthy
from tests.supply.conftest import ALUMINA, NOW, TODAY, csv_of

QUESTION = "alumina exports march 2024"
OVER = "UPDATE inbox SET lease_until = '2026-01-01' WHERE state = 'taken'"  # as time would


async def served(port, slack, folder, **env):
    """`alumina serve` at work behind that port."""
    process = await start("serve", "--port", str(port), env=environment(slack, folder, **env), folder=folder)
    await until_healthy(port)
    slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
    return process


async def test_new_figures_are_in_the_answers(slack, tmp_path, free_port):
    process = await served(free_port, slack, tmp_path, ALUMINA_TICK_SECONDS="0.05")
    await slack.command("alumina exports august 2026")
    await slack.wait_for(lambda: len(slack.messages()) == 1)
    dataset = load_dataset(data_folder(), TODAY)
    async with store(Settings.from_env(environment(slack, tmp_path))) as engine:
        depot = Depot(dataset.record, Figures(engine), TODAY)
        await depot.take(parcel_of_file(csv_of(tmp_path, ALUMINA), dataset), NOW)
    while "210 kt" not in slack.messages()[-1].text:
        seen = len(slack.messages())
        await slack.command("alumina exports august 2026")
        await slack.wait_for(lambda seen=seen: len(slack.messages()) > seen)
    process.terminate()
    assert (await finish(process)).status == 0


async def test_where_it_dies_both_end_nothing_lost(slack, tmp_path, free_port):
    first = await served(free_port, slack, tmp_path)
    os.kill(worker_of(first), signal.SIGSTOP)
    assert not (await slack.command(QUESTION)).failure
    os.kill(worker_of(first), signal.SIGKILL)
    run = await finish(first)
    told = "The process that works questions out has died: start the bot again."
    assert (run.status, run.err.splitlines()[-1]) == (70, told)
    assert slack.messages() == []
    await change_database(tmp_path, OVER)
    second = await served(free_port, slack, tmp_path)
    await slack.wait_for(lambda: len(slack.messages()) == 1)
    second.terminate()
    assert (await finish(second)).status == 0
    assert len(slack.messages()) == 1


async def test_it_ends_with_a_killed_server(slack, tmp_path, free_port):
    process = await served(free_port, slack, tmp_path)
    assert worker_of(process)
    process.kill()
    await finish(process)  # once the last that could write has ended


async def test_an_answer_that_takes_too_long_is_broken_off_and_left_to_the_next_process(
    slack, dataset, tmp_path, monkeypatch
):
    monkeypatch.setattr(bot.slack.bolt_app, "SECONDS", 0.05)
    hold = slack.faults.hold("chat.postMessage", when="before")
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        ts = await slack.say(f"<@U0ALUMINA> {QUESTION}")
        await hold.reached.wait()
        monkeypatch.setattr(slack, "settle", at_once)
    hold.drop()
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    assert slack.ephemerals() == []
    monkeypatch.undo()
    await change_database(tmp_path, OVER)
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


async def test_of_each_person_one_call_at_a_time(dataset):
    worker, order = Worker(dataset, lambda: TODAY), list[str]()
    asked = [("ana", "first"), ("ana", "second"), ("ana", "third"), ("ben", "his")]
    async with worker.open(), asyncio.TaskGroup() as together:
        for person, text in asked:
            together.create_task(worker.run(person, lambda _dataset, text=text: order.append(text)))
    assert order == ["first", "his", "second", "third"]


# In place of a dataset three bytes: they are no sign, their view cannot be copied, their length can.
WORKING = """
import asyncio, datetime
from bot.worker import Worker

class Bytes(bytes):
    def on(self, day):
        return self

async def main(worker):
    async with worker.open():
        for call in (ord, memoryview, len):
            try:
                print(await worker.run("ana", call))
            except TypeError as problem:
                print(type(problem).__name__)

asyncio.run(main(Worker(Bytes(b"abc"), datetime.date.today, forked=True)))
"""


def test_what_a_call_raises_is_raised_and_the_work_goes_on():
    done = subprocess.run([sys.executable, "-c", WORKING], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["TypeError", "TypeError", "3"]
