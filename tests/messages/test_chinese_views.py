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
from tests.messages.test_views import FIRST_LINES, GUINEA

ALUMINA = Question.of(("alumina",), ("export",), None, "trend", language="zh")
ALUMINIUM = ALUMINA.about(commodities=("unwrought_aluminium",))
BAUXITE = ALUMINA.about(commodities=("bauxite",), flows=("import",))
SCRAP = BAUXITE.about(commodities=("aluminium_scrap",))
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
    # 204 - 33.2 - 143 = 27.8万吨, within 0.5, 0.05 and 0.5
    august = ALUMINIUM.at(Period.month(Month(2023, 8))).about(flows=("import",))
    assert facts(replace(august, view="sources"), dataset)[:4] == (
        "2023年8月铝及铝材进口（未锻轧铝及铝材）：27.8万吨；四舍五入范围26.75至28.85万吨。",
        "+ 2023年1-9月204万吨，四舍五入至1万吨，月报[1]。",
        "- 2023年9月33.2万吨，四舍五入至0.1万吨，月报[1]。",
        "- 2023年1-7月143万吨，四舍五入至1万吨，月报[2]。",
    )


def test_an_estimated_figure_says_how_far_off_it_can_be(dataset: Dataset) -> None:
    february = ALUMINA.at(Period.month(Month(2023, 2))).about(flows=("import",))
    assert facts(replace(february, view="sources"), dataset)[:2] == (
        "2023年2月氧化铝进口（HS 2818）：18.8万吨；计入四舍五入和估算误差，范围17.7至19.8万吨。",
        "公布值为18.8万吨，误差至多1万吨，估算数据[1]。",
    )


def test_a_record_has_its_place_and_what_was_as_high(dataset: Dataset) -> None:
    asked = replace(ALUMINIUM.at(Period.month(Month(2026, 8))), view="record", order="lowest")
    # July's 64万吨 is above 62.6万吨, April's 59.8万吨 below
    assert "在四舍五入误差内，上一个同样高的月份是2026年7月，上一个同样低的月份是2026年4月。" in facts(
        asked, dataset
    )


def test_a_share_is_told_with_both_figures_and_their_status(dataset: Dataset) -> None:
    # US$612,863,015 of US$821,937,118
    assert facts(replace(GUINEA, language="zh"), dataset) == (
        "2024年1月几内亚占铝土矿进口金额的比重为74.6%，即8.219亿美元中的6.129亿美元（HS 2606；在线查询）。",
    )


def test_a_publication_says_what_it_holds_first(dataset: Dataset) -> None:
    assert facts(replace(ALUMINA, view="release"), dataset) == (
        "2026年11月月报：预计2026年12月18日；首次包含氧化铝出口。",
    )


def test_a_figure_that_was_printed_anew(dataset: Dataset) -> None:
    # 6,770 less 4,707, both within 0.5, is 2,063 within 1; two days later 20,684,045 t were printed
    answer = respond(replace(BAUXITE.at(APRIL_2025), view="revisions"), dataset)
    assert headline(answer).startswith(
        "2025年4月铝土矿进口：发布日程所列2025年5月18日（月报，推算）首次约为2063万吨；"
        "2025年5月20日（在线查询）起为2068.4万吨："
    )
    grid = table(answer)
    assert grid is not None
    assert grid.header == ("时期", "数值（万吨）", "记录起始日", "较前值变动", "状态、来源")
    assert grid.texts[0][:4] == ("2025年4月", "2063±1，推算", "发布日程所列2025年5月18日", "首值")


def test_the_calendar_of_a_year_and_what_is_waited_for(dataset: Dataset) -> None:
    answer = respond(replace(SCRAP, view="coverage"), dataset)
    # figures.csv has scrap of 42 of the 84 months from June 2019 to May 2026
    assert headline(answer) == (
        "已有记录：废铝进口自2019年6月至2026年5月共42个月，其间缺42个月，待收录2026年6月至10月"
    )
    grid = table(answer)
    assert grid is not None
    assert grid.texts[0] == ("废铝进口", "2019年", "– – – – – Q . . Q . . Q", "7月、8月、10月和11月", "3/7")
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
    imports = ALUMINIUM.at(Period.span(Month(2023, 3), Month(2024, 3))).about(flows=("import",))
    assert "推算点：23年8月、23年10月、23年11月。" in drawn(imports, dataset).lines
    estimated = ALUMINA.at(Period.span(Month(2023, 1), Month(2023, 7))).about(flows=("import",))
    assert "估算点：23年2月、23年3月、23年4月、23年6月、23年7月。" in drawn(estimated, dataset).lines


def test_quarters_and_years_have_their_names_on_the_axis(dataset: Dataset) -> None:
    both = ALUMINA.at(Period.span(Month(2024, 6), Month(2026, 7))).about(flows=("export", "import"))
    quarters = drawn(both, dataset)
    assert quarters.chart.title == "氧化铝出口和进口（季度）"
    assert quarters.chart.categories[0] == "25年一季度"
    assert "因并非各项都有整季度记录而未入图：2026年7月。" in quarters.lines
    years = drawn(ALUMINIUM.at(Period.span(Month(2018, 1), Month(2026, 8))), dataset)
    assert years.chart.categories == ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月")
    assert [curve.name for curve in years.chart.curves][-2:] == ["2025年", "2026年"]
    assert years.lines[:2] == (
        "图中为各年1月至8月。", "2019年、2020年、2021年和2023年因上述月份记录不全，未列入。",
    )  # fmt: skip


def test_a_mean_over_what_lacks_single_months(dataset: Dataset) -> None:
    # 4,860 kt within 5 by twelve
    asked = replace(ALUMINIUM.at(Period.whole_year(2020)), view="average")
    whole = "2020年铝及铝材出口平均约40.50万吨/月（40.458至40.542万吨），由合计486万吨除以12个月得出"
    assert headline(respond(asked, dataset)) == f"{whole}，因2020年1月和2月无单月记录"


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
