"""Rows into the table: what is new is served, what cannot be true is held, nothing is changed or doubled."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.intake import Arrival, Intake
from bot.dataset.model import Series
from bot.store.figures import Contents, with_contents
from bot.supply.take import parcel_of_file, weigh
from tests.dataset.rows import figure_of
from tests.supply.conftest import ALUMINA, BAUXITE, NOW, PAGE, SLIP

Take = Callable[..., Awaitable[Intake]]
EXPORTS, IMPORTS = Series("alumina", "export"), Series("bauxite", "import")
AUGUST = Period.month(Month(2026, 8))


def value(dataset, series, period=AUGUST):
    figure = dataset.figure(series, period)
    return figure.value if figure else None


def reuters(record):
    """A source of another publisher than PAGE's."""
    return next(name for name, source in record.sources.items() if source.publisher == "Reuters")


@pytest.fixture
def take(depot, csv):
    """Takes in a file of these rows."""

    async def taken(*rows):
        return await depot.take(parcel_of_file(csv(*rows), await depot.dataset()), NOW)

    return taken


async def test_new_rows_are_served_and_the_base_stays_as_it_is(depot, take):
    intake = await take(ALUMINA, BAUXITE)
    assert [arrival.row.value for arrival in intake.arrivals] == [210_000, 17_650_000]
    assert [arrival.row.unusual for arrival in intake.arrivals] == [False, False]
    dataset = await depot.dataset()
    assert (value(dataset, EXPORTS), value(dataset, IMPORTS)) == (210_000, 17_650_000)
    assert value(depot.base.as_of(dataset.today), EXPORTS) is None
    # The running total follows: January-July is on record as 1.91 Mt (china-customs-3443ae).
    assert value(dataset, EXPORTS, Period.ytd(Month(2026, 8))) == 1_910_000 + 210_000


async def test_a_slip_is_held_and_never_served_until_somebody_accepts_it(depot, take):
    intake = await take(SLIP, ALUMINA)
    assert [held.row.value for held in intake.held] == [1_760_000]
    again = await take(ALUMINA, SLIP)
    assert (len(again.known), again.arrivals, again.held) == (2, (), ())
    assert await depot.figures.version() == 1
    assert value(await depot.dataset(), IMPORTS) is None
    held = (await depot.figures.contents()).held
    assert [(each.row.value, "it does not fit" in each.why) for each in held] == [(1_760_000, True)]
    assert await depot.figures.decide(held[0].id, "accepted", "seen on the page", NOW)
    assert value(await depot.dataset(), IMPORTS) == 1_760_000
    assert not await depot.figures.decide(held[0].id, "rejected", "again", NOW)
    kept = next(each for each in (await depot.figures.contents()).rows if each.id == held[0].id)
    assert (kept.state, kept.decision) == ("accepted", "seen on the page")


async def test_every_version_of_a_number_is_kept_and_can_be_asked_for(depot, take):
    changed = ALUMINA | {"value": "230000", "published": "2026-10-18"}
    back = ALUMINA | {"published": "2026-11-18"}
    for rows in ([ALUMINA], [changed], [back]):
        await take(*rows)
    dataset = await depot.dataset()
    days = {date(2026, 9, 20): 210_000, date(2026, 10, 20): 230_000, date(2026, 11, 20): 210_000}
    assert {day: value(dataset.on(day), EXPORTS) for day in days} == days
    figure = figure_of(dataset, EXPORTS, AUGUST)
    assert [row.value for row in figure.vintages] == [210_000, 230_000, 210_000]


async def test_an_old_number_that_changes_is_said_with_the_one_before(depot, take):
    # Bauxite imports of July 2026 stand on record as bulletin; customs call them something else later.
    before = value(await depot.dataset(), IMPORTS, Period.month(Month(2026, 7)))
    assert before
    later = BAUXITE | {"period": "2026-07", "value": f"{before * 1.05:.0f}", "step": "1", "status": "revised"}
    intake = await take(later)
    assert [change.before.value for change in intake.changes if change.before] == [before]


async def test_a_running_total_that_makes_an_unusual_month_is_called_so_and_one_that_makes_none_is_held(
    depot, csv
):
    # figures.csv: January to July 2026 were 139.88 Mt, and no month of the three years before over 25 Mt.
    total = BAUXITE | {"period": "2026-08", "kind": "ytd", "step": "10000", "published": "2026-09-18"}
    less, more, usual = ({**total, "value": value} for value in ("100000000", "169880000", "158180000"))
    for row, told in ((less, []), (more, [True]), (usual, [False])):
        contents = await depot.figures.contents()
        parcel = parcel_of_file(csv(row), depot.base.as_of(depot.today))
        intake = weigh(parcel, depot.base, contents, depot.today)
        assert [arrival.row.unusual for arrival in intake.arrivals] == told
        assert len(intake.held) == (not told)  # below the one before there is no month at all


