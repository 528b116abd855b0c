"""Tables, facts, notes, files and formulas in Chinese: the words of customs around the same numbers."""

import csv
import re
from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer, Lack
from bot.answers.behind import printed
from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.how import how_view
from bot.messages.notes import lack
from bot.messages.render import render
from bot.messages.script import Script, script
from bot.messages.sheet import HEADER, every_line
from bot.questions import understand
from bot.words import speaking
from tests.looped import looped
from tests.spaces import spaced


def answered(text: str, dataset: Dataset) -> Answer:
    return respond(understand(text, record=dataset), dataset)


def said(text: str, dataset: Dataset) -> Script:
    with speaking("zh"):
        return script(answered(text, dataset))


def test_the_facts_of_a_printed_figure(dataset: Dataset) -> None:
    # 19.04 Mt, to the nearest 10 kt, -4.6 %, as the bulletin printed it; 20.32 Mt in June; 139.88 Mt, +13.5 %
    assert said("2026年7月铝土矿进口", dataset).facts == (
        "公布数据四舍五入至1万吨（1903.5至1904.5万吨）；月报。",
        "环比：-6.3%。",
        "同比：-4.6%。",
        "2026年1-7月铝土矿进口：13,988万吨；同比+13.5%。",
    )


def test_a_derived_figure_is_written_out(dataset: Dataset) -> None:
    # 2,040 kt of January-September, 332 of September, 1,430 of January-July
    notes = said("2023年8月铝及铝材进口", dataset).notes
    assert "2023年8月推算：铝及铝材进口 = 1-9月累计204万吨 - 9月33.2万吨 - 1-7月累计143万吨。" in notes
    assert any("更正（不超过1%）" in line for line in notes)


def test_the_header_and_the_lines_of_a_table(dataset: Dataset) -> None:
    # 640 kt, +18.7 %, of 711 kt in June; 280 kt, -22.0 %
    told = said("2026年7月铝进出口", dataset)
    assert told.grid
    assert told.grid.caption == "2026年7月中国铝贸易"
    with speaking("zh"):
        header = told.grid.header
    assert header == (
        "项目", "2026年7月（万吨）", "同比", "环比", "2026年1-7月（万吨）", "同比", "状态、来源",
    )  # fmt: skip
    assert told.grid.texts[0][:4] == ("铝及铝材出口", "64", "+18.7%", "约-10.0%（-10.8%至-9.2%）")
    assert told.facts[0].startswith(
        "铝及铝材出口：2026年7月，64万吨；同比+18.7%；环比约-10.0%（-10.8%至-9.2%）；2026年1-7月，"
    )


def test_what_is_not_on_record_and_what_is(dataset: Dataset) -> None:
    first = said("2031年3月氧化铝出口", dataset).headline
    assert first == "2031年3月氧化铝出口：无记录；应于2031年4月18日公布；最近有记录的是2026年7月。"
    (clash,) = [line for line in said("2025年氧化铝进口", dataset).notes if "口径" in line]
    assert clash == "2025年氧化铝进口：不计算同比，因此处口径为HS 28182000，而2024年的记录口径为HS 2818。"


def test_where_the_record_ends() -> None:
    item = Lack(
        newest=Month(2026, 7), due=Month(2026, 10), since=date(2026, 11, 20), between=(Month(2026, 8),),
        following=Month(2026, 11), expected=date(2026, 12, 18),
    )  # fmt: skip
    with speaking("zh"):
        assert lack(item) == "数据已收录至2026年7月；10月数据应自11月20日起公布，尚未收录（8月也无记录）。"
        ahead = replace(item, due=None, since=None, partly=(Month(2026, 11),))
        assert lack(ahead) == (
            "数据已收录至2026年7月；预计11月数据于2026年12月18日前后公布（目前已有部分数据）。"
        )


def test_a_file_has_a_chinese_header_over_the_same_columns(dataset: Dataset) -> None:
    answer = answered("2026年3月至5月氧化铝出口 csv", dataset)
    assert answer.language == "zh"
    english = every_line(answer)
    with speaking("zh"):
        chinese = every_line(answer)
    assert english[0] == ",".join(HEADER)
    assert english[1:] == chinese[1:]
    (header,) = csv.reader(chinese[:1])
    assert len(set(header)) == len(HEADER)
    named = dict(zip(HEADER, header, strict=True))
    assert [named[name] for name in ("period", "value", "scope", "yoy_pct", "status")] == [
        "期间", "数值", "口径", "同比（%）", "状态",
    ]  # fmt: skip
    file = render(answer).file
    assert file
    assert (file.name, file.title) == ("2026年3月至5月氧化铝出口.csv", "2026年3月至5月氧化铝出口")
    assert file.content.decode("utf-8-sig").startswith("期间,期间类型,品种,")


def test_how_it_was_computed(dataset: Dataset) -> None:
    view = how_view(printed(answered("2023年8月铝及铝材进口", dataset), dataset))
    assert (view["title"]["text"], view["close"]["text"]) == ("计算方法", "关闭")
    told = [spaced(block["text"]["text"]) for block in view["blocks"]]
    assert told[1].split("\n")[:2] == [
        "*公式*",
        "2023年8月铝及铝材进口 = 1-9月累计204万吨 - 9月33.2万吨 - 1-7月累计143万吨，因累计数为各月之和。",
    ]
    assert any("为唯一有记录的公布" in text for text in told)


@looped(
    "text",
    [
        "2023年8月铝及铝材进口",
        "2026年7月铝土矿进口",
        "2025年与2024年氧化铝出口相比",
        "2026年7月亮点",
        "氧化铝出口排名",
        "2024年一季度氧化铝出口",
        "2026年7月氧化铝净出口",
    ],
)
def test_no_english_word_is_left_but_in_names_and_titles(dataset: Dataset, text: str) -> None:
    told = said(text, dataset)
    grid = [told.grid.caption, *map(" ".join, told.grid.texts)] if told.grid else []
    publishers = "|".join(re.escape(item.source.publisher) for item in answered(text, dataset).behind)
    for line in (*told.facts, *told.highlights, *told.notes, *told.ending, *grid):
        plain = re.sub(publishers, "", line) if publishers else line
        assert not re.search(r"[a-z]{3,}", plain), line
