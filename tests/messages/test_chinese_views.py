"""The lines, tables and charts of each view in Chinese; every number worked out from data/figures.csv."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.charts import fitted
from bot.messages.grids import table
from bot.messages.headline import headline
from bot.messages.pictures import Picture, pictures
from bot.messages.script import script
from bot.questions.question import Question
from bot.words import speaking
from tests.looped import looped
from tests.messages.test_views import FIRST_LINES, GUINEA, YEAR_2025

ALUMINA = Question.of(("alumina",), ("export",), None, "trend", language="zh")
ALUMINIUM = ALUMINA.about(commodities=("unwrought_aluminium",))
BAUXITE = ALUMINA.about(commodities=("bauxite",), flows=("import",))
SCRAP = BAUXITE.about(commodities=("aluminium_scrap",))
MARCH_2026 = Period.month(Month(2026, 3))
APRIL_2025 = Period.month(Month(2025, 4))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking("zh"):
        yield


def facts(asked: Question, dataset: Dataset) -> tuple[str, ...]:
    return script(respond(asked, dataset)).facts


def drawn(asked: Question, dataset: Dataset) -> Picture:
    return pictures(respond(asked, dataset))[-1]


@looped("name", FIRST_LINES)
def test_a_first_line_has_no_english_words(name: str, dataset: Dataset) -> None:
    asked, _ = FIRST_LINES[name]
    said = headline(respond(replace(asked, language="zh"), dataset))
    assert re.findall("[A-Za-z]{3,}", said) in ([], ["CSV"])
    assert " " not in said.replace("HS ", "")


def test_sources_are_written_out_input_by_input(dataset: Dataset) -> None:
    # 106 - 52 - 33 = 21万吨, each within 0.5
    assert facts(replace(ALUMINA.at(MARCH_2026), view="sources"), dataset)[:4] == (
        "2026年3月氧化铝出口（HS 28182000）：21万吨；四舍五入范围19.5至22.5万吨。",
        "+ 2026年1-4月106万吨，四舍五入至1万吨，月报[1]。",
        "- 2026年4月52万吨，四舍五入至1万吨，月报[1]。",
        "- 2026年1-2月33万吨，四舍五入至1万吨，月报[1]。",
    )


def test_a_record_has_its_place_and_what_was_as_high(dataset: Dataset) -> None:
    asked = replace(ALUMINIUM.at(Period.month(Month(2026, 8))), view="record", order="lowest")
    # July's 64万吨 is above 62.6万吨, April's 59.8万吨 below
    assert "在四舍五入误差内，上一个同样高的月份是2026年7月，上一个同样低的月份是2026年4月。" in facts(
        asked, dataset
    )


def test_a_share_is_told_with_both_figures_and_their_status(dataset: Dataset) -> None:
    # US$612,904,531 of US$821,937,118
    assert facts(replace(GUINEA, language="zh"), dataset) == (
        "2024年1月几内亚占铝土矿进口金额的比重为74.6%，即8.219亿美元中的6.129亿美元（HS 2606；在线查询）。",
    )


def test_a_publication_says_what_it_holds_first(dataset: Dataset) -> None:
    assert facts(replace(ALUMINA, view="release"), dataset) == (
        "2026年11月月报：预计2026年12月18日；首次包含氧化铝出口。",
    )


def test_a_figure_that_was_printed_anew(dataset: Dataset) -> None:
    # 6,770 within 5 less 4,709 within 0.5 is 2,061 within 5.5; two days later 20,684,045 t were printed
    answer = respond(replace(BAUXITE.at(APRIL_2025), view="revisions"), dataset)
    assert headline(answer).startswith(
        "2025年4月铝土矿进口：2025年5月18日（月报，推算）首次约为2061万吨；2025年5月20日（在线查询）起为2068.4万吨："
    )
    grid = table(answer)
    assert grid is not None
    assert grid.header == ("时期", "数值（万吨）", "记录起始日", "较前值变动", "状态、来源")
    assert grid.texts[0][:4] == ("2025年4月", "2061±5.5，推算", "2025年5月18日", "首值")


def test_the_calendar_of_a_year_and_what_is_waited_for(dataset: Dataset) -> None:
    answer = respond(replace(SCRAP, view="coverage"), dataset)
    # figures.csv has scrap of 39 of the 81 months from September 2019 to May 2026
    assert headline(answer) == (
        "已有记录：废铝进口自2019年9月至2026年5月共39个月，其间缺42个月，待收录2026年6月至10月"
    )
    grid = table(answer)
    assert grid is not None
    assert grid.texts[0] == ("废铝进口", "2019年", "– – – – – – – – Q . . Q", "10月和11月", "2/4")
    assert any(
        line.startswith("废铝进口：待收录2026年6月至10月，应发布日为2026年7月20日至2026年11月20日")
        for line in script(answer).notes
    )


def test_a_chart_and_what_stands_under_it(dataset: Dataset) -> None:
    shown = drawn(ALUMINA, dataset)
    assert shown.chart.title == "氧化铝出口（月度）"
    assert (shown.chart.unit, shown.chart.categories[1], shown.chart.categories[9]) == (
        "万吨", "25年8月", "26年4月",
    )  # fmt: skip
    (curve,) = shown.chart.curves
    assert (curve.name, curve.values[1], curve.values[9]) == ("出口", 18, 52)
    assert "推算点：25年7月、25年9月、25年11月、26年1月、26年3月、26年5月。" in shown.lines


def test_quarters_and_years_have_their_names_on_the_axis(dataset: Dataset) -> None:
    both = ALUMINA.at(Period.span(Month(2024, 6), Month(2026, 7))).about(flows=("export", "import"))
    quarters = drawn(both, dataset)
    assert quarters.chart.title == "氧化铝出口和进口（季度）"
    assert quarters.chart.categories[0] == "25年一季度"
    assert "因并非各项都有整季度记录而未入图：2026年7月。" in quarters.lines
    years = drawn(ALUMINIUM.at(Period.span(Month(2018, 1), Month(2026, 8))), dataset)
    assert years.chart.categories == ("3月", "4月", "5月", "6月", "7月", "8月")
    assert [curve.name for curve in years.chart.curves][-2:] == ["2025年", "2026年"]
    assert years.lines[:2] == (
        "图中为各年3月至8月。", "2019年、2021年和2023年因上述月份记录不全，未列入。",
    )  # fmt: skip


def test_a_mean_over_what_lacks_single_months(dataset: Dataset) -> None:
    # 6,134 kt within 0.5 by twelve, and by 365 days
    asked = replace(ALUMINIUM.at(YEAR_2025), view="average")
    whole = "2025年铝及铝材出口平均约51.12万吨/月（51.112至51.121万吨），由合计613.4万吨除以12个月得出"
    assert headline(respond(asked, dataset)) == f"{whole}，因2025年1月和2月无单月记录"


@looped(
    ("text", "most", "told"),
    [("自几内亚进口铝土矿金额", 8, "自几内亚进口铝…"), ("HS 2818 氧化铝进口", 10, "HS 2818 氧…"),
     ("铝及铝材出口、进口", 8, "铝及铝材出口…")],
)  # fmt: skip
def test_a_chinese_name_ends_at_any_sign_within_its_room(text: str, most: int, told: str) -> None:
    assert fitted(text, most) == told
    assert len(told) <= most


def test_nothing_is_on_record() -> None:
    assert headline(Answer("no_figure", replace(ALUMINA, view="release"))) == "发布日程中没有后续发布"
