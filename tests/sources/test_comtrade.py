"""UN Comtrade's answers into rows by partner, and its refresh until it has no more.

Values of bauxite from Guinea: data/figures.csv, un-comtrade-835b8c (December 2024: US$759,128,034). The other
numbers of these answers are made up for their form.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from typing import Any

import httpx
import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Series
from bot.errors import SourceError
from bot.sources.client import Fetcher, Patience
from bot.sources.comtrade import answer_of, page_of, pages_of
from bot.sources.comtrade_refresh import ComtradePlan, NotYet, PassedOver, refresh_comtrade
from bot.sources.customs_refresh import Failed, Read
from tests.looped import looped

DECEMBER = Month(2024, 12)
GUINEA_USD = 759_128_034
HASTE = Patience(page_seconds=20.0, attempts=2, between_seconds=0.0, first_wait_seconds=0.01)


def entry(**overrides: Any) -> dict[str, Any]:
    """Bauxite from Guinea in December 2024, unless overridden."""
    return {
        "typeCode": "C", "freqCode": "M", "period": "202412", "reporterCode": 156, "flowCode": "M",
        "partnerCode": 324, "partnerDesc": "Guinea", "partner2Code": 0, "customsCode": "C00",
        "cmdCode": "2606", "motCode": 0, "qtyUnitCode": 8, "qty": 10_123_456_789, "isQtyEstimated": False,
        "netWgt": 10_123_456_789, "isNetWgtEstimated": False, "primaryValue": GUINEA_USD,
    } | overrides  # fmt: skip


def world(**overrides: Any) -> dict[str, Any]:
    return entry(**{"partnerCode": 0, "partnerDesc": "World"} | overrides)


def answer(*records: dict[str, Any]) -> bytes:
    return json.dumps({"count": len(records), "data": records, "error": ""}).encode()


def read(record: Record, *records: dict[str, Any]) -> dict[Series, tuple[float | None, float | None]]:
    entries = answer_of(answer(*records), "comtrade", DECEMBER).entries
    page = page_of(entries, "https://comtrade.example/x", DECEMBER, record.catalogue, date(2026, 11, 24))
    return {row.series: (row.value, row.step) for row in page.rows}


GUINEA = Series("bauxite", "import", "Guinea")
GUINEA_VALUE = Series("bauxite", "import", "Guinea", "value")


def test_a_partner_gives_tonnes_and_dollars(record: Record) -> None:
    assert read(record, world(), entry()) == {
        Series("bauxite", "import"): (10_123_456.789, 0.001),
        Series("bauxite", "import", "", "value"): (GUINEA_USD, 1),
        GUINEA: (10_123_456.789, 0.001),
        GUINEA_VALUE: (GUINEA_USD, 1),
    }


def test_the_value_is_the_one_on_record(record: Record, dataset: Dataset) -> None:
    figure = dataset.figure(GUINEA_VALUE, Period.month(DECEMBER))
    assert figure
    assert read(record, world(), entry())[GUINEA_VALUE][0] == figure.value


def test_alumina_by_its_only_code_is_stored_in_the_scope_of_the_series(record: Record) -> None:
    found = answer_of(answer(world(cmdCode="281820"), entry(cmdCode="281820")), "x", DECEMBER).entries
    page = page_of(found, "", DECEMBER, record.catalogue, date(2026, 11, 24))
    assert {(row.series.commodity, row.scope, row.status) for row in page.rows} == {
        ("alumina", "HS 28182000", "query")
    }


def test_unwrought_metal_is_stored_as_a_part_of_the_series_and_primary_as_its_own(record: Record) -> None:
    answers = [make(cmdCode=code) for code in ("7601", "760110") for make in (world, entry)]
    page = page_of(
        answer_of(answer(*answers), "x", DECEMBER).entries, "", DECEMBER, record.catalogue, date(2026, 11, 24)
    )
    assert {(row.series.commodity, row.scope) for row in page.rows} == {
        ("unwrought_aluminium", "HS 7601"),
        ("primary_aluminium", "HS 760110"),
    }


def test_breakdowns_by_customs_procedure_or_transport_are_not_added(record: Record) -> None:
    parts = [entry(customsCode="C01"), entry(motCode=2100), entry(partner2Code=36)]
    assert read(record, world(), entry(), *parts) == read(record, world(), entry())


def test_a_weight_that_the_un_estimated_is_left_out(record: Record) -> None:
    guessed = entry(isNetWgtEstimated=True, isQtyEstimated=True)
    assert GUINEA not in read(record, world(), guessed)
    assert GUINEA_VALUE in read(record, world(), guessed)


def test_a_quantity_that_is_no_weight_is_none(record: Record) -> None:
    assert GUINEA not in read(record, world(), entry(netWgt=None, qty=12, qtyUnitCode=5))
    assert read(record, world(), entry(netWgt=None))[GUINEA] == (10_123_456.789, 0.001)


def test_partners_and_codes_that_have_no_place_are_told(record: Record) -> None:
    others = [
        world(cmdCode="2606"),
        entry(partnerCode=99_999, partnerDesc="Nowhere"),
        world(cmdCode="7616"),
        entry(cmdCode="7616"),
    ]
    found = answer_of(answer(*others), "x", DECEMBER).entries
    notes = " ".join(page_of(found, "", DECEMBER, record.catalogue, date(2026, 11, 24)).notes)
    assert "left out: Nowhere." in notes
    assert "left out: 7616." in notes


@looped(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"<html>", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"data": NaN}', "not JSON"),
        (b"{}", "no list 'data'"),
        (b'{"data": {"a": 1}}', "no list 'data'"),
        (b'{"data": [1]}', "no list 'data'"),
        (answer(entry(period="202411")), "not asked for"),
        (answer(entry(reporterCode=842)), "not asked for"),
        (answer(entry(flowCode="RX")), "no usable 'RX'"),
        (answer(entry(primaryValue="759")), "no usable"),
        (answer(entry(primaryValue=-1)), "no usable"),
        (answer(entry(netWgt=True)), "no usable"),
        (answer(entry(), entry(primaryValue=1)), "two different records"),
    ],
)
def test_an_answer_of_another_form_is_one_error(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        answer_of(content, "comtrade", DECEMBER)


def test_partners_that_do_not_add_up_to_the_world_were_cut(record: Record) -> None:
    with pytest.raises(SourceError, match="do not add up"):
        read(record, world(primaryValue=GUINEA_USD * 2), entry())


# The refresh.

Handler = Callable[[httpx.Request], httpx.Response]


async def outcomes(
    known: Dataset, handler: Handler, key: str | None = None, since: int | None = None
) -> list[object]:
    plan = ComtradePlan(lambda: known, key, since, base="https://comtrade.example", seconds=20)
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client, asyncio.timeout(60):
        return [outcome async for outcome in refresh_comtrade(Fetcher(client, HASTE), plan)]


@pytest.fixture(scope="module")
def february(record: Record) -> Dataset:
    return record.as_of(date(2026, 2, 20))


def lacking(dataset: Dataset, last: Month) -> list[Month]:
    """The months of the last 36 up to one that lack a figure: some series' US$ are on record of none."""
    assert dataset.months(Series("primary_aluminium", "import", measure="value")) == frozenset()
    return [Month(2023, 1).plus(step) for step in range(Month(2023, 1).until(last) + 1)]


