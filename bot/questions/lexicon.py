"""The words the bot knows, as tables that people can read: meaning, then the words for it, split by commas.

The series' own names stand in commodities.toml; months, quarters and dates are read in `moments`; what lies
outside the data stands in `outside`. The longest match wins, so "net exports" is not "exports".
"""

from typing import Final

GROUPS: Final = {
    "all": (
        "everything, all, all series, the chain, whole chain, aluminium chain, aluminum chain, "
        "value chain, supply chain, overview, summary, full picture, whole picture, all of it, "
        "all of them, 全部, 所有, 整个产业链, 产业链, 全产业链, 概览, 总览, 汇总"
    ),
    "raw": ("raw materials, raw material, feedstock, feedstocks, feed, 原料, 原材料"),
}
FLOWS: Final = {
    "export": (
        "exports, export, exported, exporting, exporter, exporters, shipped, shipments out, outbound, "
        "outbound shipments, outgoing, sent abroad, selling abroad, sell abroad, sold abroad, "
        "overseas sales, sales abroad, shipments abroad, shipped abroad, outflow, outflows, 出口, "
        "出口量, 外销, 對外出口, 对外出口"
    ),
    "import": (
        "imports, import, imported, importing, importer, importers, inbound, inbound shipments, "
        "incoming, arrivals, arrived, buying, bought, buy, purchases, purchased, buying abroad, "
        "bought abroad, inflow, inflows, 进口, 进口量, 進口, 外购"
    ),
    "both": (
        "both, both ways, both directions, both flows, imports and exports, exports and imports, 进出口, "
        "進出口"
    ),
    "net": (
        "net, net trade, net exports, net export, net imports, net import, net exporter, net importer, "
        "balance, trade balance, surplus, trade surplus, deficit, trade deficit, 净出口, 净进口, "
        "净出口量, 净进口量, 贸易差额, 贸易顺差, 贸易逆差"
    ),
}
MEASURES: Final = {
    "quantity": (
        "volume, volumes, quantity, quantities, tonnage, by volume, by weight, in volume, weight, 量, "
        "数量, 重量, 贸易量"
    ),
    "value": (
        "value, values, worth, in value, by value, in value terms, in money, bill, usd, dollar, dollars, "
        "us dollar, us dollars, in dollars, million usd, million dollars, usd million, billion usd, "
        "billion dollars, usd billion, 金额, 额, 价值, 总值, 总额, 美元, 万美元, 亿美元, 金額"
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
        "kt, ktonnes, kilotonne, kilotonnes, thousand tonnes, thousand tons, thousand t, "
        "thousands of tonnes, 千吨"
    ),
    "Mt": (
        "mt, million tonnes, million tons, million t, mln tonnes, mln tons, mln t, millions of tonnes, 百万吨"
    ),
    "wan_t": (
        "万吨, 萬噸, wan t, wan tonnes, wan tons, ten thousand tonnes, ten thousand tons, 10 000 tonnes"
    ),
    "lb": "lb, lbs, pound, pounds, 磅",
    "st": "st, short ton, short tons, 短吨",
}
# The parts of speech that time hangs on. Each gives an item of that sense.
MARKS: Final = {
    "latest": (
        "latest, newest, most recent, last, last data, latest data, newest data, last print, "
        "latest print, latest figures, latest numbers, last figures, latest month, newest month, "
        "most recent month, last available, latest available, current, currently, now, right now, 最新, "
        "最近, 最近一个月, 最新一个月, 最新数据, 当前, 目前"
    ),
    "ytd": (
        "ytd, year to date, so far in, so far, cumulative, cumulatively, cumulative total, "
        "running total, to date, since january, year through, 累计, 累計"
    ),
    "compare": (
        "vs, versus, v, against, compare, compared, compared with, compared to, comparison, "
        "compare with, compare to, in comparison with, relative to, with respect to, 对比, 相比, 比较, "
        "较"
    ),
    "year_before": (
        "a year ago, a year earlier, a year before, one year ago, one year earlier, year ago, "
        "year earlier, the year before, year before, the previous year, same month last year, "
        "same period last year, same month a year ago, same period a year ago, same time last year, "
        "same month a year earlier, same period a year earlier, same quarter last year, "
        "12 months earlier, twelve months earlier, 12 months ago, 去年同期, 上年同期, 一年前, 去年同月"
    ),
    "before": (
        "a month ago, a month earlier, a month before, one month earlier, the month before, "
        "month before, month earlier, month ago, a quarter earlier, a quarter ago, the quarter before, "
        "quarter before"
    ),
    "join": "to, -, until, till, through, thru, up to, 至, 到",
    "and": "and, /, plus, as well as, 和, 与, 及, 以及, 跟",
    "between": "between",
    "out_of": "from, out of, 从, 自, 来自",
    "into": "into, 对, 往",
    "to_china": "to china, into china, 到中国, 至中国",
    "from_china": "from china, out of china, 从中国, 自中国",
    "same": "same, the same, same for, same again, likewise, ditto, 同样",
    "world": (
        "world, the world, worldwide, global, world total, all countries, all partners, 全球, 全部国家"
    ),
    "help": (
        "help, usage, commands, examples, what can you do, what can i ask, what do you know, "
        "how do i use this, how does this work, how do you work, who are you, what are you, 帮助, "
        "怎么用, 如何使用, 你能做什么, 你会什么"
    ),
    "reset": ("start over, start again, reset, clear, new question, forget it, 重新开始, 重来, 清空"),
}
# Every figure is shown with its change on a year and a month earlier: any answer meets these words.
GROWTH: Final = (
    "growth, change, changes, rise, fall, increase, decrease, decline, yoy, y o y, year on year, "
    "year over year, on year, on the year, on a year earlier, from a year earlier, from a year ago, mom, "
    "m o m, month on month, month over month, on month, on the month, percent, percentage, pct, "
    "growth rate, 同比, 环比, 增长, 增长率, 增幅, 增速, 下降, 降幅, 变化, 同比增长, 環比, 增减"
)
# Understood as a wish, not yet met: said as such instead of dropped.
LATER: Final = {
    "A trend over several months": (
        "by month, by quarter, by year, each month, every month, month to month, by the month, trend, "
        "trends, chart, charts, graph, plot, draw, history, historical, time series, series, monthly, "
        "month by month, quarterly, weekly, annual, annually, yearly, over time, evolution, 趋势, 走势, "
        "图表, 图, 历史, 逐月, 每月"
    ),
    "A stretch counted back from today, or open at its end": (
        "year to, in the year to, 12 months to, twelve months to, year ended, year ending, since, past, "
        "last few, recent, recently, rolling, trailing, past 12 months, last 12 months, "
        "past twelve months, last twelve months, ltm, ttm, past year, last 3 months, last three months, "
        "last 6 months, last six months, past 3 months, past three months, past 6 months, "
        "past six months, last two years, past two years, last 2 years, 近, 过去, 自从, 最近几个月, "
        "近12个月"
    ),
    "A ranking or a record": (
        "top, rank, ranking, ranked, biggest, largest, smallest, highest, lowest, record, record high, "
        "record low, best, worst, peak, most, least, all time high, all time, maximum, minimum, which, "
        "which month, 排名, 最高, 最低, 最大, 最小, 创纪录, 纪录, 哪个, 哪月"
    ),
    "An average": ("average, averages, mean, median, per month, on average, 平均, 月均, 均值"),
    "A figure per day": "per day, daily rate, a day, daily average, 日均, 每天, 每日",
    "A share": ("share, shares, proportion, percentage of, market share, 占比, 份额, 比例"),
    "Highlights on request": (
        "highlight, highlights, unusual, anything unusual, notable, remarkable, anomaly, anomalies, "
        "surprises, 亮点, 异常, 有什么异常"
    ),
    "A question about the sources (each answer ends with them)": (
        "source, sources, where is that from, where is this from, where does that come from, where, "
        "how was that computed, how is that computed, computed, calculated, derived, methodology, why, "
        "explain, reason, reasons, because, 来源, 数据来源, 出处, 为什么, 原因"
    ),
    "A file": ("csv, excel, xlsx, spreadsheet, download, file, pdf, 下载, 表格, 导出"),
    "The date of a release": (
        "release, releases, release date, next release, publication date, when, "
        "when is the next release, due, calendar, schedule, 发布, 何时, 什么时候, 下次发布"
    ),
}
NOISE: Final = (
    "about, around, roughly, approximately, exactly, a, an, the, of, for, in, on, at, by, with, as, per, "
    "is, are, was, were, be, been, being, am, do, does, did, done, has, have, had, it, its, this, that, "
    "these, those, there, here, then, so, too, also, just, only, or, if, i, im, id, ill, ive, me, my, "
    "we, our, us all, you, your, they, them, their, he, she, what, whats, how, hows, how much, how many, "
    "how about, what about, and what about, whats up with, could, can, would, will, shall, should, "
    "may i, may we, might, please, pls, plz, kindly, thanks, thank, thx, ty, cheers, hi, hello, hey, "
    "dear, good morning, good afternoon, good evening, morning, ok, okay, sure, yes, yep, oh, ah, hm, "
    "hmm, well, sorry, actually, again, give, give us, gimme, show, show us, tell, tell us, let, let us, "
    "lets, get, got, see, look, look up, find, fetch, check, pull, pull up, need, want, wanted, wanna, "
    "like, know, wondering, wonder, ask, asked, asking, say, said, interested, curious, looking, "
    "help me with, help me, help with, any, some, out, data, datapoint, dataset, figure, figures, "
    "number, numbers, stat, stats, statistics, print, printed, reading, total, totals, totalled, "
    "overall, in total, amount, amounts, amounted, level, levels, come, came, come in, came in, go, "
    "went, trade, trades, traded, trading, flow, flows, shipment, shipments, shipping, cargo, cargoes, "
    "movement, movements, customs, gacc, official, china, chinas, chinese, prc, mainland, of china, bot, "
    "alumina bot, month, month of, year, period, time, date, during, within, over, growing, grew, grow, "
    "changed, rose, risen, rising, fell, fallen, falling, increased, decreased, declined, up, down, "
    "i mean, i meant, no i meant, no i mean, meant, mean to ask, instead, rather, now show, question, "
    "answer, hs, hs code, hs codes, code, codes, tariff, heading, commodity, line, 税号, 编码, 海关编码, "
    "商品编码, 的, 了, 吗, 呢, 吧, 啊, 呀, 是, 是多少, 在, 有, 有多少, 我, 我们, 我想, 我要, 想, 要, 请, "
    "请问, 问, 多少, 怎么样, 如何, 怎样, 什么, 看, 看看, 看一下, 查, 查询, 查一下, 告诉, 告诉我, 给, "
    "给我, 知道, 想知道, 一下, 数据, 数字, 统计, 情况, 中国, 我国, 海关, 总署, 海关总署, 贸易, 外贸, "
    "谢谢, 你好, 您好, 您, 你, 那, 那么, 这, 这个, 也, 呢, 为, 共, 总, 总共, 合计, 一共, 达, 达到, 个, "
    "月, 年, 月份, 里, 中, 间, 之间, 期间, 按, 以, 用, 换成, 换算, 换算成, 单位, 计, 计算, 麻烦, 帮, "
    "帮我, 再, 还有"
)
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
        "鋁, aluminium product, aluminum product, unwrought aluminium and products, "
        "unwrought aluminum and products, aluminium and products, aluminum and products, "
        "aluminium and aluminium products, aluminum and aluminum products, aluminiums, al, "
        "aluminium metal, aluminum metal, wrought and unwrought aluminium"
    ),
    "bauxite": "bauxites, 铝土, 鋁土礦, 铝矿石",
    "primary_aluminium": "primary ingot, 電解鋁",
    "aluminium_scrap": (
        "scraps, scrap metal, scrap aluminium, scrap aluminum, al scrap, 铝废料, 废铝料, 廢鋁"
    ),
}
