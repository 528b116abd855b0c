"""Some three hundred typed questions by kind, in both languages, and the answers to them."""

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.messages.forms import in_words
from bot.messages.message import Message

TOLD = "alumina exports, alumina imports, bauxite imports, aluminium exports, aluminium imports"
TOLD += ", primary aluminium imports"
TOLD_ZH = "氧化铝出口, 氧化铝进口, 铝土矿进口, 铝出口, 铝进口, 原铝进口"
SERIES = list(zip(TOLD.split(", "), TOLD_ZH.split(", "), strict=True))
MONTHS = (
    ("march 2024", "2024年3月"),
    ("july 2026", "2026年7月"),
    ("february 2025", "2025年2月"),
    ("november 2024", "2024年11月"),
)

# By kind the turns of a thread in each language; {s} is one of the series, {m} one of the months.
SINGLE = {
    "figure": ("{m} {s}", "{m}{s}"),
    "month": ("{m}", "{m}"),
    "trend": ("{s} last 13 months", "近13个月{s}"),
    "ranking": ("top 5 months for {s} in 2025", "2025年{s}最高的5个月"),
    "average": ("average {s} 2025", "2025年{s}月均"),
    "record": ("was that a record {s} {m}", "{m}{s}创新高了吗"),
    "growth": ("{s} growth {m}", "{m}{s}同比"),
    "total": ("total {s} january to june 2026", "2026年1至6月{s}合计"),
    "count": ("how many months were {s} above 200 kt since 2024", "2024年以来{s}有几个月超过20万吨"),
    "streak": ("how many months in a row have {s} risen on the year", "{s}连续几个月同比增长"),
    "table": ("{s} by quarter 2025", "2025年{s}分季度"),
    "season": ("is {s} in {m} usual for the season", "{m}{s}与往年同期相比"),
    "rolling": ("{s} rolling twelve months", "{s}滚动12个月"),
    "why": ("why did {s} change in {m}", "{m}{s}为什么变化"),
    "check": ("customs said {s} were 300 kt in {m}, right?", "{m}{s}是30万吨，对吗？"),
    "comparison": ("{s} {m} vs january 2026", "{m}与2026年1月{s}对比"),
    "highlights": ("anything unusual in {m}?", "{m}有什么异常？"),
    "sources": ("sources {s} {m}", "{m}{s}的来源"),
    "export": ("csv of {s} since 2025", "2025年以来{s}csv"),
}
OTHER = """
countries: bauxite imports by country 2025 | 2025年铝土矿进口来源国
countries: top 5 origins of bauxite november 2024 | 2024年11月铝土矿进口前五来源国
countries: guinea vs australia bauxite march 2025 | share of guinea by year
countries: bauxite by country q1 2025 vs q1 2024 | alumina exports by country july 2026
share: share of guinea in bauxite imports june 2026 | 2026年6月几内亚占铝土矿进口的比重
ratio: bauxite imports per tonne of alumina exports july 2026 | 2026年7月铝土矿进口与氧化铝出口之比
net: alumina net exports july 2026 | 2026年7月氧化铝净出口
net: alumina net exports last 13 months | 近13个月氧化铝净出口
unit value: bauxite imports unit value june 2026 | 2026年6月铝土矿进口单价
value: bauxite imports value june 2026 | 2026年6月铝土矿进口金额
partner: bauxite from guinea june 2026 | 2026年6月几内亚铝土矿进口
comparison: everything july 2026 vs july 2025 | 2026年7月与2025年7月全部对比
not out: alumina exports november 2026 | 2026年11月氧化铝出口
not out: november 2026 | 2026年11月
not on record: alumina exports march 2012 | 2012年3月氧化铝出口
outside: alumina price | 氧化铝价格
outside: copper exports | 铜出口
outside: aluminium stocks | 铝库存
outside: forecast alumina exports | 预测氧化铝出口
unclear: alumini exports march 2024 | 2024年3月氧化出口
unclear: alumina exports 10/11 | 氧化铝出口10/11
not understood: how is the weather | 今天天气怎么样
courtesy: thanks | 谢谢
courtesy: hello | 你好
definition: what is alumina | 什么是氧化铝
events: what happened in november 2024 | 2024年11月发生了什么
revisions: revisions of aluminium exports 2025 | 2025年铝出口修订
revisions: which numbers were revised this year | 今年修订了哪些数据
coverage: which months are missing for bauxite | 铝土矿缺哪些月份
coverage: coverage | 有哪些数据
release: when is the next release? | 下次什么时候发布？
help: help | 帮助
several: alumina exports march 2024 and what is bauxite | 2024年3月氧化铝出口？什么是铝土矿？
several: alumina exports march 2024? top months for bauxite imports 2025?
several: 2024年3月氧化铝出口？2025年铝土矿进口最高的月份？
"""
FOLLOW = (  # turn after turn
    "alumina exports march 2024 / vs a year ago",
    "2024年3月氧化铝出口 / 跟去年同期比",
    "alumina exports july 2026 / vs a year ago / and imports?",
    "2026年7月氧化铝出口 / 跟去年同期比 / 进口呢？",
    "bauxite imports july 2026 / chart it / why",
    "2026年7月铝土矿进口 / 画图 / 为什么",
    "july 2026 / vs a year ago",
    "2026年7月 / 跟去年同期比",
)


def threads() -> list[tuple[str, list[str]]]:
    """The turns of every thread, under the kind of its last one."""
    found: list[tuple[str, list[str]]] = []
    for kind, forms in SINGLE.items():
        for place, series in enumerate(SERIES):
            months = MONTHS if kind == "figure" else (MONTHS[place % len(MONTHS)],)
            for month in months:
                each = [form.format(s=s, m=m) for form, s, m in zip(forms, series, month, strict=True)]
                found += [(kind, [text]) for text in each]
    for kind, _, pair in (line.partition(": ") for line in OTHER.strip().splitlines()):
        found += [(kind, [text]) for text in pair.split(" | ")]
    found += [("follow-up", turns.split(" / ")) for turns in FOLLOW]
    return [each for place, each in enumerate(found) if each not in found[:place]]


def answered(dataset: Dataset) -> list[tuple[str, str, Answer]]:
    """The kind of each thread, its last turn and the answer to it."""
    return [(kind, turns[-1], list(converse(turns, dataset))[-1]) for kind, turns in threads()]


def lines(message: Message) -> str:
    """The words of a message with its lists and tables, with plain spaces and without the marks of bold."""
    told = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    told += [in_words(replace(message, text=""))]
    told += [
        each["text"] for block in message.blocks if block["type"] == "context" for each in block["elements"]
    ]
    return "\n".join(told).replace("\u00a0", " ").replace("*", "")
