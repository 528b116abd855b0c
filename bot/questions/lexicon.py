"""The words the bot knows, as tables that people can read: meaning, then the words for it, split by commas.

The series' own names stand in commodities.toml; months, quarters and dates are read in `moments`; what lies
outside the data stands in `outside`, what is to be done with the figures in `wishes`. The longest match
wins, so "net exports" is not "exports".
"""

from typing import Final

GROUPS: Final = {
    "all": (
        "everything, all, all series, the chain, whole chain, aluminium chain, aluminum chain, "
        "value chain, supply chain, overview, summary, full picture, whole picture, all of it, "
        "all of them, 全部, 所有, 整个产业链, 产业链, 全产业链, 铝产业链, 整个铝产业链, 铝全产业链, "
        "概览, 总览, 汇总"
    ),
    "raw": ("raw materials, raw material, feedstock, feedstocks, feed, 原料, 原材料"),
}
FLOWS: Final = {
    "export": (
        "exports, export, ship, ships, ship abroad, ship out, shipped out, exported, exporting, "
        "shipped, shipments out, outbound, exp, sell to, sells to, sold to, selling to, sales to, went out, "
        "going out, goes out, moved out, sent out, "
        "outbound shipments, outgoing, sent abroad, selling abroad, sell abroad, sold abroad, "
        "overseas sales, sales abroad, shipments abroad, shipped abroad, outflow, outflows, 出口, "
        "出口量, 外销, 對外出口, 对外出口"
    ),
    "import": (
        "imports, import, imported, importing, inbound, inbound shipments, incoming, arrivals, arrived, "
        "buying, bought, buy, purchases, purchased, buying abroad, bought abroad, from abroad, "
        "from overseas, purchases abroad, imp, inflow, inflows, 进口, 进口量, 進口, 外购"
    ),
    "both": (
        "in and out, out and in, in/out, to and from, from and to, both, both ways, both directions, "
        "both flows, imports and exports, exports and imports, 进出口, 進出口"
    ),
    "net": (
        "difference between exports and imports, difference between imports and exports, "
        "exports minus imports, imports minus exports, exports less imports, imports less exports, "
        "importer or exporter, exporter or importer, net importer or exporter, net exporter or importer, "
        "net, net trade, net exports, net export, net imports, net import, net exporter, net importer, "
        "balance, trade balance, surplus, trade surplus, deficit, trade deficit, 净出口, 净进口, 淨出口, "
        "淨進口, 差额, 净出口国, 净进口国, "
        "净出口量, 净进口量, 贸易差额, 贸易顺差, 贸易逆差"
    ),
}
MEASURES: Final = {
    "quantity": (
        "volume, volumes, vol, vols, qty, quantity, quantities, tonnage, by volume, by weight, "
        "in volume, weight, 量, 数量, 重量, 贸易量"
    ),
    "value": (
        "spend, spends, spent, spending, pay, pays, paid, pay for, paid for, paying, earn, earned, "
        "earnings, revenue, revenues, value, values, worth, in value, by value, in value terms, "
        "in money, bill, usd, dollar, dollars, us dollar, us dollars, in dollars, million usd, "
        "million dollars, usd million, billion usd, billion dollars, usd billion, billion us dollars, "
        "million us dollars, usd bn, bn usd, usd m, m usd, mn usd, usd mn, mln usd, usd mln, 金额, 额, 价值, "
        "总值, 总额, 美元, 万美元, 亿美元, 金額, 货值, 美金, 美元计价"
    ),
    "unit_value": (
        "unit value, unit values, unit price, unit prices, average price, average price per tonne, "
        "average price per ton, average export price, average import price, average unit value, "
        "average value per tonne, price per tonne, price per ton, value per tonne, value per ton, "
        "usd per t, usd per mt, usd per tonne, usd per ton, usd per metric tonne, usd per metric ton, "
        "dollars per tonne, dollars per ton, dollars per metric tonne, dollars per metric ton, "
        "us dollars per tonne, us dollars per ton, dollars a tonne, dollars a ton, per tonne, per ton, "
        "per metric tonne, a tonne, a ton, 单价, 均价, 平均价格, 平均单价, 出口均价, 进口均价, 美元每吨, "
        "每吨美元, usd per吨, 美元per吨, 單價"
    ),
}
UNITS: Final = {
    "t": ("t, tonne, tonnes, ton, tons, metric ton, metric tons, metric tonne, metric tonnes, 吨, 公吨, 噸"),
    "kt": (
        "kt, ktonnes, ktons, k tonnes, k tons, kiloton, kilotons, kilotonne, kilotonnes, "
        "thousand tonnes, thousand tons, thousand t, thousands of tonnes, thousand metric tonnes, "
        "thousand metric tons, thousand mt, 000 t, 000 tonnes, 000 tons, 1000 t, 1000 tonnes, 1000 tons, "
        "1 000 t, 1 000 tonnes, 1 000 tons, 千吨"
    ),
    "Mt": (
        "mt, mmt, million tonnes, million tons, million t, mln tonnes, mln tons, mln t, millions of tonnes, "
        "million metric tonnes, million metric tons, mln metric tonnes, mln metric tons, million mt, mln mt, "
        "m tonnes, 百万吨"
    ),
    "wan_t": (
        "万吨, 萬噸, wan t, wan tonnes, wan tons, ten thousand tonnes, ten thousand tons, 10 000 tonnes, "
        "10 000 tons, 10 000 t, 10kt, 10 kt, 10k t, 10k tonnes, 10k tons"
    ),
    "t/day": (
        "per day, daily rate, a day, daily average, average daily, average per day, daily, t per day, "
        "t per d, tpd, million tonnes per day, million tons per day, mt per day, kt per day, kt a day, "
        "kt per d, thousand tonnes per day, thousand tonnes a day, "
        "thousand tons per day, tonnes per day, tons per day, tonnes a day, tons a day, per calendar day, "
        "each day, 日均, 每天, 每日, 吨per天, 吨per日, 平均每天, 平均每日"
    ),
    "%": (
        "share, shares, proportion, percentage of, percent of, as a share of, share of, "
        "as a percentage of, market share, portion, fraction, 占比, 份额, 比例, 比重, 占, 几成, 占几成, "
        "百分之几"
    ),
    "lb": "lb, lbs, pound, pounds, 磅",
    "st": "st, short ton, short tons, thousand short tons, million short tons, mln short tons, 短吨",
}
# The parts of speech that time hangs on. Each gives an item of that sense.
MARKS: Final = {
    "latest": (
        "latest, newest, most recent, last, last data, latest data, newest data, last print, "
        "latest print, latest release, last release, recent, recently, "
        "most recently, until when is the data, until when are the figures, how recent, "
        "how far does the data go, "
        "last month you have, last month on record, last month available, last month with data, "
        "latest figures, latest numbers, last figures, latest month, newest month, "
        "most recent month, last available, latest available, current, currently, now, right now, 最新, "
        "更新到哪个月, 更新到几月, 更新到什么时候, 最新到哪个月, 最新到几月, 数据到哪个月, 数据到几月, "
        "最新数据是几月的, "
        "最近, 最近一个月, 最新一个月, 最新数据, 当前, 目前"
    ),
    "ytd": (
        "ytd, year to date, so far in, so far, cumulative, cumulatively, cumulative total, "
        "running total, to date, year through, since the start of the year, since the beginning of the year, "
        "from the start of the year, from the beginning of the year, 累计, 累計, 截至目前, 截止目前, 迄今"
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
        "前一个月, 前一月, 前1个月, 前一季度, 前一个季度"
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
    "join": ("as of, as at, to, -, until, till, through, thru, up to, 至, 到, 截至, 截止, 截止到, 直到"),
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
        "preliminary, provisional, final, finalised, finalized, revised, revision, revisions, flash, "
        "bulletin, version, versions, all versions, vintage, vintages, first printing, 初步, 初步数据, "
        "快报, 修订, 修正, 版本"
    ),
    "asked_after": "asked after",
    "which": (
        "which, which month, which months, what month, what months, in which month, "
        "哪个, 哪月, 哪个月, 哪几个月, 哪些月"
    ),
    "when": "when, when is, when are, when will, when was, when were, when did, 何时, 什么时候, 几时",
    "why": "why, why is that, why so, how come, explain, reason, reasons, because, 为什么, 为何, 原因",
    "between": "between",
    "out_of": "from, out of, 从, 自, 来自",
    "into": "into, 对, 往",
    "to_china": "to china, into china, 到中国, 至中国",
    "from_china": "from china, out of china, 从中国, 自中国",
    "same": "same, the same, same for, same again, likewise, ditto, 同样, 同期, 同月",
    "world": (
        "world, the world, worldwide, global, world total, all countries, all partners, 全球, 全部国家"
    ),
    "help": (
        "help, usage, commands, examples, what can you do, what can i ask, what do you know, "
        "what series, which series, what series do you have, which series do you have, "
        "what series are there, which series are there, what commodities, which commodities, "
        "do you cover, how do i use this, how does this work, how do you work, who are you, "
        "what are you, 帮助, 怎么用, 如何使用, 你能做什么, 你会什么"
    ),
    "reset": ("start over, start again, reset, clear, new question, forget it, 重新开始, 重来, 清空"),
}
NUMBER_WORDS: Final = {
    word: number
    for number, words in enumerate(
        "one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve".split(","), 1
    )
    for word in (words, str(number), f"{number:02d}")
} | {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "十": 10, "十一": 11, "十二": 12, "上": 1, "下": 2,
}  # fmt: skip
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january,jan", "february,febr,feb", "march,mar", "april,apr", "may", "june,jun", "july,jul",
            "august,aug", "september,sept,sep", "october,oct", "november,nov", "december,dec",
        ),
        1,
    )
    for name in names.split(",")
}  # fmt: skip
PARTNER_WORDS: Final = {
    "Guinea": "guinea, guinean, guineas, 几内亚",
    "Russia": "russia, russian, russian federation, russias, 俄罗斯, 俄国, 俄",
}
MORE_SERIES_WORDS: Final = {
    "alumina": "氧化鋁",
    "unwrought_aluminium": (
        "unwrought, 鋁, 鋁材, aluminium product, aluminum product, unwrought aluminium and products, "
        "unwrought aluminum and products, aluminium and products, aluminum and products, "
        "aluminium and aluminium products, aluminum and aluminum products, aluminiums, al, "
        "aluminium metal, aluminum metal, wrought and unwrought aluminium"
    ),
    "bauxite": "bauxites, bauxite ore, bauxite ores, 铝土, 鋁土礦, 铝矿石, 铝矾土",
    "primary_aluminium": (
        "primary al, primary ingot, aluminium ingot, aluminum ingot, aluminium ingots, aluminum ingots, "
        "ingots, primary unwrought aluminium, primary unwrought aluminum, 電解鋁"
    ),
    "aluminium_scrap": (
        "scraps, scrap metal, scrap aluminium, scrap aluminum, al scrap, scrap al, 铝废料, 废铝料, 廢鋁"
    ),
}
# Words for something narrower than the line, as the wider aliases of commodities.toml are.
MORE_WIDER_WORDS: Final = {
    "unwrought_aluminium": (
        "semi finished, semi finished products, semi finished aluminium, semi finished aluminum, "
        "semi fabricated, semi fabricated products, semi manufactures, semi, fabricated products"
    ),
}
