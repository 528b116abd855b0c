"""First lines and what stands around figures in Chinese, as a desk would write them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series, Source
from bot.messages.blocks import fitting
from bot.messages.headline import headline, short_headline
from bot.messages.month_lists import month_list, quarter
from bot.messages.names import scope_name, series_name
from bot.messages.render import render
from bot.messages.script import script
from bot.messages.speech import in_words, with_name
from bot.messages.stages import arrived, changed
from bot.messages.wordings import HIGH, count_of, degree, place_of
from bot.questions.question import Question
from bot.words import speaking
from tests.looped import looped

from ..dataset.rows import row, small_dataset

EXPORT, IMPORT = Series("alumina", "export"), Series("alumina", "import")
PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))
MAY, MARCH = Period.month(Month(2023, 5)), Period.month(Month(2023, 3))
COMPARED = Question.of(("alumina",), ("export",), MAY, "compare", against=MARCH, language="zh")


@pytest.fixture(autouse=True)
def _in_chinese():
    with speaking("zh"):
        yield


def printed(levels: Mapping[tuple[Series, str], float]) -> Dataset:
    """These months, each printed to 10 kt."""
    rows = [row(month, value, series=series) for (series, month), value in levels.items()]
    return replace(small_dataset(rows).record, sources={"page": PAGE}).as_of(date(2026, 11, 24))


def first(text: str, dataset: Dataset) -> str:
    (answer,) = converse([text], dataset)
    return headline(answer)


@looped(
    ("text", "line"),
    [
        ("2024年3月氧化铝出口", "2024年3月氧化铝出口14万吨，同比增长169.6%"),
        ("2026年3月氧化铝出口", "2026年3月氧化铝出口21万吨，同比下降29.4%"),
        # 2,040 kt - 332 kt - 1,430 kt: 278 kt within 10.5 kt; against 200.4 kt
        (
            "2023年8月铝及铝材进口",
            "2023年8月铝及铝材进口约27.8万吨（26.75至28.85万吨，推算），同比约增长38.7%（33.4%至44.0%）",
        ),
        # 187,855.658 t, of which up to 10,000 can be wrong
        ("2023年2月氧化铝进口", "2023年2月氧化铝进口（HS 2818）约18.8万吨（17.7至19.8万吨，含估算）"),
        # US$1,010,136,080 against 1,076,789,502
        ("2025年12月铝土矿进口额", "2025年12月铝土矿进口金额10.10亿美元，同比下降6.2%"),
        # US$43,697,647 for 67,493.48 t
        ("2025年5月氧化铝进口均价", "2025年5月氧化铝进口均价647美元/吨（推算）"),
        # US$1,048,503,702 against 1,009,642,480
        (
            "2026年6月自几内亚进口铝土矿金额",
            "2026年6月自几内亚进口铝土矿金额10.49亿美元，同比增长3.8%",
        ),
        # HS 2818 is served where the narrower code is not: 309,109.374 t against 75,053.254 within 10,000
        (
            "2024年3月氧化铝进口",
            "2024年3月氧化铝进口（HS 2818）30.91万吨，同比约增长311.9%（263.4%至375.2%）",
        ),
        # 300 kt against 90 kt, each within 5 kt: 295/95 to 305/85
        (
            "2025年3月氧化铝出口与2023年9月相比",
            "2025年3月氧化铝出口30万吨，2023年9月为9万吨，约增长233.3%（210.5%至258.8%）",
        ),
        # 16.21 Mt and 14.41 Mt within 5 kt: -11.1 %
        (
            "2025年1月铝土矿进口与2月相比",
            "2025年1月铝土矿进口1621万吨，2025年2月为1441万吨；"
            "2025年2月较2025年1月低约11.1%（-11.2%至-11.0%）",
        ),
    ],
)
def test_the_first_line_of_a_figure(dataset: Dataset, text: str, line: str) -> None:
    assert first(text, dataset) == line


def test_several_figures_stand_side_by_side_each_with_its_change() -> None:
    levels = {
        (EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): 300_000.0, (EXPORT, "2022-05"): 200_000.0,
        (IMPORT, "2022-05"): 145_000.0,
    }  # fmt: skip
    asked = Question.of(("alumina",), ("export", "import", "net"), MAY, language="zh")
    told = headline(respond(asked, printed(levels)))
    # 150/200 and 300/145, each within 5 kt; 150 kt of net imports within 5 and 5
    assert told == (
        "2023年5月氧化铝出口15万吨，同比约下降25.0%（-29.3%至-20.5%）；氧化铝进口30万吨，同比约增长106.9%；"
        "氧化铝净进口约15万吨"
    )


def test_two_periods_closer_than_rounding_differ_in_nothing_that_is_known() -> None:
    # 150 kt within 5 against 145 kt within 5: from 145/150 to 155/140
    dataset = printed({(EXPORT, "2023-05"): 150_000, (EXPORT, "2023-03"): 145_000})
    assert headline(respond(COMPARED, dataset)) == (
        "2023年5月氧化铝出口15万吨，2023年3月为14.5万吨，差异未超出四舍五入误差（-3.3%至10.7%）"
    )


def test_a_change_in_short_is_not_told_where_rounding_could_turn_it() -> None:
    levels = {(EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): 150_000, (IMPORT, "2022-05"): 145_000}
    asked = Question.of(("alumina",), ("export", "import"), MAY, language="zh")
    assert headline(respond(asked, printed(levels))).endswith("；氧化铝进口15万吨，同比在四舍五入误差内持平")


def test_a_period_that_is_not_on_record_stands_beside_the_other() -> None:
    dataset = printed({(EXPORT, "2023-05"): 150_000})
    assert headline(respond(COMPARED, dataset)) == "2023年5月氧化铝出口15万吨；2023年3月无记录"
    turned = replace(COMPARED.at(MARCH), against=MAY)
    assert headline(respond(turned, dataset)) == "2023年3月氧化铝出口无记录；2023年5月为15万吨"


def test_what_was_read_otherwise_than_typed_is_owned_up_to_in_brackets() -> None:
    dataset = printed({(EXPORT, "2023-05"): 150_000})
    asked = Question.of(("alumina",), ("export",), MAY, restated=("甲", "乙"), language="zh")
    assert headline(respond(asked, dataset)) == "2023年5月氧化铝出口15万吨（甲；乙）"


def test_the_leading_series_and_how_many_more_the_table_has(dataset: Dataset) -> None:
    every = tuple(dataset.catalogue)
    asked = Question.of(
        every, ("import",), Period.span(Month(2025, 1), Month(2025, 6)), "trend", language="zh"
    )
    assert short_headline(respond(asked, dataset), "").endswith("；另有2项见下表")


def test_a_later_stage_says_what_came_and_what_changed() -> None:
    levels = {(EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): 200_000, (IMPORT, "2022-05"): 150_000}
    dataset = printed(levels)
    now, other = dataset.figure(EXPORT, MAY), dataset.figure(IMPORT, MAY)
    assert now
    assert other
    names = dataset.catalogue
    assert arrived("bulletin", Month(2023, 5), [now, other], names) == (
        "2023年5月月报已发布：氧化铝出口15万吨；氧化铝进口20万吨，同比约增长33.3%。"
    )
    assert arrived("flash", Month(2023, 5), [], names) == "2023年5月快讯已发布；上方消息已更新。"
    assert changed(now, replace(other, series=EXPORT), names) == (
        "数据变动：2023年5月氧化铝出口15万吨；此前为20万吨。"
    )


def test_names_of_series() -> None:
    names = small_dataset([row("2023-05", 1)]).catalogue
    bauxite = Series("bauxite", "import", "Guinea")
    assert series_name(bauxite, names) == "自几内亚进口铝土矿"
    assert series_name(replace(bauxite, measure="value"), names) == "自几内亚进口铝土矿金额"
    assert series_name(replace(EXPORT, partner="Russia"), names) == "对俄罗斯出口氧化铝"
    assert series_name(replace(EXPORT, measure="unit_value"), names) == "氧化铝出口均价"
    assert with_name(series_name(Series("alumina", "net"), names), "净进口5万吨") == "氧化铝净进口5万吨"
    assert scope_name("unwrought aluminium and aluminium products") == "未锻轧铝及铝材"
    assert scope_name("HS 2818") == "HS 2818"


@looped(
    ("told", "words"),
    [
        ("+169.6%", "增长169.6%"),
        ("-5.1%", "下降5.1%"),
        ("约-4.1%（-4.2%至-4.0%）", "约下降4.1%（-4.2%至-4.0%）"),
        ("约0.0%（-6.9%至7.4%）", "变动约0.0%（-6.9%至7.4%）"),
        ("在四舍五入误差内持平", "在四舍五入误差内持平"),
    ],
)
def test_the_sign_of_a_change_is_a_word_inside_a_sentence(told: str, words: str) -> None:
    assert in_words(told) == words


def test_lists_of_months_and_quarters() -> None:
    january = Month(2025, 1)
    months = [january, january.plus(1), january.plus(4), *(january.plus(at) for at in range(11, 15))]
    assert month_list(months) == "2025年1月、2月、5月和12月至2026年3月"
    assert month_list(months[:2]) == "2025年1月和2月"
    assert month_list(months[:3], year=2025) == "1月、2月和5月"
    assert quarter(2) == "二季度"


def test_counts_places_and_degrees() -> None:
    assert [count_of(2), count_of(7), count_of(13)] == ["两", "七", "13"]
    assert [place_of(2), place_of(12), place_of(13)] == ["第二", "第十二", "第13"]
    assert [HIGH.high, HIGH.higher, HIGH.highest] == ["高", "更高", "最高"]
    levels = {(EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): 300_000.0}
    net = printed(levels).figure(Series("alumina", "net"), MAY)
    assert net
    assert degree(net, "lowest").highest == "净进口最大"


def test_what_does_not_fit_is_counted() -> None:
    assert fitting(["一二三四五六七八"] * 3, 20, "notes") == ["一二三四五六七八", "另有2条说明。"]
    assert fitting(["一二三四五六七八"] * 3, 20, "lines", from_end=True) == [
        "此前另有2行。",
        "一二三四五六七八",
    ]


def test_rows_that_do_not_fit_are_in_a_file(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messages.render.FURTHER_TEXT", 8_500)  # leaves room for a part of the table
    answer = _trend(dataset)
    file = render(answer).file
    assert file
    count = len(answer.figures)
    assert file.note == f"全部{count}个数字见文件{file.name}，附来源、状态和四舍五入范围。"


def _trend(dataset: Dataset) -> Answer:
    (answer,) = converse(["2024年以来铝土矿进口走势"], dataset)
    return answer


def test_suggestions_and_the_help_are_chinese(dataset: Dataset) -> None:
    refused, helped = converse(["铝土矿出口", "帮助"], dataset)
    assert script(refused).tries[0].startswith("可以试试：")
    assert "2024年3月氧化铝出口" in script(helped).facts


def test_a_share_names_each_stage_once_and_what_is_waited_for_with_its_years(dataset: Dataset) -> None:
    """Russia's exports of September 2025 are of a query, the world's of a query and two bulletins."""
    (answer,) = converse(["俄罗斯氧化铝出口占比"], dataset)
    told = script(answer)
    lines = [*told.facts, *told.ending]
    assert any(line.endswith("（HS 28182000；在线查询和月报）。") for line in lines), lines
    assert any("（2025年10月至2026年9月也无记录）" in line for line in lines), lines
