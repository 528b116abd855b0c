"""The pages of a running bot, and how it serves."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from bot import serving
from bot.operations import Operations
from bot.serving import Server, run, served
from tests.slack.desk import environment, http_bot
from tests.slack.events import change_database

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class Pages:
    """What a bot's pages say."""

    def __init__(self, address, http):
        self.address, self._http = address, http

    async def ready(self):
        """The status, what is wrong and what is fine."""
        async with self._http.get(f"{self.address}/readyz") as answer:
            told = await answer.json()
            assert told["ready"] is (answer.status == 200)
            return answer.status, told["wrong"], told["fine"]

    async def status(self, path):
        async with self._http.get(f"{self.address}{path}") as answer:
            return answer.status

    async def samples(self):
        async with self._http.get(f"{self.address}/metrics") as answer:
            assert answer.content_type == "text/plain"
            text = await answer.text()
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@asynccontextmanager
async def pages(slack, dataset, folder, **env):
    async with http_bot(slack, dataset, environment(slack, folder, **env)), aiohttp.ClientSession() as http:
        yield Pages(str(slack.bot_url).removesuffix("/slack/events"), http)


def sample(name, **labels):
    return name, frozenset(labels.items())


async def test_a_bot_at_work_is_ready_and_tells_what_waits_and_how_old_the_figures_are(
    slack, dataset, tmp_path
):
    async with pages(slack, dataset, tmp_path) as bot:
        before = len(slack.calls)
        for _ in range(5):
            status, wrong, fine = await bot.ready()
        assert [call.method for call in slack.calls[before:]] == ["auth.test"]  # however many probe
        now = await bot.samples()
    assert (status, wrong) == (200, {})
    assert (fine["database"], fine["slack"]) == ("answers", "takes the token")
    assert fine["data"].startswith("complete up to 2026-07")  # the newest month of data/figures.csv
    assert now[sample("alumina_ready", part="database")] == 1
    assert now[sample("alumina_inbox_open")] == 0
    assert now[sample("alumina_posts", state="due", kind="month")] == 0
    assert now[sample("alumina_data_overdue_days")] == 67


async def test_a_token_that_was_taken_back_and_a_database_in_trouble_are_named(slack, dataset, tmp_path):
    async with pages(slack, dataset, tmp_path) as bot:
        slack.fail("auth.test", error="token_revoked")
        await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
        status, wrong, _ = await bot.ready()
        assert await bot.status("/healthz") == 200
        await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
    assert status == 503
    assert wrong == {"slack": "does not take the token (token_revoked)", "database": "does not answer"}


async def test_old_figures_are_told_metrics_off(slack, dataset, tmp_path):
    # By 24 November the bulletin of August, usually out on the 18th (data/README.md), is missing for 67 days.
    async with pages(slack, dataset, tmp_path, ALUMINA_METRICS="off") as bot:
        status, wrong, fine = await bot.ready()
        assert await bot.status("/metrics") == 404
    assert (status, wrong) == (200, {})
    assert "67 days overdue" in fine["data"]


async def test_it_is_ready_between_its_start_and_its_end():
    operations = Operations()
    assert await operations.report() == ({}, {"process": "is starting"})
    operations.open({})
    assert await operations.report() == ({"process": "is at work"}, {})
    operations.leave()
    assert await operations.report() == ({}, {"process": "is stopping"})


async def test_questions_their_times_are_counted(slack, dataset, tmp_path):
    expected = {
        sample("alumina_questions_total", outcome="answered", view="figure"): 4,
        sample("alumina_questions_total", outcome="not_understood", view=""): 1,
        sample("alumina_ack_seconds_count", trigger="command", status="2xx"): 5,
        **{sample("alumina_stage_seconds_count", stage=each): 5 for each in ("parse", "look_up", "render")},
    }
    async with pages(slack, dataset, tmp_path) as bot:
        before = await bot.samples()
        for text in ("alumina exports march 2024", "alumina exports march 2024", "zzz qqq"):
            await slack.command(text)
        await slack.settle()
        sent = sample("alumina_stage_seconds_count", stage="send")
        assert (await bot.samples())[sent] - before.get(sent, 0) == 3
        slack.fail("chat.postMessage", error="token_revoked", times=2)
        for _ in range(2):
            await slack.command("alumina exports march 2024")
            await slack.settle()
        after = await bot.samples()
    assert {name: after[name] - before.get(name, 0) for name in expected} == expected


async def test_the_releases_are_an_address(slack, dataset, tmp_path):
    async with (
        pages(slack, dataset, tmp_path) as told,
        aiohttp.ClientSession() as http,
        http.get(f"{told.address}/calendar.ics") as answer,
    ):
        assert (answer.status, answer.content_type) == (200, "text/calendar")
        assert "UID:flash-2026-11@alumina" in await answer.text()


@pytest.mark.parametrize("error", [None, OSError("too many open files")])
async def test_a_server_that_ends_by_itself_ends_the_command_in_order(monkeypatch, error):
    left: list[str] = []

    async def serve(*_):
        if error:
            raise error

    def leave():
        left.append("left")

    monkeypatch.setattr(Server, "serve", serve)
    monkeypatch.setattr(serving, "keep_loaded", lambda: None)  # which would be for the whole run of tests
    stop = asyncio.Event()
    command = run(served(Starlette(), "127.0.0.1", 0, stop), leave, stop)
    [ended] = await asyncio.gather(asyncio.wait_for(command, 10), return_exceptions=True)
    assert (ended, left) == (error, ["left"])
