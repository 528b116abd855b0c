"""The same highlights in Chinese, as a metals desk writes them; the arithmetic stands in test_standouts."""

import re

from bot.answers.answer import HighlightRule
from bot.answers.highlights import every_highlight
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, Record
from bot.messages.events import event_line
from bot.messages.standouts import highlight
from bot.words import speaking
from tests.looped import looped

SAID: list[tuple[str, HighlightRule, str]] = [
    ("2026-06", "largest_rise", "铝及铝材出口同比增长45.4%，至71.1万吨，而通常变动幅度约为14%。"),
    ("2026-06", "largest_fall", "铝土矿进口均价同比下降15.7%，至约64.3美元/吨。"),
    ("2026-01", "month_move", "铝土矿进口环比增长约31.2%，至1925万吨，而通常变动幅度约为10%。"),
    ("2025-10", "against_season",
     "铝土矿进口环比下降约13.3%，至1377万吨，一反以往：此前有记录的四年中，10月环比均为增长。"),
    ("2026-07", "turn", "铝土矿进口同比下降4.6%，至1904万吨，此前2026年6月为增长12.6%。"),
    ("2025-12", "turn", "铝土矿进口同比下降1.7%，至1467万吨，为2024年3月以来首次下降。"),
    ("2026-02", "turn",
     "废铝进口同比下降17.09%，至13.63万吨，此前至少连增十个月（自2025年4月起记录无中断）"
     "（春节为2026年2月17日，2025年则为1月29日）。"),
    ("2025-10", "streak", "铝土矿进口连续第19个月同比增长，增幅12.5%。"),
    ("2026-06", "streak",
     "氧化铝进口至少连续第六个月（自2026年1月起记录无中断）同比增长，增幅343.9%。"),
    ("2026-06", "month_streak", "铝及铝材出口连续第四个月环比增长，至71.1万吨。"),
    ("2026-06", "highest_since", "铝及铝材出口71.1万吨，为自2024年1月起连续有记录的30个月中最高。"),
    ("2026-02", "lowest_since",
     "铝土矿进口均价约65.9美元/吨，创2024年7月以来新低（自2023年4月起逐月记录无中断）。"),
    ("2026-01", "nth_highest", "铝土矿进口1925万吨，为自2023年4月起连续有记录的34个月中第三高。"),
    ("2025-07", "year_to_date_turn",
     "2025年1-7月铝及铝材进口累计233万吨，同比增长1.5%，此前2025年1-6月为下降约2.9%。"),
    ("2025-10", "net_turn",
     "2025年10月中国氧化铝转为净进口，净进口约1.36万吨，为自2025年1月起逐月有记录以来首次。"),
    ("2020-09", "net_turn", "2020年9月中国铝及铝材转为净出口，净出口7.05万吨，为2020年6月以来首次。"),
    ("2026-07", "bauxite_to_alumina",
     "中国每进口1吨氧化铝，对应进口铝土矿52吨，上年同期为159吨"
     "（铝土矿为HS 2606，氧化铝为HS 28182000）。"),
    ("2026-03", "event", "2026年3月3日：战事扰乱霍尔木兹海峡航运；Qatalum开始停产（ING via MENAFN）。"),
    ("2026-02", "revised", "2025年1-2月铝及铝材出口由85.9万吨修订为86.1万吨。"),
]  # fmt: skip


@looped(("edition", "rule", "sentence"), SAID)
def test_a_highlight_says_itself(dataset: Dataset, edition: str, rule: HighlightRule, sentence: str) -> None:
    found = every_highlight(dataset, Month.from_text(edition))
    with speaking("zh"):
        assert sentence in [highlight(item, dataset.catalogue) for item in found if item.rule == rule]


def test_every_sentence_of_the_record_is_whole_and_chinese(dataset: Dataset) -> None:
    for edition in (Month(2018, 1).plus(step) for step in range(104)):
        for item in every_highlight(dataset, edition):
            with speaking("zh"):
                sentence = highlight(item, dataset.catalogue)
            assert re.fullmatch(r"[0-9\u4e00-\u9fff].*[^。，；]。", sentence), sentence
            assert not re.search(r"None|\bnan\b|[-+]-|，，|。。|[\u4e00-\u9fff] | [\u4e00-\u9fff]", sentence)
            told, _, _ = sentence.rpartition("（") if item.rule == "event" else (sentence, "", "")
            assert not re.search(r"(?!Alunorte|Qatalum)\b[A-Za-z]+[a-z]{2,}\b", told), sentence


def test_every_event_on_record_has_chinese_words_and_keeps_its_english_ones(record: Record) -> None:
    assert len(record.events) == 20
    for event in record.events:
        assert f": {event.title} ({event.source_name})" in event_line(event)
        with speaking("zh"):
            chinese = event_line(event)
        assert event.title not in chinese
        assert re.search(r"：.*[\u4e00-\u9fff]{4}", chinese)
