"""/healthz, /readyz and /metrics, of a bot behind HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.checks import Check, NotReadyError
from bot.dataset.dataset import Dataset
from bot.metrics import SLACK_ERRORS
from bot.operations import Operations
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment, http_bot
from tests.slack.events import change_database

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class Pages:
    """What a bot's pages say."""

    def __init__(self, address: str, http: aiohttp.ClientSession) -> None:
        self._address, self._http = address, http

    async def ready(self) -> tuple[int, dict[str, str], dict[str, str]]:
        """The status, what is wrong and what is fine."""
        async with self._http.get(f"{self._address}/readyz") as answer:
            told = await answer.json()
            assert told["ready"] is (answer.status == 200)
            return answer.status, told["wrong"], told["fine"]

    async def status(self, path: str) -> int:
        async with self._http.get(f"{self._address}{path}") as answer:
            return answer.status

    async def samples(self) -> Samples:
        async with self._http.get(f"{self._address}/metrics") as answer:
            assert answer.content_type == "text/plain"
            text = await answer.text()
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@asynccontextmanager
async def pages(slack: LocalSlack, dataset: Dataset, folder: Path, **env: str) -> AsyncIterator[Pages]:
    async with http_bot(slack, dataset, environment(slack, folder, **env)), aiohttp.ClientSession() as http:
        yield Pages(str(slack.bot_url).removesuffix("/slack/events"), http)


def sample(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def test_a_bot_at_work_is_ready_and_tells_what_waits_and_how_old_the_figures_are(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
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
    assert now[sample("alumina_data_newest_month_timestamp_seconds")] == 1_782_864_000  # date -ud 2026-07-01
    assert any(name == "alumina_build_info" for name, _ in now)


async def test_a_token_that_was_taken_back_is_named(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    async with pages(slack, dataset, tmp_path) as bot:
        slack.fail("auth.test", error="token_revoked")
        status, wrong, _ = await bot.ready()
        assert await bot.status("/healthz") == 200
    assert (status, wrong) == (503, {"slack": "does not take the token (token_revoked)"})


async def test_a_database_in_trouble_is_named(slack: LocalSlack, dataset: Dataset, tmp_path: Path) -> None:
    async with pages(slack, dataset, tmp_path) as bot:
        await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
        status, wrong, _ = await bot.ready()
        await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
    assert (status, wrong) == (503, {"database": "does not answer"})


async def test_old_figures_make_a_bot_unready_only_where_that_is_wished(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    # By 24 November the bulletin of August, usually out on the 18th (data/README.md), is missing for 67 days.
    async with pages(slack, dataset, tmp_path, ALUMINA_READY_DATA_DAYS="67") as bot:
        assert (await bot.ready())[0] == 200
    async with pages(slack, dataset, tmp_path, ALUMINA_READY_DATA_DAYS="66") as bot:
        status, wrong, _ = await bot.ready()
    assert status == 503
    assert list(wrong) == ["data"]
    assert "67 days overdue" in wrong["data"]


async def test_trouble_is_looked_at_again_sooner_than_order() -> None:
    answers = iter([NotReadyError("away"), None])

    async def look() -> str:
        if trouble := next(answers):
            raise trouble
        return "back"

    check = Check(look, seconds=0)
    assert await check.found() == (False, "away")
    assert await check.found() == (True, "back")


async def test_it_is_ready_between_its_start_and_its_end() -> None:
    operations = Operations()
    assert await operations.report() == ({}, {"process": "is starting"})
    operations.open({})
    assert await operations.report() == ({"process": "is at work"}, {})
    await operations.leave()
    assert await operations.report() == ({}, {"process": "is stopping"})


async def test_questions_and_their_times_are_counted(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    figure = sample("alumina_questions_total", outcome="answered", view="figure")
    lost = sample("alumina_questions_total", outcome="not_understood", view="")
    acked = sample("alumina_ack_seconds_count", trigger="command", status="2xx")
    stages = [sample("alumina_stage_seconds_count", stage=each) for each in ("parse", "look_up", "render")]
    async with pages(slack, dataset, tmp_path) as bot:
        before = await bot.samples()
        for text in ("alumina exports march 2024", "alumina exports march 2024", "zzz qqq"):
            await slack.command(text)
        await slack.settle()
        after = await bot.samples()
    grown = {name: after[name] - before.get(name, 0) for name in (figure, lost, acked, *stages)}
    assert (grown[figure], grown[lost], grown[acked]) == (2, 1, 3)
    assert [grown[name] for name in stages] == [3, 3, 3]
    sent = sample("alumina_stage_seconds_count", stage="send")
    assert after[sent] - before.get(sent, 0) == 3


async def test_what_slack_refuses_is_counted_by_its_name(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    known = sample("alumina_slack_errors_total", error="token_revoked")
    other = sample("alumina_slack_errors_total", error="other")
    async with pages(slack, dataset, tmp_path) as bot:
        before = await bot.samples()
        slack.fail("chat.postMessage", error="token_revoked")
        slack.fail("chat.postMessage", error="a_new_error_of_2027")
        for _ in range(2):
            await slack.command("alumina exports march 2024")
            await slack.settle()
        after = await bot.samples()
    assert "a_new_error_of_2027" not in SLACK_ERRORS
    assert [after[name] - before.get(name, 0) for name in (known, other)] == [1, 1]


@pytest.mark.parametrize("chosen", ["off", "9464"])
async def test_the_metrics_can_be_elsewhere(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path, chosen: str
) -> None:
    async with pages(slack, dataset, tmp_path, ALUMINA_METRICS=chosen) as bot:
        assert await bot.status("/metrics") == 404
        assert await bot.status("/readyz") == 200
