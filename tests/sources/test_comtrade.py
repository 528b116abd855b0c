"""UN Comtrade's answers into rows by partner, and its refresh until it has no more.

Values of bauxite from Guinea: data/figures.csv, un-comtrade-835b8c (December 2024: US$759,128,034). The other
numbers of these answers are made up for their form.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from datetime import date

import httpx
import pytest
from pydantic import SecretStr

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Row, Series
from bot.errors import SourceError
from bot.settings import Settings
from bot.sources.comtrade import check_partners, parcel_of, records_of, saved_answer, trade_records_of
from bot.sources.markup import Unreadable
from bot.sources.refreshes import Plan, refresh_comtrade
from tests.dataset.rows import figure_of
from tests.sources.server import hasty
from tests.tables import looped, tables

CASES = tables("sources/cases.yaml")
DECEMBER = Month(2024, 12)
GUINEA = Series("bauxite", "import", "Guinea")
GUINEA_VALUE = Series("bauxite", "import", "Guinea", "value")
GUINEA_USD = 759_128_034
TO_COME = ["absent 2025-01", "absent 2025-02", "absent 2025-03"]
Rows = dict[Series, tuple[float | None, float | None]]


def entry(**overrides):
    """Bauxite from Guinea in December 2024, unless overridden."""
    return {
        "typeCode": "C", "freqCode": "M", "period": "202412", "reporterCode": 156, "flowCode": "M",
        "partnerCode": 324, "partnerDesc": "Guinea", "partner2Code": 0, "customsCode": "C00",
        "cmdCode": "2606", "motCode": 0, "qtyUnitCode": 8, "qty": 10_123_456_789, "isQtyEstimated": False,
        "netWgt": 10_123_456_789, "isNetWgtEstimated": False, "primaryValue": GUINEA_USD,
    } | overrides  # fmt: skip


def world(**overrides):
    return entry(**{"partnerCode": 0, "partnerDesc": "World"} | overrides)


def answer(*records):
    return json.dumps({"count": len(records), "data": records, "error": ""}).encode()


def trade_records(content):
    return trade_records_of(records_of(content), DECEMBER)


def read(known, *records):
    return parcel_of(trade_records(answer(*records)), DECEMBER, known, "https://comtrade.example/x")


def numbers(known, *records):
    return {row.series: (row.value, row.step) for row in read(known, world(), *records).rows}


def test_a_partner_gives_tonnes_and_dollars(dataset):
    assert numbers(dataset, entry()) == {
        Series("bauxite", "import"): (10_123_456.789, 0.001),
        Series("bauxite", "import", "", "value"): (GUINEA_USD, 1),
        GUINEA: (10_123_456.789, 0.001),
        GUINEA_VALUE: (GUINEA_USD, 1),
    }
    figure = figure_of(dataset, GUINEA_VALUE, Period.month(DECEMBER))
    assert figure.value == GUINEA_USD


@looped(("code", "commodity", "scope"), CASES["codes"])
def test_a_code_is_stored_in_its_scope(code, commodity, scope, dataset):
    rows = read(dataset, world(cmdCode=code), entry(cmdCode=code)).rows
    stored = {(row.series.commodity, row.scope, row.status) for row in rows}
    assert stored == {(commodity, scope, "query")}


def test_breakdowns_by_customs_procedure_or_transport_are_not_added(dataset):
    parts = [entry(customsCode="C01"), entry(motCode=2100), entry(partner2Code=36)]
    assert numbers(dataset, entry(), *parts) == numbers(dataset, entry())


@looped(("changed", "weight"), CASES["weights"])
def test_a_weight_is_reported(changed, weight, dataset):
    found = numbers(dataset, entry(**changed))
    assert (found.get(GUINEA), found[GUINEA_VALUE]) == (weight and tuple(weight), (GUINEA_USD, 1))


def test_partners_and_codes_that_have_no_place_are_left_out(dataset):
    nowhere = entry(partnerCode=99_999, partnerDesc="Nowhere")
    others = nowhere, world(cmdCode="7616"), entry(cmdCode="7616")
    assert numbers(dataset, entry(), *others) == numbers(dataset, entry())


NO_ANSWERS = [(text.encode(), said) for text, said in CASES["no_answers"]]
NO_ANSWERS += [(answer(*(entry(**each) for each in records)), said) for records, said in CASES["no_records"]]
NO_ANSWERS += [(b"[" * 100_000, "not JSON")]


@looped(("content", "said"), NO_ANSWERS)
def test_an_answer_of_another_form_is_one_error(content, said):
    with pytest.raises(Unreadable, match=said):
        check_partners(trade_records(content))


def test_a_saved_answer_has_a_source_for_each_month_and_its_estimates_marked(dataset):
    records = (
        world(),
        entry(isNetWgtEstimated=True, isQtyEstimated=True),
        world(period="202411"),
        world(cmdCode="2818", isNetWgtEstimated=True, qty=None),
    )
    found = saved_answer(answer(*records), "saved.json", dataset)
    assert [*found.sources] == ["un-comtrade-2024-11", "un-comtrade-2024-12"]
    december = [row for row in found.rows if row.period.end == DECEMBER]
    assert {row.source for row in december} == {"un-comtrade-2024-12"}
    weights: dict[object, Row] = {(row.series, row.scope): row for row in december}
    assert weights[GUINEA, "HS 2606"].status == "estimated"
    assert weights[Series("bauxite", "import"), "HS 2606"].status == "query"
    alumina = weights[Series("alumina", "import"), "HS 2818"]
    assert (alumina.status, alumina.step) == ("estimated", 20_000)
    with pytest.raises(SourceError, match="no month"):
        saved_answer(answer(world(period="2024")), "saved.json", dataset)


# The refresh.

Handler = Callable[[str, str], bytes]  # the month and the codes that are asked for


def site(key=None):
    return Settings(comtrade_url="https://comtrade.example", comtrade_api_key=key and SecretStr(key))


async def outcomes(known, handler, key=None, **plan):
    asked: list[httpx.Request] = []

    def answered(request):
        asked.append(request)
        content = handler(request.url.params["period"], request.url.params["cmdCode"])
        return httpx.Response(200 if content else 401, content=content)

    chosen = Plan(lambda: known, site(key), **plan)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answered)) as client, asyncio.timeout(60):
        return [outcome async for outcome in refresh_comtrade(hasty(client, seconds=20.0), chosen)], asked


def kind_of(outcome):
    """Read, failed, or absent with the month that is."""
    return f"{outcome.what} {outcome.month}" if outcome.month else outcome.what


@pytest.fixture(scope="module")
def february(record):
    return record.as_of(date(2026, 2, 1))


def have(period, codes, lacks=()):
    """An answer for the codes asked for; nothing after December 2024, or of the months that it lacks."""
    if period > "202412" or period in lacks:
        return answer()
    return answer(
        *(make(period=period, cmdCode=code) for code in codes.split(",") for make in (world, entry))
    )


async def test_it_goes_on_until_a_month_is_not_there_yet(february):
    """From the first of the last three years on: some series' US$ are on record of none."""
    assert february.months(Series("primary_aluminium", "import", measure="value")) == frozenset()
    found, asked = await outcomes(february, have)
    assert [*map(kind_of, found)] == ["read"] * 24 + TO_COME
    months = [request.url.params["period"] for request in asked]
    assert (months[0], months[-4:]) == ("202301", ["202412", "202501", "202502", "202503"])  # and no further
    assert asked[0].url.path == "/public/v1/preview/C/M/HS"
    assert asked[0].url.params["reporterCode"] == "156"


