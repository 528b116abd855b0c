"""A running process takes newer figures between two questions, and the owner hears of them once."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.errors import DataFileError
from bot.messages.render import render
from bot.settings import Settings
from bot.store.figures import Figures
from bot.supply.take import parcel_of_file
from bot.supply.watch import HOURLY, Watch, is_time, refreshes, watching
from tests.asked import asked as understand
from tests.supply.conftest import ALUMINA, NOW, SLIP, TODAY, settings

EXPORTS, AUGUST = Series("alumina", "export"), Period.month(Month(2026, 8))
QUESTION = "alumina exports august 2026"
CHANGED = ALUMINA | {"value": "240000", "published": "2026-10-18"}
HELD = "Bauxite imports, August 2026: 1.76 Mt (bulletin): it does not fit"
UNUSED = settings("sqlite:///unused")
SQLITE = pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)


def hearing():
    """What the owner hears, and what tells them."""
    heard: list[str] = []

    async def tell(message):
        heard.append(message.text)

    return heard, tell


def answer_of(dataset):
    """The answer by the record that is served now."""
    now = dataset.on(TODAY)
    return respond(understand(QUESTION, record=now), now)


@SQLITE
async def test_what_is_held_stays_and_the_next_question_sees_what_came(depot, csv):
    dataset = depot.base.as_of(TODAY)
    in_flight = dataset.on(TODAY)
    watch = Watch(depot.base, depot.figures, UNUSED)
    assert answer_of(dataset).outcome == "no_figure"
    await depot.take(parcel_of_file(csv(ALUMINA), dataset), NOW)
    assert answer_of(dataset).outcome == "no_figure"
    await watch.look()
    assert in_flight.figure(EXPORTS, AUGUST) is None
    assert "210 kt" in render(answer_of(dataset)).text
    assert dataset.on(TODAY).lines is dataset.on(TODAY).lines  # and so does every other day
    assert dataset.on(date(2026, 9, 17)).figure(EXPORTS, AUGUST) is None


async def test_the_owner_hears_once_of_what_is_held_and_has_changed(depot, csv):
    heard, tell = hearing()
    bases = [replace(depot.base, _newest=[]) for _ in range(2)]
    watches = [Watch(base, depot.figures, UNUSED, tell) for base in bases]
    dataset = await depot.dataset()
    for number, each in enumerate((ALUMINA, SLIP, CHANGED)):
        await depot.take(parcel_of_file(csv(each, name=f"{number}.csv"), dataset), NOW)
    for watch in watches:
        await watch.look()
        await watch.look()
    [told] = heard
    assert HELD in told
    assert "Alumina exports, August 2026: 240 kt (bulletin), was 210 kt" in told
    assert "alumina data review" in told


@SQLITE
async def test_the_owner_hears_of_what_comes_while_it_is_looked_too(depot, csv):
    dataset, slips = await depot.dataset(), iter([SLIP])
    heard, tell = hearing()

    class Meanwhile(Figures):
        async def contents(self):
            found = await super().contents()
            for slip in slips:
                await depot.take(parcel_of_file(csv(slip, name="slip.csv"), dataset), NOW)
            return found

    await depot.take(parcel_of_file(csv(ALUMINA), dataset), NOW)
    watch = Watch(depot.base, Meanwhile(depot.figures.engine), UNUSED, tell)
    await watch.look()
    await watch.look()
    [told] = heard
    assert HELD in told


@SQLITE
async def test_of_two_looks_at_once_the_newer_version_stays(depot, csv):
    dataset, looks = await depot.dataset(), list[asyncio.Task[None]]()

    class Held(Figures):
        async def contents(self):
            found = await super().contents()
            if not looks:
                await depot.take(parcel_of_file(csv(CHANGED, name="b.csv"), dataset), NOW)
                looks.append(asyncio.create_task(watch.look()))
                await asyncio.wait(looks, timeout=1)  # it ends where it does not wait for its turn
            return found

    await depot.take(parcel_of_file(csv(ALUMINA), dataset), NOW)
    watch = Watch(depot.base, Held(depot.figures.engine), UNUSED)
    await watch.look()
    await looks[0]
    assert depot.base.current.version == 2


@SQLITE
async def test_rows_left_out_are_logged_at_the_start(depot, caplog):
    left_out = DataFileError("figures.csv", 7, "status", "final", "one that is known")
    watch = Watch(replace(depot.base, refused=(left_out,)), depot.figures, UNUSED)
    async with watching(watch, 60.0, refreshing=False):
        pass
    [logged] = [record for record in caplog.records if record.msg == "row_left_out"]
    assert logged.__dict__["why"] == str(left_out)


def test_a_bot_looks_hourly_while_something_is_due(base):
    # On 24 November 2026 the bulletins since August are (releases.csv).
    late = base.as_of(date(2026, 11, 24))
    assert is_time(late, None, NOW)
    assert [is_time(late, NOW, NOW + HOURLY / parts) for parts in (2, 1)] == [False, True]


def test_nothing_is_fetched_from_within_a_local_workspace_or_another_day():
    local = {"SLACK_API_URL": "http://127.0.0.1:3000/api/"}
    for env in ({"ALUMINA_REFRESH": "off"}, {"ALUMINA_TODAY": "2026-11-24"}, local):
        assert not refreshes(Settings.from_env(env))
    for env in ({}, local | {"ALUMINA_REFRESH": "on"}):
        assert refreshes(Settings.from_env(env))