async def test_two_numbers_for_one_figure_or_for_its_rounding_are_held(depot, take):
    other = BAUXITE | {"value": str(int(BAUXITE["value"]) + 10_000)}
    intake = await take(BAUXITE, ALUMINA, other)
    assert [arrival.row.series for arrival in intake.arrivals] == [EXPORTS]
    assert len(intake.held) == 2
    other_number = "it does not fit the other number that its source prints"
    assert {slip.why for slip in intake.held} == {other_number}
    # A number and its rounding that changed places: of the size of a month of these imports both ways round.
    turned = ALUMINA | {"period": "2026-09", "published": "2026-10-18", "value": "200000", "step": "210000"}
    assert [slip.why for slip in (await take(turned)).held] == ["it does not fit its rounding step"]
    # of an estimate the step says how far off it can be
    assert (await take(turned | {"status": "estimated"})).held == ()


async def test_of_a_held_month_nothing_is_derived_until_it_is_decided(depot, take):
    # figures.csv: January to July 2026 were 139.88 Mt. August x10 with its total; September is true.
    total = BAUXITE | {"kind": "ytd", "value": "316380000", "step": "10000"}
    august = [BAUXITE | {"value": "176500000"}, total]
    held = (await take(*august)).held
    assert {slip.row.period.kind for slip in held} == {"month", "ytd"}
    september = [row | {"period": "2026-09", "published": "2026-10-18"} for row in august]
    true = [september[0] | {"value": "17000000"}, september[1] | {"value": "174530000"}]
    assert len((await take(*true)).arrivals) == 2
    dataset = await depot.dataset()
    # September's total less its month would make August's: nothing is derived for a month that is held.
    assert value(dataset, IMPORTS) is None
    assert value(dataset, IMPORTS, Period.ytd(Month(2026, 8))) is None
    assert value(dataset, IMPORTS, Period.ytd(Month(2026, 9))) == 174_530_000
    assert [each.row.value for each in dataset.held(IMPORTS, AUGUST)] == [176_500_000, 316_380_000]
    for each in (await depot.figures.contents()).held:
        await depot.figures.decide(each.id, "rejected", "ten times too much", NOW)
    decided = await depot.dataset()
    assert value(decided, IMPORTS) == 174_530_000 - 17_000_000 - 139_880_000
    assert decided.held(IMPORTS, AUGUST) == ()


async def test_another_publisher_confirms_what_is_held(depot, take):
    high = BAUXITE | {"value": "40000000", "step": "10000"}
    assert len((await take(high)).held) == 1
    again = high | {"source": PAGE, "published": "2026-09-20", "note": "the same page"}
    assert (await take(again)).arrivals == ()
    confirmed = await take(high | {"source": reuters(depot.base), "status": ""})
    assert [row.value for row in confirmed.confirmed] == [40_000_000]
    assert value(await depot.dataset(), IMPORTS) == 40_000_000
    assert (await depot.figures.contents()).held == ()


async def test_what_is_known_and_a_known_error_bring_nothing(depot, take, base):
    # On record: 157,100 t of alumina exports in June 2024 to 100 t; a bulletin prints 0.16 Mt.
    coarse = ALUMINA | {"period": "2024-06", "value": "160000", "published": "2024-07-18"}
    # data/corrections.toml: Reuters printed 1.62 Mt for January 2025.
    error = SLIP | {"period": "2025-01", "value": "1620000", "published": "", "source": reuters(base)}
    intake = await take(coarse, error)
    assert (intake.arrivals, len(intake.known)) == ((), 1)
    assert [error.printed[0] for _, error in intake.errors] == ["Reuters"]
    assert await depot.figures.version() == 0


async def test_what_was_exported_and_committed_stands_once(depot, take):
    await take(ALUMINA, BAUXITE)
    contents = await depot.figures.contents()
    committed = replace(depot.base, rows=(*depot.base.rows, contents.served[0]))
    record = with_contents(committed, contents)
    assert len(record.rows) == len(depot.base.rows) + 2
    assert record.rows[-1].value == 17_650_000


async def test_nothing_is_added_by_a_failure(depot, csv):
    figures = depot.figures
    rows = parcel_of_file(csv(ALUMINA, BAUXITE), await depot.dataset()).rows
    broken = replace(rows[1], scope=None)  # type: ignore[arg-type]  # the table refuses it
    intake = Intake((Arrival(rows[0]), Arrival(broken)))
    with pytest.raises(Exception, match=r"(?i)null"):
        await figures.add("broken", intake, {}, 0, NOW, None)
    assert await figures.contents() == Contents()


async def test_what_is_decided_while_a_file_is_weighed_counts(depot, take, monkeypatch):
    await take(SLIP)
    [held] = (await depot.figures.contents()).held
    weighed, decide = list[int](), partial(depot.figures.decide, held.id, "rejected", "a slip", NOW)
    loop = asyncio.get_running_loop()

    def slow(parcel, record, contents, today):
        if not weighed:
            asyncio.run_coroutine_threadsafe(decide(), loop).result()
        weighed.append(contents.version)
        return weigh(parcel, record, contents, today)

    monkeypatch.setattr("bot.supply.take.weigh", slow)
    assert len((await take(BAUXITE)).arrivals) == 1
    assert weighed == [1, 2]