def have(period: str, codes: str, lacks: Collection[str] = ()) -> bytes:
    """An answer for the codes asked for; nothing after December 2024, or of the months that it lacks."""
    if period > "202412" or period in lacks:
        return answer()
    return answer(
        *(make(period=period, cmdCode=code) for code in codes.split(",") for make in (world, entry))
    )


async def test_it_goes_on_until_a_month_is_not_there_yet(february: Dataset) -> None:
    asked: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=have(request.url.params["period"], request.url.params["cmdCode"]))

    found = await outcomes(february, handler)
    months = lacking(february, Month(2024, 12))
    assert [type(each) for each in found] == [Read] * len(months) + [NotYet]
    assert found[-1] == NotYet(Month(2025, 1))
    asked_for = [request.url.params["period"] for request in asked]
    assert asked_for[-4:] == ["202412", "202501", "202502", "202503"]  # and no further
    assert asked_for[0] == "202301"
    assert asked[0].url.path == "/public/v1/preview/C/M/HS"
    assert asked[0].url.params["reporterCode"] == "156"


async def test_a_month_that_the_publisher_never_had_does_not_end_a_backfill(february: Dataset) -> None:
    """Of 2018 and 2019 nothing, of 2020 on everything but two months; the recent end is not there yet."""
    lacks = {f"{year}{number:02d}" for year in (2018, 2019) for number in range(1, 13)} | {"202203", "202411"}

    def handler(request: httpx.Request) -> httpx.Response:
        params = request.url.params
        return httpx.Response(200, content=have(params["period"], params["cmdCode"], lacks))

    found = await outcomes(february, handler, since=2018)
    years = Counter(each.month.year for each in found if isinstance(each, PassedOver))
    assert years == {2018: 12, 2019: 12, 2022: 1, 2024: 1}
    assert found.index(PassedOver(Month(2024, 11))) == len(found) - 3  # told once December is there
    assert sum(isinstance(each, Read) for each in found) == 5 * 12 - 2
    assert [each for each in found if isinstance(each, NotYet)] == [NotYet(Month(2025, 1))]


