"""The words that time hangs on, that join or compare others, and that speak of the talk itself.

Each gives an item of that sense.
"""

from collections.abc import Mapping
from typing import Final

from bot.questions.items import Sense

MARKS: Final[Mapping[Sense, str]] = {
    "latest": (
        "latest, newest, most recent, last, last data, latest data, newest data, last print, "
        "latest print, latest release, last release, recent, recently, "
        "most recently, until when is the data, until when are the figures, how recent, "
        "how far does the data go, "
        "last month you have, last month on record, last month available, last month with data, "
        "latest figures, latest numbers, last figures, latest month, newest month, "
        "most recent month, last available, latest available, current, currently, now, right now, 最新, "
        "更新到哪个月, 更新到几月, 更新到什么时候, 最新到哪个月, 最新到几月, 最新数据到哪个月, "
        "最新数据到几月, 数据到哪个月, 数据到几月, "
        "最新数据是几月的, "
        "上次公布, 上次发布, 上一次公布, 上一次发布, 最近一次公布, 最近一次发布, 上次更新, "
        "最近, 最近一个月, 最新一个月, 最新数据, 当前, 目前, 现在"
    ),
    "ytd": (
        "ytd, year to date, so far in, so far, cumulative, cumulatively, cumulative total, "
        "running total, to date, year through, since the start of the year, since the beginning of the year, "
        "from the start of the year, from the beginning of the year, 累计, 累計, 累计值, "
        "截至目前, 截止目前, 迄今"
    ),
    "compare": (
        "vs, versus, v, against, compare, compared, compared with, compared to, comparison, "
        "compare with, compare to, in comparison with, relative to, with respect to, 对比, 相比, 比较, "
        "较, up on, up from, up against, down on, down from, growth on, growth over, growth from, "
        "change on, change from, increase on, increase over, increase from, rise on, rise over, "
        "rise from, rose from, fell from, decline from, decrease from, grew from, jumped from, "
        "than, higher than, lower than, more than, less than, 比"
    ),
    "year_before": (
        "a year ago, a year earlier, a year before, one year ago, 1 year ago, a yr ago, yr ago, "
        "one year earlier, year ago, year earlier, year before, the previous year, same month last year, "
        "same period last year, same month a year ago, same period a year ago, same time last year, "
        "same month a year earlier, same period a year earlier, same quarter last year, 前一年, "
        "前一年同期, 12 months earlier, twelve months earlier, 12 months ago, 去年同期, 上年同期, "
        "一年前, 去年同月"
    ),
    "before": (
        "one month ago, 1 month ago, one quarter ago, 1 quarter ago, qoq, q o q, q/q, "
        "quarter on quarter, quarter over quarter, on the quarter, on quarter, 季环比, a month ago, "
        "a month earlier, a month before, one month earlier, the month before, month before, "
        "month earlier, month ago, a quarter earlier, a quarter ago, the quarter before, quarter before, "
        "the one before, one before, the one before that, before that, previous one, the previous one, "
        "前一个月, 前一月, 前1个月, 一个月前, 1个月前, 前一季度, 前一个季度, 一个季度前"
    ),
    "year_after": (
        "a year later, one year later, year later, a year after, the year after, year after, "
        "the following year, 一年后, 次年"
    ),
    "after": (
        "a month later, one month later, month later, a month after, the month after, month after, "
        "the following month, a quarter later, one quarter later, the quarter after, the following quarter, "
        "the one after, one after, the one after that, 次月, 后一个月, 后一个季度"
    ),
    "degree": "more, less, fewer, 更多, 更少, 多, 少",
    "join": (
        "as of, as at, to, -, until, till, through, thru, up to, up to and including, 至, 到, 截至, 截止, "
        "截止到, 直到"
    ),
    "and": "and, +, /, as well as, 和, 与, 及, 以及, 跟",
    "since": "since, ever since, starting, starting in, starting from, starting with, beginning in, 自从",
    "onwards": "onwards, onward, and after, and later, to now, to today, to the latest, to latest, "
    "until now, till now, to present, to the present, up to now, 以来, 至今, 起, 开始, 到现在, 到目前",
    "total": ("total, totals, totalled, in total, 合计, 总计, 一共, 总共, 共计, 共, 总, 总量, 总数"),
    "sum": "sum, sums, summed, sum of, the sum of, aggregate, plus, 之和, 总和",
    "together": (
        "together, combined, both together, both combined, the two together, all together, added up, "
        "add up, "
        "add them up, add them, added together, taken together, altogether, "
        "sum them, sum both, sum of both, total them, total of both, total of the two, sum of the two, "
        "加起来, "
        "加在一起, 一起, 相加"
    ),
    "those": (
        "which was higher, which is higher, which was bigger, which is bigger, which was lower, "
        "which is lower, "
        "by how much, 相差多少, 差多少, 哪个高, 哪个多, 哪个大, 哪个低, 哪个少, 高多少, 低多少, 谁多, "
        "谁高, those two months, these two months, both months, the two months, those two, "
        "these two, "
        "those months, both of them, the two, both periods, "
        "those three months, these three months, the three months, all three, all three months, "
        "those three, the three, 这三个月, 这两个月, 两个月, 那两个月, 这两个月份, 两个季度, 这两个季度, "
        "那两个季度, 两者, 二者, 三个月"
    ),
    "few": (
        "last few months, past few months, past months, last months, the last few, the past few, last few, "
        "past few, several months, a few months, last few years, past few years, past years, 最近几个月, "
        "近几个月, 过去几个月, 近期, 近年来, 近几年"
    ),
    "months": "months, 几个月",
    "annual": "year, annual, yearly, annual total, yearly total, per calendar year, 年度",
    "mend": (
        "no, nope, oops, wrong, i asked for, i said, make it, change it to, change to, change that to, "
        "switch to, go back to, back to, 我说的是, 改成, 改为, i mean, i meant, no i mean, no i meant, "
        "sorry i mean, sorry i meant, no wait, or rather, make that, "
        "correction, 我是说, 我的意思是, 我要的是, 不对, 错了, 更正, 应该是"
    ),
    "with": "with",
    "not": "not, 不是, 不要",
    "next": "next, 下次, 下一次",
    "gap": (
        "difference, the difference, difference between, differences between, gap, the gap, gap between, "
        "spread between"
    ),
    "asks_what": "what does, what do, what did",
    "meaning": (
        "hs code for, hs code of, hs codes for, hs codes of, which hs code, which hs codes, what hs code, "
        "the hs code, "
        "what do you mean by, what do you mean, what is meant by, what does that mean, what does it mean, "
        "what does this mean, define, definition, definitions, meaning, meaning of, 什么意思, 是什么意思, "
        "含义"
    ),
    "stage": (
        "preliminary, provisional, final, finalised, finalized, flash, bulletin, "
        "初步, 初步数据, 快报, 快讯, 快讯数据, 月报, 月报数据, 统计快讯, 统计月报"
    ),
    "which": (
        "which, which month, which months, what month, what months, in which month, "
        "哪个, 哪月, 哪个月, 哪几个月, 哪些月"
    ),
    "when": (
        "when, when is, when are, when will, when can, when was, when were, when did, 何时, 什么时候, 几时, "
        "几号, 几日, 哪天, 哪一天, 什么时候能, 什么时候会, 何时能, 何时会"
    ),
    "why": (
        "why, why is that, why so, how come, explain, reason, reasons, because, 为什么, 为何, 为啥, "
        "怎么回事, 什么原因, 原因, 原因是什么"
    ),
    "between": "between",
    "out_of": "from, out of, 从, 自, 来自",
    "into": "into, 对, 向, 往",
    "to_china": "to china, into china, 到中国, 至中国",
    "from_china": "from china, out of china, 从中国, 自中国",
    "same": "same, the same, same for, same again, likewise, ditto, 同样, 同期, 同月",
    "world": (
        "world, the world, worldwide, global, world total, all countries, all partners, 全球, 全部国家, "
        "国外, 海外, 境外"
    ),
    "help": (
        "help, usage, commands, examples, what can you do, what can i ask, what do you know, "
        "what series, which series, what series do you have, which series do you have, "
        "what series are there, which series are there, what commodities, which commodities, "
        "do you cover, how do i use this, how does this work, how do you work, who are you, "
        "what are you, 帮助, 怎么用, 如何使用, 怎么问, 使用说明, 你能做什么, 你会什么, 你是谁, "
        "能查什么, 可以查什么, 能问什么, 可以问什么, 有什么数据, 有哪些数据"
    ),
    "reset": ("start over, start again, reset, clear, new question, forget it, 重新开始, 重来, 清空"),
}
