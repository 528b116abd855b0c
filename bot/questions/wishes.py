"""The words for what is to be done with the figures: views, rankings, changes; and what is not done."""

from typing import Final

# What is to be done with the figures. A wish that names none of these is for the figures themselves.
VIEWS: Final = {
    "trend": (
        "all months, all the months, by month, each month, every month, month to month, by the month, "
        "for each month, trend, trends, trending, bar chart, line chart, "
        "chart, charts, charted, graph, graphs, plot, plotted, draw, history, historical, historic, "
        "time series, series, monthly, monthly figures, month by month, over time, evolution, "
        "recent months, in recent months, develop, developed, developing, development, timeline, 趋势, "
        "走势, 图表, 图, 走势图, 曲线, 曲线图, 画图, 按月, 分月, 历史, 逐月, "
        "每月, 每个月, 月度, 各月, 列表, 列个表, 做个表, 月度明细, 明细, 折线图, 柱状图"
    ),
    "record": (
        "record, records, a record, last higher, last as high, last exceeded, this high, this low, "
        "as high as this, as low as this, "
        "is that the highest, is this the highest, is it the highest, was that the highest, "
        "was it the highest, is that the lowest, is this the lowest, is it the lowest, "
        "was that the lowest, was it the lowest, highest since when, lowest since when, "
        "the most since when, the least since when, since when, new record, all time record, 创纪录, "
        "纪录, 新高, 新低, 历史新高, 历史新低, 创新高, 创新低, 创下新高, 创下新低, 创历史新高, 创历史新低, "
        "创下历史新高, 创下历史新低, 创下纪录, 破纪录, 创多久以来新高, 创多久以来的新高, 多久以来新高, "
        "多久以来的新高, 多久以来最高, 创多久以来新低, 创多久以来的新低, 多久以来新低, 多久以来的新低, "
        "多久以来最低"
    ),
    "average": (
        "tonnes a month, tons a month, t a month, kt a month, mt a month, average, averages, averaged, "
        "mean, per month, a month on average, on average, monthly average, "
        "average per month, average monthly, monthly mean, avg, monthly avg, 平均, 月均, 均值, 月平均, "
        "平均值, 平均每月, 每月平均"
    ),
    "highlights": (
        "highlight, highlights, unusual, anything unusual, anything notable, anything special, notable, "
        "remarkable, anomaly, anomalies, outliers, surprises, surprising, stand out, stands out, "
        "what stands out, whats new, what is new, anything new, anything interesting, interesting, "
        "what happened, 亮点, 异常, 有什么异常, 看点"
    ),
    "sources": (
        "source, sources, sourced, src, status, where did you get, where do you get, numbers come from, "
        "figures come from, data come from, data comes from, number comes from, figure comes from, "
        "numbers from, figures from, get the numbers, get these numbers, get those numbers, "
        "get these figures, get the figures, where is that from, where is this from, "
        "where are these from, where are they from, where it comes from, where they come from, "
        "where this comes from, where does that come from, where does this come from, "
        "where does that number come from, where did you get that, where do you get that, "
        "where is the number from, where is that number from, where is this number from, "
        "where is that figure from, where is this data from, where is the data from, who publishes, "
        "who publishes this, who publishes that, who published, how was that computed, "
        "how is that computed, how was it computed, how is it computed, how was this computed, "
        "how was that calculated, how is that calculated, how did you get that, "
        "how did you compute that, how do you know, compute, calculate, computed, calculated, derived, "
        "derivation, methodology, says who, according to whom, provenance, reference, references, 来源, "
        "口径, 统计口径, 数据来源, 出处, 怎么算, 怎么算的, 如何计算, 怎么计算, 哪里来的, 数据来自哪里, "
        "来源是哪里, 从哪里来的, 从哪来的, "
        "哪来的"
    ),
    "revisions": (
        "revised, revision, revisions, corrections, corrected, restated, restatement, restatements, vintage, "
        "vintages, version, versions, all versions, all vintages, printings, all printings, "
        "been revised, revision history, "
        "been corrected, been restated, 修订, 修正, 版本, 修订了, 修正了, 被修订, 被修正, 修改过, 改过, "
        "被修订过, 修订过, 被修正过, 修正过, 被改过, revise, revises, restate, "
        "correction to, correction of, prints, all prints"
    ),
    "coverage": (
        "coverage, data coverage, availability, data availability, completeness, how complete, gaps, holes, "
        "missing, missing months, months missing, which months are missing, what is missing, "
        "what months are missing, months do you have, what months do you have, which months do you have, "
        "what months are there, which months are there, which months are on record, "
        "what months are on record, what is on record, what do you have on record, how far back, "
        "how far back does, how far back do, how far back is, how far back are, "
        "覆盖, 覆盖范围, 数据范围, 有哪些月份, 有哪些月, 哪些月有, 缺哪些月, 缺哪些月份, 哪些月缺, 缺失, "
        "缺少哪些月, 数据覆盖, 数据覆盖范围, 覆盖情况, 数据覆盖情况, "
        "缺数据, 没有数据, 哪些月没有数据, 哪些月份没有数据, 有哪些月份缺数据, 哪些月份缺数据, 缺哪些数据"
    ),
    "export": (
        "csv, as csv, in csv, csv file, excel, xlsx, spreadsheet, download, file, raw data, export that, "
        "export this, export it, export them, export these, export to csv, export to excel, 下载, 表格, "
        "导出, 导出数据"
    ),
    "release": (
        "release, releases, released, release date, release dates, release calendar, next release, "
        "next releases, next flash, next bulletin, next data, next figures, next numbers, next update, "
        "next print, new data, new figures, new numbers, publication, publication date, "
        "publication dates, published, publish, publishes, due, out, is out, are out, been out, "
        "calendar, schedule, come out, comes out, coming out, be out, 发布, 公布, 下次发布时间, "
        "下一次发布时间, 下次公布, 下次发布, 发布日期, 发布时间, 下一次发布, 公布时间, 公布日期, "
        "下次公布时间, 下一次公布, 什么时候出, 何时出, 几时出, 出来, 更新, 更新时间, 出来没有, "
        "出来了没有, 出来没, 出来了没, 出来了吗, 出了吗, 出了没, 出了没有, 有了吗, 有了没, 有了没有, "
        "更新了吗, 更新了没, 出炉, 什么时候公布的, 什么时候发布的, 何时公布的, 何时发布的, "
        "发数据, 出数据, 日历, 时间表, 发布日历, 发布时间表"
    ),
}
# When or which month that was is asked of the highest month, and not of the newest one.
PEAKS: Final = frozenset(
    "new record,all time record,新高,新低,历史新高,历史新低,创新高,创新低,创下新高,创下新低,创历史新高,"
    "创历史新低,创下历史新高,创下历史新低,创纪录,创下纪录,破纪录".split(",")
)
RECORD_LOWS: Final = frozenset(
    "this low,as low as this,is that the lowest,is this the lowest,is it the lowest,was that the lowest,"
    "was it the lowest,lowest since when,the least since when,新低,历史新低,创新低,"
    "创下新低,创历史新低,创下历史新低,创多久以来新低,创多久以来的新低,多久以来新低,多久以来的新低,"
    "多久以来最低".split(",")
)
EXTREMES: Final = frozenset(
    "record high,record highs,record low,record lows,all time high,all time low,all time highs,"
    "all time lows,历史最高,历史最低,史上最高,史上最低,有史以来最高,有史以来最低".split(",")
)
# How far along a ranking: with a period that is one month the question is whether that is a record.
ORDERS: Final = {
    "highest": (
        "top, rank, ranking, ranked, biggest, largest, highest, best, peak, peaks, peaked, most, all time "
        "high, all time highs, record high, record highs, maximum, max, greatest, strongest, steepest, "
        "sharpest, fastest, busiest, high, highs, 排名, 历史最高, 史上最高, 有史以来最高, "
        "最高, 最大, 最多, 最快, 最高值, 最大值, 峰值"
    ),
    "lowest": (
        "smallest, lowest, worst, least, all time low, all time lows, record low, record lows, minimum, "
        "min, fewest, weakest, slowest, bottom, trough, low, lows, 历史最低, 史上最低, 有史以来最低, "
        "最低, 最小, 最少, 最慢, 最低值, 最小值"
    ),
}
# A change asked for by name; without one every figure is still shown with its change on a year and a month.
CHANGES: Final = {
    "": (
        "growth, change, changes, changed, chg, percent, percentage, pct, growth rate, "
        "growing, grew, grow, grown, how fast, up or down, delta, 增长, 增长率, 增速, 变化, 增减"
    ),
    "yoy": (
        "yoy, y o y, y/y, year on year, year over year, on year, on the year, on a year earlier, "
        "from a year earlier, from a year ago, annual growth, annual change, yoy growth, yoy change, "
        "year on year growth, year on year change, change on year, change on the year, growth on year, "
        "growth on the year, increase on year, increase on the year, rise on year, rise on the year, "
        "up on year, up on the year, down on year, down on the year, 同比, 同比增长, 同比变化, 同比下降, "
        "同比增速, 同比值, 年增"
    ),
    "mom": (
        "mom, m o m, m/m, month on month, month over month, on month, on the month, on a month earlier, "
        "from a month earlier, from a month ago, mom growth, mom change, monthly growth, monthly change, "
        "month on month growth, month on month change, change on month, change on the month, "
        "growth on month, growth on the month, increase on month, increase on the month, rise on month, "
        "rise on the month, up on month, up on the month, down on month, down on the month, 环比, "
        "环比增长, 环比变化, 环比下降, 环比值"
    ),
    "ytd": (
        "ytd growth, ytd change, ytd yoy, ytd year on year, year to date growth, year to date change, "
        "cumulative growth, cumulative change, 累计同比, 累计增长, 累计增速"
    ),
    "rise": (
        "rise, rises, rose, risen, rising, increase, increases, increased, increasing, jump, jumps, "
        "jumped, gain, gains, gained, surge, surged, climb, climbed, up, higher, 增幅, 涨幅, 上升, "
        "增加, 涨, 上涨, "
        "回升, 大涨, 大增, 暴涨, 暴增, 猛增, 激增, 飙升, 攀升, 走高"
    ),
    "fall": (
        "fall, falls, fell, fallen, falling, decrease, decreases, decreased, decline, declines, "
        "declined, declining, drop, drops, dropped, slump, slumped, plunge, plunged, down, lower, 下降, "
        "降幅, 跌幅, 减少, 跌, 下跌, 回落, 下滑, 降, 降低, "
        "大跌, 大降, 暴跌, 骤降, 锐减, 萎缩, 走低"
    ),
}
# Months are ranked; the year, quarter or half that was highest is not told.
RANKED_SPANS: Final = ", ".join(
    f"{word.strip()} {span}"
    for words in ("record, a record", *ORDERS.values())
    for word in words.split(",")
    if word.isascii()
    for span in ("year", "quarter", "half", "annual")
)
# Understood as a wish that is not met: said as such instead of dropped.
UNMET: Final = {
    "ranked_spans": RANKED_SPANS,
    "spans": (
        "per quarter, per year, per annum, a year, by quarter, by year, each quarter, each year, "
        "every quarter, every year, quarterly, "
        "annually, quarter by quarter, year by year, which year, what year, which quarter, what quarter, "
        "每季度, 逐季, 季度, 各季度, 分季度, 按季度, 按季, 每个季度, 每年, 逐年, 历年, 各年, 分年度, 按年"
    ),
    "ratio": "ratio, ratios, ratio of, 比率, 比值, 之比",
    "pound": "per pound, per lb, a pound, usd per lb, usd per pound, cents per pound",
    "season": "spring, summer, autumn, winter",
    "beside": (
        "fastest growing series, fastest growing commodity, fastest growing product, biggest series, "
        "largest series, top series, top commodity, top commodities, "
        "品种, 哪个品种, 哪种产品"
    ),
    "streak": (
        "in a row, streak, streaks, consecutive, consecutive months, consecutively, straight months, "
        "连续, 连续几个月, 连续多少个月, 连涨, 连跌, 连增, 连降"
    ),
    "median": "median, 中位数",
    "last_time": "上次, 上一次, 最后一次",
    "moving": "rolling average, moving average, 移动平均",
    "picture": "pdf, image, picture, png, powerpoint, slides, screenshot",
}