async def test_an_answer_that_cannot_be_read_does_not_end_a_backfill_and_three_in_a_row_do(
    february: Dataset,
) -> None:
    def handler(odd: Collection[str]) -> Handler:
        def answered(request: httpx.Request) -> httpx.Response:
            period, codes = request.url.params["period"], request.url.params["cmdCode"]
            return httpx.Response(200, content=b"{}" if period in odd else have(period, codes))

        return answered

    found = await outcomes(february, handler({"202301", "202303"}), since=2023)
    assert [type(each) for each in found[:4]] == [Failed, Read, Failed, Read]
    assert isinstance(found[-1], NotYet)
    found = await outcomes(february, handler({"202301", "202302", "202303"}), since=2023)
    assert [type(each) for each in found] == [Failed] * 3


async def test_the_key_goes_in_a_header_and_into_no_message(february: Dataset) -> None:
    asked: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(401)

    found = await outcomes(february, handler, key="secret-key")
    assert asked[0].url.path == "/data/v1/get/C/M/HS"
    assert asked[0].headers["Ocp-Apim-Subscription-Key"] == "secret-key"
    assert isinstance(found[0], Failed)
    assert "Is COMTRADE_API_KEY right?" in found[0].sentence
    assert "secret-key" not in repr(found) + str(asked[0].url)


async def test_an_answer_as_long_as_any_may_be_is_asked_for_code_by_code(february: Dataset) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        codes, period = request.url.params["cmdCode"], request.url.params["period"]
        asked.append(codes)
        if "," in codes and period <= "202412":  # as the preview: cut at 500 records, and silent about it
            return httpx.Response(200, content=answer(*[entry(period=period, motCode=1)] * 500))
        return httpx.Response(200, content=have(period, codes))

    found = await outcomes(february, handler)
    assert [type(each) for each in found] == [Read] * len(lacking(february, Month(2024, 12))) + [NotYet]
    assert asked[:5] == ["2606,281820,7601,760110,7602", "2606", "281820", "7601", "760110"]


async def test_one_code_as_long_as_any_may_be_is_refused(february: Dataset) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=answer(*[entry(period="202411", motCode=1)] * 500))

    found = await outcomes(february, handler)
    assert isinstance(found[0], Failed)
    assert "may be cut" in found[0].sentence


def test_an_answer_that_lost_a_record_is_refused() -> None:
    whole = json.loads(answer(world(), entry(), entry(partnerCode=36)))
    lost = json.dumps(whole | {"data": whole["data"][:2]}).encode()
    with pytest.raises(SourceError, match="says that it holds 3 records, and holds 2"):
        answer_of(lost, "comtrade", DECEMBER)


def test_the_end_of_a_record_and_the_start_of_another_are_missing() -> None:
    """Every cut from one name in a record to any in the next: what is left is no record of either."""
    content = answer(world(cmdCode="2606"), world(cmdCode="7602"), entry(cmdCode="2606"))
    starts = [match.start() for match in re.finditer(rb'\{"typeCode', content)]
    upper, lower = (
        [match.start() for match in re.finditer(rb'"\w+": ', content) if first < match.start() < last]
        for first, last in pairwise(starts)
    )
    for start, end in product(upper, lower):
        with pytest.raises(SourceError):
            answer_of(content[:start] + content[end:], "comtrade", DECEMBER)


def test_a_saved_answer_is_a_page_for_each_month_with_its_estimates_marked(record: Record) -> None:
    records = (
        world(),
        entry(isNetWgtEstimated=True, isQtyEstimated=True),
        world(period="202411"),
        world(cmdCode="2818", isNetWgtEstimated=True, qty=None),
    )
    november, december = pages_of(answer(*records), "saved.json", record.catalogue, date(2026, 11, 24))
    assert (november.period, december.period) == (Month(2024, 11), Month(2024, 12))
    found = {
        (row.series, row.scope): (row.status, row.step)
        for row in december.rows
        if row.series.measure == "quantity"
    }
    assert found[GUINEA, "HS 2606"][0] == "estimated"
    assert found[replace(GUINEA, partner=""), "HS 2606"][0] == "query"
    assert found[Series("alumina", "import"), "HS 2818"] == ("estimated", 20_000)
    assert "2 weights that the UN estimated are marked." in december.notes


def test_a_saved_answer_that_is_none_is_one_sentence(record: Record) -> None:
    for content, said in (
        (b"[1]", "no list"),
        (b"{", "not JSON"),
        (answer(world(period="2024")), "no month"),
    ):
        with pytest.raises(SourceError, match=said):
            pages_of(content, "saved.json", record.catalogue, date(2026, 11, 24))