async def test_a_month_that_the_publisher_never_had_does_not_end_a_backfill(february):
    """Of 2018 and 2019 nothing, of 2020 on everything but two months; the recent end is not there yet."""
    lacks = {f"{year}{number:02d}" for year in (2018, 2019) for number in range(1, 13)} | {"202203", "202411"}
    found, _ = await outcomes(february, lambda period, codes: have(period, codes, lacks), since=2018)
    kinds = [*map(kind_of, found)]
    years = Counter(int(each[-7:-3]) for each in kinds if each.startswith("absent"))
    assert years == {2018: 12, 2019: 12, 2022: 1, 2024: 1, 2025: 3}
    assert kinds[-5] == "absent 2024-11"  # and December is there
    assert kinds.count("read") == 5 * 12 - 2
    assert kinds[-3:] == TO_COME


@looped(
    ("odd", "kinds"),
    [
        ({"202301", "202303"}, ["failed", "read", "failed", "read"]),
        ({"202301", "202302", "202303"}, ["failed"] * 3),  # and no further
    ],
)
def test_three_unreadable_answers_end_a_backfill(odd, kinds, february):
    def handler(period, codes):
        return b"{}" if period in odd else have(period, codes)

    found, _ = asyncio.run(outcomes(february, handler, since=2023))
    told = [*map(kind_of, found)]
    assert told[:4] == kinds
    assert (told[-3:] == TO_COME) == (len(kinds) > 3)


async def test_the_key_goes_in_a_header_and_into_no_message(february):
    found, asked = await outcomes(february, lambda period, codes: b"", key="secret-key")
    assert asked[0].url.path == "/data/v1/get/C/M/HS"
    assert asked[0].headers["Ocp-Apim-Subscription-Key"] == "secret-key"
    (failed,) = found
    assert failed.what == "failed"
    assert "Is COMTRADE_API_KEY right?" in failed.why
    assert "secret-key" not in repr(found) + str(asked[0].url)
    assert "secret-key" not in repr(Plan(lambda: february, site("secret-key")))


async def test_an_answer_as_long_as_any_may_be_is_asked_for_code_by_code(february):
    def cut(period, codes):  # as the preview: at 500 records, and silent about it
        return answer(*[entry(period=period, motCode=1)] * 500)

    def handler(period, codes):
        return (cut if "," in codes and period <= "202412" else have)(period, codes)

    found, asked = await outcomes(february, handler)
    assert [*map(kind_of, found)] == ["read"] * 24 + TO_COME
    codes = [request.url.params["cmdCode"] for request in asked[:5]]
    assert codes == ["2606,281820,7601,760110,7602", "2606", "281820", "7601", "760110"]
    found, _ = await outcomes(february, cut)
    assert "may be cut" in found[0].why  # one code alone is as long
